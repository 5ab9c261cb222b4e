"""Mentions: whom a message would really ping.

Knows nothing of the world: pure. Source: Discord's reference, "Allowed Mentions Object". Discord narrows the default
for interactions to users alone; here everything pings unless the bot forbids it, so that a forgotten rule shows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

USER = re.compile(r"<@!?(\d+)>")
ROLE = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(?:everyone|here)")

UNRULED: Mapping[str, Any] = {"parse": ["users", "roles", "everyone"], "replied_user": True}


@dataclass(frozen=True, slots=True)
class Pings:
    """Ids of users and roles that are pinged, in the order of the text, and whether everybody is."""

    users: tuple[str, ...]
    roles: tuple[str, ...]
    everyone: bool


def pings(text: str, allowed: Mapping[str, Any] | None, *, replied_to: str | None = None) -> Pings:
    """Return whom ``text`` pings under ``allowed`` (``None``: no rule given, so all that it names)."""
    rule = UNRULED if allowed is None else allowed
    users = _allowed(USER.findall(text), "users", rule)
    if replied_to and rule.get("replied_user", False) and replied_to not in users:
        users = (*users, replied_to)
    everyone = "everyone" in rule.get("parse", ()) and EVERYONE.search(text) is not None
    return Pings(users, _allowed(ROLE.findall(text), "roles", rule), everyone)


def _allowed(named: list[str], kind: str, rule: Mapping[str, Any]) -> tuple[str, ...]:
    once = dict.fromkeys(named)
    if kind in rule.get("parse", ()):
        return tuple(once)
    listed = {str(snowflake) for snowflake in rule.get(kind) or ()}
    return tuple(snowflake for snowflake in once if snowflake in listed)
