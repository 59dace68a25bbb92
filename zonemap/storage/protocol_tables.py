"""The tables of the response protocol, the referral lists and the handouts."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Integer, String, Table

from zonemap.storage.columns import ID, chained, metadata, points_to, wording

protocol_entry = Table(
    "protocol_entry",
    metadata,
    points_to("facility_id", "facility.id", primary_key=True, ondelete="RESTRICT"),
    *chained(),
)

# The organization's own protocol, for the sites of one state and kind: ``scope``, such as IL-clinic.
shared_protocol_entry = Table(
    "shared_protocol_entry",
    metadata,
    Column("scope", String(60), primary_key=True),
    *chained(),
)

referral = Table(
    "referral",
    metadata,
    Column("id", ID, primary_key=True),
    points_to("facility_id", "facility.id", index=True),
    Column("position", Integer, nullable=False),
    Column("purpose", String(20), nullable=False),
    *(wording(name) for name in ("org", "phone", "hours", "timezone", "area", "source_url", "verified_by", "note")),
    Column("text_ok", Boolean, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("verified_on", Date),
    Column("show_to", String(20), nullable=False),
)

# A row for each facility whose referral lists or handouts somebody has changed; before, the packaged ones hold.
handout_setting = Table(
    "handout_setting",
    metadata,
    points_to("facility_id", "facility.id", primary_key=True),
    Column("stale", String(20), nullable=False),
    wording("phone"),
    Column("seen", JSON, nullable=False),
    wording("set_by"),
)
