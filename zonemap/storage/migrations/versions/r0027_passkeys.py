"""Passkeys, and what they are asked to sign.

Revision 0027, after 0026.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("name", sa.String, nullable=False, server_default=""),
        sa.Column("credential_id", sa.String(1400), nullable=False),
        sa.Column("credential", sa.LargeBinary, nullable=False),
        sa.Column("transports", sa.String, nullable=False, server_default=""),
        sa.Column("counter", sa.BigInteger, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_on", sa.Date),
        sa.PrimaryKeyConstraint("id", name="pk_passkey"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_passkey_account_id", ondelete="CASCADE"),
        sa.UniqueConstraint("credential_id", name="uq_passkey_credential_id"),
    )
    op.create_index("ix_passkey_account_id", "passkey", ["account_id"])
    op.create_table(
        "passkey_challenge",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("challenge", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_passkey_challenge"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_passkey_challenge_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_passkey_challenge_account_id", "passkey_challenge", ["account_id"])


def downgrade() -> None:
    op.drop_index("ix_passkey_challenge_account_id", "passkey_challenge")
    op.drop_table("passkey_challenge")
    op.drop_index("ix_passkey_account_id", "passkey")
    op.drop_table("passkey")
