"""The binder's revisions: which words had which number. Added, never changed."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, insert, select

from zonemap.model.binder import BinderRevision
from zonemap.storage.binder_tables import binder_revision as _table
from zonemap.storage.tables import facility


class Binders:
    """Revisions by facility."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def wait(self, facility_id: str) -> None:
        """Wait until nobody else numbers a revision of this facility."""
        query = select(facility.c.id).where(facility.c.id == facility_id)
        self._connection.execute(query.with_for_update())

    def list(self, facility_id: str) -> tuple[BinderRevision, ...]:
        """All of a facility, the newest first."""
        query = select(_table).where(_table.c.facility_id == facility_id).order_by(_table.c.number.desc())
        return tuple(BinderRevision(**row) for row in self._connection.execute(query).mappings())

    def add(self, revision: BinderRevision) -> BinderRevision:
        """Keep a revision."""
        self._connection.execute(insert(_table).values(asdict(revision)))
        return revision
