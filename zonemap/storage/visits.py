"""Visits: entries are appended and read. The database refuses to change one, and lets go of a purged visit only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from zonemap.errors import NotFound
from zonemap.model.record import Entry, RecordKind, next_entry
from zonemap.model.visit import PurgedVisit, Visit, VisitRead, VisitRule, visit_of
from zonemap.storage import tables

_visit, _entry, _read = tables.visit, tables.visit_entry, tables.visit_read
_rule, _purged, _photo = tables.visit_rule, tables.visit_purged, tables.visit_photo


def _from(row: RowMapping) -> Entry:
    values = {name: row[name] for name in Entry.__slots__ if name not in ("kind", "facility_id")}
    return Entry(**values, kind=RecordKind(row["kind"]), facility_id=row["visit_id"])


class Visits:
    """The chains, one for each visit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, visit_id: str, facility_id: str, account_id: str, opened_at: datetime) -> None:
        """Make room for a new visit; its first entry follows."""
        values = {"id": visit_id, "facility_id": facility_id, "opened_by": account_id, "opened_at": opened_at}
        self._connection.execute(insert(_visit).values(values))

    def opener(self, facility_id: str, visit_id: str) -> str | None:
        """The account that opened a visit of this facility; None where there is no such visit."""
        query = select(_visit.c.opened_by).where((_visit.c.id == visit_id) & (_visit.c.facility_id == facility_id))
        found: str | None = self._connection.execute(query).scalar_one_or_none()
        return found

    def append(
        self, visit_id: str, entry_id: str, kind: RecordKind, body: Any, *, recorded_at: datetime, recorded_by: str
    ) -> bool:
        """Write the next entry; False where one of this id is there already. Two writers wait for one another."""
        self._connection.execute(select(_visit.c.id).where(_visit.c.id == visit_id).with_for_update())
        if self._connection.execute(select(_entry.c.id).where(_entry.c.id == entry_id)).first():
            return False
        newest = select(_entry).where(_entry.c.visit_id == visit_id).order_by(_entry.c.position.desc()).limit(1)
        row = self._connection.execute(newest).mappings().one_or_none()
        before = None if row is None else _from(row)
        entry = next_entry(before, visit_id, kind, body, recorded_at=recorded_at, recorded_by=recorded_by)
        values = {name: getattr(entry, name) for name in Entry.__slots__ if name != "facility_id"}
        values |= {"kind": kind.value, "visit_id": visit_id, "id": entry_id}
        self._connection.execute(insert(_entry).values(values))
        return True

    def entries(self, visit_id: str) -> list[Entry]:
        """The entries of a visit, by position."""
        query = select(_entry).where(_entry.c.visit_id == visit_id).order_by(_entry.c.position)
        return [_from(row) for row in self._connection.execute(query).mappings()]

    def positions(self, visit_id: str, entry_ids: Collection[str]) -> frozenset[int]:
        """At which positions of a visit entries of these ids stand."""
        query = select(_entry.c.position).where((_entry.c.visit_id == visit_id) & _entry.c.id.in_(entry_ids))
        return frozenset(self._connection.execute(query).scalars())

    def get(self, facility_id: str, visit_id: str) -> Visit:
        """A visit of this facility. Raises NotFound."""
        if self.opener(facility_id, visit_id) is None:
            raise NotFound("There is no such visit here. Its time may be over: see the list of purged visits.")
        return visit_of(self.entries(visit_id), facility_id)

    def of_facility(self, facility_id: str, account_id: str | None = None) -> list[Visit]:
        """The visits of a facility, the newest first; those only that an account opened, where one is given."""
        query = select(_visit.c.id).where(_visit.c.facility_id == facility_id)
        if account_id is not None:
            query = query.where(_visit.c.opened_by == account_id)
        ids = self._connection.execute(query.order_by(_visit.c.opened_at.desc(), _visit.c.id)).scalars().all()
        return [visit_of(self.entries(each), facility_id) for each in ids]

    def put_photo(self, visit_id: str, entry_id: str, jpeg: bytes) -> None:
        """Keep the picture of an entry that tells of a photo."""
        self._connection.execute(insert(_photo).values(entry_id=entry_id, visit_id=visit_id, jpeg=jpeg))

    def photo(self, visit_id: str, entry_id: str) -> bytes | None:
        """The picture of an entry; None where there is none."""
        query = select(_photo.c.jpeg).where((_photo.c.entry_id == entry_id) & (_photo.c.visit_id == visit_id))
        found = self._connection.execute(query).scalar_one_or_none()
        return None if found is None else bytes(found)

    def note_read(self, read_id: str, read: VisitRead) -> None:
        """Keep that somebody read a visit."""
        self._connection.execute(insert(_read).values({"id": read_id, **asdict(read)}))

    def reads(self, visit_id: str) -> list[VisitRead]:
        """Who has read a visit, the newest first."""
        query = select(_read).where(_read.c.visit_id == visit_id).order_by(_read.c.read_at.desc(), _read.c.id)
        rows = self._connection.execute(query).mappings()
        return [VisitRead(**{name: row[name] for name in VisitRead.__slots__}) for row in rows]

    def rule(self, facility_id: str) -> VisitRule:
        """How long the facility keeps its visits."""
        query = select(_rule).where(_rule.c.facility_id == facility_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return VisitRule(facility_id) if row is None else VisitRule(**row)

    def set_rule(self, rule: VisitRule) -> None:
        """Keep a rule in the place of the one before."""
        values = asdict(rule)
        change = update(_rule).where(_rule.c.facility_id == rule.facility_id).values(values)
        if self._connection.execute(change).rowcount == 0:
            self._connection.execute(insert(_rule).values(values))

    def purge(self, purged: PurgedVisit) -> None:
        """Take a visit away, and keep that it was there."""
        self._connection.execute(insert(_purged).values(asdict(purged)))
        for each in (_photo, _entry):
            self._connection.execute(delete(each).where(each.c.visit_id == purged.visit_id))
        self._connection.execute(delete(_read).where(_read.c.visit_id == purged.visit_id))
        self._connection.execute(delete(_visit).where(_visit.c.id == purged.visit_id))

    def purged(self, facility_id: str) -> list[PurgedVisit]:
        """What was purged of a facility, the newest first."""
        query = select(_purged).where(_purged.c.facility_id == facility_id).order_by(_purged.c.purged_at.desc())
        return [PurgedVisit(**row) for row in self._connection.execute(query).mappings()]
