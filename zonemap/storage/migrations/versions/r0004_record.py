"""The record: designations and approvals in a chain of hashes. Designations that are there get their entries.

Revision 0004, after 0003.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from zonemap.model.record import Entry, RecordKind, canonical, digest, next_entry

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_SQLITE_TRIGGER = """
CREATE TRIGGER record_no_{verb} BEFORE {verb} ON record
BEGIN SELECT RAISE(ABORT, 'the record is never changed or shortened'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE FUNCTION record_is_kept() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the record is never changed or shortened'; END $$
"""
_POSTGRESQL_TRIGGERS = (
    "CREATE TRIGGER record_frozen BEFORE UPDATE OR DELETE ON record FOR EACH ROW EXECUTE FUNCTION record_is_kept()",
    "CREATE TRIGGER record_kept BEFORE TRUNCATE ON record FOR EACH STATEMENT EXECUTE FUNCTION record_is_kept()",
)


def upgrade() -> None:
    record = op.create_table(
        "record",
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String, nullable=False, server_default=""),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("designation_id", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("facility_id", "position", name="pk_record"),
        sa.ForeignKeyConstraint(["facility_id"], ["facility.id"], name="fk_record_facility_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["designation_id"], ["designation.id"], name="fk_record_designation_id", ondelete="RESTRICT"
        ),
        sa.UniqueConstraint("hash", name="uq_record_hash"),
    )
    op.create_index("ix_record_designation_id", "record", ["designation_id"])
    _enter_what_is_there(record)
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(_SQLITE_TRIGGER.format(verb=verb))
    else:
        op.execute(_POSTGRESQL_FUNCTION)
        for trigger in _POSTGRESQL_TRIGGERS:
            op.execute(trigger)


def _enter_what_is_there(record: sa.Table) -> None:
    """One entry for each designation so far, in the order in which they were made."""
    columns: list[sa.ColumnClause[object]] = [
        sa.column(name) for name in ("id", "floor_id", "facility_id", "number", "version", "designated_by")
    ]
    columns += [sa.column("designated_at", sa.DateTime(timezone=True)), sa.column("document", sa.JSON)]
    designation = sa.table("designation", *columns)
    order = (designation.c.designated_at, designation.c.floor_id, designation.c.number)
    last: dict[str, Entry] = {}
    for row in op.get_bind().execute(sa.select(designation).order_by(*order)).mappings().all():
        at = _aware(row["designated_at"])
        body = {
            "designation": row["id"],
            "floor": row["floor_id"],
            "number": row["number"],
            "version": row["version"],
            "designated_at": at.isoformat(),
            "document": digest(canonical(row["document"])),
        }
        entry = next_entry(
            last.get(row["facility_id"]),
            row["facility_id"],
            RecordKind.DESIGNATION,
            body,
            recorded_at=at,
            recorded_by=row["designated_by"],
        )
        last[entry.facility_id] = entry
        values = {name: getattr(entry, name) for name in Entry.__slots__}
        moment = at.replace(tzinfo=None) if op.get_bind().dialect.name == "sqlite" else at
        kept = {"kind": entry.kind.value, "recorded_at": moment, "designation_id": row["id"]}
        op.get_bind().execute(record.insert().values({**values, **kept}))


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def downgrade() -> None:
    op.drop_table("record")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION record_is_kept()")
