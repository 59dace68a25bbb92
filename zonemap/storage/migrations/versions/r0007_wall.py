"""What was printed, hung, missed and taken down, sheet by sheet, and the photos of it.

Revision 0007, after 0006.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wall_mark",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("floor_id", sa.String(32), nullable=False),
        sa.Column("sheet", sa.String(64), nullable=False),
        sa.Column("event", sa.String(20), nullable=False),
        sa.Column("facts", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_wall_mark"),
        sa.ForeignKeyConstraint(["facility_id"], ["facility.id"], name="fk_wall_mark_facility_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["floor_id"], ["floor.id"], name="fk_wall_mark_floor_id", ondelete="RESTRICT"),
    )
    op.create_index("ix_wall_mark_facility_id", "wall_mark", ["facility_id"])
    op.create_table(
        "wall_photo",
        sa.Column("mark_id", sa.String(32), nullable=False),
        sa.Column("jpeg", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("mark_id", name="pk_wall_photo"),
        sa.ForeignKeyConstraint(["mark_id"], ["wall_mark.id"], name="fk_wall_photo_mark_id", ondelete="CASCADE"),
    )


def downgrade() -> None:
    op.drop_table("wall_photo")
    op.drop_index("ix_wall_mark_facility_id", "wall_mark")
    op.drop_table("wall_mark")
