"""The record of a facility. Entries are appended and read; the database refuses everything else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from zonemap.model.record import Entry, RecordKind, next_entry
from zonemap.storage import tables

_table = tables.record


def _from(row: RowMapping) -> Entry:
    return Entry(**{name: row[name] for name in Entry.__slots__ if name != "kind"}, kind=RecordKind(row["kind"]))


class Records:
    """The chains, one for each facility."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(
        self,
        facility_id: str,
        kind: RecordKind,
        body: Any,
        *,
        recorded_at: datetime,
        recorded_by: str,
        designation_id: str | None = None,
    ) -> Entry:
        """Write the next entry of a facility. Two writers at once wait for one another."""
        facility = select(tables.facility.c.id).where(tables.facility.c.id == facility_id)
        self._connection.execute(facility.with_for_update())
        entry = next_entry(
            self.head(facility_id), facility_id, kind, body, recorded_at=recorded_at, recorded_by=recorded_by
        )
        values = {name: getattr(entry, name) for name in Entry.__slots__}
        values |= {"kind": kind.value, "designation_id": designation_id}
        self._connection.execute(insert(_table).values(values))
        return entry

    def head(self, facility_id: str) -> Entry | None:
        """The newest entry of a facility, or None."""
        query = select(_table).where(_table.c.facility_id == facility_id).order_by(_table.c.position.desc()).limit(1)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else _from(row)

    def of_designation(self, designation_id: str) -> list[Entry]:
        """What was recorded of a designation: itself first, then approvals."""
        query = select(_table).where(_table.c.designation_id == designation_id).order_by(_table.c.position)
        return [_from(row) for row in self._connection.execute(query).mappings()]

    def starting_with(self, letters: str) -> list[Entry]:
        """The entries whose hash starts with these hexadecimal figures."""
        query = select(_table).where(_table.c.hash.startswith(letters.lower(), autoescape=True)).limit(10)
        return [_from(row) for row in self._connection.execute(query).mappings()]

    def list(self, facility_id: str) -> list[Entry]:
        """The entries of a facility as they stand there, by position."""
        query = select(_table).where(_table.c.facility_id == facility_id).order_by(_table.c.position)
        return [_from(row) for row in self._connection.execute(query).mappings()]
