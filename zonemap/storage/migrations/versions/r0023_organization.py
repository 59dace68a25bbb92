"""What all sites of the organization share: people to call, and lines that nobody may cross.

Revision 0023, after 0022.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_contact",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("role", sa.String(30), nullable=False),
        sa.Column("name", sa.String, nullable=False, server_default=""),
        sa.Column("phone", sa.String, nullable=False, server_default=""),
        sa.Column("hours", sa.String, nullable=False, server_default=""),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("languages", sa.JSON, nullable=False, server_default="[]"),
        sa.PrimaryKeyConstraint("id", name="pk_shared_contact"),
    )
    op.create_table(
        "shared_must_not",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("text", sa.String, nullable=False, server_default=""),
        sa.Column("added_by", sa.String, nullable=False, server_default=""),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shared_must_not"),
    )


def downgrade() -> None:
    op.drop_table("shared_must_not")
    op.drop_table("shared_contact")
