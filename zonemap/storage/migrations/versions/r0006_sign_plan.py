"""What a facility's people chose for its sheets: door by door, own wordings, and which unchecked languages were seen.

Revision 0006, after 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_plan",
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String, nullable=False, server_default=""),
        sa.Column("document", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("facility_id", name="pk_sign_plan"),
        sa.ForeignKeyConstraint(["facility_id"], ["facility.id"], name="fk_sign_plan_facility_id", ondelete="CASCADE"),
    )


def downgrade() -> None:
    op.drop_table("sign_plan")
