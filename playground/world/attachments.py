"""Attachments: files that came with a message or were put in by a person, kept in memory and served by a URL.

Knows nothing of HTTP servers or messages. Source: Discord's reference, "Attachment Object".
"""

import io
import mimetypes
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from PIL import Image

from playground.world.errors import ApiError
from playground.world.wire import JSON, Snowflakes, well_formed

SIZE_LIMIT = 10 * 1024 * 1024
SHOWN = ("PNG", "JPEG", "GIF", "WEBP")
"""What a page shows as a picture."""
ORIENTATION, LYING = 0x0112, (5, 6, 7, 8)
"""The tag of EXIF that tells how a photo is turned, and the values for a quarter turn."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in; ``field`` is the name of its form field (``files[0]``)."""

    field: str
    filename: str
    data: bytes


class Attachments:
    """All files of the world, by attachment id."""

    def __init__(self, ids: Snowflakes, base: Callable[[], str]) -> None:
        self._ids = ids
        self._base = base
        self._kept: dict[str, tuple[JSON, bytes]] = {}

    def keep(self, upload: Upload, channel_id: str = "0", *, ephemeral: bool = False) -> JSON:
        """Keep the file and return its attachment object.

        Raises ApiError 413 (40005) above 10 MiB, Discord's limit for a server without boosts.
        """
        if len(upload.data) > SIZE_LIMIT:
            raise ApiError(413, 40005, "Request entity too large")
        attachment_id = self._ids.new()
        name = PurePosixPath(well_formed(upload.filename).replace("\\", "/")).name
        name = name if name.strip(".") else "file"  # ".." in an address is another address
        url = f"{self._base()}/attachments/{channel_id}/{attachment_id}/{quote(name)}"
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        attachment = {"id": attachment_id, "filename": name, "size": len(upload.data), "url": url, "proxy_url": url}
        attachment |= {"content_type": kind} | _size_of(upload.data) | ({"ephemeral": True} if ephemeral else {})
        self._kept[attachment_id] = (attachment, upload.data)
        return attachment

    def get(self, attachment_id: str) -> tuple[JSON, bytes] | None:
        """Return the attachment object and the bytes, or None."""
        return self._kept.get(attachment_id)


def _size_of(data: bytes) -> JSON:
    """Return width and height of a picture as it is seen, from its head alone; nothing for other files."""
    try:
        with _quiet(), Image.open(io.BytesIO(data), formats=SHOWN) as picture:
            width, height = picture.size
            lying = picture.getexif().get(ORIENTATION) in LYING
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return {}
    return {"width": height, "height": width} if lying else {"width": width, "height": height}


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep a broken picture's complaints from the terminal: it is a file like another."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
