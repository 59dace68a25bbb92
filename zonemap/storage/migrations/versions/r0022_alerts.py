"""Alerts to responders, and their messages.

Revision 0022, after 0021.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        *_words("place", "raised_by", "acknowledged_by"),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        sa.ForeignKeyConstraint(["facility_id"], ["facility.id"], name="fk_alert_facility_id", ondelete="CASCADE"),
    )
    op.create_index("ix_alert_facility_id", "alert", ["facility_id"])
    op.create_table(
        "alert_message",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("alert_id", sa.String(32), nullable=False),
        *_words("name", "target", "text", "trouble"),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_alert_message"),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name="fk_alert_message_alert_id", ondelete="CASCADE"),
        sa.UniqueConstraint("token_hash", name="uq_alert_message_token_hash"),
    )
    op.create_index("ix_alert_message_alert_id", "alert_message", ["alert_id"])


def downgrade() -> None:
    op.drop_table("alert_message")
    op.drop_table("alert")


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False, server_default="") for name in names]
