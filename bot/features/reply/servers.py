"""Where the bot answers when it is called, by server, and where it may speak unasked, by channel. Knows no Discord."""

from sqlalchemy import BigInteger, Column, String, Table

from bot.features.calls.switches import SwitchRepository
from bot.store.columns import METADATA
from bot.store.store import Store

TABLE = Table(
    "answering_servers",
    METADATA,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(8), nullable=False, doc="of whoever turned it on"),
)
UNASKED_TABLE = Table(
    "unasked_channels",
    METADATA,
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(8), nullable=False, doc="of whoever turned it on"),
    Column("guild_id", BigInteger, index=True, doc="whose channel it is"),
)


class AnsweringServerRepository(SwitchRepository):
    """The servers where calls are answered; in private messages, which are on no server, once one has turned it on."""

    def __init__(self, store: Store) -> None:
        """Take the database."""
        super().__init__(store, TABLE)


class UnaskedChannelRepository(SwitchRepository):
    """The channels where something may be said unasked."""

    def __init__(self, store: Store) -> None:
        """Take the database."""
        super().__init__(store, UNASKED_TABLE)
