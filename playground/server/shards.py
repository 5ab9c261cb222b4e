"""Shards: which session hears of which server. Source: Discord's reference, "Gateway", "Sharding"."""

from typing import NamedTuple

from playground.world.wire import JSON
from playground.world.world import World


class Shard(NamedTuple):
    """One part of a bot's servers."""

    number: int
    total: int

    def has(self, server: str | None) -> bool:
        """Say whether it hears of a server; of what belongs to none, such as private messages, the first one does."""
        return (int(server or 0) >> 22) % self.total == self.number


ONLY_SHARD = Shard(0, 1)


def read_shard(given: object) -> Shard | None:
    """Return the shard that a bot identifies as; the only one where it names none, None where there is none such."""
    if given is None:
        return ONLY_SHARD
    match given:
        case [int(number), int(total)] if 0 <= number < total:
            return Shard(number, total)
    return None


def server_of(world: World, name: str, data: JSON) -> str | None:
    """Return the id of the server that an event is about."""
    if name in {"GUILD_CREATE", "GUILD_DELETE", "GUILD_UPDATE"}:
        return str(data["id"])
    channel = world.channels.get(str(data.get("channel_id") or data.get("id")))
    server = data.get("guild_id") or (channel and channel["guild_id"])
    return str(server) if server else None
