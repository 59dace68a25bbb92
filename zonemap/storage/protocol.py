"""The chains of the facilities' protocols: entries are appended and read; the database refuses to change one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from zonemap.model.record import Entry, RecordKind, next_entry
from zonemap.storage.protocol_tables import protocol_entry, shared_protocol_entry
from zonemap.storage.tables import facility


def entry_from(row: RowMapping) -> Entry:
    """An entry of a chain from its row."""
    values = {name: row[name] for name in Entry.__slots__ if name != "kind"}
    return Entry(**values, kind=RecordKind(row["kind"]))


class Protocols:
    """One chain a facility."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, facility_id: str) -> None:
        """Let two writers wait for one another until the end of the transaction."""
        self._connection.execute(select(facility.c.id).where(facility.c.id == facility_id).with_for_update())

    def entries(self, facility_id: str) -> list[Entry]:
        """The entries of a facility, by position."""
        query = select(protocol_entry).where(protocol_entry.c.facility_id == facility_id)
        rows = self._connection.execute(query.order_by(protocol_entry.c.position)).mappings()
        return [entry_from(row) for row in rows]

    def append(
        self, facility_id: str, kind: RecordKind, body: Any, *, recorded_at: datetime, recorded_by: str
    ) -> Entry:
        """Write the next entry."""
        self.hold(facility_id)
        query = select(protocol_entry).where(protocol_entry.c.facility_id == facility_id)
        query = query.order_by(protocol_entry.c.position.desc()).limit(1)
        row = self._connection.execute(query).mappings().one_or_none()
        before = None if row is None else entry_from(row)
        entry = next_entry(before, facility_id, kind, body, recorded_at=recorded_at, recorded_by=recorded_by)
        values = {name: getattr(entry, name) for name in Entry.__slots__} | {"kind": kind.value}
        self._connection.execute(insert(protocol_entry).values(values))
        return entry


class SharedProtocols:
    """The chains of the organization's own protocol: one for the sites of each state and kind.

    An entry names its scope where that of a site names the facility.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self) -> None:
        """Let a writer wait for every other, at any site, until the end of the transaction."""
        self._connection.execute(select(facility.c.id).order_by(facility.c.id).with_for_update())

    def all(self) -> dict[str, list[Entry]]:
        """The entries of each scope, by position."""
        query = select(shared_protocol_entry).order_by(shared_protocol_entry.c.position)
        found: dict[str, list[Entry]] = {}
        for row in self._connection.execute(query).mappings():
            entry = Entry(
                facility_id=row["scope"],
                kind=RecordKind(row["kind"]),
                **{name: row[name] for name in Entry.__slots__ if name not in ("facility_id", "kind")},
            )
            found.setdefault(row["scope"], []).append(entry)
        return found

    def entries(self, scope: str) -> list[Entry]:
        """The entries of a scope, by position; none where the organization has no protocol for it."""
        return self.all().get(scope, [])

    def append(self, scope: str, kind: RecordKind, body: Any, *, recorded_at: datetime, recorded_by: str) -> Entry:
        """Write the next entry."""
        self.hold()
        before = self.entries(scope)
        entry = next_entry(
            before[-1] if before else None, scope, kind, body, recorded_at=recorded_at, recorded_by=recorded_by
        )
        values = {name: getattr(entry, name) for name in Entry.__slots__ if name != "facility_id"}
        self._connection.execute(insert(shared_protocol_entry).values(values | {"scope": scope, "kind": kind.value}))
        return entry
