"""One folder holds everything; which steps are done shows in it; the token is kept from others' eyes."""

from pathlib import Path

import pytest

from owner.project import STEPS, Project

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.abcdef.abcdefghijklmnopqrstuvwxyz01"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path / "우리 방")
    project.make()
    return project


def test_a_new_project_is_private_and_begins_with_the_chat(project: Project) -> None:
    assert project.folder.stat().st_mode & 0o777 == 0o700
    assert tuple(project.steps()) == STEPS
    assert {step for step, state in project.steps().items() if state == "ready"} == {"chat", "faces"}


def test_settings_that_somebody_saved_otherwise_than_as_utf_8_are_a_sentence_and_stay(project: Project) -> None:
    settings = "# 우리 방\nDANTOK_TOKEN=old\n"
    project.dotenv.write_bytes(settings.encode("cp949"))
    assert not project.has_token()
    for change in (lambda: project.keep_token(TOKEN), project.forget_token):
        with pytest.raises(OSError, match="UTF-8"):
            change()
    assert project.dotenv.read_bytes() == settings.encode("cp949")
    project.dotenv.write_text(settings, encoding="utf-8-sig")  # as Windows' own editor did
    project.keep_token(TOKEN)
    assert project.token() == TOKEN
    assert "old" not in project.dotenv.read_text(encoding="utf-8")


def test_the_token_is_kept_beside_other_settings_for_its_owner_alone(project: Project) -> None:
    project.dotenv.write_text("DANTOK_TEMPERATURE=0.7\nDANTOK_TOKEN=old\n", encoding="utf-8")
    project.keep_token(TOKEN)
    assert project.dotenv.read_text(encoding="utf-8") == f"DANTOK_TEMPERATURE=0.7\nDANTOK_TOKEN={TOKEN}\n"
    assert project.dotenv.stat().st_mode & 0o777 == 0o600
    assert project.token() == TOKEN
    project.forget_token()
    assert not project.has_token()
    assert "0.7" in project.dotenv.read_text(encoding="utf-8")
