"""The table of what only people can say of a site's readiness."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from zonemap.storage.columns import Moment, identity, metadata, points_to, wording

readiness_statement = Table(
    "readiness_statement",
    metadata,
    identity(primary_key=True),
    points_to("facility_id", "facility.id", index=True),
    Column("what", String(20), nullable=False),
    wording("said_by"),
    Column("said_at", Moment, nullable=False),
)
