"""A building model as GeoJSON, floor by floor, for other programs and for checks; and an export as a new facility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from zonemap.errors import Invalid
from zonemap.geometry.rings import area, turning
from zonemap.intake.guard import LIMITS, read
from zonemap.intake.model_guard import MODEL_LIMITS, read_list, read_model
from zonemap.intake.room_list import join, told
from zonemap.intake.sheet import Floors
from zonemap.model.draft import Anchor, DraftDoor, DraftFloor, DraftRoom
from zonemap.model.facility import Facility
from zonemap.model.listed import ListedRoom
from zonemap.model.plan import Ring
from zonemap.model.zone import ZoneClass
from zonemap.storage.store import Store
from zonemap.work.export import COORDINATE_SYSTEM
from zonemap.work.facilities import checked
from zonemap.work.files import bytes_of, slug, write_json
from zonemap.work.model_floors import NewId, drawn_floors

_BY = "Import"
_NOT_OURS = (
    "This file was not written by zonemap export, so nobody knows which facility it is of. Upload it on the page "
    "Plans of a facility, or give --out to turn it into GeoJSON."
)


def import_file(source: Path, out: Path, rooms: Path | None = None) -> tuple[list[Path], list[str]]:
    """Write the floors of a model as GeoJSON; the files written, and what a person should look at.

    ``out`` is one file for all floors, or a folder for a file each (``00-ground-floor.geojson``), when it is one or has
    no suffix. ``rooms`` is a list of rooms that gives them names, departments and functions. For the command line.
    Raises Invalid, TooLarge or Busy, saying what to do.
    """
    floors = read_model(bytes_of(source))
    remarks: list[str] = []
    if rooms is not None:
        floors, remarks = with_list(floors, read_list(bytes_of(rooms)))
    remarks += [f"{floor.name}: {warning}" for floor in floors for warning in floor.warnings]
    if out.is_dir() or not out.suffix:
        files = {out / _file_name(index, floor): floor_collection(floor) for index, floor in enumerate(floors)}
    else:
        files = {out: building_collection(floors)}
    for path, values in files.items():
        write_json(path, values, make_folder=True)
    return list(files), remarks


def import_facility(store: Store, source: Path, *, new_id: NewId, now: datetime) -> Facility:
    """Add the facility that a zonemap exported, with its floors as drafts: GeoJSON or IMDF. For the command line.

    All of it gets ids of its own. Raises Invalid, TooLarge or Busy, saying what to do.
    """
    found = read(bytes_of(source), limits=replace(LIMITS, upload_bytes=MODEL_LIMITS.upload_bytes))
    if not isinstance(found, Floors) or found.facility is None:
        raise Invalid(_NOT_OURS)
    facility = checked(replace(found.facility, id=new_id()))
    floors = drawn_floors(found, facility.id, new_id)
    with store.begin() as books:
        books.facilities.add(facility)
        for model, floor in zip(found.floors, floors, strict=True):
            if floor.picture is not None:
                books.pictures.add(floor.picture.id, facility.id, model.sheet.png, model.sheet.tiles)
            books.floors.add(floor, saved_at=now, saved_by=_BY)
    return facility


def with_list(floors: Sequence[DraftFloor], listed: Sequence[ListedRoom]) -> tuple[tuple[DraftFloor, ...], list[str]]:
    """The floors with what a list says of their rooms, and for each floor how well the list fits."""
    told_floors, remarks = [], []
    for floor in floors:
        joined = join(floor.rooms, listed, floor.name)
        rows = {match.room_id: match.listed for match in joined.matched}
        told_rooms = tuple(told(room, rows[room.id]) if room.id in rows else room for room in floor.rooms)
        told_floors.append(replace(floor, rooms=told_rooms))
        remarks.append(f"{floor.name}: {len(rows)} of {len(floor.rooms)} rooms are in the list.")
    return tuple(told_floors), remarks


def building_collection(floors: Sequence[DraftFloor]) -> dict[str, Any]:
    """All floors in one: ``floors`` has a FeatureCollection for each.

    ``features`` has them all together, each with its storey, which is what a map program shows and can filter.
    """
    each = [floor_collection(floor) for floor in floors]
    together = [
        {**feature, "properties": {**feature["properties"], "storey": floor["storey"], "level": floor["level"]}}
        for floor in each
        for feature in floor["features"]
    ]
    only = {key: each[0][key] for key in ("storey", "level")} if len(each) == 1 else {}
    return {**_metres(floors[0].anchor), **only, "floors": each, "features": together}


def floor_collection(floor: DraftFloor) -> dict[str, Any]:
    """A floor as a GeoJSON FeatureCollection in metres."""
    return {
        **_metres(floor.anchor),
        "storey": floor.name,
        "level": floor.level,
        "features": [*map(_room_feature, floor.rooms), *map(_door_feature, floor.doors)],
    }


def _metres(anchor: Anchor | None) -> dict[str, Any]:
    """What the coordinates are; for files with longitude and latitude also where on the globe (0, 0) lies."""
    units = {"type": "FeatureCollection", "coordinate_system": COORDINATE_SYSTEM, "units": "metre"}
    if anchor is None:
        return units
    place = [anchor.longitude, anchor.latitude]
    return {**units, "origin_lonlat": place, "metres_per_degree": list(anchor.metres_per_degree)}


def _room_feature(room: DraftRoom) -> dict[str, Any]:
    words = {
        "number": room.number,
        "name": room.name,
        "category": room.category,
        "department": room.department,
    }
    return {
        "type": "Feature",
        "properties": {
            "kind": "room",
            "id": room.id,
            **{key: value for key, value in words.items() if value},
            **({"other_names": list(room.other_names)} if room.other_names else {}),
            **({} if room.zone_class is ZoneClass.UNDECIDED else {"class": room.zone_class.value}),
            "area": round(area(room.ring) - sum(map(area, room.holes)), 3),
        },
        "geometry": {
            "type": "Polygon",
            "coordinates": [_closed(room.ring, left=True), *(_closed(hole, left=False) for hole in room.holes)],
        },
    }


def _door_feature(door: DraftDoor) -> dict[str, Any]:
    """A door with the rooms that it joins: one where the other side is outdoors."""
    return {
        "type": "Feature",
        "properties": {
            "kind": "door",
            "id": door.id,
            **({"mark": door.mark} if door.mark else {}),
            "door_kind": door.kind.value,
            "rooms": [room for room in door.rooms if room is not None],
        },
        "geometry": {"type": "LineString", "coordinates": [list(jamb) for jamb in door.jambs]},
    }


def _closed(ring: Ring, *, left: bool) -> list[list[float]]:
    """A GeoJSON ring: the outline counterclockwise, holes clockwise, the first place repeated (RFC 7946, 3.1.6)."""
    way = ring if (turning(ring) > 0) is left else ring[::-1]
    return [list(point) for point in (*way, way[0])]


def _file_name(index: int, floor: DraftFloor) -> str:
    name = slug(floor.name)
    return f"{index:02d}{'-' if name else ''}{name}.geojson"
