"""Schema 2: who withdrew from training, and what must not be said again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "withdrawals",
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", _Moment, nullable=False),
    )
    op.create_table(
        "refused_lines",
        sa.Column("place", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("user_id", sa.BigInteger, index=True),
        sa.Column("at", _Moment, nullable=False),
    )
