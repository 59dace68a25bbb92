"""The table of those who signed in by their organization's account."""

from __future__ import annotations

from sqlalchemy import Column, Table

from zonemap.storage.columns import HASH, Moment, metadata, points_to, wording

sso_binding = Table(
    "sso_binding",
    metadata,
    points_to("account_id", "account.id", primary_key=True),
    Column("subject_hash", HASH, nullable=False, unique=True),
    Column("bound_at", Moment, nullable=False),
    wording("proved"),
)
