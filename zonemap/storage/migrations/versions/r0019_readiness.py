"""What only people can say of a site's readiness: added and read, never changed.

Revision 0019, after 0018.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "readiness_statement",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("said_by", sa.String, nullable=False, server_default=""),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_readiness_statement"),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name="fk_readiness_statement_facility_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_readiness_statement_facility_id", "readiness_statement", ["facility_id"])


def downgrade() -> None:
    op.drop_index("ix_readiness_statement_facility_id", "readiness_statement")
    op.drop_table("readiness_statement")
