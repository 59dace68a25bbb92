"""The tables of training."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String, Table

from zonemap.storage.columns import Moment, identity, metadata, points_to, wording

training_rule = Table(
    "training_rule",
    metadata,
    points_to("facility_id", "facility.id", primary_key=True),
    Column("months", Integer, nullable=False),
    Column("least_right", Integer, nullable=False),
)

training_person = Table(
    "training_person",
    metadata,
    identity(primary_key=True),
    points_to("facility_id", "facility.id", index=True),
    points_to("account_id", "account.id", nullable=True, ondelete="SET NULL", index=True),
    *(wording(name) for name in ("name", "duty")),
    Column("kind", String(20), nullable=False),
    Column("left_on", Date),
)

training_task = Table(
    "training_task",
    metadata,
    identity(primary_key=True),
    points_to("facility_id", "facility.id", index=True),
    points_to("trainee_id", "training_person.id", index=True),
    Column("kind", String(20), nullable=False),
    Column("subject", String(120), nullable=False),
    *(wording(name) for name in ("title", "version", "assigned_by")),
    Column("count", Integer, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("assigned_at", Moment, nullable=False),
)

training_mark = Table(
    "training_mark",
    metadata,
    identity(primary_key=True),
    points_to("task_id", "training_task.id", index=True),
    Column("done_on", Date, nullable=False),
    *(wording(name) for name in ("version", "seen_by", "recorded_by")),
    Column("recorded_at", Moment, nullable=False),
)

training_session = Table(
    "training_session",
    metadata,
    identity(primary_key=True),
    points_to("facility_id", "facility.id", index=True),
    Column("held_on", Date, nullable=False),
    *(wording(name) for name in ("topic", "leader", "remark", "recorded_by")),
    Column("recorded_at", Moment, nullable=False),
)

training_attendance = Table(
    "training_attendance",
    metadata,
    points_to("session_id", "training_session.id", primary_key=True),
    points_to("trainee_id", "training_person.id", primary_key=True, index=True),
)
