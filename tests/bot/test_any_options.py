"""Every option of every command, with whatever may be typed: an answer comes, and never one of our own faults."""

import random
from typing import Any

from bot.i18n.ko import TEXTS
from playground import NoAnswer
from playground.interactions.phrases import TypedError
from playground.world.wire import JSON

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 8, 10, 11
ODD: dict[int, tuple[Any, ...]] = {
    STRING: (
        *("", " ", "\u200b", "가" * 6000, "1" + " " * 5900 + "!", "٣/٥", "²", "𝟗:𝟗", "@everyone", "{name", "{{}}"),
        *(
            "`" * 90,
            "\u202e3/5",
            "NaN",
            "-1",
            "9" * 400,
            "👨\u200d👩\u200d👧" * 50,
            "___",
            "İ",
            "\n\n",
            "a:b",
            "음력 윤",
        ),
    ),
    INTEGER: (-1, 0, 1, 2**31, 2**53),
    NUMBER: (-1e300, -0.0, 5e-324, 3, 1e300),
    BOOLEAN: (True, False),
}
ROUNDS = 4


def values(option: JSON, ids: dict[int, list[str]]) -> list[Any]:
    """Return what a member may give for an option, odd as it is."""
    if option.get("choices"):
        return [choice["value"] for choice in option["choices"]]
    least, most = option.get("min_value"), option.get("max_value")
    if least is not None:
        return [least, most]
    return [*(ids.get(option["type"]) or ODD[option["type"]])]


def leaves(command: JSON) -> list[tuple[str, list[JSON]]]:
    """Return what can be typed of a command, and the options of each."""
    inner = [option for option in command.get("options") or [] if option["type"] in {1, 2}]
    if not inner:
        return [(command["name"], command.get("options") or [])]
    return [(f"{command['name']} {name}", options) for option in inner for name, options in leaves(option)]


async def test_whatever_is_typed_into_any_option_is_answered_and_is_no_fault_of_ours(room: Any, caplog: Any) -> None:
    dice, world = random.Random(7), room.playground.world
    ids = {
        USER: [user["id"] for user in world.users()],
        CHANNEL: [*world.channels],
        ROLE: [role["id"] for role in world.guild["roles"]],
        ATTACHMENT: [room.playground.upload(name, data) for name, data in (("a.csv", b"\xff\0,,"), ("p.png", b""))],
    }
    for name, options in (leaf for command in world.commands.all() if command["type"] == 1 for leaf in leaves(command)):
        for turn in range(ROUNDS):
            given = {
                option["name"]: dice.choice(values(option, ids))
                for option in options
                if option.get("required") or dice.random() < 0.7
            }
            try:
                answer = await room(f"/{name}", options=given)
            except TypedError:
                continue  # Discord's own client would not send it
            except NoAnswer:
                raise AssertionError(f"/{name} {given} in turn {turn} had no answer") from None
            assert not answer.content.startswith(TEXTS.failed.partition("{")[0]), (name, given, caplog.text)
