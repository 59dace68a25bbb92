"""The SHA-256 of what has no sum of its own: versions of floors, and photos of doors. Older rows have none.

Revision 0031, after 0030.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_TABLES = ("floor_version", "wall_photo")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("sha256", sa.String(64)))


def downgrade() -> None:
    for table in _TABLES:
        op.drop_column(table, "sha256")
