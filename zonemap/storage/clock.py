"""What the database itself shows of the time that has passed: the moments at which something was written."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import Column, Connection, func, select

from zonemap.storage.tables import backup_made, floor_version, metadata, wall_mark

_RECORDED = ("record", "visit_entry", "protocol_entry", "counsel_review")


def _moments() -> list[Column[datetime]]:
    recorded = [metadata.tables[name].c.recorded_at for name in _RECORDED]
    return [*recorded, floor_version.c.saved_at, wall_mark.c.recorded_at, backup_made.c.begun_at]


class Clock:
    """Whether time went by evenly."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self) -> datetime | None:
        """The latest moment at which something was written."""
        found = [self._connection.execute(select(func.max(column))).scalar_one_or_none() for column in _moments()]
        return max((each for each in found if each is not None), default=None)

    def longest_silence(self, since: datetime, until: datetime) -> tuple[timedelta, datetime]:
        """The longest time between these moments in which nothing was written, and when it began.

        A clock that is wrong leaves such a silence behind: nobody can have worked in a year that was skipped.
        """
        seen = {since, until}
        for column in _moments():
            between = select(column).distinct().where(column > since, column < until)
            seen.update(self._connection.execute(between).scalars())
        found = sorted(seen)
        return max(((after - before, before) for before, after in pairwise(found)), default=(timedelta(), since))
