"""The backups that were made.

Revision 0015, after 0014.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "backup_made",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True)),
        sa.Column("name", sa.String, nullable=False, server_default=""),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("rows", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("trouble", sa.String, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_backup_made"),
    )
    op.create_index("ix_backup_made_begun_at", "backup_made", ["begun_at"])


def downgrade() -> None:
    op.drop_index("ix_backup_made_begun_at", "backup_made")
    op.drop_table("backup_made")
