"""The time zone of a facility, for rooms and doors that are something else at other hours.

Revision 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("facility", sa.Column("time_zone", sa.String, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("facility", "time_zone")
