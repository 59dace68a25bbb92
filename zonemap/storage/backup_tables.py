"""The table of the backups that were made. What is in them stands in the files alone."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, String, Table

from zonemap.storage.columns import Moment, identity, metadata, wording

backup_made = Table(
    "backup_made",
    metadata,
    identity(primary_key=True),
    Column("begun_at", Moment, nullable=False, index=True),
    Column("verified_at", Moment),
    wording("name"),
    Column("size", BigInteger, nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
    wording("trouble"),
)
