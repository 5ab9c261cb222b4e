"""Schema 2: who withdrew from training."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table of the withdrawals."""
    op.create_table(
        "withdrawals",
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", _Moment, nullable=False),
    )
