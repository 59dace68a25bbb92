"""Reviews of drafts, and which facilities ask for one before a floor is designated."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from zonemap.model.review import Review, ReviewState
from zonemap.storage import tables

_table, _rule = tables.review, tables.review_rule


def _from(row: RowMapping) -> Review:
    values = {name: row[name] for name in Review.__slots__ if name != "state"}
    return Review(**values, state=ReviewState(row["state"]))


class Reviews:
    """What was sent for review, floor by floor."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, review: Review) -> Review:
        """Keep a new one. Whatever was still open on that floor is withdrawn."""
        still_open = (_table.c.floor_id == review.floor_id) & (_table.c.state == ReviewState.OPEN.value)
        self._connection.execute(update(_table).where(still_open).values(state=ReviewState.WITHDRAWN.value))
        self._connection.execute(insert(_table).values(_row(review)))
        return review

    def latest(self, floor_id: str) -> Review | None:
        """The newest of a floor, or None."""
        query = select(_table).where(_table.c.floor_id == floor_id)
        query = query.order_by(_table.c.asked_at.desc(), _table.c.id.desc()).limit(1)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else _from(row)

    def answer(self, review: Review) -> bool:
        """Keep how an open review ended; False where it was not open any more."""
        still_open = (_table.c.id == review.id) & (_table.c.state == ReviewState.OPEN.value)
        return self._connection.execute(update(_table).where(still_open).values(_row(review))).rowcount == 1

    def is_required(self, facility_id: str) -> bool:
        """Whether the facility asks for an approved review before a floor is designated."""
        query = select(_rule.c.facility_id).where(_rule.c.facility_id == facility_id)
        return self._connection.execute(query).one_or_none() is not None

    def require(self, facility_id: str, *, required: bool) -> None:
        """Let the facility ask for it, or not any more."""
        self._connection.execute(delete(_rule).where(_rule.c.facility_id == facility_id))
        if required:
            self._connection.execute(insert(_rule).values(facility_id=facility_id))


def _row(review: Review) -> dict[str, object]:
    return {name: getattr(review, name) for name in Review.__slots__} | {"state": review.state.value}
