"""Revisions of the binder.

Revision 0020, after 0019.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "binder_revision",
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("facility_id", "number", name="pk_binder_revision"),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name="fk_binder_revision_facility_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("binder_revision")
