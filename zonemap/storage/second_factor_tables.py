"""The tables of second factors."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, String, Table

from zonemap.storage.columns import HASH, Moment, metadata, points_to

second_factor = Table(
    "second_factor",
    metadata,
    points_to("account_id", "account.id", primary_key=True),
    Column("secret", String(64), nullable=False),
    Column("confirmed_at", Moment),
    Column("last_step", BigInteger, nullable=False),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    points_to("account_id", "account.id", primary_key=True),
    Column("code_hash", HASH, primary_key=True),
)

# A row for each role of which the organization asks a second factor.
factor_demand = Table("factor_demand", metadata, Column("role", String(20), primary_key=True))

half_session = Table(
    "half_session",
    metadata,
    Column("token_hash", HASH, primary_key=True),
    points_to("account_id", "account.id", index=True),
    Column("began_at", Moment, nullable=False),
)
