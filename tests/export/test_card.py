"""The card of a bundle is that of its words, with the faces exported beside them, in the words' own folder."""

import json
from pathlib import Path

from export.card import add_faces
from tests.training.faces.card import runs
from tests.training.text.card import rooms


def test_the_words_card_gets_a_part_for_each_generator(tmp_path: Path) -> None:
    for name in ("text", "faces"):
        (tmp_path / name).mkdir()
    text, faces = rooms.finished_run(tmp_path / "text"), runs.finished_run(tmp_path / "faces")
    assert add_faces(text.folder, {"vae": faces.folder, "vae-128": faces.folder}) == text.card
    page = text.card.read_text(encoding="utf-8")
    assert "2025년 5월에 가장 많이 말했고" in page
    assert "vae: ‘웃음’ 쪽이" in page
    assert "vae-128: ‘웃음’ 쪽이" in page
    text.report.write_text(json.dumps(rooms.REPORT | {"language": "en"}))
    add_faces(text.folder, {"vae": faces.folder})
    assert "vae: What changes best is" in text.card.read_text(encoding="utf-8")


def test_a_run_from_before_there_were_cards_has_none(tmp_path: Path) -> None:
    text = rooms.finished_run(tmp_path)
    text.chat.unlink()
    assert add_faces(text.folder, {}) is None
    assert not text.card.exists()
