"""The tables of alerts to responders."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from zonemap.storage.columns import HASH, Moment, identity, metadata, points_to, wording

alert = Table(
    "alert",
    metadata,
    identity(primary_key=True),
    points_to("facility_id", "facility.id", index=True),
    *(wording(name) for name in ("place", "raised_by", "acknowledged_by")),
    Column("raised_at", Moment, nullable=False),
    Column("acknowledged_at", Moment),
)

alert_message = Table(
    "alert_message",
    metadata,
    identity(primary_key=True),
    points_to("alert_id", "alert.id", index=True),
    *(wording(name) for name in ("name", "target", "text", "trouble")),
    Column("token_hash", HASH, nullable=False, unique=True),
    Column("state", String(20), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("sent_at", Moment),
)
