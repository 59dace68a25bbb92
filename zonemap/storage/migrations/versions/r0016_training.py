"""Training: people, tasks, what was done, sessions.

Revision 0016, after 0015.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "training_rule",
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("months", sa.Integer, nullable=False),
        sa.Column("least_right", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("facility_id", name="pk_training_rule"),
        _points("training_rule", "facility_id", "facility"),
    )
    op.create_table(
        "training_person",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32)),
        *_words("name", "duty"),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("left_on", sa.Date),
        sa.PrimaryKeyConstraint("id", name="pk_training_person"),
        _points("training_person", "facility_id", "facility"),
        _points("training_person", "account_id", "account", "SET NULL"),
    )
    op.create_index("ix_training_person_facility_id", "training_person", ["facility_id"])
    op.create_index("ix_training_person_account_id", "training_person", ["account_id"])
    op.create_table(
        "training_task",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("trainee_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        *_words("title", "version", "assigned_by"),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_training_task"),
        _points("training_task", "facility_id", "facility"),
        _points("training_task", "trainee_id", "training_person"),
    )
    op.create_index("ix_training_task_facility_id", "training_task", ["facility_id"])
    op.create_index("ix_training_task_trainee_id", "training_task", ["trainee_id"])
    op.create_table(
        "training_mark",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("task_id", sa.String(32), nullable=False),
        sa.Column("done_on", sa.Date, nullable=False),
        *_words("version", "seen_by", "recorded_by"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_training_mark"),
        _points("training_mark", "task_id", "training_task"),
    )
    op.create_index("ix_training_mark_task_id", "training_mark", ["task_id"])
    op.create_table(
        "training_session",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        *_words("topic", "leader", "remark", "recorded_by"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_training_session"),
        _points("training_session", "facility_id", "facility"),
    )
    op.create_index("ix_training_session_facility_id", "training_session", ["facility_id"])
    op.create_table(
        "training_attendance",
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("trainee_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "trainee_id", name="pk_training_attendance"),
        _points("training_attendance", "session_id", "training_session"),
        _points("training_attendance", "trainee_id", "training_person"),
    )
    op.create_index("ix_training_attendance_trainee_id", "training_attendance", ["trainee_id"])


def downgrade() -> None:
    for name in ("attendance", "session", "mark", "task", "person", "rule"):
        op.drop_table(f"training_{name}")


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False, server_default="") for name in names]


def _points(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}", ondelete=ondelete)
