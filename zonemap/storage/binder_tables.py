"""The table of the binder's revisions."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from zonemap.storage.columns import HASH, Moment, metadata, points_to, wording

binder_revision = Table(
    "binder_revision",
    metadata,
    points_to("facility_id", "facility.id", primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("mark", HASH, nullable=False),
    Column("made_at", Moment, nullable=False),
    wording("made_by"),
)
