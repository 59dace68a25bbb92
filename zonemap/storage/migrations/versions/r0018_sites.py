"""Roles at one facility, and whose a picture of a plan is. The roles that people have stay for all facilities.

Revision 0018, after 0017.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_FLOOR = sa.table("floor", sa.column("id"), sa.column("facility_id"))
_VERSION = sa.table("floor_version", sa.column("floor_id"), sa.column("document", sa.JSON))
_IMPORT = sa.table("model_import", sa.column("id"), sa.column("facility_id"))
_WAITING = sa.table("model_import_floor", sa.column("import_id"), sa.column("picture_id"))
_PICTURE = sa.table("picture", sa.column("id"))
_SITE = sa.table("picture_site", sa.column("picture_id"), sa.column("facility_id"))


def upgrade() -> None:
    op.create_table(
        "account_site_role",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "facility_id", "role", name="pk_account_site_role"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_account_site_role_account_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name="fk_account_site_role_facility_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_account_site_role_facility_id", "account_site_role", ["facility_id"])
    op.create_table(
        "picture_site",
        sa.Column("picture_id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("picture_id", name="pk_picture_site"),
        sa.ForeignKeyConstraint(["picture_id"], ["picture.id"], name="fk_picture_site_picture_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name="fk_picture_site_facility_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_picture_site_facility_id", "picture_site", ["facility_id"])
    _say_whose_pictures_are()


def _say_whose_pictures_are() -> None:
    """A picture is of the facility whose floor has or had it, or waits with it; one that nobody has is nobody's."""
    connection = op.get_bind()
    # On SQLite a JSON null is the text "null", so "no picture" has no id there either.
    drawn = (
        sa.select(_VERSION.c.document["picture"]["id"].as_string().label("picture_id"), _FLOOR.c.facility_id)
        .join_from(_VERSION, _FLOOR, _VERSION.c.floor_id == _FLOOR.c.id)
        .distinct()
    )
    waiting = sa.select(_WAITING.c.picture_id, _IMPORT.c.facility_id).join_from(
        _WAITING, _IMPORT, _WAITING.c.import_id == _IMPORT.c.id
    )
    there = set(connection.execute(sa.select(_PICTURE.c.id)).scalars())
    whose = {row.picture_id: row.facility_id for query in (drawn, waiting) for row in connection.execute(query)}
    rows = [{"picture_id": picture, "facility_id": site} for picture, site in whose.items() if picture in there]
    if rows:
        connection.execute(sa.insert(_SITE), rows)


def downgrade() -> None:
    op.drop_index("ix_picture_site_facility_id", "picture_site")
    op.drop_table("picture_site")
    op.drop_index("ix_account_site_role_facility_id", "account_site_role")
    op.drop_table("account_site_role")
