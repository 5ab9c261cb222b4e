"""`dantok all`: from an export to a bundle and a checked token in one command, which goes on where it broke off."""

import asyncio
import os
import random
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.bundle import Bundle
from owner import learning
from owner.errors import StepError
from owner.listening import Listening
from owner.project import Project
from tests.owner.test_discord import TOKEN, Discord

FLAGS = [
    "--epochs",
    "1",
    "--embedding",
    "8",
    "--hidden",
    "8",
    "--batch",
    "64",
    "--vocabulary",
    "60",
    "--no-answers",
    "--no-fill",
]
# `dantok`, but for where Discord is and how large a file the disk has room for.
DANTOK = """
import sys
url, most = sys.argv.pop(1), int(sys.argv.pop(1))
if most:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
from owner.__main__ import main
from playground.redirect import redirected
with redirected(url):
    main()
"""
pytestmark = pytest.mark.skipif(os.name != "posix", reason="a full disk is tried by a limit that POSIX has")


@dataclass(frozen=True)
class Way:
    """The project at the end, and what was said: with a full disk, then with room, then once more."""

    project: Project
    full: tuple[int, str]
    whole: tuple[int, str]
    again: tuple[int, str]
    learnt_before: float


def export(path: Path) -> Path:
    rng = random.Random(1)
    names, things, ends = ("윤혜", "정훈", "다빈"), ("밥", "커피", "영화", "시험"), ("먹자", "어때", "가자!")
    lines = (
        f"2025-03-{1 + at // 40:02} 10:{at % 40:02}:00,{rng.choice(names)},"
        f"{rng.choice(names)}야 {rng.choice(things)} {rng.choice(ends)}"
        for at in range(200)
    )
    path.write_text("\n".join(["Date,User,Message", *lines]), encoding="utf-8")
    return path


async def dantok(url: str, most: int, *words: str | Path) -> tuple[int, str]:
    """Run it at a Korean terminal; return its exit code and what it said."""
    environment = os.environ | {"LC_ALL": "ko_KR.UTF-8", "OMP_NUM_THREADS": "1", "COLUMNS": "150", "PYTHONUTF8": "1"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", DANTOK, url, str(most), *map(str, words)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Way:
    folder = tmp_path_factory.mktemp("whole")
    project, token = Project(folder / "우리 방"), folder / "token.txt"
    token.write_text(f"{TOKEN}\n", encoding="utf-8")
    words = ("--project", project.folder, "all", "--chat", export(folder / "chat.csv"), "--token-file", token)
    flags = [f"--training={flag}" for flag in (*FLAGS, f"--cache={folder / 'cache'}")]

    async def go() -> Way:
        async with Discord() as local:
            full = await dantok(local.url, 60_000, *words, "--everyone-agreed", *flags)
            whole = await dantok(local.url, 0, *words, "--everyone-agreed", *flags)
            learnt = (project.words / "report.json").stat().st_mtime_ns
            return Way(project, full, whole, await dantok(local.url, 0, *words, "--everyone-agreed", *flags), learnt)

    return asyncio.run(go())


def test_a_full_disk_in_the_middle_is_one_sentence_and_loses_nothing(way: Way) -> None:
    code, said = way.full
    assert code == 1
    assert "Traceback" not in said
    assert "없어요" in said.splitlines()[-1]


def test_the_same_command_goes_on_to_the_card_and_the_line_that_starts_the_bot(way: Way) -> None:
    code, said = way.whole
    assert code == 0, said
    assert "메시지 200개는 적어요" in said
    assert str(way.project.words / "card.html") in said
    assert said.splitlines()[-1].endswith(f'--project "{way.project.folder}" service install')
    assert "text" in Bundle.open(way.project.bundle).manifest.models
    assert set(way.project.steps().values()) == {"ready", "done"}


def test_once_more_nothing_is_done_again(way: Way) -> None:
    assert way.again[0] == 0
    assert (way.project.words / "report.json").stat().st_mtime_ns == way.learnt_before


def test_the_token_is_kept_and_never_shown(way: Way) -> None:
    assert way.project.token() == TOKEN
    assert all(TOKEN not in said for _, said in (way.full, way.whole, way.again))
    kept = [file for file in way.project.folder.rglob("*") if file.is_file() and TOKEN.encode() in file.read_bytes()]
    assert kept == [way.project.dotenv]


def test_without_anybodys_consent_nothing_is_learnt(way: Way) -> None:
    with pytest.raises(StepError, match="Nobody has agreed yet"):
        learning.start(way.project)


def test_the_chat_with_the_new_voice_opens(way: Way) -> None:
    page = Listening(way.project)
    try:
        url = page.start()
        with urllib.request.urlopen(url, timeout=30) as answer:
            assert answer.status == 200
        assert page.start() == url
    finally:
        page.stop()
    assert page.url is None
