"""Desk computers that are paired once; how long a desk waits for an answer before it names the next to call.

Revision 0011, after 0010.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_device",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String, nullable=False, server_default=""),
        sa.Column("added_by", sa.String, nullable=False, server_default=""),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code_hash", sa.String(64)),
        sa.Column("code_until", sa.DateTime(timezone=True)),
        sa.Column("token_hash", sa.String(64)),
        sa.Column("used_on", sa.Date),
        sa.PrimaryKeyConstraint("id", name="pk_desk_device"),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name="fk_desk_device_facility_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("code_hash", name="uq_desk_device_code_hash"),
        sa.UniqueConstraint("token_hash", name="uq_desk_device_token_hash"),
    )
    op.create_index("ix_desk_device_facility_id", "desk_device", ["facility_id"])
    op.create_table(
        "answer_wait",
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("seconds", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("facility_id", name="pk_answer_wait"),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name="fk_answer_wait_facility_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("answer_wait")
    op.drop_index("ix_desk_device_facility_id", "desk_device")
    op.drop_table("desk_device")
