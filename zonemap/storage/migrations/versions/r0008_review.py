"""Reviews of drafts before they are designated, and which facilities ask for one.

Revision 0008, after 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("floor_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String, nullable=False, server_default=""),
        sa.Column("reviewer_id", sa.String(32), nullable=False),
        sa.Column("reviewer", sa.String, nullable=False, server_default=""),
        sa.Column("note", sa.String, nullable=False, server_default=""),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("role", sa.String, nullable=False, server_default=""),
        sa.Column("remark", sa.String, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
        sa.ForeignKeyConstraint(["floor_id"], ["floor.id"], name="fk_review_floor_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["reviewer_id"], ["account.id"], name="fk_review_reviewer_id", ondelete="RESTRICT"),
    )
    op.create_index("ix_review_floor_id", "review", ["floor_id"])
    op.create_table(
        "review_rule",
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("facility_id", name="pk_review_rule"),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name="fk_review_rule_facility_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("review_rule")
    op.drop_index("ix_review_floor_id", "review")
    op.drop_table("review")
