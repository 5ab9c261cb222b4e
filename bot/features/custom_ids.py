"""Custom ids: the text by which a button remembers what it is for. No Discord but its limit."""

_LIMIT = 100


def fitting(custom_id: str) -> str | None:
    """Return the text, or None where it is too long for a button."""
    # Discord does not say how it counts an emoji: count it as the two units that it may take.
    return custom_id if len(custom_id.encode("utf-16-le")) // 2 <= _LIMIT else None
