"""What was printed, hung, missed and taken down, and the photos of it. A mark counts once, however often it is sent."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from zonemap.errors import NotFound
from zonemap.model.wall import WallEvent, WallMark
from zonemap.storage.tables import facility, wall_mark, wall_photo

_FIELDS = tuple(name for name in WallMark.__slots__ if name not in ("event", "has_photo"))


class WallMarks:
    """The marks of the walls."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def wait(self, facility_id: str) -> None:
        """Wait until nobody else ticks at this facility: the same tick may be on its way twice at once."""
        query = select(facility.c.id).where(facility.c.id == facility_id)
        self._connection.execute(query.with_for_update())

    def known(self, ids: list[str]) -> frozenset[str]:
        """Those of the ids under which a mark is kept, of any facility."""
        query = select(wall_mark.c.id).where(wall_mark.c.id.in_(ids))
        return frozenset(self._connection.execute(query).scalars())

    def add(self, marks: list[WallMark]) -> None:
        """Keep new marks. Their ids must not be known yet."""
        if marks:
            rows = [{name: getattr(mark, name) for name in _FIELDS} | {"event": mark.event.value} for mark in marks]
            self._connection.execute(insert(wall_mark), rows)

    def list(self, facility_id: str) -> list[WallMark]:
        """All of a facility."""
        query = select(wall_mark, wall_photo.c.mark_id.is_not(None).label("has_photo"))
        query = query.outerjoin(wall_photo, wall_photo.c.mark_id == wall_mark.c.id)
        query = query.where(wall_mark.c.facility_id == facility_id).order_by(wall_mark.c.marked_at, wall_mark.c.id)
        return [
            WallMark(
                **{name: row[name] for name in _FIELDS},
                event=WallEvent(row["event"]),
                has_photo=bool(row["has_photo"]),
            )
            for row in self._connection.execute(query).mappings()
        ]

    def put_photo(self, facility_id: str, mark_id: str, jpeg: bytes) -> None:
        """Keep the photo of a mark, instead of an earlier one. Raises NotFound where the facility has no such mark."""
        self._check(facility_id, mark_id)
        self._connection.execute(delete(wall_photo).where(wall_photo.c.mark_id == mark_id))
        self._connection.execute(insert(wall_photo).values(mark_id=mark_id, jpeg=jpeg, sha256=sha256(jpeg).hexdigest()))

    def photo(self, facility_id: str, mark_id: str) -> bytes:
        """The photo of a mark. Raises NotFound."""
        self._check(facility_id, mark_id)
        query = select(wall_photo.c.jpeg).where(wall_photo.c.mark_id == mark_id)
        found = self._connection.execute(query).scalar_one_or_none()
        if found is None:
            raise NotFound("There is no photo of this door.")
        return bytes(found)

    def _check(self, facility_id: str, mark_id: str) -> None:
        query = select(wall_mark.c.id).where(wall_mark.c.id == mark_id, wall_mark.c.facility_id == facility_id)
        if self._connection.execute(query).scalar_one_or_none() is None:
            raise NotFound("There is no such tick at this facility.")
