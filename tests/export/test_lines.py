"""Lines of a bundle's voice: as many as are asked for, the same from one process and from several."""

from pathlib import Path

import pytest

from export import lines
from export.lines import Prompt, said
from tests.bot.conftest import write_bundle_to

PROMPTS = [Prompt("오늘", 3, 4, 1), Prompt("밥", 2, 6, 2), Prompt("오늘", 3, 1, 3)]


def test_several_processes_say_what_one_says_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = write_bundle_to(tmp_path / "bundle")
    alone = list(said(bundle, PROMPTS))
    assert [len(texts) for texts in alone] == [4, 6, 1]
    assert all(text.startswith(prompt.word) for prompt, texts in zip(PROMPTS, alone, strict=True) for text in texts)
    opened = list[Path]()
    monkeypatch.setattr(lines, "_MANY", 11)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(lines, "open_models", lambda bundle, _: opened.append(bundle))
    assert list(said(bundle, PROMPTS)) == alone
    assert not opened, "this process has said none of them"
