"""Files of several pages that wait for somebody to choose one.

Revision 0002, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("floor_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("floor_id", name="pk_upload"),
        sa.ForeignKeyConstraint(["floor_id"], ["floor.id"], name="fk_upload_floor_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_upload_account_id", ondelete="CASCADE"),
    )
    op.create_index("ix_upload_account_id", "upload", ["account_id"])
    op.create_table(
        "upload_page",
        sa.Column("floor_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("width_mm", sa.Float, nullable=False),
        sa.Column("height_mm", sa.Float, nullable=False),
        sa.Column("png", sa.LargeBinary),
        sa.PrimaryKeyConstraint("floor_id", "number", name="pk_upload_page"),
        sa.ForeignKeyConstraint(["floor_id"], ["upload.floor_id"], name="fk_upload_page_floor_id", ondelete="CASCADE"),
    )


def downgrade() -> None:
    op.drop_table("upload_page")
    op.drop_index("ix_upload_account_id", "upload")
    op.drop_table("upload")
