"""Who did not agree: nothing of theirs is learnt, whatever files call them, and others' words lose only the name."""

from pathlib import Path

import pytest

from training.common.errors import ChatError
from training.text.consent.agreement import Agreement
from training.text.consent.people import Consent, People, Person
from training.text.consent.withdrawals import Withdrawals
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


def everyone_but(*names: str) -> Agreement:
    return Agreement(People(tuple(Person(name, consent=Consent.NO) for name in names)), everyone=True)


def agreed(*persons: Person, **others: object) -> Agreement:
    return Agreement(People(persons), **others)  # type: ignore[arg-type]


def test_what_they_wrote_is_gone_and_their_name_in_what_others_wrote(tmp_path: Path) -> None:
    corpus = read_corpus([export(tmp_path, "chat.txt")], agreement=everyone_but("김도윤"))
    assert texts(corpus) == ["늘 그렇더라 천천히 와", "전화해 봐 하늘아", "하늘색 간판 보이지 학교 앞"]
    assert {message.who for message in corpus.messages} == {"하늘", "루루"}
    report = corpus.report.to_json()
    assert (report["messages"], report["kept"], report["left_out"]) == (5, 3, 2)
    assert report["dropped"] == {"mentions": 1, "names": 3}


def test_a_colour_is_no_name(tmp_path: Path) -> None:
    corpus = read_corpus([export(tmp_path, "chat.txt")], agreement=everyone_but("하늘"))
    assert texts(corpus)[1:] == [
        "김도윤한테 전화해 봐",
        "지금 도착했어 어디로 가면 되는지 알려 줘",
        "하늘색 간판 보이지 김도윤네 학교 앞",
    ]


@pytest.mark.parametrize("name", ["김도윤", "도윤 (회사)", "회원님"])
def test_any_name_that_the_files_have_for_a_person_will_do(name: str, tmp_path: Path) -> None:
    files = [export(tmp_path, "a.txt", 김도윤="회원님"), export(tmp_path, "b.txt", 김도윤="도윤 (회사)")]
    files.append(export(tmp_path, "c.txt"))
    corpus = read_corpus(files, agreement=everyone_but(name))
    assert len(corpus.messages) == 3
    assert {message.who for message in corpus.messages} == {"하늘", "루루"}


@pytest.mark.parametrize("name", ["김도윤🍈", "김도윤/회사", "김도윤(95)", "김도윤 ♥"])
def test_nobody_says_all_of_a_decorated_name(name: str, tmp_path: Path) -> None:
    corpus = read_corpus([export(tmp_path, "chat.txt", 김도윤=name)], agreement=everyone_but(name))
    assert texts(corpus) == ["늘 그렇더라 천천히 와", "전화해 봐 하늘아", "하늘색 간판 보이지 학교 앞"]


@pytest.mark.parametrize("name", ["회원님", "(알수없음)"])
def test_who_may_be_anybody_is_named(name: str, tmp_path: Path) -> None:
    files = [export(tmp_path, "chat.txt", 루루=name)]
    doubt = f"{name} may be somebody you leave out"
    assert any(doubt in warning for warning in read_corpus(files, agreement=everyone_but("김도윤")).report.warnings)
    for without in ([], [name], ["김도윤", name]):
        warnings = read_corpus(files, agreement=everyone_but(*without)).report.warnings
        assert not any(doubt in warning for warning in warnings)


def test_several_people_may_be_left_out(tmp_path: Path) -> None:
    assert len(read_corpus([export(tmp_path, "chat.txt")], agreement=everyone_but("김도윤", "루루")).messages) == 1


def test_only_of_who_agreed_it_is_learnt_and_nobody_else_is_named(tmp_path: Path) -> None:
    corpus = read_corpus([export(tmp_path, "chat.txt")], agreement=agreed(Person("루루", consent=Consent.YES)))
    assert texts(corpus) == ["전화해 봐", "하늘색 간판 보이지 학교 앞"]
    report = corpus.report.to_json()
    assert (report["left_out"], report["left_out_why"]) == (3, {"not_asked": 3})
    assert [person.name for person in corpus.agreed()] == ["루루"]
    assert corpus.consent() == "1 agreed, 2 left out"


def test_who_wrote_nothing_and_did_not_agree_is_not_named_either(tmp_path: Path) -> None:
    away = Person("하늘색", aliases=("학교",), consent=Consent.NO)
    everyone = Agreement(People((away,)), everyone=True)
    corpus = read_corpus([export(tmp_path, "chat.txt")], agreement=everyone)
    assert texts(corpus)[-1] == "간판 보이지 김도윤네 앞"
    assert corpus.consent() == "everyone, by the owner's word"


def test_several_names_of_one_friend_are_one_person(tmp_path: Path) -> None:
    both = Person("도윤", aliases=("김도윤", "하늘"), consent=Consent.YES)
    corpus = read_corpus([export(tmp_path, "chat.txt")], agreement=agreed(both, Person("루루", consent=Consent.YES)))
    assert [message.who for message in corpus.messages] == ["도윤", "도윤", "루루", "도윤", "루루"]
    assert corpus.names["도윤"] == {"도윤", "김도윤", "하늘"}


def test_whoever_is_on_the_list_twice_agreed_only_if_both_did(tmp_path: Path) -> None:
    files = [export(tmp_path, "a.txt", 김도윤="회원님"), export(tmp_path, "b.txt")]
    twice = (Person("김도윤", consent=Consent.YES), Person("회원님"), Person("하늘", consent=Consent.YES))
    assert {message.who for message in read_corpus(files, agreement=agreed(*twice)).messages} == {"하늘"}


@pytest.mark.parametrize(
    "withdrawals", [Withdrawals(ids=frozenset({41})), Withdrawals(names=frozenset({"하늘"}))], ids=["by ID", "by name"]
)
@pytest.mark.parametrize("everyone", [True, False])
def test_who_withdrew_is_left_out_whatever_the_list_says(
    withdrawals: Withdrawals, everyone: bool, tmp_path: Path
) -> None:
    names = ("김도윤", "하늘", "루루")
    persons = [Person(name, consent=Consent.YES, discord=40 + at) for at, name in enumerate(names)]
    agreement = agreed(*persons, everyone=everyone, withdrawals=withdrawals)
    corpus = read_corpus([export(tmp_path, "chat.txt")], agreement=agreement)
    assert len(corpus.messages) == 4
    assert corpus.report.left_out == {"withdrew": 1}
    assert corpus.messages[1].text == "김도윤한테 전화해 봐"


def test_who_withdrew_and_is_tied_to_nobody_is_named(tmp_path: Path) -> None:
    agreement = Agreement(everyone=True, withdrawals=Withdrawals(ids=frozenset({4000000000000000001})))
    (warning,) = read_corpus([export(tmp_path, "chat.txt")], agreement=agreement).report.warnings[:1]
    assert warning.startswith("Who withdrew on Discord as 4000000000000000001 is nobody on the list of people")


def test_of_a_file_that_names_nobody_the_owner_must_answer_for_all(tmp_path: Path) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("안녕\n밥 먹자\n", encoding="utf-8")
    assert len(read_corpus([plain], agreement=agreed(everyone=True)).messages) == 2
    corpus = read_corpus([plain], agreement=agreed())
    assert corpus.messages == ()
    assert any("--everyone-agreed" in warning for warning in corpus.report.warnings)


def test_a_room_where_too_few_agreed_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "chat.csv"
    rows = [f"2025-03-01 12:00:{at:02},{'ab'[at % 2]},벌써 {at}번째" for at in range(60)]
    file.write_text("\n".join(["Date,User,Message", *rows]), encoding="utf-8")
    with pytest.raises(ChatError, match=r"for 30 are of people who did not agree"):
        read_corpus([file], agreement=agreed(Person("a", consent=Consent.YES))).check_trainable()
