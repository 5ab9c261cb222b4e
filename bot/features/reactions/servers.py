"""Where the bot reacts when it is called, by server. Knows no Discord."""

from sqlalchemy import BigInteger, Column, String, Table

from bot.features.calls.switches import SwitchRepository
from bot.store.columns import METADATA
from bot.store.store import Store

TABLE = Table(
    "reacting_servers",
    METADATA,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(8), nullable=False, doc="of whoever turned it on"),
)


class ReactingServerRepository(SwitchRepository):
    """The servers where calls get reactions; private messages, which are on no server, once one has turned it on."""

    def __init__(self, store: Store) -> None:
        """Take the database."""
        super().__init__(store, TABLE)
