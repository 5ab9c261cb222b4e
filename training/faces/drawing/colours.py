"""Colours as ``#rrggbb``, mixed. Knows nothing of what they paint."""


def mix(one: str, other: str, share: float) -> str:
    """Return ``one`` with ``share`` (0 to 1) of ``other`` in it."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def darker(colour: str, share: float) -> str:
    """Return ``colour`` in a warm shade."""
    return mix(colour, "#2a1418", share)


def lighter(colour: str, share: float) -> str:
    """Return ``colour`` in more light."""
    return mix(colour, "#fffaf2", share)


def _channels(colour: str) -> tuple[int, int, int]:
    value = int(colour.removeprefix("#"), 16)
    return value >> 16, value >> 8 & 255, value & 255
