"""What people answered in practice.

Revision 0012, after 0011.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "practice_results",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("scenario", sa.String(64), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("round", sa.JSON, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given", sa.JSON, nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("steps_right", sa.Integer, nullable=False),
        sa.Column("steps_asked", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_practice_results"),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name="fk_practice_results_facility_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_practice_results_account_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("round_id", "position", name="uq_practice_results_round_id_position"),
    )
    op.create_index("ix_practice_results_facility_id", "practice_results", ["facility_id"])
    op.create_index("ix_practice_results_account_id", "practice_results", ["account_id"])


def downgrade() -> None:
    op.drop_index("ix_practice_results_account_id", "practice_results")
    op.drop_index("ix_practice_results_facility_id", "practice_results")
    op.drop_table("practice_results")
