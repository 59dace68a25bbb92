"""The tables of visits."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, Table

from zonemap.storage.columns import HASH, ID, Moment, chained, identity, metadata, points_to, wording

visit = Table(
    "visit",
    metadata,
    identity(primary_key=True),
    points_to("facility_id", "facility.id", ondelete="RESTRICT", index=True),
    Column("opened_by", ID, nullable=False),  # the account; a name would not tell two people apart
    Column("opened_at", Moment, nullable=False),
)

visit_entry = Table(
    "visit_entry",
    metadata,
    points_to("visit_id", "visit.id", primary_key=True, ondelete="RESTRICT"),
    Column("id", ID, nullable=False, unique=True),  # made where the entry was written: sent twice, it counts once
    *chained(),
)

visit_photo = Table(
    "visit_photo",
    metadata,
    points_to("entry_id", "visit_entry.id", primary_key=True, ondelete="RESTRICT"),
    points_to("visit_id", "visit.id", ondelete="RESTRICT", index=True),
    Column("jpeg", LargeBinary, nullable=False),
)

visit_read = Table(
    "visit_read",
    metadata,
    identity(primary_key=True),
    Column("visit_id", ID, nullable=False, index=True),
    wording("read_by"),
    Column("read_at", Moment, nullable=False),
    wording("what"),
)

visit_rule = Table(
    "visit_rule",
    metadata,
    points_to("facility_id", "facility.id", primary_key=True),
    Column("keep_months", Integer, nullable=False),
    wording("hold_reason"),
    wording("set_by"),
)

# What is left of a visit that was purged. The database lets its entries go once this is written.
visit_purged = Table(
    "visit_purged",
    metadata,
    Column("visit_id", ID, primary_key=True),
    points_to("facility_id", "facility.id", ondelete="RESTRICT", index=True),
    Column("purged_at", Moment, nullable=False),
    wording("purged_by"),
    Column("entries", Integer, nullable=False),
    Column("head", HASH, nullable=False),
)
