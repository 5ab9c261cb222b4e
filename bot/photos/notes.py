"""Faces noted in a JPEG: where they were found, kept with the photo, so that they are found once.

In a comment (ITU T.81, B.2.4.5), which no viewer shows. Knows nothing of how faces are found.
"""

import math
import struct

from bot.photos.alignment import Located

_SIGN = b"dantok faces 1\n"
_START, _COMMENT = b"\xff\xd8", b"\xff\xfe"
_FACE = struct.Struct("<4d")
_LENGTH = struct.Struct(">H")


def with_faces(jpeg: bytes, faces: tuple[Located, ...]) -> bytes:
    """Return the file with its ``faces`` noted; it is at most 2,047 of them."""
    note = _SIGN + b"".join(_FACE.pack(*face.left, *face.right) for face in faces)
    return _START + _COMMENT + _LENGTH.pack(len(note) + _LENGTH.size) + note + jpeg[len(_START) :]


def faces_of(jpeg: bytes) -> tuple[Located, ...] | None:
    """Return the faces that are noted in a file, or None where none of ours are, or not whole."""
    start = len(_START + _COMMENT)
    at = start + _LENGTH.size
    if not jpeg.startswith(_START + _COMMENT) or not jpeg.startswith(_SIGN, at):
        return None
    (length,) = _LENGTH.unpack_from(jpeg, start)
    note = jpeg[at + len(_SIGN) : start + length]
    is_whole = start + length == at + len(_SIGN) + len(note) and len(note) % _FACE.size == 0
    if not is_whole or not all(map(math.isfinite, _numbers(note))):
        return None
    return tuple(Located((x, y), (u, v)) for x, y, u, v in _FACE.iter_unpack(note))


def _numbers(note: bytes) -> tuple[float, ...]:
    return struct.unpack(f"<{len(note) // 8}d", note)
