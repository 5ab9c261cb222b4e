"""The sources of the base voice: public Korean texts whose licence lets what is learnt ship.

Left out: 3i4k (CC BY-SA 4.0), HG-TODS (MIT; talk with a machine about music), and KOMUChat, on which is measured.
Knows nothing of what is learnt.
"""

import csv
import io
import json
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path
from urllib.error import URLError

from bot.bundle.files import whole
from training.common.errors import BaseVoiceError

_COMMIT_OF_NSMC = "cc0670e872d4ac27bfe36c87456783004b39ef6c"
_COMMIT_OF_SONGYS = "4cf20d13fc46f5037fd1c531cd566e2dd9f72974"


@dataclass(frozen=True, slots=True)
class Source:
    """One set of texts: the ``file`` at ``address``, and what the content must hash to.

    Of an archive, ``members`` are the files that count, by name, and ``sha256`` is that of their names and contents in
    order: how an archive is packed may change. ``texts`` takes the content of such a file, or of the whole one.
    """

    file: str
    address: str
    sha256: str
    licence: str
    texts: Callable[[bytes], Iterator[str]]
    members: str = ""

    def read(self, path: Path) -> Iterator[str]:
        """Yield the texts of the downloaded file.

        Raises:
            BaseVoiceError: it is not the one that the address had when this was written.
        """
        contents = self._contents(path)
        digest = sha256()
        for name, content in contents:
            digest.update(name.encode())
            digest.update(content)
        if digest.hexdigest() != self.sha256:
            raise BaseVoiceError(f"{path} is not what {self.address} was: delete it, and give the file from there.")
        for _, content in contents:
            yield from self.texts(content)

    def _contents(self, path: Path) -> list[tuple[str, bytes]]:
        """Return the files that count, each with its name in the archive."""
        try:
            if not self.members:
                return [("", path.read_bytes())]
            with zipfile.ZipFile(path) as archive:
                names = {name.partition("/")[2]: name for name in archive.namelist()}
                return [(name, archive.read(names[name])) for name in sorted(names) if fnmatch(name, self.members)]
        except (OSError, zipfile.BadZipFile) as error:
            raise BaseVoiceError(f"{path} cannot be read ({error}): get it again from {self.address}.") from error


def obtain(source: Source, folder: Path) -> Path:
    """Return where a source lies in ``folder``, after downloading it if it is not there.

    Raises:
        BaseVoiceError: it cannot be downloaded.
    """
    path = folder / source.file
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with urllib.request.urlopen(source.address) as answer, whole(path) as beside:  # noqa: S310 - of the table
                beside.write_bytes(answer.read())
        except (URLError, OSError) as error:
            raise BaseVoiceError(
                f"{source.address} cannot be downloaded ({error}): put it into a folder as {source.file} and give that "
                "with --from."
            ) from error
    return path


def _reviews(content: bytes) -> Iterator[str]:
    return (str(entry["review"]) for entry in json.loads(content))


def _pairs(content: bytes) -> Iterator[str]:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return (row[column] for row in rows for column in ("Q", "A"))


SOURCES = {
    "Naver sentiment movie corpus v1.0, raw reviews (Lucy Park)": Source(
        file="nsmc.zip",
        address=f"https://github.com/e9t/nsmc/archive/{_COMMIT_OF_NSMC}.zip",
        sha256="89e7edf5b74581a7ab27f81f5480877934f2b9055634a116455b3c3e73545b1c",
        licence="CC0 1.0",
        texts=_reviews,
        members="raw/*.json",
    ),
    "Chatbot_data for Korean v1.0 (Youngsook Song)": Source(
        file="songys.csv",
        address=f"https://raw.githubusercontent.com/songys/Chatbot_data/{_COMMIT_OF_SONGYS}/ChatbotData.csv",
        sha256="287eb129695b577321c80ad397bb3c2279164d4ca577874d129fd3db5b30afe2",
        licence="MIT",
        texts=_pairs,
    ),
}
"""What the base voice learns from."""
