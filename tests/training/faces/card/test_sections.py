"""The card of faces tells what can be changed and whether faces are copies, with the run's own pictures."""

from pathlib import Path

import pytest

from bot.features.face.texts import FaceTexts
from bot.i18n import LANGUAGES, texts_for
from tests.training.faces.card.runs import finished_run, write_report
from training.common.errors import RunError
from training.faces.card import faces_card, faces_sections
from training.faces.card.sections import TEXTS
from training.faces.run import FacesRun


@pytest.fixture
def run(tmp_path: Path) -> FacesRun:
    """Return a finished run."""
    return finished_run(tmp_path)


def test_it_says_what_changes_best_and_what_cannot_be_changed(run: FacesRun) -> None:
    page = faces_card(run, "ko").html()
    assert "‘웃음’ 쪽이 가장 잘 바뀌어서, 100명 가운데 93명에게서" in page
    assert "얼굴을 지을 수 있고, 1가지를 바꿀 수 있어요" in page
    assert "찾지 못한 것: 앞머리" in page
    assert "<td>모자</td><td>40%</td><td>20%</td><td>10%</td><td>안 돼요</td>" in page
    assert page.count("data:image/jpeg") == 1, "of the pictures that there are"


def test_faces_that_are_copies_are_red(run: FacesRun) -> None:
    assert 'class="bad"' not in faces_card(run, "en").html()
    write_report(run, 0.3)
    page = faces_card(run, "en").html()
    assert 'class="bad"' in page
    assert "too close to the photos" in page


def test_without_directions_it_says_what_to_do(run: FacesRun) -> None:
    run.directions.unlink()
    page = faces_card(run, "ko").html()
    assert "라벨을 더 채우거나" in page
    run.directions.write_text("{}")
    with pytest.raises(RunError, match="is damaged"):
        faces_card(run, "ko")


def test_beside_other_parts_each_title_names_the_generator(run: FacesRun) -> None:
    assert all(section.title.startswith("vae-128: ") for section in faces_sections(run, "ko", "vae-128"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_attributes_are_called_as_members_call_them(language: str) -> None:
    assert TEXTS[language].attributes == texts_for(FaceTexts, language).attributes
