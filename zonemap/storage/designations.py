"""Designations: frozen and numbered. They are added and read; the database refuses everything else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select

from zonemap.errors import NotFound
from zonemap.model.facility import Designation
from zonemap.model.floor_document import floor_document, floor_from
from zonemap.storage import tables
from zonemap.storage.facilities import facility_document, facility_from

_table = tables.designation


def _from(row: RowMapping) -> Designation:
    return Designation(
        id=row["id"],
        facility=facility_from(row["document"]["facility"]),
        floor=floor_from(row["document"]["floor"]),
        number=row["number"],
        version=row["version"],
        designated_at=row["designated_at"],
        designated_by=row["designated_by"],
    )


class Designations:
    """The revisions that signs, maps and the desk use."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, designation: Designation) -> Designation:
        """Keep it for good."""
        document = {"facility": facility_document(designation.facility), "floor": floor_document(designation.floor)}
        row = {
            "id": designation.id,
            "floor_id": designation.floor.id,
            "facility_id": designation.facility.id,
            "number": designation.number,
            "version": designation.version,
            "designated_at": designation.designated_at,
            "designated_by": designation.designated_by,
            "document": document,
        }
        self._connection.execute(insert(_table).values(row))
        return designation

    def get(self, designation_id: str) -> Designation:
        """One of them. Raises NotFound."""
        found = self._one(select(_table).where(_table.c.id == designation_id))
        if found is None:
            raise NotFound("There is no such designation.")
        return found

    def latest(self, floor_id: str) -> Designation | None:
        """The one in force on a floor, or None."""
        return self._one(select(_table).where(_table.c.floor_id == floor_id).order_by(_table.c.number.desc()).limit(1))

    def list(self, facility_id: str) -> list[Designation]:
        """All of a facility, newest first."""
        query = select(_table).where(_table.c.facility_id == facility_id)
        query = query.order_by(_table.c.designated_at.desc(), _table.c.number.desc())
        return [_from(row) for row in self._connection.execute(query).mappings()]

    def next_number(self, floor_id: str) -> int:
        """The number the next designation of a floor gets; the first is 1."""
        highest = select(func.max(_table.c.number)).where(_table.c.floor_id == floor_id)
        return (self._connection.execute(highest).scalar_one() or 0) + 1

    def _one(self, query: Select[Any]) -> Designation | None:
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else _from(row)
