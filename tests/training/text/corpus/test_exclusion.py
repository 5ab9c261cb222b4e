"""Who is left out: nothing of theirs is learnt, whatever the files call them, and others' words lose only the name."""

from pathlib import Path

import pytest

from training.common.errors import ChatError
from training.text.corpus.corpus import Corpus, read_corpus

HEADER = "동네 님과 카카오톡 대화\n저장한 날짜 : 2025-06-01 22:14:03\n\n"
DAY = "--------------- 2025년 3월 1일 토요일 ---------------\n"
TALK = (
    ("김도윤", "아침부터 기차를 놓쳐서 다음 차를 기다린다"),
    ("하늘", "도윤이는 늘 그렇더라 천천히 와"),
    ("루루", "김도윤한테 전화해 봐 하늘아"),
    ("김도윤", "지금 도착했어 어디로 가면 되는지 알려 줘"),
    ("루루", "@김도윤 하늘색 간판 보이지 김도윤네 학교 앞"),
)


def export(folder: Path, name: str, **names: str) -> Path:
    path = folder / name
    lines = [f"[{names.get(who, who)}] [오후 1:0{at}] {text}\n" for at, (who, text) in enumerate(TALK)]
    path.write_text(HEADER + DAY + "".join(lines), encoding="utf-8")
    return path


def texts(corpus: Corpus) -> list[str]:
    return [message.text for message in corpus.messages]


def test_what_they_wrote_is_gone_and_their_name_in_what_others_wrote(tmp_path: Path) -> None:
    corpus = read_corpus([export(tmp_path, "chat.txt")], without=["김도윤"])
    assert texts(corpus) == ["늘 그렇더라 천천히 와", "전화해 봐 하늘아", "하늘색 간판 보이지 학교 앞"]
    assert {message.who for message in corpus.messages} == {"하늘", "루루"}
    report = corpus.report.to_json()
    assert (report["messages"], report["kept"], report["left_out"]) == (5, 3, 2)
    assert report["dropped"] == {"mentions": 1, "names": 3}


def test_a_colour_is_no_name(tmp_path: Path) -> None:
    corpus = read_corpus([export(tmp_path, "chat.txt")], without=["하늘"])
    assert texts(corpus)[1:] == [
        "김도윤한테 전화해 봐",
        "지금 도착했어 어디로 가면 되는지 알려 줘",
        "하늘색 간판 보이지 김도윤네 학교 앞",
    ]


@pytest.mark.parametrize("name", ["김도윤", "도윤 (회사)", "회원님"])
def test_any_name_that_the_files_have_for_a_person_will_do(name: str, tmp_path: Path) -> None:
    files = [export(tmp_path, "a.txt", 김도윤="회원님"), export(tmp_path, "b.txt", 김도윤="도윤 (회사)")]
    files.append(export(tmp_path, "c.txt"))
    corpus = read_corpus(files, without=[name])
    assert len(corpus.messages) == 3
    assert {message.who for message in corpus.messages} == {"하늘", "루루"}


@pytest.mark.parametrize("name", ["김도윤🍈", "김도윤/회사", "김도윤(95)", "김도윤 ♥"])
def test_nobody_says_all_of_a_decorated_name(name: str, tmp_path: Path) -> None:
    corpus = read_corpus([export(tmp_path, "chat.txt", 김도윤=name)], without=[name])
    assert texts(corpus) == ["늘 그렇더라 천천히 와", "전화해 봐 하늘아", "하늘색 간판 보이지 학교 앞"]


@pytest.mark.parametrize("name", ["회원님", "(알수없음)"])
def test_who_may_be_anybody_is_named(name: str, tmp_path: Path) -> None:
    files = [export(tmp_path, "chat.txt", 루루=name)]
    doubt = f"{name} may be somebody you leave out"
    assert any(doubt in warning for warning in read_corpus(files, without=["김도윤"]).report.warnings)
    for without in ([], [name], ["김도윤", name]):
        assert not any(doubt in warning for warning in read_corpus(files, without=without).report.warnings)


def test_several_people_may_be_left_out(tmp_path: Path) -> None:
    assert len(read_corpus([export(tmp_path, "chat.txt")], without=["김도윤", "루루"]).messages) == 1


def test_a_name_that_nobody_has_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(ChatError, match=r"is called '김도은': give --without one of 김도윤, 루루, 하늘\.$"):
        read_corpus([export(tmp_path, "chat.txt")], without=["김도은"])
    plain = tmp_path / "plain.txt"
    plain.write_text("안녕\n밥 먹자\n", encoding="utf-8")
    with pytest.raises(ChatError, match="these files name nobody"):
        read_corpus([plain], without=["김도윤"])
