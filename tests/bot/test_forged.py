"""Requests that no version of the bot asks for: one refusal, nothing done, and no fault of ours in the log."""

import asyncio
import copy
import logging
from typing import Any

import pytest

from playground import Playground
from tests.patience import PATIENCE

_SAY = {"name": "word", "type": 3, "value": "오늘"}
_WRONG = ("abc", None, True, [], {}, [1], {"a": 1}, "9" * 40, -(10**30), "٥", 1e400)


def _options() -> list[Any]:
    """Return lists of options for ``/say`` that Discord would not send."""
    numbers = (("n", 4), ("temperature", 10), ("seed", 4))
    wrong: list[Any] = [
        [_SAY, {"name": name, "type": kind, "value": value}]
        for name, kind in numbers
        for value in _WRONG
        if (name, value) != ("temperature", True)  # discord.py's 1.0
    ]
    words: tuple[tuple[int, Any], ...] = ((3, None), (3, []), (3, 5), (11, "5"), (6, "x"))
    wrong += [[{"name": "word", "type": kind, "value": value}] for kind, value in words]
    return [*wrong, [], None, "오늘", [None], ["오늘"], [{}], [{"name": "word"}]]


def _commands() -> list[dict[str, Any]]:
    named: list[dict[str, Any]] = [{"name": "say", "type": 1, "options": options} for options in _options()]
    for name in ("sing", "birthday", "face", "", None, 5):
        named += [{"name": name, "type": 1}, {"name": name, "type": 1, "options": [{"name": "sing", "type": 1}]}]
    return [*named, {"name": "say", "type": 2, "target_id": "5"}, {"name": "say", "type": 3}, {"type": 1}, {}]


async def _told(playground: Playground, kind: int, data: Any, **more: Any) -> Any:
    """Send the bot an interaction that holds ``data``, and return what came of it."""
    interactions = playground._interactions
    me, channel = playground.world.me, next(iter(playground.world.channels.values()))
    with pytest.MonkeyPatch.context() as patch:
        honest = interactions._payload
        patch.setattr(interactions, "_payload", lambda opened: honest(opened) | {"data": data})
        opened = interactions.open(kind, {"name": "say"}, me, channel, "ko", **more)
    async with asyncio.timeout(PATIENCE):
        return await opened.outcome


def _faults(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_command_in_another_shape_is_refused_as_another_versions(
    stage: Any, caplog: pytest.LogCaptureFixture
) -> None:
    for data in _commands():
        told = await _told(stage.playground, 2, data)
        assert told.message, data
        assert told.message["flags"] & 64, data
        assert "그사이에 바뀌었어요" in told.message["content"] or "값은" in told.message["content"], data
    assert _faults(caplog) == []


async def test_the_options_of_a_photo_that_is_not_there(stage: Any, caplog: pytest.LogCaptureFixture) -> None:
    photo = {"name": "photo", "type": 11, "value": "123"}
    data = {"name": "face", "type": 1, "options": [{"name": "smile", "type": 1, "options": [photo]}]}
    told = await _told(stage.playground, 2, data)
    assert "바뀌었어요" in told.message["content"]
    assert _faults(caplog) == []


_NEVER = {"name": "Never say this again", "type": 3}


@pytest.mark.parametrize(
    "data",
    [
        _NEVER,
        _NEVER | {"target_id": "5"},
        _NEVER | {"target_id": "5", "resolved": {"messages": {"5": {"id": "5"}}}},
        _NEVER | {"target_id": "5", "resolved": {"users": {"5": {"id": "5"}}}},
        _NEVER | {"target_id": [], "resolved": []},
        _NEVER | {"type": 2, "target_id": "5"},
        _NEVER | {"type": 1, "options": []},
    ],
)
async def test_a_command_on_a_message_that_is_none_is_refused(
    room: Any, caplog: pytest.LogCaptureFixture, data: dict[str, Any]
) -> None:
    told = await _told(room.playground, 2, data)
    assert told.message["flags"] & 64
    assert "그사이에 바뀌었어요" in told.message["content"]
    assert _faults(caplog) == []


_NOBODYS = (
    *("say:99:0.8:오늘", "say:abc", "say:" + "9" * 90, "sing:5", "오늘", "say", ":", " ", "face", "birthdays:page:0"),
    *(
        "birthday:page:abc",
        "birthday:page",
        "birthday:page:-5",
        "birthday:page:" + "9" * 80,
        "birthday:sing:1",
        "birthday:",
    ),
    *(
        "privacy:",
        "privacy:sing:1",
        "privacy:forget",
        "privacy:forget:x",
        "privacy:forget:" + "9" * 19,
        "privacy:keep:٥",
    ),
    *(
        "birthday:letters:x",
        "birthday:letters",
        "birthday:tear:ab-1",
        "birthday:asktear:ab",
        "birthday:write:1-" + "9" * 19,
    ),
    *("birthday:remove:" + "9" * 40, "birthday:remove:" + "9" * 19, "birthday:remove:x", "birthday:remove"),
    *(
        "birthday:save:x",
        "birthday:save:6",
        "birthday:save:0",
        "birthday:edit:٥",
        "birthday:edit",
        "face:a:b:c:d:e:more",
    ),
)


@pytest.mark.parametrize("custom_id", _NOBODYS)
async def test_a_button_that_no_version_made_is_refused(
    room: Any, caplog: pytest.LogCaptureFixture, custom_id: str
) -> None:
    said = await room("/say 오늘 5")
    message = copy.deepcopy(room.playground.world.messages.find(said.message_id))
    message["components"][0]["components"][0]["custom_id"] = custom_id
    told = await _told(room.playground, 3, {"custom_id": custom_id, "component_type": 2}, message=message)
    assert told.message["flags"] & 64
    assert "너무 오래됐거나 제가 만든 게 아니에요" in told.message["content"]
    assert _faults(caplog) == []
