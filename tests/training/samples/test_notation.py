"""The scene notation says where it is broken, and every written scene can be played."""

import re
from pathlib import Path

import pytest

from training.samples.members import BY_NAME
from training.samples.notation import Scene, read_scenes, read_words
from training.samples.room import all_scenes
from training.samples.staging import can_play
from training.samples.year import slot_of

_SCENES = Path(read_scenes.__code__.co_filename).parent / "scenes"


def _by_roles(scene: Scene) -> list[str]:
    return [wording for line in scene.lines if re.fullmatch("[A-Z]", line.speaker) for wording in line.wordings]


def test_a_broken_line_is_named_with_file_and_number(tmp_path: Path) -> None:
    file = tmp_path / "wrong.txt"
    file.write_text("## 밥 (11-13시)\nA: 밥\n이건 아니야\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"wrong\.txt, line 3"):
        read_scenes(file)


def test_there_are_hundreds_of_scenes_with_thousands_of_wordings() -> None:
    scenes = all_scenes()
    assert len(scenes) >= 1_000
    assert len({wording for scene in scenes for line in scene.lines for wording in line.wordings}) >= 20_000


def test_titles_are_unique_so_that_a_scene_is_found_by_its_name() -> None:
    titles = [scene.title for scene in all_scenes()]
    assert len(set(titles)) == len(titles)


def test_every_slot_has_its_words() -> None:
    lists = read_words(_SCENES / "words.txt")
    slots = {
        slot
        for scene in all_scenes()
        for line in scene.lines
        for wording in line.wordings
        for slot in re.findall(r"\{@?([a-z]+)", wording)
    }
    assert slots <= lists.keys()


def test_every_scene_has_a_day_on_which_it_can_play() -> None:
    for scene in all_scenes():
        assert any(can_play(scene, day) for day in slot_of(scene).days) or "태오 방 나감" in scene.title, scene.title


def test_no_role_says_oppa_or_hyeong_outright_because_anybody_may_play_it() -> None:
    outright = [text for scene in all_scenes() for text in _by_roles(scene) if re.search("오빠|언니|누나|이 형", text)]
    assert outright == []


def test_only_roles_and_members_speak() -> None:
    speakers = {line.speaker for scene in all_scenes() for line in scene.lines}
    assert {speaker for speaker in speakers if len(speaker) > 1} == BY_NAME.keys()
