"""The form of a bot's token on Discord, and what else people copy in its place. Never repeats it."""

import base64
import binascii
import re

# Three parts; the first is the application's number in base64. Source: Discord's reference, "Authentication".
_SHAPE = re.compile(r"(?P<id>[\w-]{18,32})\.[\w-]{5,8}\.[\w-]{20,60}", re.ASCII)
_OTHERS = (
    (re.compile(r"""(['"`]).*\1"""), "quotes stand around it: take them away"),
    (re.compile(r"[\w-]{32}", re.ASCII), "it looks like the client secret"),
    (re.compile(r"[0-9a-f]{64}"), "it looks like the public key"),
    (re.compile(r"\d{17,20}"), "it looks like the number of the application or of somebody"),
)
_ADVICE = "Press Reset Token on the Bot page of your application and copy what it shows"


def why_no_token(text: str) -> str | None:
    """Return a sentence on why ``text`` cannot be a token, or None where it can."""
    match = _SHAPE.fullmatch(text)
    if match is not None and re.fullmatch(rb"\d{15,20}", _decoded(match["id"])):
        return None
    guess = next((guess for shape, guess in _OTHERS if shape.fullmatch(text)), "it does not have a token's form")
    return f"This cannot be a token: {guess}. {_ADVICE}."


def _decoded(part: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except binascii.Error:
        return b""
