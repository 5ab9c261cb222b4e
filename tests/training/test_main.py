"""The door of all training commands."""

import os
import subprocess
import sys
from pathlib import Path


def test_a_korean_path_under_a_locale_without_hangul_ends_in_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "한글"
    folder.mkdir()
    command = [sys.executable, "-m", "training", "text", str(folder / "대화.txt"), "--out", str(folder / "결과")]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (finished.returncode, finished.stdout) == (1, "")
    assert finished.stderr.count("\n") == 1
    assert "set LC_ALL to C.UTF-8" in finished.stderr
