"""The sources of the base voice are read as they were when they were named, or refused."""

import json
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.error import URLError

import pytest

from training.common.errors import BaseVoiceError
from training.text.base import sources
from training.text.base.sources import SOURCES, Source, obtain

REVIEWS, PAIRS = SOURCES.values()


def archive(path: Path, reviews: dict[str, list[str]]) -> Source:
    """Write an archive as the address packs it, and return a source that expects it."""
    digest = sha256()
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("nsmc-1/README.md", "of no account")
        for name, texts in sorted(reviews.items(), reverse=True):
            packed.writestr(f"nsmc-1/raw/{name}.json", json.dumps([{"review": text} for text in texts]))
        for name in sorted(reviews):
            digest.update(f"raw/{name}.json".encode())
            digest.update(packed.read(f"nsmc-1/raw/{name}.json"))
    return replace(REVIEWS, sha256=digest.hexdigest())


def test_reviews_of_an_archive_are_read_in_the_order_of_their_files(tmp_path: Path) -> None:
    source = archive(tmp_path / "nsmc.zip", {"2": ["재밌다"], "1": ["최고", "별로"]})
    assert list(source.read(tmp_path / "nsmc.zip")) == ["최고", "별로", "재밌다"]


def test_questions_and_answers_are_texts(tmp_path: Path) -> None:
    content = "Q,A,label\n밥 먹었어?,네,0\n".encode()
    (tmp_path / "songys.csv").write_bytes(content)
    source = replace(PAIRS, sha256=sha256(content).hexdigest())
    assert list(source.read(tmp_path / "songys.csv")) == ["밥 먹었어?", "네"]


def test_other_content_than_was_named_is_refused(tmp_path: Path) -> None:
    source = archive(tmp_path / "nsmc.zip", {"1": ["최고"]})
    archive(tmp_path / "nsmc.zip", {"1": ["최고야"]})
    with pytest.raises(BaseVoiceError, match=r"is not what https://github.com/e9t/nsmc.* was"):
        list(source.read(tmp_path / "nsmc.zip"))


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_what_is_no_archive_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "nsmc.zip").write_bytes(content)
    with pytest.raises(BaseVoiceError, match="cannot be read"):
        list(REVIEWS.read(tmp_path / "nsmc.zip"))


def test_where_nothing_can_be_downloaded_it_is_said_how_to_give_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(address: str) -> None:
        raise URLError("no network")

    monkeypatch.setattr(sources.urllib.request, "urlopen", no_network)
    with pytest.raises(BaseVoiceError, match=r"cannot be downloaded.* as songys.csv and give that with --from"):
        obtain(PAIRS, tmp_path)
    (tmp_path / "songys.csv").write_bytes(b"there")
    assert obtain(PAIRS, tmp_path) == tmp_path / "songys.csv"
