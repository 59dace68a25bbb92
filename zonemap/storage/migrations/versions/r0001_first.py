"""The first schema: accounts, facilities, floors, pictures, designations.

Revision 0001, after nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SQLITE_TRIGGER = """
CREATE TRIGGER designation_no_{verb} BEFORE {verb} ON designation
BEGIN SELECT RAISE(ABORT, 'a designation is never changed or removed'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE FUNCTION designation_is_frozen() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a designation is never changed or removed'; END $$
"""
_POSTGRESQL_TRIGGERS = (
    "CREATE TRIGGER designation_frozen BEFORE UPDATE OR DELETE ON designation "
    "FOR EACH ROW EXECUTE FUNCTION designation_is_frozen()",
    "CREATE TRIGGER designation_kept BEFORE TRUNCATE ON designation "
    "FOR EACH STATEMENT EXECUTE FUNCTION designation_is_frozen()",
)


def _id(name: str = "id") -> sa.Column[str]:
    return sa.Column(name, sa.String(32), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False, server_default="")


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _points(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", ondelete=ondelete)


def upgrade() -> None:
    _accounts()
    _facilities()
    _floors()
    _pictures()
    _designations()


def _accounts() -> None:
    op.create_table(
        "account",
        _id(),
        _text("name"),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("password_hash", sa.String),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
    )
    op.create_table(
        "account_role",
        _id("account_id"),
        sa.Column("role", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "role", name="pk_account_role"),
        _points("account_role", "account_id", "account.id"),
    )
    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(64), nullable=False),
        _id("account_id"),
        _moment("started_at"),
        _moment("seen_at"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_session"),
        _points("session", "account_id", "account.id"),
    )
    op.create_index("ix_session_account_id", "session", ["account_id"])
    op.create_table(
        "link",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("account_id", sa.String(32)),
        _moment("expires_at"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_link"),
        _points("link", "account_id", "account.id"),
    )
    op.create_index("ix_link_account_id", "link", ["account_id"])
    op.create_table(
        "throttle",
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("tokens", sa.Float, nullable=False),
        _moment("counted_at"),
        sa.PrimaryKeyConstraint("key_hash", name="pk_throttle"),
    )
    op.create_index("ix_throttle_counted_at", "throttle", ["counted_at"])


def _facilities() -> None:
    op.create_table(
        "facility",
        _id(),
        sa.Column("name", sa.String, nullable=False),
        _text("street"),
        _text("suite"),
        _text("city"),
        sa.Column("state", sa.String(2), nullable=False),
        _text("postcode"),
        sa.Column("site_kind", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_facility"),
    )
    op.create_index("ix_facility_name", "facility", ["name"])
    op.create_table(
        "contact",
        _id(),
        _id("facility_id"),
        sa.Column("role", sa.String(30), nullable=False),
        _text("name"),
        _text("phone"),
        _text("hours"),
        _number("position"),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        _points("contact", "facility_id", "facility.id"),
    )
    op.create_index("ix_contact_facility_id", "contact", ["facility_id"])


def _floors() -> None:
    op.create_table(
        "floor",
        _id(),
        _id("facility_id"),
        _text("name"),
        _number("level"),
        _number("version"),
        sa.PrimaryKeyConstraint("id", name="pk_floor"),
        _points("floor", "facility_id", "facility.id", "RESTRICT"),
    )
    op.create_index("ix_floor_facility_id", "floor", ["facility_id"])
    op.create_table(
        "floor_version",
        _id("floor_id"),
        _number("version"),
        _moment("saved_at"),
        _text("saved_by"),
        sa.Column("document", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("floor_id", "version", name="pk_floor_version"),
        _points("floor_version", "floor_id", "floor.id"),
    )


def _pictures() -> None:
    op.create_table(
        "picture",
        _id(),
        sa.Column("png", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_picture"),
    )
    op.create_table(
        "tile",
        _id("picture_id"),
        _number("z"),
        _number("x"),
        _number("y"),
        sa.Column("png", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("picture_id", "z", "x", "y", name="pk_tile"),
        _points("tile", "picture_id", "picture.id"),
    )


def _designations() -> None:
    op.create_table(
        "designation",
        _id(),
        _id("floor_id"),
        _id("facility_id"),
        _number("number"),
        _number("version"),
        _moment("designated_at"),
        _text("designated_by"),
        sa.Column("document", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_designation"),
        sa.UniqueConstraint("floor_id", "number", name="uq_designation_floor_id_number"),
        _points("designation", "floor_id", "floor.id", "RESTRICT"),
        _points("designation", "facility_id", "facility.id", "RESTRICT"),
    )
    op.create_index("ix_designation_facility_id_designated_at", "designation", ["facility_id", "designated_at"])
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(_SQLITE_TRIGGER.format(verb=verb))
    else:
        op.execute(_POSTGRESQL_FUNCTION)
        for trigger in _POSTGRESQL_TRIGGERS:
            op.execute(trigger)


def downgrade() -> None:
    for table in ("designation", "tile", "picture", "floor_version", "floor", "contact", "facility"):
        op.drop_table(table)
    for table in ("throttle", "link", "session", "account_role", "account"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION designation_is_frozen()")
