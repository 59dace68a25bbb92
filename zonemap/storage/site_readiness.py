"""How ready the sites were when they were counted, and which have to be counted again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, or_, select, union_all, update
from sqlalchemy.dialects import postgresql, sqlite

from zonemap.model.readiness import Counted, Item
from zonemap.storage.readiness_tables import site_change as _change
from zonemap.storage.readiness_tables import site_readiness as _counted
from zonemap.storage.tables import facility

_FIELDS = tuple(each.name for each in fields(Counted))
_ALL = ""  # the id in a note of a change that is one of every site


class SiteReadiness:
    """What was counted, and the notes of what has changed since."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def worst(self, sites: Collection[str] | None, *, first: int, most: int) -> list[Counted]:
        """A page of them, the site with most to do first: of all sites, or of some."""
        query = _of(select(_counted), sites).order_by(_counted.c.done, _counted.c.name, _counted.c.facility_id)
        rows = self._connection.execute(query.offset(first).limit(most)).mappings()
        return [
            Counted(**{name: row[name] for name in _FIELDS} | {"next_item": _item(row["next_item"])}) for row in rows
        ]

    def count(self, sites: Collection[str] | None) -> int:
        """How many were ever counted."""
        return int(self._connection.execute(_of(select(func.count()).select_from(_counted), sites)).scalar_one())

    def due(self, made_with: str, now: datetime, sites: Collection[str] | None = None, *, most: int) -> list[str]:
        """Up to so many that have to be counted: something has changed, the time has come, or we count otherwise."""
        changed = select(_change.c.facility_id).where(_change.c.facility_id != _ALL).distinct()
        turned = select(_counted.c.facility_id).where(_counted.c.turns_at <= now)
        otherwise = select(_counted.c.facility_id).where(
            or_(_counted.c.made_with < made_with, _counted.c.made_with > made_with)
        )
        found: dict[str, None] = {}
        for query, column in ((changed, _change.c.facility_id), (turned, _counted.c.facility_id),
                              (otherwise, _counted.c.facility_id)):  # fmt: skip
            if len(found) < most:
                here = query if sites is None else query.where(column.in_(sites))
                found |= dict.fromkeys(self._connection.execute(here.limit(most)).scalars())
        return list(found)[:most]

    def count_due(self, made_with: str, now: datetime, sites: Collection[str] | None = None) -> int:
        """How many have to be counted."""
        waiting = union_all(
            select(_change.c.facility_id).where(_change.c.facility_id != _ALL),
            select(_counted.c.facility_id).where(_counted.c.turns_at <= now),
            select(_counted.c.facility_id).where(_counted.c.made_with < made_with),
            select(_counted.c.facility_id).where(_counted.c.made_with > made_with),
        ).subquery()
        query = select(func.count(func.distinct(waiting.c.facility_id)))
        if sites is not None:
            query = query.where(waiting.c.facility_id.in_(sites))
        return int(self._connection.execute(query).scalar_one())

    def notes(self, sites: Collection[str]) -> Mapping[str, list[int]]:
        """The notes of changes of some sites: read before what has changed is read."""
        found: dict[str, list[int]] = defaultdict(list)
        for row in self._connection.execute(select(_change).where(_change.c.facility_id.in_(sites))):
            found[row.facility_id].append(row.id)
        return found

    def turns(self, sites: Collection[str]) -> Mapping[str, int]:
        """How often each was counted; read before what it is counted from."""
        query = select(_counted.c.facility_id, _counted.c.turn).where(_counted.c.facility_id.in_(sites))
        return {row.facility_id: row.turn for row in self._connection.execute(query)}

    def spread(self) -> bool:
        """Make of a change that is one of every site a note for each. Whether there was one."""
        notes = list(self._connection.execute(select(_change.c.id).where(_change.c.facility_id == _ALL)).scalars())
        if notes:
            self._connection.execute(insert(_change).from_select(["facility_id"], select(facility.c.id)))
            self._connection.execute(delete(_change).where(_change.c.id.in_(notes)))
        return bool(notes)

    def is_spread(self) -> bool:
        """Whether no change waits that is one of every site."""
        return (
            self._connection.execute(select(_change.c.id).where(_change.c.facility_id == _ALL).limit(1)).first() is None
        )

    def keep(self, counted: Counted, *, seen: int | None, notes: Iterable[int]) -> bool:
        """Keep what was counted, unless somebody has counted the site since ``seen``; then their notes stay, too."""
        values: dict[str, Any] = asdict(counted) | {"next_item": counted.next_item.value if counted.next_item else ""}
        if seen is None:
            dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
            add = dialect.insert(_counted).values(values | {"turn": 1}).on_conflict_do_nothing()
            first = self._connection.execute(add).rowcount == 1
        else:
            here = update(_counted).where(_counted.c.facility_id == counted.facility_id, _counted.c.turn == seen)
            first = self._connection.execute(here.values(values | {"turn": seen + 1})).rowcount == 1
        if first:
            self.drop(notes)
        return first

    def drop(self, notes: Iterable[int]) -> None:
        """Take notes away."""
        self._connection.execute(delete(_change).where(_change.c.id.in_(list(notes))))


def _item(text: str) -> Item | None:
    return Item(text) if text in tuple(Item) else None


def _of(query: Select[Any], sites: Collection[str] | None) -> Select[Any]:
    return query if sites is None else query.where(_counted.c.facility_id.in_(sites))
