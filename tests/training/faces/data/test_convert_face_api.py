"""The networks that find faces are those of the package that NOTICE names, and no others."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from training.faces.cli import app


@pytest.mark.parametrize("there", [False, True])
def test_other_weights_are_refused_in_one_sentence(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "model").mkdir()
        for name in ("tiny_face_detector_model", "face_landmark_68_model"):
            (tmp_path / "model" / f"{name}.bin").write_bytes(bytes(100))
            (tmp_path / "model" / f"{name}-weights_manifest.json").write_text(json.dumps([]))
    result = CliRunner().invoke(app, ["convert", str(tmp_path), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "@vladmandic/face-api@1.7.15" in result.output.replace("\n", " ")
    assert not list((tmp_path / "out").glob("*"))
