"""What runs on others' machines for this repository: pinned, with nothing to write with, and the same as here."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def content(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_by_commit_beside_the_version_it_is(workflow: Path) -> None:
    used = re.findall(r"uses: (.*)", content(workflow))
    assert used
    assert all(re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each) for each in used), used


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_no_workflow_may_write(workflow: Path) -> None:
    assert re.search(r"^permissions:\n  contents: read\n\n", content(workflow), re.MULTILINE)
    assert "write" not in content(workflow)
    assert "secrets." not in content(workflow)


def test_the_workflow_runs_what_everybody_runs() -> None:
    run = re.findall(r"run: (.*)", content(ROOT / ".github" / "workflows" / "ci.yml"))
    targets = {target for line in run if line.startswith("make ") for target in line.split()[1:] if "=" not in target}
    assert ".ci/run" in run
    assert targets <= set(re.findall(r"^([\w-]+):", content(ROOT / "Makefile"), re.MULTILINE))
    assert "make test" in content(ROOT / ".ci" / "run")


@pytest.mark.parametrize("path", [*WORKFLOWS, ROOT / ".ci" / "run", ROOT / "Makefile", ROOT / "Dockerfile"], ids=str)
def test_no_address_but_this_machines_is_named(path: Path) -> None:
    assert set(re.findall(r"://([\w.-]+)", content(path))) <= {"127.0.0.1"}
