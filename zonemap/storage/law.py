"""What a facility says of the rules: reviews by its counsel, must-nots of its own, a sealed program."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select

from zonemap.model.law import CounselReview, OwnMustNot
from zonemap.storage import tables
from zonemap.storage.organization import Organization

_review, _line, _sealed = tables.counsel_review, tables.own_must_not, tables.sealed_site


class Law:
    """Entries are added and read; none is changed or removed, but for the mark of a sealed program."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_review(self, review: CounselReview) -> CounselReview:
        """Keep that counsel has read the rules."""
        self._connection.execute(insert(_review).values(asdict(review)))
        return review

    def latest_review(self, facility_id: str, pack_id: str) -> CounselReview | None:
        """The newest review of a pack, or None."""
        query = select(_review).where((_review.c.facility_id == facility_id) & (_review.c.pack_id == pack_id))
        query = query.order_by(_review.c.recorded_at.desc(), _review.c.id.desc()).limit(1)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else CounselReview(**row)

    def add_must_not(self, line: OwnMustNot) -> OwnMustNot:
        """Keep a line of the facility's own."""
        self._connection.execute(insert(_line).values(asdict(line)))
        return line

    def must_nots(self, facility_id: str) -> tuple[OwnMustNot, ...]:
        """The lines of all sites, then the facility's own."""
        return (*Organization(self._connection).must_nots(), *self.own_must_nots(facility_id))

    def own_must_nots(self, facility_id: str) -> tuple[OwnMustNot, ...]:
        """The facility's own lines, the oldest first."""
        query = select(_line).where(_line.c.facility_id == facility_id).order_by(_line.c.added_at, _line.c.id)
        return tuple(OwnMustNot(**row) for row in self._connection.execute(query).mappings())

    def is_sealed(self, facility_id: str) -> bool:
        """Whether the facility has a program under 42 CFR Part 2."""
        query = select(_sealed.c.facility_id).where(_sealed.c.facility_id == facility_id)
        return self._connection.execute(query).one_or_none() is not None

    def seal(self, facility_id: str, *, sealed: bool) -> None:
        """Say that it has one, or not any more."""
        self._connection.execute(delete(_sealed).where(_sealed.c.facility_id == facility_id))
        if sealed:
            self._connection.execute(insert(_sealed).values(facility_id=facility_id))
