"""Discord's markup as plain text: ``<@1>`` is ``@윤혜``, ``<t:0:f>`` a time. For where no page draws them.

Source: Discord's reference, "Message Formatting".
"""

import re
from collections.abc import Callable
from datetime import datetime, tzinfo

from playground.world.errors import PlaygroundError
from playground.world.wire import JSON
from playground.world.world import World

_MARK = re.compile(r"<(?P<kind>@&|@!?|#|t:)(?P<what>\d+)(?::(?P<style>[tTdDfFR]))?>")
_STYLES = {"t": "%H:%M", "T": "%H:%M:%S", "d": "%Y-%m-%d", "D": "%Y-%m-%d", "f": "%Y-%m-%d %H:%M"}


def plain_text(content: str, world: World, zone: tzinfo | None = None) -> str:
    """Return ``content`` with its marks resolved; times are those of ``zone``, or else of this machine."""
    return _MARK.sub(lambda mark: _resolved(mark, world, zone), content)


def _resolved(mark: re.Match[str], world: World, zone: tzinfo | None) -> str:
    kind, what = mark["kind"].rstrip("!"), mark["what"]
    if kind == "t:":
        return _time(int(what), mark["style"] or "f", world, zone)
    lookups: dict[str, Callable[[str], JSON]] = {
        "@": world.person_called,
        "@&": world.role_called,
        "#": world.channel_called,
    }
    try:
        target = lookups[kind](what)
    except PlaygroundError:
        return mark[0]
    return f"{kind[0]}{target.get('global_name') or target.get('name') or target.get('username')}"


def _time(seconds: int, style: str, world: World, zone: tzinfo | None) -> str:
    if style != "R":
        return datetime.fromtimestamp(seconds, zone).astimezone(zone).strftime(_STYLES.get(style, _STYLES["f"]))
    days = round((seconds - world.clock()) / 86_400)
    return f"{days:+d} d"
