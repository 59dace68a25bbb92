"""How ready each site is, counted once; what has changed since, noted by triggers; indexes for lists in pages.

Revision 0030, after 0029.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_DEEDS = ("INSERT", "UPDATE", "DELETE")
# Tables whose rows are of one site, and how a row says of which; {row} is NEW or OLD.
_OF_ONE = dict.fromkeys(
    (
        *("floor", "designation", "record", "contact", "sign_plan", "wall_mark", "counsel_review", "protocol_entry"),
        *("referral", "handout_setting", "training_rule", "training_person", "training_task", "training_session"),
        *("desk_device", "readiness_statement", "practice_results"),
    ),
    "{row}.facility_id",
) | {
    "facility": "{row}.id",
    "training_mark": "(SELECT facility_id FROM training_task WHERE id = {row}.task_id)",
    "training_attendance": "(SELECT facility_id FROM training_session WHERE id = {row}.session_id)",
}
_OF_ALL = ("shared_contact", "shared_review", "shared_protocol_entry")
_PRACTICE = "practice_results"  # each answer of a practice is kept; only a finished one counts
_NOTE_ONE = "INSERT INTO site_change (facility_id) SELECT {site} WHERE {site} IS NOT NULL"
_NOTE_ALL = "INSERT INTO site_change (facility_id) VALUES ('')"  # no id: every site


def upgrade() -> None:
    op.create_table(
        "site_readiness",
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String, nullable=False, server_default=""),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("next_item", sa.String, nullable=False, server_default=""),
        sa.Column("next_fact", sa.String, nullable=False, server_default=""),
        sa.Column("turns_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_with", sa.String(64), nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("facility_id", name="pk_site_readiness"),
    )
    op.create_index("ix_site_readiness_done_name", "site_readiness", ["done", "name", "facility_id"])
    op.create_index("ix_site_readiness_turns_at", "site_readiness", ["turns_at"])
    op.create_index("ix_site_readiness_made_with", "site_readiness", ["made_with"])
    op.create_table(
        "site_change",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_site_change"),
    )
    op.create_index("ix_site_change_facility_id", "site_change", ["facility_id"])
    op.create_index("ix_account_name", "account", ["name", "id"])
    op.drop_index("ix_facility_name", "facility")
    op.create_index("ix_facility_name", "facility", ["name", "id"])
    for statement in _triggers():
        op.execute(statement)
    op.execute(_NOTE_ALL)


def _triggers() -> list[str]:
    if op.get_bind().dialect.name == "postgresql":
        return [*_postgresql()]
    made = []
    for table, deed in _pairs():
        when = f"WHEN {_row(deed)}.finished_at IS NOT NULL" if table == _PRACTICE else ""
        note = _NOTE_ALL if table in _OF_ALL else _NOTE_ONE.format(site=_OF_ONE[table].format(row=_row(deed)))
        made.append(f"CREATE TRIGGER {_name(table, deed)} AFTER {deed} ON {table} {when} BEGIN {note}; END")
    return made


def _postgresql() -> list[str]:
    made = []
    for table in (*_OF_ONE, *_OF_ALL):
        body = "".join(
            f"IF TG_OP = '{deed}' THEN "
            + (_NOTE_ALL if table in _OF_ALL else _NOTE_ONE.format(site=_OF_ONE[table].format(row=_row(deed))))
            + "; END IF; "
            for deed in _DEEDS
        )
        made.append(
            f"CREATE FUNCTION site_change_{table}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {body} RETURN NULL; END $$"
        )
        made.extend(
            f"CREATE TRIGGER {_name(table, deed)} AFTER {deed} ON {table} "
            + ("FOR EACH STATEMENT " if table in _OF_ALL else "FOR EACH ROW ")
            + (f"WHEN ({_row(deed)}.finished_at IS NOT NULL) " if table == _PRACTICE else "")
            + f"EXECUTE FUNCTION site_change_{table}()"
            for deed in _DEEDS
        )
    return made


def _pairs() -> list[tuple[str, str]]:
    return [(table, deed) for table in (*_OF_ONE, *_OF_ALL) for deed in _DEEDS]


def _row(deed: str) -> str:
    return "OLD" if deed == "DELETE" else "NEW"


def _name(table: str, deed: str) -> str:
    return f"site_change_{table}_{deed.lower()}"


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table, deed in _pairs():
        op.execute(f"DROP TRIGGER {_name(table, deed)}" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        for table in (*_OF_ONE, *_OF_ALL):
            op.execute(f"DROP FUNCTION site_change_{table}()")
    op.drop_index("ix_facility_name", "facility")
    op.create_index("ix_facility_name", "facility", ["name"])
    op.drop_index("ix_account_name", "account")
    op.drop_table("site_change")
    op.drop_table("site_readiness")
