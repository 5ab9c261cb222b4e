"""An `add .` in the checkout takes no chat, backup or secret along, and leaves nothing of the repository."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no checkout")


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "name",
    [
        *("KakaoTalk_20260305_1200_00_000_우리방.txt", "KakaoTalkChats.txt", "KakaoTalk_Chat_우리방_2026-03-05.csv"),
        *("Talk_2026.3.5 12:00-1.txt", "WhatsApp Chat with 윤혜.txt", "WhatsApp 대화.zip", "_chat.txt", "result.json"),
        *("package.zip", "package/messages/c1/messages.json", "messages/c1/messages.json", "채팅.zip"),
        *("backup.jsonl", ".backup.jsonl.unfinished", "생일.csv", "data/dantok.sqlite3-wal", "copy.sqlite3"),
        *(".env", ".env.local", "dantok.env", "runs/text/config.json", "bundle/text.onnx", "bot.log"),
        "tests/__pycache__/x.pyc",
        *("people.toml", "data/withdrawals.tsv", "withdrawals.tsv"),
    ],
)
def test_what_an_owner_has_lying_about_is_not_committed(name: str) -> None:
    assert git("check-ignore", "--quiet", "--no-index", name).returncode == 0


def test_what_is_committed_is_not_ignored() -> None:
    assert git("ls-files", "--cached", "--ignored", "--exclude-standard").stdout == ""


@pytest.mark.parametrize("name", ["tests/bot/x.jsonl", ".env.example"])
def test_what_was_invented_can_be_committed(name: str) -> None:
    assert git("check-ignore", "--quiet", "--no-index", name).returncode == 1


def test_an_image_is_built_of_nothing_but_what_is_named() -> None:
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert rules[0] == "*"
    assert not any(word in rule for rule in rules for word in (".env", "data", "runs", "jsonl"))
