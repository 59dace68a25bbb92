"""Which account of the organization belongs to which of ours, for single sign-on.

Revision 0029, after 0028.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sso_binding",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("subject_hash", sa.String(64), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proved", sa.String, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("account_id", name="pk_sso_binding"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_sso_binding_account_id", ondelete="CASCADE"),
        sa.UniqueConstraint("subject_hash", name="uq_sso_binding_subject_hash"),
    )


def downgrade() -> None:
    op.drop_table("sso_binding")
