"""Designations: frozen and numbered. They are added and read; the database refuses everything else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select

from zonemap.errors import NotFound
from zonemap.model.facility import Designation, Facility
from zonemap.model.floor_document import floor_document, floor_from
from zonemap.model.plan import Floor
from zonemap.model.record import RecordKind, canonical, digest
from zonemap.storage import tables
from zonemap.storage.facilities import facility_from, frozen_document
from zonemap.storage.records import Records

_table = tables.designation
_columns = (*_table.c, tables.record.c.hash.label("record_hash"))
_joined = _table.outerjoin(
    tables.record,
    (tables.record.c.designation_id == _table.c.id) & (tables.record.c.kind == RecordKind.DESIGNATION.value),
)


def designations_query() -> Select[Any]:
    """All of them, with the hashes of their entries."""
    return select(*_columns).select_from(_joined)


def designation_from(row: RowMapping) -> Designation:
    """One row of that."""
    return Designation(
        id=row["id"],
        facility=facility_from(row["document"]["facility"]),
        floor=floor_from(row["document"]["floor"]),
        number=row["number"],
        version=row["version"],
        designated_at=row["designated_at"],
        designated_by=row["designated_by"],
        record_hash=row["record_hash"] or "",
    )


def content_of(facility: Facility, floor: Floor) -> str:
    """The fingerprint of a facility and a floor, as the record has it once they are designated."""
    return digest(canonical(_document(facility, floor)))


def _document(facility: Facility, floor: Floor) -> dict[str, Any]:
    return {"facility": frozen_document(facility), "floor": floor_document(floor)}


def record_body(designation: Designation, document: Any = None) -> dict[str, Any]:
    """What the record says of a designation: which it is, and the digest of its facility and floor."""
    if document is None:
        document = _document(designation.facility, designation.floor)
    return {
        "designation": designation.id,
        "floor": designation.floor.id,
        "number": designation.number,
        "version": designation.version,
        "designated_at": designation.designated_at.isoformat(),
        "document": digest(canonical(document)),
    }


class Designations:
    """The revisions that signs, maps and the desk use."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, designation: Designation) -> Designation:
        """Keep it for good, and enter it into the facility's record; it comes back with the hash of its entry."""
        document = _document(designation.facility, designation.floor)
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
        entry = Records(self._connection).append(
            designation.facility.id,
            RecordKind.DESIGNATION,
            record_body(designation, document),
            recorded_at=designation.designated_at,
            recorded_by=designation.designated_by,
            designation_id=designation.id,
        )
        return replace(designation, record_hash=entry.hash)

    def get(self, designation_id: str) -> Designation:
        """One of them. Raises NotFound."""
        found = self._one(designations_query().where(_table.c.id == designation_id))
        if found is None:
            raise NotFound("There is no such designation.")
        return found

    def latest(self, floor_id: str) -> Designation | None:
        """The one in force on a floor, or None."""
        return self._one(
            designations_query().where(_table.c.floor_id == floor_id).order_by(_table.c.number.desc()).limit(1)
        )

    def in_force(self, facility_id: str) -> dict[str, str]:
        """The id of the designation in force on each floor that has one."""
        query = select(_table.c.floor_id, _table.c.id).where(_table.c.facility_id == facility_id)
        return {row.floor_id: row.id for row in self._connection.execute(query.order_by(_table.c.number))}

    def list(self, facility_id: str) -> list[Designation]:
        """All of a facility, newest first."""
        query = designations_query().where(_table.c.facility_id == facility_id)
        query = query.order_by(_table.c.designated_at.desc(), _table.c.number.desc())
        return [designation_from(row) for row in self._connection.execute(query).mappings()]

    def digests(self, facility_id: str) -> dict[str, str]:
        """For each designation of a facility, by id, the digest of what the database holds of it now."""
        query = select(_table.c.id, _table.c.document).where(_table.c.facility_id == facility_id)
        return {row.id: digest(canonical(row.document)) for row in self._connection.execute(query)}

    def next_number(self, floor_id: str) -> int:
        """The number the next designation of a floor gets; the first is 1."""
        highest = select(func.max(_table.c.number)).where(_table.c.floor_id == floor_id)
        return (self._connection.execute(highest).scalar_one() or 0) + 1

    def _one(self, query: Select[Any]) -> Designation | None:
        row = self._connection.execute(query).mappings().first()
        return None if row is None else designation_from(row)
