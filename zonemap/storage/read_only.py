"""Read-only mode: nothing that lasts is changed, by whichever way a change comes.

What is no part of a backup may be written: who is signed in, tries, packs on the queue. A code of a second factor is
used up as ever, so that none works twice; how a provider of accounts said that it made sure is noted.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Delete, Engine, Insert, Update, event

from zonemap.errors import Invalid, ReadOnly
from zonemap.storage.backup_rows import LEFT_OUT
from zonemap.storage.migrations import newest, revision_of

_SENTENCE = (
    "zonemap is in read-only mode: it is being upgraded or moved. Nothing can be changed for the moment, and nothing "
    "was saved. Pages, prints and the desk work as ever. Try again later."
)
_EVERYTHING = (Insert, Update, Delete)
_MAY = dict.fromkeys(LEFT_OUT, _EVERYTHING) | {
    "second_factor": (Update,),
    "passkey": (Update,),
    "recovery_code": (Delete,),
    "sso_binding": (Update,),
}


def forbid_changes(engine: Engine) -> None:
    """Let this engine change nothing that lasts: an attempt raises ReadOnly."""

    @event.listens_for(engine, "before_execute")
    def _check(_connection: Connection, statement: Any, *_: object) -> None:
        if isinstance(statement, _EVERYTHING) and not isinstance(statement, _MAY.get(str(statement.table), ())):
            raise ReadOnly(_SENTENCE)


def require_newest(engine: Engine) -> None:
    """Raise Invalid where the schema would have to be changed first: in this mode it is not."""
    with engine.connect() as connection:
        found = revision_of(connection)
    if found != newest():
        raise Invalid(
            f"The database is of revision {found}, and this zonemap needs {newest()}. In read-only mode it is not "
            "changed: start the zonemap that wrote it, or take ZONEMAP_READ_ONLY away to bring it up to date."
        )


def require_changes(read_only: bool) -> None:
    """Raise ReadOnly where nothing may be changed."""
    if read_only:
        raise ReadOnly(_SENTENCE)
