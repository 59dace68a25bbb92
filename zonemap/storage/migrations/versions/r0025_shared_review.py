"""That counsel has read the rules for all sites that use them.

Revision 0025, after 0024.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_review",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("pack_id", sa.String(20), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("counsel", sa.String, nullable=False, server_default=""),
        sa.Column("recorded_by", sa.String, nullable=False, server_default=""),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shared_review"),
    )


def downgrade() -> None:
    op.drop_table("shared_review")
