"""``/say`` as members use it: through the real client and the wire, in a playground."""

import asyncio
import gc
import logging
import re
import threading
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest

from bot.bundle.exchanges import Exchanges
from bot.features.typed import MOST_CHARACTERS
from bot.inference.batching import Job
from bot.markdown import unescaped
from bot.store.address import address
from bot.store.store import Store
from playground import Answer, NoAnswer, Playground
from tests.bot.inference.pickers import add_picker

HOSTILE = [
    "@everyone",
    "@here <@123> <@&456> <#789>",
    "**굵게** __밑줄__ ~~취소~~ ||비밀||",
    "```py import os```",
    "`코드",
    "# 제목",
    "-# 작은",
    "> 인용",
    "[여기](https://example.com/a)",
    "https://example.com discord.gg/abc",
    "😂😂😂",
    "👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "<:웃음:123> </say:1> <t:0:R>",
    "say:5:0.8:윤혜",
    "\\\\*\\",
    "{reference} %s {0}",
    "' OR 1=1 --",
    "\ud7a3" * 100,
    "한 글자씩 " * 15 + "끝",
    "a\u0300\u0301\u0302\u0303",
    "\u202e뒤집기\u202c",
]


def _pieces_after(word: str, answer: Answer) -> str:
    return unescaped(answer.content.splitlines()[0]).removeprefix(word)


def _seed(answer: Answer) -> int:
    found = re.search(r"🎲 (\d+)", answer.content)
    assert found
    return int(found[1])


async def test_a_member_gets_exactly_n_more_pieces_and_an_owner_the_same_from_the_terminal(stage: Any) -> None:
    answer = await stage.playground.command("/say word:윤혜 n:5")
    said = stage.client.models.speaker.say("윤혜", 5, 0.8, _seed(answer))
    assert len(said.pieces) == 5
    assert unescaped(answer.content.splitlines()[0]) == said.text
    assert not answer.ephemeral


async def test_without_a_count_it_is_one_sentence_that_the_number_and_the_button_repeat_as_one(stage: Any) -> None:
    first = await stage.playground.command("/say 오늘")
    said = stage.client.models.speaker.say("오늘", None, 0.8, _seed(first))
    assert unescaped(first.content.splitlines()[0]) == said.text
    again = await stage.playground.command("/say", options={"word": "오늘", "seed": _seed(first)})
    assert again.content == first.content
    pressed = await stage.playground.press(first, "🔁")
    other = stage.client.models.speaker.say("오늘", None, 0.8, _seed(pressed))
    assert unescaped(pressed.content.splitlines()[0]) == other.text


async def test_the_number_under_an_answer_is_short_repeats_it_and_one_of_ten_digits_still_does(stage: Any) -> None:
    first = await stage.playground.command("/say word:오늘 n:12")
    assert _seed(first) < 100_000
    again = await stage.playground.command("/say", options={"word": "오늘", "n": 12, "seed": _seed(first)})
    assert again.content == first.content
    old = await stage.playground.command("/say word:오늘 n:12 seed:4294967295")
    assert _seed(old) == 4294967295
    said = stage.client.models.speaker.say("오늘", 12, 0.8, 4294967295)
    assert unescaped(old.content.partition("\n-#")[0]) == said.text


async def test_a_count_typed_behind_the_word_is_the_count_and_the_answer_says_so(stage: Any) -> None:
    seed = _seed(first := await stage.playground.command("/say 윤혜 5"))
    assert first.content.splitlines()[1] == "-# ‘윤혜’ 다음에 5개 더 (끝의 숫자는 개수로 읽었어요)"
    assert unescaped(first.content.splitlines()[0]) == stage.client.models.speaker.say("윤혜", 5, 0.8, seed).text
    asked = await stage.playground.command(f"/say 윤혜 5 n:2 seed:{seed}")
    assert unescaped(asked.content.splitlines()[0]) == stage.client.models.speaker.say("윤혜 5", 2, 0.8, seed).text
    assert "읽었어요" not in asked.content
    assert "읽었어요" not in (await stage.playground.press(first, "🔁")).content


async def test_names_and_small_print_follow_the_members_language(stage: Any) -> None:
    korean = await stage.playground.command("/말해 단어:윤혜 개수:3", locale="ko")
    english = await stage.playground.command("/say word:윤혜 n:3", locale="en-US")
    assert "AI 모델이 지어낸 말이에요" in korean.content
    assert "a model wrote this" in english.content


async def test_every_name_and_description_has_its_korean(stage: Any) -> None:
    def untranslated(thing: dict[str, Any]) -> list[str]:
        own = [
            thing["name"]
            for part in ("name", "description")
            if thing.get(part) and "ko" not in (thing.get(f"{part}_localizations") or {})
        ]
        return own + [name for option in thing.get("options") or [] for name in untranslated(option)]

    registered = stage.playground.world.commands.all()
    assert {command["name"] for command in registered} >= {"say", "about"}
    assert [name for command in registered for name in untranslated(command)] == []


async def test_commands_work_in_servers_private_messages_and_user_installs(stage: Any) -> None:
    (say,) = [command for command in stage.playground.world.commands.all() if command["name"] == "say"]
    assert sorted(say["contexts"]) == [0, 1, 2]
    assert sorted(say["integration_types"]) == [0, 1]
    answer = await stage.playground.command("/say 윤혜 4", channel="dm")
    assert answer.content.startswith("윤혜")


async def test_no_privileged_intent_is_asked_for(stage: Any) -> None:
    assert stage.client.intents == discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


async def test_a_seed_repeats_the_answer(stage: Any) -> None:
    first = await stage.playground.command("/say word:오늘 n:12")
    again = await stage.playground.command(f"/say word:오늘 n:12 seed:{_seed(first)}")
    other = await stage.playground.command(f"/say word:오늘 n:12 seed:{(_seed(first) + 1) % 2**32}")
    assert again.content == first.content
    assert other.content != first.content


async def test_temperature_0_always_says_the_same(stage: Any) -> None:
    answers = [await stage.playground.command("/say 오늘 n:12 temperature:0") for _ in range(3)]
    assert len({answer.content.splitlines()[0] for answer in answers}) == 1
    assert "엉뚱함 0" in answers[0].content


async def test_the_button_draws_another(stage: Any) -> None:
    first = await stage.playground.command("/say word:오늘 n:12")
    second = await stage.playground.press(first, "🔁", member="정훈")
    assert second.content.startswith("오늘")
    assert second.message_id != first.message_id
    assert second.content != first.content
    assert (await stage.playground.press(second, "🔁")).content != second.content


async def test_the_button_says_something_else_where_the_group_says_few_lines(
    tmp_path: Path, write_bundle: Callable[..., Path], play: Callable[..., Any]
) -> None:
    lines = ("오늘 윤혜 밥", "오늘 밥 윤혜", "오늘 밥 밥", "오늘 윤혜 윤혜")
    folder = add_picker(write_bundle(tmp_path / "bundle"), ["윤혜"], Exchanges(lines))
    async with Playground() as playground, play(playground, folder):
        first = await playground.command("/say 오늘 2")
        said = [(await playground.press(first, "🔁")).content.splitlines()[0] for _ in range(12)]
    assert first.content.splitlines()[0] in lines
    assert set(said) <= {*lines} - {first.content.splitlines()[0]}


async def test_the_button_works_after_a_restart(bundle: Path, play: Callable[..., Any]) -> None:
    async with Playground() as playground:
        async with play(playground, bundle):
            first = await playground.command("/say word:오늘 n:12 temperature:1.5")
        async with play(playground, bundle):
            second = await playground.press(first, "🔁")
    assert "엉뚱함 1.5" in second.content
    assert second.content != first.content


async def test_a_word_never_seen_gets_an_answer_that_says_so(stage: Any) -> None:
    answer = await stage.playground.command("/say 킹받네 5")
    assert answer.content.startswith("킹받네")
    assert "-# 처음 보는 말: 킹받네" in answer.content
    assert "처음 보는" not in (await stage.playground.command("/say 오늘 5")).content


@pytest.mark.parametrize("word", HOSTILE)
async def test_hostile_words_are_shown_as_typed_and_do_nothing(stage: Any, word: str) -> None:
    answer = await stage.playground.command("/say", options={"word": word, "n": 3})
    message = answer.message
    expected = unicodedata.normalize("NFC", word.strip("\u202e\u202c"))
    assert unescaped(answer.content.splitlines()[0]).startswith(expected)
    assert len(answer.content) <= 2000
    assert not message["mention_everyone"]
    assert not message["mentions"]
    assert not message["mention_roles"]
    sent = [exchange for exchange in stage.playground.requests if "/callback" in exchange.path][-1]
    assert sent.json["data"]["allowed_mentions"] == {"parse": []}


@pytest.mark.parametrize("word", ["\u200b", " \u200d \ufeff", "\u3164\u3164"])
async def test_nothing_visible_is_told_kindly_and_only_to_who_asked(stage: Any, word: str) -> None:
    answer = await stage.playground.command("/say", options={"word": word, "n": 3})
    assert answer.ephemeral
    assert "글자가 없어요" in answer.content


async def test_a_hundred_characters_are_answered_and_too_many_are_told_the_limit(stage: Any) -> None:
    long = await stage.playground.command("/say", options={"word": "가" * 100, "n": 50})
    assert long.content.startswith("가" * 100)
    too_long = await stage.playground.command("/say", options={"word": "가" * (MOST_CHARACTERS + 1), "n": 5})
    assert too_long.ephemeral
    assert str(MOST_CHARACTERS) in too_long.content


async def test_when_the_queue_is_full_the_member_is_told_at_once(bundle: Path, play: Callable[..., Any]) -> None:
    async with Playground() as playground, play(playground, bundle, queue_size=1) as stage:
        door = threading.Event()
        held = asyncio.ensure_future(stage.worker.run(lambda: door.wait(5)))
        await asyncio.sleep(0)
        began = time.perf_counter()
        refused = await playground.command("/say 오늘 5")
        assert time.perf_counter() - began < 1
        assert refused.ephemeral
        assert "요청이 몰렸어요" in refused.content
        door.set()
        await held
        assert (await playground.command("/say 오늘 5")).content.startswith("오늘")


async def test_a_failure_is_a_reference_number_in_the_message_and_in_the_log(
    stage: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first = await stage.playground.command("/say 오늘 5")

    def broken(_: object, word: str, *given: object, **refused: object) -> Job[None]:
        yield from ()
        raise RuntimeError(f"secret {word}")

    monkeypatch.setattr(type(stage.client.models.speaker), "saying", broken)
    for answer in (await stage.playground.command("/say 비밀이야 5"), await stage.playground.press(first, "🔁")):
        assert answer.ephemeral
        reference = re.search(r"`([0-9A-F]{6})`", answer.content)
        assert reference
        assert f"Reference {reference[1]}: builtins.RuntimeError" in caplog.text
        assert "in broken" in caplog.text
    assert "비밀이야" not in caplog.text
    assert "secret" not in caplog.text.replace("secrets", "")


async def test_answers_under_way_arrive_before_the_bot_leaves(
    bundle: Path, play: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    async with Playground() as playground:
        async with play(playground, bundle) as stage:
            first = await playground.command("/say 오늘 5")
            held = asyncio.ensure_future(stage.worker.run(lambda: time.sleep(0.5)))
            asked = asyncio.ensure_future(playground.command("/say 밥 5"))
            pressed = asyncio.ensure_future(playground.press(first, "🔁"))
            await asyncio.sleep(0.1)
            assert not held.done()
        assert (await asked).content.startswith("밥")
        assert (await pressed).content.startswith("오늘")
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_a_bot_that_leaves_waits_no_longer_than_discord_would(
    bundle: Path, play: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.client.client._ANSWER_WITHIN", 0.1)
    async with Playground(answer_within=1) as playground:
        async with play(playground, bundle) as stage:
            held = asyncio.ensure_future(stage.worker.run(lambda: time.sleep(0.5)))
            asked = asyncio.ensure_future(playground.command("/say 밥 5"))
            await asyncio.sleep(0.1)
            assert not held.done()
        with pytest.raises(NoAnswer):
            await asked
    gc.collect()
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_a_button_whose_answer_is_lost_leaves_no_word_in_the_log(
    bundle: Path, play: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def unplugged(*_: object, **__: object) -> None:
        raise aiohttp.ServerDisconnectedError

    async with Playground(answer_within=1) as playground, play(playground, bundle):
        first = await playground.command("/say 킹받네 5")
        monkeypatch.setattr(discord.InteractionResponse, "send_message", unplugged)
        with pytest.raises(NoAnswer):
            await playground.press(first, "🔁")
        gc.collect()  # a task that failed unseen is logged with its name when it goes, and its name has the word
    assert "An answer could not be sent: aiohttp.client_exceptions.ServerDisconnectedError" in caplog.text
    assert "킹받네" not in caplog.text


async def test_neither_the_token_nor_anybodys_words_are_logged_at_debug(
    bundle: Path, tmp_path: Path, play: Callable[..., Any], capfd: pytest.CaptureFixture[str]
) -> None:
    from bot import logs

    store = await Store.open(address(None, tmp_path))
    before = logging.getLogger().handlers[:]
    try:
        logs.configure("DEBUG")
        async with Playground() as playground, play(playground, bundle, store=store):
            first = await playground.command("/say 킹받네 5")
            await playground.press(first, "🔁")
            assert "적어 두었어요" in (await playground.command("/생일 등록 1987-03-05")).content
            playground.faults.rate_limit("/interactions/*")
            playground.faults.error("/interactions/*", status=500, times=9)
            with pytest.raises(NoAnswer):
                await asyncio.wait_for(playground.command("/say 킹받네 5"), 4)
    finally:
        logging.getLogger().handlers[:] = before
        logging.getLogger().setLevel(logging.WARNING)
        logging.getLogger("bot").setLevel(logging.NOTSET)
        await store.close()
    written = capfd.readouterr().err
    assert "Ready in 1 servers" in written
    assert "킹받네" not in written
    assert "1987" not in written
    assert Playground.TOKEN not in written
    for exchange in playground.requests:
        if found := re.match(r"/interactions/\d+/([^/]+)/", exchange.path):
            assert found[1] not in written


async def test_a_new_bundle_takes_over_and_a_broken_one_does_not(
    tmp_path: Path, write_bundle: Callable[..., Path], play: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    folder = write_bundle(tmp_path / "bundle", seed=1)
    async with Playground() as playground, play(playground, folder) as stage:
        ask = "/say word:오늘 n:12 temperature:0"
        old = await playground.command(ask)
        (folder / "text.onnx").write_bytes(b"broken")
        assert not await stage.client.reload()
        assert "text.onnx" in caplog.text
        assert (await playground.command(ask)).content.splitlines()[0] == old.content.splitlines()[0]
        write_bundle(folder, seed=2)
        assert await stage.client.reload()
        assert (await playground.command(ask)).content.splitlines()[0] != old.content.splitlines()[0]
