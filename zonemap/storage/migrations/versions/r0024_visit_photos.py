"""Photos of papers in the record of a visit: never changed, removed with a purged visit only.

Revision 0024, after 0023.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_SQLITE_NO_UPDATE = """
CREATE TRIGGER visit_photo_no_update BEFORE UPDATE ON visit_photo
BEGIN SELECT RAISE(ABORT, 'a photo of a visit is never changed'); END
"""
_SQLITE_NO_DELETE = """
CREATE TRIGGER visit_photo_no_delete BEFORE DELETE ON visit_photo
WHEN NOT EXISTS (SELECT 1 FROM visit_purged WHERE visit_purged.visit_id = OLD.visit_id)
BEGIN SELECT RAISE(ABORT, 'a photo of a visit is never removed'); END
"""
_POSTGRESQL_TRIGGER = """
CREATE TRIGGER visit_photo_frozen BEFORE UPDATE OR DELETE ON visit_photo
FOR EACH ROW EXECUTE FUNCTION visit_entry_is_kept()
"""


def upgrade() -> None:
    op.create_table(
        "visit_photo",
        sa.Column("entry_id", sa.String(32), nullable=False),
        sa.Column("visit_id", sa.String(32), nullable=False),
        sa.Column("jpeg", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="pk_visit_photo"),
        sa.ForeignKeyConstraint(["entry_id"], ["visit_entry.id"], name="fk_visit_photo_entry_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name="fk_visit_photo_visit_id", ondelete="RESTRICT"),
    )
    op.create_index("ix_visit_photo_visit_id", "visit_photo", ["visit_id"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_SQLITE_NO_UPDATE)
        op.execute(_SQLITE_NO_DELETE)
    else:
        op.execute(_POSTGRESQL_TRIGGER)


def downgrade() -> None:
    op.drop_table("visit_photo")
