"""Reviews of the rules by counsel, must-nots of a facility, sealed programs.

Revision 0009, after 0008.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counsel_review",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("pack_id", sa.String(20), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("counsel", sa.String, nullable=False, server_default=""),
        sa.Column("recorded_by", sa.String, nullable=False, server_default=""),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_counsel_review"),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name="fk_counsel_review_facility_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_counsel_review_facility_id", "counsel_review", ["facility_id"])
    op.create_table(
        "own_must_not",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("text", sa.String, nullable=False, server_default=""),
        sa.Column("added_by", sa.String, nullable=False, server_default=""),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_own_must_not"),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name="fk_own_must_not_facility_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_own_must_not_facility_id", "own_must_not", ["facility_id"])
    op.create_table(
        "sealed_site",
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("facility_id", name="pk_sealed_site"),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name="fk_sealed_site_facility_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("sealed_site")
    op.drop_index("ix_own_must_not_facility_id", "own_must_not")
    op.drop_table("own_must_not")
    op.drop_index("ix_counsel_review_facility_id", "counsel_review")
    op.drop_table("counsel_review")
