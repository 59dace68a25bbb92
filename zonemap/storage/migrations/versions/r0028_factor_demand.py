"""Of which roles the organization asks a second factor.

Revision 0028, after 0027.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "factor_demand",
        sa.Column("role", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("role", name="pk_factor_demand"),
    )


def downgrade() -> None:
    op.drop_table("factor_demand")
