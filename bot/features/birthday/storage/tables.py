"""The tables of birthdays: who, the server's settings, and every occurrence on its way from planned to sent.

Knows no rules of delivery: what the states mean together is decided in ``occurrences``. The names in the database are
those of old: a ``group`` there is a server's settings, ``messages`` the outbox, a ``joiner`` a celebrant.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.columns import METADATA, Day, Hour, Moment


def _id(name: str) -> Column[int]:
    # Discord's ids are 64 bits wide, and given, never counted up.
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


guild_settings = Table(
    "birthday_groups",
    METADATA,
    _id("guild_id"),
    Column("channel_id", BigInteger),
    Column("at", Hour, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("role_id", BigInteger),
    Column("late_days", Integer, nullable=False),
    Column("digest", String(16), nullable=False),
    Column("digest_from", Day),
    Column("ages", String(16), nullable=False),
    Column("face", Boolean, nullable=False, default=True, doc="read by nobody: a wish brings a face where it can"),
    Column("language", String(8), nullable=False),
)

preparations = Table(
    "birthday_preparations",
    METADATA,
    _id("guild_id"),
    Column("reminder_days", Integer, nullable=False, doc="how many days before a birthday reminders go out; 0: none"),
    Column("events", Boolean, nullable=False, doc="whether Discord's events are made"),
    Column("songs", Boolean, nullable=False, doc="whether a wish brings a song"),
)

templates = Table(
    "birthday_templates",
    METADATA,
    Column("guild_id", ForeignKey(guild_settings.c.guild_id, ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
)

birthdays = Table(
    "birthdays",
    METADATA,
    Column("guild_id", ForeignKey(guild_settings.c.guild_id, ondelete="CASCADE"), primary_key=True),
    _id("user_id"),
    Column("name", Text, nullable=False),
    Column("rule", String(24), nullable=False, index=True),
    Column("year", Integer),
    Column("hidden", Boolean, nullable=False),
    Column("since", Day, nullable=False, doc="no day before it is congratulated"),
    Column("left_at", Moment),
    Column("checked_at", Moment, nullable=False, index=True, doc="when it was last known who is on the server"),
)

outbox = Table(
    "birthday_messages",
    METADATA,
    Column("nonce", String(25), primary_key=True, doc="in the message's button too"),
    Column("guild_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("digest", String(32), doc="which one, if it is a digest"),
    Column("day", Day, nullable=False),
    Column("anchor", BigInteger, nullable=False, doc="the channel's last message before the claim"),
    Column("claimed_at", Moment, nullable=False),
    Column("held_until", Moment, nullable=False, doc="nobody else touches it before"),
    Column("attempts", Integer, nullable=False),
    Column("error", Text),
    Column("message_id", BigInteger, index=True),
    Column("sent_at", Moment),
    UniqueConstraint("guild_id", "digest"),
)

occurrences = Table(
    "birthday_occurrences",
    METADATA,
    _id("guild_id"),
    _id("user_id"),
    Column("key", String(16), primary_key=True, doc="the rule's year; for a rule that was changed since, the day"),
    Column("day", Day, nullable=False),
    Column("due", Moment, nullable=False),
    Column("state", String(8), nullable=False),
    Column("nonce", ForeignKey(outbox.c.nonce, ondelete="SET NULL"), index=True),
    Index(None, "state", "due"),
)

celebrants = Table(
    "birthday_joiners",
    METADATA,
    Column("nonce", ForeignKey(outbox.c.nonce, ondelete="CASCADE"), primary_key=True),
    _id("user_id"),
)

problems = Table(
    "birthday_troubles",
    METADATA,
    _id("guild_id"),
    Column("about", String(8), primary_key=True, doc="channel, role or admins"),
    Column("reason", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("retry_at", Moment, nullable=False),
    Column("told", Boolean, nullable=False),
)

role_grants = Table(
    "birthday_roles",
    METADATA,
    _id("guild_id"),
    _id("user_id"),
    Column("key", String(16), primary_key=True),
    Column("role_id", BigInteger, nullable=False),
    Column("until", Moment, nullable=False),
    Column("step", String(8), nullable=False, doc="wanted, given or done"),
    Column("held_until", Moment, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
)

horizon = Table(
    "birthday_horizon",
    METADATA,
    _id("id"),
    Column("through", Day, nullable=False, doc="every day up to it is planned"),
)

subscribers = Table(
    "birthday_reminder_subscribers", METADATA, _id("guild_id"), _id("user_id"), Column("language", String(8))
)

reminders = Table(
    "birthday_reminders",
    METADATA,
    _id("guild_id"),
    _id("user_id"),
    _id("about_id"),
    Column("day", Day, primary_key=True, doc="the birthday itself"),
    Column("nonce", ForeignKey(outbox.c.nonce, ondelete="CASCADE"), nullable=False, index=True),
)

events = Table(
    "birthday_events",
    METADATA,
    _id("guild_id"),
    _id("user_id"),
    Column("day", Day, nullable=False),
    Column("name", Text, nullable=False, doc="what the event was to be called when it was last written"),
    Column("starts_at", Moment, nullable=False),
    Column("event_id", BigInteger),
    Column("step", String(8), nullable=False, doc="wanted, made or gone"),
    Column("held_until", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
)

letters = Table(
    "birthday_letters",
    METADATA,
    _id("guild_id"),
    _id("to_id"),
    _id("user_id"),
    Column("occasion", String(25), primary_key=True, doc="the nonce of the wish that brings it; empty before"),
    Column("name", Text, nullable=False, doc="of who wrote it, at that time"),
    Column("text", Text, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("handed_at", Moment),
)

photos = Table(
    "birthday_photos",
    METADATA,
    _id("guild_id"),
    _id("user_id"),
    Column("picture", Text, nullable=False, doc="a data URL, as it is shown"),
    Column("given_at", Moment, nullable=False),
)
