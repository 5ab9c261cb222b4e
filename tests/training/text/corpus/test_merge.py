"""Overlapping exports of one room count once, in any order; other rooms, parts and real repeats stay as they are."""

import random
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from training.text.cleaning.cleaner import Cleaner
from training.text.consent.agreement import Agreement
from training.text.consent.people import NOBODY, Consent, People, Person
from training.text.corpus.corpus import read_corpus
from training.text.corpus.exclusion import Exclusion
from training.text.corpus.merge import merge
from training.text.corpus.timeline import Timeline
from training.text.message import UNDATED, Message

PEOPLE = ("김하늘", "민트초코", "도윤", "루루")
WORDS = ("어제", "오늘", "내일", "우리", "친구", "학교", "회사", "점심", "저녁", "커피", "영화", "바다", "기차", "시험")
CHATTER = ("ㅋㅋㅋㅋ", "응", "헐", "대박", "그래", "ㅠㅠ")
START = datetime(2025, 3, 1, 9, 0)


def agreement_without(name: str) -> Agreement:
    return Agreement(People((Person(name, consent=Consent.NO),)), everyone=True)


def conversation(count: int, seed: int) -> list[Message]:
    """Several messages a minute, half of them said every minute by somebody; times to the second."""
    dice = random.Random(seed)
    when, messages = START, []
    for _ in range(count):
        when += timedelta(seconds=dice.choice((3, 11, 40, 40, 200, 9000)))
        words = dice.choice(CHATTER) if dice.random() < 0.5 else " ".join(dice.sample(WORDS, 4))
        messages.append(Message(when, dice.choice(PEOPLE), words))
    return messages


def saved(messages: list[Message], names: dict[str, str] | None = None, hours: int = 0) -> Timeline:
    """As one phone saves them: to the minute, with its own names and its own clock."""
    names = names or {}
    return Timeline(
        [
            Message(message.when.replace(second=0) + timedelta(hours=hours), names.get(message.who, message.who), text)
            for message in messages
            for text in [message.text]
        ],
        is_continued=True,
    )


def said(timeline: Timeline) -> list[tuple[datetime, str]]:
    return [(message.when.replace(second=0), message.text) for message in timeline.messages]


def contents(messages: list[Message]) -> Counter[tuple[datetime, str]]:
    return Counter((message.when.replace(second=0), message.text) for message in messages)


@pytest.mark.parametrize("seed", range(5))
def test_any_order_of_overlapping_exports_gives_the_whole_room_once(seed: int) -> None:
    whole = conversation(600, seed)
    parts = [saved(whole[:350]), saved(whole[200:450], {"도윤": "회원님"}), saved(whole[400:], {"루루": "이루리"})]
    for order in permutations(parts):
        merged = merge([replace(part) for part in order])
        (room,) = merged.timelines
        assert contents(room.messages) == contents(whole)
        assert [message.when for message in room.messages] == sorted(message.when for message in room.messages)
        assert len({message.who for message in room.messages}) == len(PEOPLE)
        assert merged.repeated == 150 + 50


def test_what_each_export_lacks_the_other_fills_in_where_it_was_said() -> None:
    whole = conversation(500, 1)
    first, second = whole[:100] + whole[150:], whole[:250] + whole[300:]
    (room,) = merge([saved(first), saved(second)]).timelines
    assert said(room) == said(saved(whole))


def test_real_repeats_inside_one_file_stay() -> None:
    talk = conversation(60, 2)
    noon = datetime(2025, 3, 9, 12)
    twice = [Message(noon, "도윤", "ㅋㅋ"), Message(noon, "도윤", "ㅋㅋ"), Message(noon, "루루", "ㅋㅋ")]
    once = [twice[0], twice[2]]
    for first, second in ((twice, once), (once, twice), (twice, twice)):
        (room,) = merge([saved(talk + first), saved(talk + second)]).timelines
        assert Counter(m.who for m in room.messages if m.when == noon) == {"도윤": 2, "루루": 1}


def test_other_rooms_of_the_same_people_at_the_same_time_stay_apart() -> None:
    one, other = conversation(400, 3), conversation(400, 4)
    pasted = Message(one[200].when, "도윤", "내일 모임은 일곱 시 강남역 십 번 출구에서 만나요")
    one.insert(200, pasted)
    other.insert(next(at for at, message in enumerate(other) if message.when >= pasted.when), pasted)
    rooms = merge([saved(one), saved(other)])
    assert rooms.repeated == 0
    assert [said(room) for room in rooms.timelines] == [said(saved(one)), said(saved(other))]


def test_the_parts_of_a_long_room_stay_whole_where_a_minute_is_cut_in_two() -> None:
    whole = conversation(200, 5)
    cut = [Message(whole[100].when.replace(second=1), "루루", "ㅋㅋㅋㅋ")] * 4
    first, second = whole[:100] + cut[:2], cut[2:] + whole[100:]
    rooms = merge([saved(first), saved(second)])
    assert rooms.repeated == 0
    assert [len(room.messages) for room in rooms.timelines] == [102, 102]


def test_a_part_that_joins_two_brings_all_three_together() -> None:
    whole = conversation(300, 6)
    (room,) = merge([saved(whole[:120]), saved(whole[180:]), saved(whole[60:240])]).timelines
    assert said(room) == said(saved(whole))


def test_phones_name_their_owner_you_and_everybody_else_as_in_their_contacts() -> None:
    whole = conversation(400, 7)
    haneul = {"김하늘": "회원님", "도윤": "김도윤 회사"}
    doyun = {"도윤": "회원님", "김하늘": "하늘이"}
    merged = merge([saved(whole, haneul), saved(whole, doyun)])
    (room,) = merged.timelines
    assert {message.who for message in room.messages} == {"회원님", "김도윤 회사", "민트초코", "루루"}
    assert merged.names["회원님"] == {"회원님", "하늘이"}
    assert merged.names["김도윤 회사"] == {"김도윤 회사", "회원님"}


def test_those_who_left_share_one_name_and_stay_different_people() -> None:
    whole = conversation(400, 8)
    left = {"도윤": "(알수없음)", "루루": "(알수없음)"}
    for order in ([saved(whole[:300]), saved(whole, left)], [saved(whole, left), saved(whole[:300])]):
        merged = merge(order)
        assert contents(merged.timelines[0].messages) == contents(whole)
        assert merged.repeated == 300
        assert set(merged.names) - {"(알수없음)"} <= set(PEOPLE)
    merged = merge([saved(whole), saved(whole, left)])
    assert set(merged.names) == set(PEOPLE)


def test_the_same_file_twice_is_one(tmp_path: Path) -> None:
    path = tmp_path / "chat.csv"
    path.write_text(as_macos(conversation(100, 14)), encoding="utf-8")
    once, twice = read_corpus([path]), read_corpus([path, path])
    assert (twice.messages, twice.sessions) == (once.messages, once.sessions)
    assert twice.report.people == once.report.people == 4


def test_who_is_called_has_another_name_on_every_phone() -> None:
    whole = conversation(60, 15)
    called = [Message(whole[-1].when, "루루", f"@{name} 이거 봤어? 진짜 웃기다") for name in ("도윤", "김도윤/회사")]
    (room,) = merge([saved([*whole, called[0]]), saved([*whole, called[1]])]).timelines
    assert len(room.messages) == 61


def test_a_heart_is_red_or_black_by_the_phone() -> None:
    whole = conversation(60, 20)
    hearts = [Message(whole[-1].when, "루루", f"고마워 {heart} 내일 봐") for heart in ("❤️", "❤")]
    assert len(merge([saved([*whole, hearts[0]]), saved([*whole, hearts[1]])]).timelines[0].messages) == 61


def test_a_long_text_is_one_message_however_it_is_saved() -> None:
    talk = conversation(60, 9)
    long = "\n".join(f"{number}번째 줄에는 {WORDS[number % 14]} 이야기를 적는다" for number in range(60))
    whole = [*talk, Message(talk[-1].when, "루루", long)]
    cut = [*talk, Message(talk[-1].when, "루루", long.replace("\n", "\r\n")[:500])]
    for first, second in ((whole, cut), (cut, whole)):
        (room,) = merge([saved(first), saved(second)]).timelines
        assert room.messages[-1].text == long


def test_clocks_may_be_whole_hours_apart() -> None:
    whole = conversation(300, 10)
    (room,) = merge([saved(whole), saved(whole, hours=-8)]).timelines
    assert said(room) == said(saved(whole))
    broken = Message(datetime.max, "루루", "그런 때는 없다")
    (room,) = merge([saved(whole), Timeline([*saved(whole, hours=-8).messages, broken])]).timelines
    assert room.messages[-1] == broken


def test_clocks_are_apart_however_much_is_said_at_any_time() -> None:
    dice = random.Random(16)
    whole = [replace(m, text=dice.choice(CHATTER)) if at % 3 else m for at, m in enumerate(conversation(3000, 16))]
    busy = [replace(m, when=START + (m.when - START) / 20) for m in whole]
    for order in ([saved(busy), saved(busy, hours=-9)], [saved(busy, hours=-9), saved(busy)]):
        (room,) = merge(order).timelines
        assert len(room.messages) == 3000


def test_summer_time_begins_abroad_within_an_export() -> None:
    whole = conversation(900, 17)
    new_york = [*saved(whole[:400], hours=-14).messages, *saved(whole[400:], hours=-13).messages]
    for first, second in ((saved(whole), Timeline(new_york)), (Timeline(new_york), saved(whole))):
        (room,) = merge([first, second]).timelines
        assert 900 <= len(room.messages) <= 902  # where summer begins, an hour is one or the other
        assert [m.text for m in room.messages if m.text not in CHATTER] == [
            m.text for m in whole if m.text not in CHATTER
        ]


def test_two_who_share_a_name_on_one_phone_are_either_of_them() -> None:
    whole = conversation(400, 18)
    friends = {"도윤": "친구", "루루": "친구"}
    for order in ([saved(whole[:200]), saved(whole[100:], friends)], [saved(whole[100:], friends), saved(whole[:200])]):
        merged = merge(order)
        assert contents(merged.timelines[0].messages) == contents(whole)
        for name in ("도윤", "루루"):
            agreed = Exclusion.of(agreement_without(name), merged.names)
            left = contents([each for each in merged.timelines[0].messages if agreed.text_of(each, Cleaner())])
            assert left <= contents([message for message in whole if message.who != name])
        listed = NOBODY.counted({}, merged.names)
        assert len([*listed]) == len(merged.names), "nobody is joined by a name that several people have"


def test_a_minute_may_be_another_on_another_phone() -> None:
    whole = conversation(300, 10)
    late = [replace(message, when=message.when + timedelta(seconds=25)) for message in whole]
    (room,) = merge([saved(whole), saved(late)]).timelines
    telling = [message.text for message in room.messages if message.text not in CHATTER]
    assert telling == [message.text for message in whole if message.text not in CHATTER]
    assert len(room.messages) <= 303  # ㅋㅋㅋㅋ of one person in three minutes running may count once more


@pytest.mark.parametrize("seed", range(3))
def test_names_are_found_out_where_hardly_a_minute_is_the_same(seed: int) -> None:
    whole = conversation(300, 30 + seed)
    late = [replace(message, when=message.when + timedelta(seconds=55)) for message in whole]
    swapped = saved(late, {"도윤": "루루", "루루": "도윤"})
    (room,) = merge([saved(whole), swapped]).timelines
    assert len(room.messages) <= 306  # as with any phone that saves other minutes
    telling = [(message.who, message.text) for message in whole if message.text not in CHATTER]
    assert [(message.who, message.text) for message in room.messages if message.text not in CHATTER] == telling


def test_a_file_without_times_counts_once_too() -> None:
    lines = [Message(UNDATED, "", message.text) for message in conversation(200, 11)]
    other = [Message(UNDATED, "", message.text) for message in conversation(200, 12)]
    assert [len(room.messages) for room in merge([Timeline(lines), Timeline(lines[50:])]).timelines] == [200]
    assert merge([Timeline(lines), Timeline(other)]).repeated == 0


def test_the_report_counts_every_line_of_every_file_and_every_message_once(tmp_path: Path) -> None:
    whole = conversation(300, 13)
    windows, macos = tmp_path / "windows.txt", tmp_path / "macos.csv"
    windows.write_text(as_windows(whole[:200]), encoding="utf-8")
    macos.write_text(as_macos(whole[100:]), encoding="utf-8")
    for order in ([windows, macos], [macos, windows]):
        corpus = read_corpus(order)
        report = corpus.report.to_json()
        assert (report["messages"], report["people"]) == (300, 4)
        assert report["not_messages"]["repeated"] == 100
        assert report["messages"] + sum(report["not_messages"].values()) == report["lines"]
        assert any("100 messages were there more than once" in warning for warning in report["warnings"])
        assert len(corpus.messages) == 300
        assert len(corpus.sessions) == len(read_corpus([macos]).sessions) + len(
            read_corpus([windows]).sessions
        ) - shared_sessions(whole)


def test_times_with_seconds_among_times_without_do_not_go_back(tmp_path: Path) -> None:
    whole = conversation(300, 19)
    windows, macos = tmp_path / "windows.txt", tmp_path / "macos.csv"
    windows.write_text(as_windows([m for at, m in enumerate(whole) if at % 5]), encoding="utf-8")
    macos.write_text(as_macos([m for at, m in enumerate(whole) if at % 5 != 1]), encoding="utf-8")
    for order in ([windows, macos], [macos, windows]):
        corpus = read_corpus(order)
        assert len(corpus.messages) == 300
        assert not any("go back" in warning for warning in corpus.report.warnings)


def shared_sessions(whole: list[Message]) -> int:
    """How many conversations both halves of the test above hold something of."""
    starts = [0] + [at for at in range(1, 300) if whole[at].when - whole[at - 1].when > timedelta(hours=1)]
    ends = [*starts[1:], 300]
    return sum(start < 200 and end > 100 for start, end in zip(starts, ends, strict=True))


def as_windows(messages: list[Message]) -> str:
    lines, day = ["동네 님과 카카오톡 대화", "저장한 날짜 : 2025-06-01 22:14:03", ""], None
    for message in messages:
        if message.when.date() != day:
            day = message.when.date()
            lines.append(f"--------------- {day.year}년 {day.month}월 {day.day}일 일요일 ---------------")
        lines.append(f"[{message.who}] [{message.when:%H:%M}] {message.text}")
    return "\r\n".join(lines) + "\r\n"


def as_macos(messages: list[Message]) -> str:
    rows = [f'{message.when:%Y-%m-%d %H:%M:%S},"{message.who}","{message.text}"' for message in messages]
    return "\n".join(["Date,User,Message", *rows]) + "\n"


def test_no_message_of_overlapping_files_is_both_learnt_and_held_out(shared: Path) -> None:
    files = [shared / "cases/chats/overlap" / f"{name}.txt" for name in ("windows", "android", "iphone")]
    alone = read_corpus(files[:1])
    for order in permutations(files):
        corpus = read_corpus(order)
        assert [message.text for message in corpus.messages] == [message.text for message in alone.messages]
        assert corpus.sessions == alone.sessions
        assert corpus.report.people == 4
