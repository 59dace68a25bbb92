"""What belongs to which facility: who is what there, and whose a picture is."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from zonemap.storage.columns import metadata, points_to

# Roles at one facility; those of ``account_role`` count at all of them.
account_site_role = Table(
    "account_site_role",
    metadata,
    points_to("account_id", "account.id", primary_key=True),
    points_to("facility_id", "facility.id", primary_key=True, index=True),
    Column("role", String(20), primary_key=True),
)

# Whose a picture is: who may not see the facility may not see its plans.
picture_site = Table(
    "picture_site",
    metadata,
    points_to("picture_id", "picture.id", primary_key=True),
    points_to("facility_id", "facility.id", index=True),
)
