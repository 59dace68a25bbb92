"""Packs that were asked for, and the files that came of them.

Revision 0013, after 0012.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "print_job",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("name", sa.String, nullable=False, server_default=""),
        sa.Column("maker", sa.String, nullable=False, server_default=""),
        sa.Column("trouble", sa.String, nullable=False, server_default=""),
        sa.Column("asked_by", sa.String, nullable=False, server_default=""),
        sa.Column("document", sa.JSON, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True)),
        sa.Column("held_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_print_job"),
        sa.ForeignKeyConstraint(["facility_id"], ["facility.id"], name="fk_print_job_facility_id", ondelete="CASCADE"),
    )
    op.create_index("ix_print_job_facility_id", "print_job", ["facility_id"])
    op.create_table(
        "print_job_file",
        sa.Column("job_id", sa.String(32), nullable=False),
        sa.Column("made", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("job_id", name="pk_print_job_file"),
        sa.ForeignKeyConstraint(["job_id"], ["print_job.id"], name="fk_print_job_file_job_id", ondelete="CASCADE"),
    )


def downgrade() -> None:
    op.drop_table("print_job_file")
    op.drop_index("ix_print_job_facility_id", "print_job")
    op.drop_table("print_job")
