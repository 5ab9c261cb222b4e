"""Exports are added as they are, each once, under names that lead nowhere; what is in them is read beside the page."""

import io
import json
import os
import shutil
import time
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from owner import chat, people
from owner.errors import StepError
from owner.jobs import Job, JobState
from owner.project import Project
from owner.translation import translated
from tests.full_disk import room_for

HEAD = "Date,User,Message\n"
LINES = "".join(
    f'2025-03-{1 + at % 20:02} 10:{at % 60:02}:00,"윤혜","오늘은 {at}번째 이야기 010-1234-5678"\n' for at in range(60)
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path / "room")
    project.make()
    return project


def add(project: Project, name: str, text: str = HEAD + LINES) -> None:
    chat.exports(project).add(name, io.BytesIO(text.encode()), len(text.encode()))


def ended(job: Job) -> JobState:
    while (state := job.state()).status == "running":
        time.sleep(0.05)
    return state


@pytest.mark.parametrize("name", ["../../secret.csv", "C:\\chats\\secret.csv", "secret.csv", " secret.csv. "])
def test_a_name_leads_nowhere_else(project: Project, name: str) -> None:
    add(project, name)
    assert chat.exports(project).files == [project.chat / "secret.csv"]


def test_the_same_file_is_there_once_and_another_of_its_name_beside_it(project: Project) -> None:
    add(project, "Talk.csv")
    add(project, "Talk again.csv")
    add(project, "Talk.csv", HEAD)
    assert [file.name for file in chat.exports(project).files] == ["Talk (2).csv", "Talk.csv"]


def test_parts_of_one_export_come_in_their_order(project: Project) -> None:
    for number in (10, 2, 1):
        add(project, f"Talk-{number}.txt", f"{number}")
    assert [file.name for file in chat.exports(project).files] == ["Talk-1.txt", "Talk-2.txt", "Talk-10.txt"]


def test_a_full_disk_refuses_before_anything_is_copied(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 10**12, 10**6))
    with pytest.raises(StepError, match="is full"):
        chat.exports(project).add("large.txt", io.BytesIO(b"x"), 200_000_000)
    assert chat.exports(project).files == []


def test_a_disk_that_fills_up_while_a_file_comes_leaves_nothing_of_it_and_the_rest(project: Project) -> None:
    exports = chat.exports(project)
    exports.add("there.txt", io.BytesIO(b"there"))
    with room_for(10_000), pytest.raises(StepError, match="cannot be written") as refused:
        exports.add("large.txt", io.BytesIO(bytes(100_000)))
    assert "쓸 수 없어요" in refused.value.sentence("ko")
    assert [file.name for file in project.folder.rglob("*") if file.is_file()] == ["there.txt"]
    exports.add("large.txt", io.BytesIO(bytes(100_000)))
    assert [file.name for file in exports.files] == ["large.txt", "there.txt"]


class _InPieces(io.BytesIO):
    """What comes bit by bit, with another between two of its pieces."""

    def __init__(self, content: bytes, meanwhile: Callable[[], None]) -> None:
        super().__init__(content)
        self._meanwhile = meanwhile

    def read(self, size: int | None = -1, /) -> bytes:
        del size
        piece = super().read(10)
        if piece:
            self._meanwhile()
        return piece


def test_two_of_one_name_that_come_at_the_same_time_are_two_and_whole(project: Project) -> None:
    exports = chat.exports(project)

    def another() -> None:
        exports.add("Talk.csv", io.BytesIO(b"another"))

    exports.add("Talk.csv", _InPieces(b"the first of the two", another))
    assert {file.read_bytes() for file in exports.files} == {b"another", b"the first of the two"}


def test_what_a_killed_process_left_of_a_file_goes_when_the_next_comes(project: Project) -> None:
    left, coming = project.chat / ".left", project.chat / ".coming"
    for folder in (left, coming):
        folder.mkdir()
        (folder / "photos.zip").write_bytes(b"half")
    os.utime(left, (0, 0))
    add(project, "Talk.csv")
    assert {path.name for path in project.chat.iterdir()} == {".coming", "Talk.csv"}
    chat.exports(project).clear()
    assert not [*project.chat.iterdir()]


def test_zips_of_several_members_are_read_as_one_room(project: Project) -> None:
    for at, name in enumerate(("윤혜", "정훈")):
        packed = io.BytesIO()
        with ZipFile(packed, "w") as archive:
            more = "".join(
                f'2025-04-0{1 + at} 11:{minute:02}:00,"{name}","여기서는 {minute}번"\n' for minute in range(9)
            )
            archive.writestr("KakaoTalk_Chat.csv", HEAD + LINES + more)
        packed.seek(0)
        chat.exports(project).add("chat.zip", packed)
    assert ended(chat.start_reading(project)).status == "done"
    reading = chat.reading(project)
    assert reading is not None
    assert (len(reading.files), reading.report["messages"], reading.report["not_messages"]["repeated"]) == (2, 78, 60)


def test_a_zip_is_read_with_who_is_there_and_what_was_taken_out(project: Project) -> None:
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("KakaoTalk_Chat.csv", HEAD + LINES)
    packed.seek(0)
    chat.exports(project).add("chat.zip", packed)
    job = chat.start_reading(project)
    assert ended(job).status == "done", (job.folder / "log.txt").read_text()
    reading = chat.reading(project)
    assert reading is not None
    assert (reading.report["messages"], reading.report["removed"]) == (60, {"mobile": 60})
    assert [(person.name, person.messages) for person in reading.people] == [("윤혜", 60)]
    assert [(person.name, person.consent) for person in people.people_of(project)] == [("윤혜", "unknown")]
    assert "010-1234-5678" not in project.reading.read_text(encoding="utf-8")
    add(project, "more.csv")
    assert chat.reading(project) is None


def test_what_is_no_chat_is_refused_in_one_sentence_of_either_language(project: Project) -> None:
    add(project, "result.json", json.dumps({"something": "else"}))
    state = ended(chat.start_reading(project))
    assert state.status == "failed"
    assert isinstance(state.error, str)
    assert "result.json is JSON of a form that is not known here" in state.error
    assert translated(state.error, "ko").startswith("result.json: 모르는 모양의 JSON이에요.")
    assert chat.exports(project).files == [project.chat / "result.json"]


def test_nothing_is_read_where_there_is_nothing(project: Project) -> None:
    with pytest.raises(StepError, match="no export yet"):
        chat.start_reading(project)


def test_where_nothing_that_learns_is_installed_a_sentence_says_how_to_install_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(project, "chat.csv")
    monkeypatch.setattr("owner.environment.find_spec", lambda name: None if name == "torch" else name)
    with pytest.raises(StepError, match=r"not installed here \(torch\): open Dantok by start.bat"):
        chat.start_reading(project)
