"""Schema 3: the servers on which the bot answers or reacts when called, the channels in which it may speak unasked.

And more for birthdays: reminders, wishes gathered beforehand, Discord's own events, and photos for the wish. And many
groups on one bot: invitations, who came with one and who was left, and whose voice people chose. And pictures that
members taught.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _answering()
    _before_a_birthday()
    _on_a_birthday()
    _many_groups()
    _taught()


def _id(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False)


def _answering() -> None:
    op.create_table(
        "answering_servers",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("language", sa.String(8), nullable=False),
    )
    op.create_table("reacting_servers", _id("guild_id"), sa.Column("language", sa.String(8), nullable=False))
    op.create_table(
        "unasked_channels",
        sa.Column("channel_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("guild_id", sa.BigInteger, index=True),
    )


def _before_a_birthday() -> None:
    op.create_table(
        "birthday_preparations",
        _id("guild_id"),
        sa.Column("reminder_days", sa.Integer, nullable=False),
        sa.Column("events", sa.Boolean, nullable=False),
        sa.Column("songs", sa.Boolean, nullable=False),
    )
    op.create_table(
        "birthday_reminder_subscribers", _id("guild_id"), _id("user_id"), sa.Column("language", sa.String(8))
    )
    op.create_table(
        "birthday_reminders",
        _id("guild_id"),
        _id("user_id"),
        _id("about_id"),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column(
            "nonce",
            sa.String(25),
            sa.ForeignKey("birthday_messages.nonce", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
    )
    op.create_table(
        "birthday_events",
        _id("guild_id"),
        _id("user_id"),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("starts_at", _Moment, nullable=False),
        sa.Column("event_id", sa.BigInteger),
        sa.Column("step", sa.String(8), nullable=False),
        sa.Column("held_until", _Moment, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
    )


def _on_a_birthday() -> None:
    op.create_table(
        "birthday_letters",
        _id("guild_id"),
        _id("to_id"),
        _id("user_id"),
        sa.Column("occasion", sa.String(25), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("written_at", _Moment, nullable=False),
        sa.Column("handed_at", _Moment),
    )
    op.create_table(
        "birthday_photos",
        _id("guild_id"),
        _id("user_id"),
        sa.Column("picture", sa.Text, nullable=False),
        sa.Column("given_at", _Moment, nullable=False),
    )


def _many_groups() -> None:
    op.create_table(
        "invitations",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("uses", sa.Integer, nullable=False),
        sa.Column("until", _Moment, nullable=False),
    )
    op.create_table("admitted_servers", _id("guild_id"), sa.Column("at", _Moment, nullable=False))
    op.create_table("departed_servers", _id("guild_id"), sa.Column("since", _Moment, nullable=False))
    op.create_table("chosen_groups", _id("user_id"), sa.Column("guild_id", sa.BigInteger, nullable=False, index=True))


def _taught() -> None:
    op.create_table(
        "taught_pictures",
        _id("place"),
        sa.Column("thing", sa.String(32), primary_key=True),
        sa.Column("picture", sa.String(32), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False, index=True),
        sa.Column("at", _Moment, nullable=False),
        sa.Column("network", sa.String(64), nullable=False),
        sa.Column("features", sa.LargeBinary, nullable=False),
    )
