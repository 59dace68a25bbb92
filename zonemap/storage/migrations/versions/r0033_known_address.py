"""From where somebody signs in as a rule: a slow hash each, and the day.

Revision 0033, after 0032.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_address",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("used_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "mark", name="pk_known_address"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_known_address_account_id", ondelete="CASCADE"),
    )


def downgrade() -> None:
    op.drop_table("known_address")
