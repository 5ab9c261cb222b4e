"""Schema 1: birthdays, the settings of groups, and occurrences on their way from planned to sent."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make every table."""
    _groups_and_members()
    _deliveries()
    _beside_them()


def _id(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False)


def _of_group() -> "sa.Column[int]":
    return sa.Column(
        "guild_id",
        sa.BigInteger,
        sa.ForeignKey("birthday_groups.guild_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )


def _to_message(ondelete: str) -> sa.ForeignKey:
    return sa.ForeignKey("birthday_messages.nonce", ondelete=ondelete)


def _groups_and_members() -> None:
    op.create_table(
        "birthday_groups",
        _id("guild_id"),
        sa.Column("channel_id", sa.BigInteger),
        sa.Column("at", sa.Time, nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("role_id", sa.BigInteger),
        sa.Column("late_days", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(16), nullable=False),
        sa.Column("digest_from", sa.Date),
        sa.Column("ages", sa.String(16), nullable=False),
        sa.Column("face", sa.Boolean, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
    )
    op.create_table(
        "birthday_templates",
        _of_group(),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "birthdays",
        _of_group(),
        _id("user_id"),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("rule", sa.String(24), nullable=False, index=True),
        sa.Column("year", sa.Integer),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("left_at", _Moment),
        sa.Column("checked_at", _Moment, nullable=False, index=True),
    )


def _deliveries() -> None:
    op.create_table(
        "birthday_messages",
        sa.Column("nonce", sa.String(25), primary_key=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(32)),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("anchor", sa.BigInteger, nullable=False),
        sa.Column("claimed_at", _Moment, nullable=False),
        sa.Column("held_until", _Moment, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("message_id", sa.BigInteger, index=True),
        sa.Column("sent_at", _Moment),
        sa.UniqueConstraint("guild_id", "digest"),
    )
    op.create_table(
        "birthday_occurrences",
        _id("guild_id"),
        _id("user_id"),
        sa.Column("key", sa.String(16), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("due", _Moment, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("nonce", sa.String(25), _to_message("SET NULL"), index=True),
        sa.Index(None, "state", "due"),
    )


def _beside_them() -> None:
    op.create_table(
        "birthday_joiners",
        sa.Column("nonce", sa.String(25), _to_message("CASCADE"), primary_key=True),
        _id("user_id"),
    )
    op.create_table(
        "birthday_troubles",
        _id("guild_id"),
        sa.Column("about", sa.String(8), primary_key=True),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("retry_at", _Moment, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
    )
    op.create_table(
        "birthday_roles",
        _id("guild_id"),
        _id("user_id"),
        sa.Column("key", sa.String(16), primary_key=True),
        sa.Column("role_id", sa.BigInteger, nullable=False),
        sa.Column("until", _Moment, nullable=False),
        sa.Column("step", sa.String(8), nullable=False),
        sa.Column("held_until", _Moment, nullable=False, index=True),
        sa.Column("attempts", sa.Integer, nullable=False),
    )
    op.create_table("birthday_horizon", _id("id"), sa.Column("through", sa.Date, nullable=False))
