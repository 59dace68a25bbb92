"""The tables of passkeys."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, LargeBinary, String, Table

from zonemap.storage.columns import HASH, Moment, identity, metadata, points_to, wording

passkey = Table(
    "passkey",
    metadata,
    identity(primary_key=True),
    points_to("account_id", "account.id", index=True),
    Column("host", String(255), nullable=False),
    wording("name"),
    Column("credential_id", String(1400), nullable=False, unique=True),
    Column("credential", LargeBinary, nullable=False),  # public: a passkey's secret half never leaves its device
    wording("transports"),
    Column("counter", BigInteger, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("used_on", Date),
)

passkey_challenge = Table(
    "passkey_challenge",
    metadata,
    Column("token_hash", HASH, primary_key=True),
    points_to("account_id", "account.id", index=True),
    Column("challenge", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
)
