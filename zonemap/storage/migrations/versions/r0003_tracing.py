"""Lines read out of a plan, beside its picture; and the floors of a building model, until somebody has chosen.

Revision 0003, after 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "line_source",
        sa.Column("picture_id", sa.String(32), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("picture_id", name="pk_line_source"),
        sa.ForeignKeyConstraint(["picture_id"], ["picture.id"], name="fk_line_source_picture_id", ondelete="CASCADE"),
    )
    op.create_table(
        "model_import",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_model_import"),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name="fk_model_import_facility_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_model_import_account_id", ondelete="CASCADE"),
    )
    op.create_index("ix_model_import_facility_id", "model_import", ["facility_id"])
    op.create_index("ix_model_import_account_id", "model_import", ["account_id"])
    op.create_table(
        "model_import_floor",
        sa.Column("import_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("picture_id", sa.String(32), nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("import_id", "position", name="pk_model_import_floor"),
        sa.ForeignKeyConstraint(
            ["import_id"], ["model_import.id"], name="fk_model_import_floor_import_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["picture.id"], name="fk_model_import_floor_picture_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_model_import_floor_picture_id", "model_import_floor", ["picture_id"])


def downgrade() -> None:
    op.drop_index("ix_model_import_floor_picture_id", "model_import_floor")
    op.drop_table("model_import_floor")
    op.drop_index("ix_model_import_account_id", "model_import")
    op.drop_index("ix_model_import_facility_id", "model_import")
    op.drop_table("model_import")
    op.drop_table("line_source")
