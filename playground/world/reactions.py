"""Reactions to a message, by Discord's rules: known emoji alone, 20 of them, and each once of everybody.

Knows nothing of who may react where, nor of how the news is carried. Source: Discord's reference, "Create Reaction".
"""

import re

from playground.world.errors import ApiError, unknown
from playground.world.wire import JSON

MOST = 20
# Of the emoji that Unicode has; those that can also be plain text need the selector that says which they are.
_PICTURES = "".join((
    "\u231a\u231b\u23e9-\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be\u26c4\u26c5",
    "\u26ce\u26d4\u26ea\u26f2-\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2757\u2795-\u2797\u27b0\u27bf",
    "\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001faff",
))  # fmt: skip
_ONE = f"(?:[{_PICTURES}]\ufe0f?|[\u203c-\u3299]\ufe0f|[0-9#*]\ufe0f\u20e3)[\U0001f3fb-\U0001f3ff]?"
_EMOJI = re.compile(f"{_ONE}(?:\u200d{_ONE})*[\U000e0020-\U000e007f]*|[\U0001f1e6-\U0001f1ff]{{2}}")


def add(message: JSON, emoji: str, *, me: bool) -> bool:
    """Add a reaction with a unicode ``emoji`` to ``message``; say whether that changed anything.

    ``me`` as the bot sees it: whether it is its own. Raises ApiError 10014 for what is no emoji that the guild has, and
    30010 for more than 20.
    """
    if not _EMOJI.fullmatch(emoji):
        raise unknown("Emoji")
    reactions: list[JSON] = message.setdefault("reactions", [])
    for reaction in reactions:
        if reaction["emoji"]["name"] == emoji:
            if reaction["me"] and me:
                return False
            _set_count(reaction, reaction["count"] + 1)
            reaction["me"] |= me
            return True
    if len(reactions) >= MOST:
        raise ApiError(400, 30010, f"Maximum number of reactions reached ({MOST})")
    reaction = {"emoji": {"id": None, "name": emoji}, "me": me, "me_burst": False, "burst_colors": []}
    _set_count(reaction, 1)
    reactions.append(reaction)
    return True


def _set_count(reaction: JSON, count: int) -> None:
    reaction |= {"count": count, "count_details": {"burst": 0, "normal": count}}
