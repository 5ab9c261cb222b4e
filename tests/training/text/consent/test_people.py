"""The list of people: who is who, what each decided, and that bringing it up to date loses nothing of that."""

from pathlib import Path

import pytest

from training.common.errors import ChatError
from training.text.consent.people import NOBODY, Consent, People, Person
from training.text.consent.people_file import read_people, write_people

DECIDED = """\
# 우리 방
[[person]]
name = "현지" # 회장
aliases = ["김현지"]
messages = 3
consent = "yes"
discord = "4000000000000000001"

# 아직 안 물어봄
[[person]]
name = "다빈"
messages = 2
consent = "unknown"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.toml"
    path.write_text(DECIDED, encoding="utf-8")
    return path


def test_what_was_decided_and_noted_survives_that_the_list_is_brought_up_to_date(file: Path) -> None:
    people = read_people(file).counted({"김현지": 7, "정훈": 5}, {"김현지": {"현지🌱"}, "정훈": {"정훈"}})
    write_people(people.decided("정훈", Consent.NO), file)
    text = file.read_text(encoding="utf-8")
    assert all(note in text for note in ("# 우리 방", "# 회장", "# 아직 안 물어봄"))
    hyeonji, dabin, jeonghun = read_people(file)
    assert hyeonji == Person("현지", ("김현지", "현지🌱"), 7, Consent.YES, 4000000000000000001)
    assert dabin == Person("다빈", messages=2)
    assert jeonghun == Person("정훈", messages=5, consent=Consent.NO)


def test_a_new_list_is_for_its_owner_alone_and_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    write_people(NOBODY.counted({"윤혜": 2}, {"윤혜": {"회원님"}}), file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert 'Ask each of them, then write "yes" or "no"' in file.read_text(encoding="utf-8")
    assert [*read_people(file)] == [Person("윤혜", ("회원님",), 2)]


def test_joining_is_one_friend_who_agreed_only_under_all_their_names(file: Path) -> None:
    people = read_people(file).joined("다빈", into="현지")
    (friend,) = people
    assert friend == Person("현지", ("김현지", "다빈"), 5, Consent.UNKNOWN, 4000000000000000001)
    write_people(people, file)
    assert read_people(file) == people
    assert [person.name for person in people.parted("다빈")] == ["현지", "다빈"]
    assert people.joined("김현지", into="현지") == people


def test_a_file_says_who_it_is_in_whatever_letters(file: Path) -> None:
    people = read_people(file)
    assert [person.name for person in people.find(["다빈", "  김현지 "])] == ["현지", "다빈"]
    assert people.tied("다빈", 5).find(["다빈"])[0].discord == 5
    with pytest.raises(ChatError, match="Nobody on the list is called '정훈': it has 현지, 다빈"):
        people.decided("정훈", Consent.YES)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[person]\n", "cannot be read as a list of people"),
        ("person = 3\n", "is no list of people"),
        ("[[people]]\nname = '가'\n", "is no list of people"),
        ("[[person]]\nconsent = 'yes'\n", "has no name"),
        ("[[person]]\nname = '가'\nconsent = 'maybe'\n", "the consent of '가' must be"),
        ("[[person]]\nname = '가'\nconsent = true\n", "the consent of '가' must be"),
        ("[[person]]\nname = '가'\naliases = '나'\n", "the aliases of '가'"),
        ("[[person]]\nname = '가'\ndiscord = 'gaga'\n", "the discord of '가' must be an ID"),
        ("[[person]]\nname = '가'\nconcent = 'yes'\n", "'가' has concent, which is none of"),
        ("[[person]]\nname = '가'\n[[person]]\nname = '나'\naliases = ['가']\n", "is a name of '가' and of '나'"),
        (
            "[[person]]\nname = '가'\ndiscord = 4\n[[person]]\nname = '나'\ndiscord = '4'\n",
            "'가' and '나' have one Discord ID",
        ),
        ("\udcff", "cannot be read"),
    ],
)
def test_what_is_wrong_with_a_list_is_said_in_a_sentence(text: str, why: str, tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ChatError) as refused:
        read_people(file)
    assert why in str(refused.value)
    assert "people.toml" in str(refused.value)
    with pytest.raises(ChatError):
        write_people(NOBODY, file)
    assert file.read_bytes() == text.encode("utf-8", "surrogateescape")


def test_an_empty_list_has_nobody(tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    file.write_text("# nobody yet\n", encoding="utf-8")
    assert [*read_people(file)] == []
    write_people(People((Person("가"),)), file)
    assert [person.name for person in read_people(file)] == ["가"]


def test_where_there_is_no_list_its_command_is_named(tmp_path: Path) -> None:
    with pytest.raises(ChatError, match="python -m training people"):
        read_people(tmp_path / "people.toml")
