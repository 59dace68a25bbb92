"""What the list of one's own sessions shows, and when the password was typed again in one.

Revision 0032, after 0031.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("session", sa.Column("device", sa.String(20), nullable=False, server_default=""))
    op.add_column("session", sa.Column("proved_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("session", "proved_at")
    op.drop_column("session", "device")
