"""Floors: one versioned document each, with an optimistic lock. And the pictures under them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, delete, insert, select, update

from zonemap.errors import Conflict, NotFound
from zonemap.model.floor_document import floor_document, floor_from
from zonemap.model.plan import Floor, FloorVersion
from zonemap.storage import tables
from zonemap.storage.examine import sum_of

VERSIONS_KEPT = 200  # of each floor; a designation holds its own copy

_floor, _version = tables.floor, tables.floor_version


def newest_versions() -> Select[Any]:
    """The newest version of every floor."""
    newest = and_(_version.c.floor_id == _floor.c.id, _version.c.version == _floor.c.version)
    return select(_version).join(_floor, newest)


def floor_version_from(row: RowMapping) -> FloorVersion:
    """One row of that."""
    return FloorVersion(floor_from(row["document"]), row["version"], row["saved_at"], row["saved_by"])


class Floors:
    """The floors as they are drawn now."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, floor: Floor, *, saved_at: datetime, saved_by: str) -> FloorVersion:
        """Keep a new floor as version 1."""
        row = {"id": floor.id, "facility_id": floor.facility_id, "name": floor.name, "level": floor.level}
        self._connection.execute(insert(_floor).values(row | {"version": 1}))
        return self._write(FloorVersion(floor, 1, saved_at, saved_by))

    def find(self, floor_id: str) -> FloorVersion | None:
        """The newest version, or None."""
        row = self._connection.execute(newest_versions().where(_floor.c.id == floor_id)).mappings().one_or_none()
        return None if row is None else floor_version_from(row)

    def get(self, floor_id: str) -> FloorVersion:
        """The newest version. Raises NotFound."""
        found = self.find(floor_id)
        if found is None:
            raise NotFound("There is no such floor.")
        return found

    def facility_of(self, floor_id: str) -> str | None:
        """The id of the facility that a floor is of, or None."""
        query = select(_floor.c.facility_id).where(_floor.c.id == floor_id)
        return self._connection.execute(query).scalar_one_or_none()

    def list(self, facility_id: str) -> list[FloorVersion]:
        """The newest version of each floor of a facility, from the lowest level up, then by name."""
        query = newest_versions().where(_floor.c.facility_id == facility_id)
        query = query.order_by(_floor.c.level, _floor.c.name, _floor.c.id)
        return [floor_version_from(row) for row in self._connection.execute(query).mappings()]

    def names(self, facility_id: str) -> tuple[tuple[str, str], ...]:
        """The id and name of each floor, in the same order: for whoever needs no drawing."""
        query = select(_floor.c.id, _floor.c.name).where(_floor.c.facility_id == facility_id)
        query = query.order_by(_floor.c.level, _floor.c.name, _floor.c.id)
        return tuple((row.id, row.name) for row in self._connection.execute(query))

    def version(self, floor_id: str, number: int) -> FloorVersion:
        """An earlier version of a floor. Raises NotFound where there is none, or it is no longer kept."""
        here = and_(_version.c.floor_id == floor_id, _version.c.version == number)
        row = self._connection.execute(select(_version).where(here)).mappings().one_or_none()
        if row is None:
            raise NotFound("That version of the floor is no longer kept.")
        return floor_version_from(row)

    def save(self, floor: Floor, base_version: int, *, saved_at: datetime, saved_by: str) -> FloorVersion:
        """Keep the next version of a floor.

        Raises Conflict, with ``current`` (a FloorVersion) and ``base_version``, when somebody saved after
        ``base_version``; NotFound when there is no such floor.
        """
        # One statement compares and moves the version, so of two writers at once exactly one succeeds.
        change = (
            update(_floor)
            .where(_floor.c.id == floor.id, _floor.c.version == base_version)
            .values(version=base_version + 1, name=floor.name, level=floor.level)
        )
        if self._connection.execute(change).rowcount == 0:
            current = self.get(floor.id)
            raise Conflict(
                f"{current.saved_by} saved this floor in the meantime. Nothing is lost: compare, then save again.",
                current=current,
                base_version=base_version,
            )
        return self._write(FloorVersion(floor, base_version + 1, saved_at, saved_by))

    def remove(self, floor_id: str) -> None:
        """Remove a floor that was never designated, with all its versions and their pictures. Raises NotFound."""
        query = select(_version.c.document).where(_version.c.floor_id == floor_id)
        pictures = [document["picture"] for document in self._connection.execute(query).scalars()]
        if self._connection.execute(delete(_floor).where(_floor.c.id == floor_id)).rowcount == 0:
            raise NotFound("There is no such floor.")
        ids = {picture["id"] for picture in pictures if picture is not None}
        self._connection.execute(delete(tables.picture).where(tables.picture.c.id.in_(ids)))

    def _write(self, saved: FloorVersion) -> FloorVersion:
        floor_id = saved.floor.id
        row = {"floor_id": floor_id, "version": saved.version, "saved_at": saved.saved_at, "saved_by": saved.saved_by}
        document = floor_document(saved.floor)
        self._connection.execute(insert(_version).values(row | {"document": document, "sha256": sum_of(document)}))
        old = and_(_version.c.floor_id == floor_id, _version.c.version <= saved.version - VERSIONS_KEPT)
        self._connection.execute(delete(_version).where(old))
        return saved


class Pictures:
    """Pictures of plans, re-encoded by ``intake``, whole and cut into tiles."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, picture_id: str, facility_id: str, png: bytes, tiles: Mapping[tuple[int, int, int], bytes]) -> None:
        """Keep a picture of a facility and its tiles by (z, x, y)."""
        self._connection.execute(insert(tables.picture).values(id=picture_id, png=png))
        self._connection.execute(insert(tables.picture_site).values(picture_id=picture_id, facility_id=facility_id))
        rows = [{"picture_id": picture_id, "z": z, "x": x, "y": y, "png": tile} for (z, x, y), tile in tiles.items()]
        if rows:
            self._connection.execute(insert(tables.tile), rows)

    def facility_of(self, picture_id: str) -> str | None:
        """The id of the facility that a picture is of, or None."""
        query = select(tables.picture_site.c.facility_id).where(tables.picture_site.c.picture_id == picture_id)
        return self._connection.execute(query).scalar_one_or_none()

    def png(self, picture_id: str) -> bytes:
        """The whole picture. Raises NotFound."""
        return self._bytes(select(tables.picture.c.png).where(tables.picture.c.id == picture_id))

    def tile(self, picture_id: str, z: int, x: int, y: int) -> bytes:
        """One tile. Raises NotFound."""
        tile = tables.tile.c
        here = and_(tile.picture_id == picture_id, tile.z == z, tile.x == x, tile.y == y)
        return self._bytes(select(tile.png).where(here))

    def _bytes(self, query: Select[Any]) -> bytes:
        found = self._connection.execute(query).scalar_one_or_none()
        if found is None:
            raise NotFound("There is no such picture.")
        return bytes(found)
