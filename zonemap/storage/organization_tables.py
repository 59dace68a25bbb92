"""The tables of what all sites share."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, String, Table

from zonemap.storage.columns import HASH, Moment, identity, metadata, wording

shared_contact = Table(
    "shared_contact",
    metadata,
    identity(primary_key=True),
    Column("role", String(30), nullable=False),
    wording("name"),
    wording("phone"),
    wording("hours"),
    Column("position", Integer, nullable=False),
    Column("languages", JSON, nullable=False, server_default="[]"),
)

shared_must_not = Table(
    "shared_must_not",
    metadata,
    identity(primary_key=True),
    wording("text"),
    wording("added_by"),
    Column("added_at", Moment, nullable=False),
)

shared_review = Table(
    "shared_review",
    metadata,
    identity(primary_key=True),
    Column("pack_id", String(20), nullable=False),
    Column("seal", HASH, nullable=False),
    wording("counsel"),
    wording("recorded_by"),
    Column("recorded_at", Moment, nullable=False),
)
