"""“Never say this again” as members and managers use it: through the real client, on both databases."""

import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.bundle.verbatim import Spelling
from bot.features.blocklist.generated import generated_lines, generated_text
from bot.features.blocklist.lines import MOST, RefusedLineRepository
from bot.markdown import unescaped
from bot.store.store import Store
from playground import Answer, Playground
from playground.world.permissions import READ_HISTORY, SEND_MESSAGES, VIEW_CHANNEL

Start = Callable[[Playground], AbstractAsyncContextManager[Any]]
ASK = "/say word:오늘 n:8 temperature:0"
"""Says always the same, until it must not."""
REFUSE = "다시는 하지 마"


def words(answer: Answer) -> str:
    return unescaped(answer.content.splitlines()[0])


def words_of_wish(content: str) -> str:
    (line,) = [line for line in content.splitlines() if "생일 축하해" in line]
    return unescaped(line)


def lines_in(answer: Answer) -> list[str]:
    """Return the lines of a page of the list."""
    return [unescaped(line.partition("** ")[2]) for line in answer.content.splitlines()[1:-1]]


def letters_of(text: str) -> str:
    return Spelling.of(text).letters


async def test_what_any_member_refuses_is_not_said_again(playground: Playground) -> None:
    first = await playground.command(ASK)
    told = await playground.use_on_message(first, REFUSE, member="정훈")
    assert told.ephemeral
    assert told.content == "알겠어요. 이제 여기서 이 말은 하지 않을게요."
    said = {words(first)}
    for _ in range(4):
        answer = await playground.command(ASK)
        assert words(answer) not in said
        said.add(words(answer))
        await playground.use_on_message(answer, "Never say this again", locale="en-US")


async def test_a_button_and_a_seed_bring_it_back_no_more_than_a_command(playground: Playground) -> None:
    ask = "/say word:오늘 n:8 seed:7"
    first = await playground.command(ask)
    await playground.use_on_message(first, REFUSE)
    assert words(await playground.command(ask)) != words(first)
    before = await playground.command(ASK)
    await playground.use_on_message(before, REFUSE)
    again = [await playground.press(before, "🔁") for _ in range(3)]
    assert all(words(answer) != words(before) for answer in again)


async def test_no_run_of_a_refused_line_comes_out_within_a_longer_answer(playground: Playground) -> None:
    first = await playground.command(ASK)
    await playground.use_on_message(first, REFUSE)
    longer = await playground.command("/say word:오늘 n:30 temperature:0")
    assert letters_of(words(first)) not in letters_of(words(longer))


async def test_it_stays_refused_after_a_restart(start: Start) -> None:
    async with Playground(finish_within=10) as playground:
        async with start(playground):
            first = await playground.command(ASK)
            await playground.use_on_message(first, REFUSE)
        async with start(playground):
            assert words(await playground.command(ASK)) != words(first)
            listed = await playground.command("/금지어 목록")
        async with start(playground):
            await playground.press(listed, "↩️ 1")
            assert words(await playground.command(ASK)) == words(first)


async def test_a_server_and_each_persons_private_messages_are_places_of_their_own(playground: Playground) -> None:
    first = await playground.command(ASK)
    await playground.use_on_message(first, REFUSE)
    private = await playground.command(ASK, channel="dm")
    assert words(private) == words(first)
    await playground.use_on_message(private, REFUSE)
    assert words(await playground.command(ASK, channel="dm")) != words(first)
    assert words(await playground.command(ASK, channel="dm", member="정훈")) == words(first)
    mine = await playground.command("/never list", channel="dm", member="정훈")
    assert "하지 않기로 한 말이 없어요" in mine.content


async def test_in_private_messages_everybody_allows_their_own_again(playground: Playground) -> None:
    private = await playground.command(ASK, channel="dm", member="정훈")
    await playground.use_on_message(private, REFUSE, member="정훈")
    listed = await playground.command("/금지어 목록", channel="dm", member="정훈")
    assert lines_in(listed) == [words(private)]
    told = await playground.press(listed, "↩️ 1", member="정훈")
    assert "하지 않기로 한 말이 없어요" in told.content
    assert words(await playground.command(ASK, channel="dm", member="정훈")) == words(private)


async def test_to_refuse_twice_is_one_line(playground: Playground) -> None:
    first = await playground.command(ASK)
    await playground.use_on_message(first, REFUSE)
    told = await playground.use_on_message(first, REFUSE, member="정훈")
    assert told.content == "이 말은 이미 하지 않기로 했어요."
    assert lines_in(await playground.command("/금지어 목록")) == [words(first)]


async def test_only_what_the_model_made_up_in_an_answer_of_this_bot_can_be_refused(playground: Playground) -> None:
    person = playground.say("밥 먹으러 가자", member="정훈")
    assert (await playground.use_on_message(person, REFUSE)).content == "제가 한 말에만 쓸 수 있어요."
    marked = playground.say("밥 먹으러 가자\n-# AI 모델이 지어낸 말이에요", member="정훈")
    assert (await playground.use_on_message(marked, REFUSE)).content == "제가 한 말에만 쓸 수 있어요."
    for command in ("/소개", "/생일 보기", "/개인정보 보기", "/금지어 목록"):
        answer = await playground.command(command)
        told = await playground.use_on_message(answer, REFUSE)
        assert told.content == "이 메시지에는 모델이 지어낸 말이 없어요.", command
    assert "하지 않기로 한 말이 없어요" in (await playground.command("/금지어 목록")).content


@pytest.mark.parametrize("locale", ["ko", "en-US"])
async def test_what_is_refused_is_the_words_without_the_small_print(playground: Playground, locale: str) -> None:
    answer = await playground.command("/say", options={"word": "**@everyone** 킹받네", "n": 3}, locale=locale)
    await playground.use_on_message(answer, REFUSE, locale=locale)
    listed = await playground.command("/금지어 목록")
    assert lines_in(listed) == [words(answer)]
    assert words(answer).startswith("**@everyone** 킹받네")
    assert not listed.message["mention_everyone"]


def test_who_is_congratulated_is_no_word_of_the_model() -> None:
    wish = "🎂 <@123456789012345678>\n윤혜야 생일 축하해 밥 먹자\n-# 하루 늦었어요\n-# AI 모델이 지어낸 말이에요"
    assert generated_text(wish) == "윤혜야 생일 축하해 밥 먹자"
    assert generated_text(wish.replace("AI 모델이 지어낸 말이에요", "우리끼리 쓴 말")) == ""
    assert generated_text("\\<\\@123\\> 밥 먹자\n-# a model wrote this") == "<@123> 밥 먹자"
    assert generated_text("") == ""
    song = wish.replace("-#", "**♪ 집에 가자**\n배고파\n> 집에 가자\n\n졸려\n> 집에 가자\n-#", 1)
    assert generated_lines(song) == ["윤혜야 생일 축하해 밥 먹자", "배고파", "집에 가자", "졸려"]


async def test_only_managers_see_and_change_a_servers_list(playground: Playground) -> None:
    everyone = playground.world.guild["roles"][0]
    playground.admin.change_role(everyone["id"], permissions=str(VIEW_CHANNEL | SEND_MESSAGES | READ_HISTORY))
    first = await playground.command(ASK)
    await playground.use_on_message(first, REFUSE, member="정훈")
    refused = await playground.command("/금지어 목록", member="정훈")
    assert refused.ephemeral
    assert refused.content == "서버 관리하기 권한이 있는 사람만 할 수 있어요."
    listed = await playground.command("/금지어 목록")
    assert listed.ephemeral
    # A press that Discord's client would not offer: the list under a message that everybody sees.
    message = playground.world.messages.find((await playground.command(ASK)).message_id)
    message["components"] = listed.components
    told = await playground.press(message, "↩️ 1", member="정훈")
    assert told.content == "서버 관리하기 권한이 있는 사람만 할 수 있어요."
    assert lines_in(await playground.command("/금지어 목록")) == [words(first)]


@pytest.mark.parametrize(
    "custom_id",
    [
        "blocklist:",
        "blocklist:-1",
        "blocklist:٥",
        "blocklist:9999",
        "blocklist:0:allow:x",
        "blocklist:0:sing:" + "0" * 32,
    ],
)
async def test_a_button_of_the_list_that_no_version_made_is_refused(room: Any, custom_id: str) -> None:
    first = await room(ASK)
    await room.playground.use_on_message(first, REFUSE)
    message = room.playground.world.messages.find((await room("/금지어 목록")).message_id)
    message["components"][0]["components"][0]["custom_id"] = custom_id
    assert "너무 오래됐거나" in (await room.playground.press(message, custom_id)).content
    assert lines_in(await room("/금지어 목록")) == [words(first)]


async def test_a_key_that_is_none_here_allows_nothing(room: Any) -> None:
    first = await room(ASK)
    await room.playground.use_on_message(first, REFUSE)
    message = room.playground.world.messages.find((await room("/금지어 목록")).message_id)
    message["components"][0]["components"][0]["custom_id"] = forged = f"blocklist:999:allow:{'0' * 32}"
    assert lines_in(await room.playground.press(message, forged)) == [words(first)]


async def lines_of(store: Store, place: int, count: int) -> list[str]:
    """Refuse so many lines, and return them, the newest first."""
    repository, moment = RefusedLineRepository(store, print), datetime(2026, 11, 19, tzinfo=UTC)
    lines = [f"하지 말 것 {chr(0xAC00 + number)}" for number in range(count)]
    for number, line in enumerate(lines):
        assert await repository.add(place, 1, line, moment + timedelta(minutes=number))
    return lines[::-1]


async def test_the_list_has_pages_of_five_and_stays_where_it_is_used(room: Any) -> None:
    lines = await lines_of(room.client.services.store, int(room.playground.world.guild["id"]), 12)
    first = await room("/never list", locale="en-US")
    assert lines_in(first) == lines[:5]
    assert "page 1 of 3 · 12 in all" in first.content
    second = await room.playground.press(first, "▶️")
    assert lines_in(second) == lines[5:10]
    after = await room.playground.press(second, "↩️ 2")
    assert lines_in(after) == [lines[5], *lines[7:11]]
    last = await room.playground.press(after, "▶️")
    assert lines_in(last) == [lines[11]]
    assert lines_in(await room.playground.press(last, "↩️ 1")) == [lines[5], *lines[7:11]]


async def test_a_full_list_says_so_and_how_to_make_room(room: Any) -> None:
    store, place = room.client.services.store, int(room.playground.world.guild["id"])
    await lines_of(store, place, MOST)
    answer = await room(ASK)
    told = await room.playground.use_on_message(answer, REFUSE)
    assert told.content.startswith(f"하지 않기로 한 말이 벌써 {MOST}개예요.")
    assert len(await RefusedLineRepository(store, print).texts(place)) == MOST
    assert words(await room(ASK)) == words(answer)


async def test_what_i_refused_is_in_my_file_and_stays_without_me_when_i_am_forgotten(playground: Playground) -> None:
    async def kept() -> Any:
        answer = await playground.command("/개인정보 내보내기", member="정훈")
        (file,) = answer.attachments
        found = playground.world.attachments.get(file["id"])
        assert found
        return json.loads(found[1])["kept"]

    first, private = await playground.command(ASK), await playground.command(ASK, channel="dm", member="정훈")
    for answer in (first, private):
        await playground.use_on_message(answer, REFUSE, member="정훈")
    lines = (await kept())["refused_lines"]
    him = playground.world.person_called("정훈")["id"]
    assert {(line["place"], line["user_id"], line["text"]) for line in lines} == {
        (playground.world.guild["id"], him, words(first)),
        (him, him, words(private)),
    }
    asked = await playground.command("/개인정보 지우기", member="정훈")
    await playground.press(asked, "모두 지우기", member="정훈")
    assert set(await kept()) == {"withdrawals"}
    assert words(await playground.command(ASK)) != words(first)
    assert words(await playground.command(ASK, channel="dm", member="정훈")) == words(private)
    assert lines_in(await playground.command("/금지어 목록")) == [words(first)]


async def test_while_the_database_is_away_what_was_refused_stays_so(room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: Any) -> Any:
        raise OperationalError("", None, OSError())

    first = await room(ASK)
    await room.playground.use_on_message(first, REFUSE)
    second = await room(ASK)
    monkeypatch.setattr(RefusedLineRepository, "texts", away)
    monkeypatch.setattr("bot.features.blocklist.cache.FRESH", 0.0)
    assert words(await room(ASK)) == words(second)
    unknown = await room(ASK, channel="dm")
    assert unknown.ephemeral
    assert "요청이 몰렸어요" in unknown.content


async def test_what_another_process_refuses_is_not_said_once_the_lines_are_read_again(
    room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, place = await room(ASK), int(room.playground.world.guild["id"])
    elsewhere = RefusedLineRepository(room.client.services.store, print)
    await elsewhere.add(place, 1, words(first), datetime(2026, 11, 19, tzinfo=UTC))
    monkeypatch.setattr("bot.features.blocklist.cache.FRESH", 0.0)
    assert words(await room(ASK)) != words(first)


async def test_a_wish_does_not_say_what_was_refused_either(room: Any) -> None:
    await room("/생일 등록 11월 20일")
    before = await room("/birthday test")
    assert words_of_wish(before.content).startswith("윤혜야 생일 축하해")
    told = await room.playground.use_on_message(before, REFUSE)
    assert told.content == "알겠어요. 이제 여기서 이 말은 하지 않을게요."
    assert lines_in(await room("/금지어 목록")) == [words_of_wish(before.content)]
    after = await room("/birthday test")
    assert words_of_wish(after.content).startswith("윤혜야 생일 축하해")
    assert letters_of(words_of_wish(before.content)) not in letters_of(words_of_wish(after.content))
