"""A facility as GeoJSON, for other programs and for checks: rooms and doors in metres, floor by floor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zonemap.geometry.rings import room_area, turning
from zonemap.model.facility import Designation, Facility
from zonemap.model.plan import Door, Floor, FloorVersion, Ring, Room
from zonemap.storage.store import Store
from zonemap.work.facilities import facility_named
from zonemap.work.files import write_json

COORDINATE_SYSTEM = "local metres, x right, y up (NOT longitude/latitude)"


def export_facility(store: Store, facility_ref: str, out: Path | None = None) -> dict[str, Any]:
    """The facility (by id or name) as JSON values, and as a file where ``out`` is given.

    One object: ``facility`` and ``floors``, for each floor a FeatureCollection of its newest saved draft, rooms as
    polygons and doors as lines, with foreign members that tell the units. Room and door ids are those of the editor;
    a room's place in a door's ``rooms`` list is null for outdoors. The same database gives the same bytes.
    For the command line, whose user owns the database. Raises NotFound, and Invalid where the file can't be written.
    """
    with store.read() as books:
        facility = facility_named(books, facility_ref)
        floors = [
            floor_collection(saved, books.designations.latest(saved.floor.id))
            for saved in books.floors.list(facility.id)
        ]
    values = {"facility": _facility_values(facility), "floors": floors}
    if out is not None:
        write_json(out, values, indent=1)
    return values


def floor_collection(saved: FloorVersion, designation: Designation | None = None) -> dict[str, Any]:
    """A floor as a GeoJSON FeatureCollection in the sheet's metres."""
    floor = saved.floor
    return {
        "type": "FeatureCollection",
        "coordinate_system": COORDINATE_SYSTEM,
        "units": "metre",
        "origin": "bottom left corner of the plan's picture",
        "floor": {"id": floor.id, "name": floor.name, "level": floor.level, "version": saved.version},
        "metres_per_pixel": None if floor.scale is None else floor.scale.metres_per_pixel,
        "designation": None if designation is None else _designation_values(designation, floor),
        "features": [*map(_room_feature, floor.rooms), *map(_door_feature, floor.doors)],
    }


def _facility_values(facility: Facility) -> dict[str, str]:
    return {
        "id": facility.id,
        "name": facility.name,
        "street": facility.street,
        "suite": facility.suite,
        "city": facility.city,
        "state": facility.state,
        "postcode": facility.postcode,
        "site_kind": facility.site_kind.value,
    }


def _designation_values(designation: Designation, floor: Floor) -> dict[str, Any]:
    """The newest revision, and whether the draft that is written out is still the same."""
    return {
        "number": designation.number,
        "designated_at": designation.designated_at.isoformat(),
        "designated_by": designation.designated_by,
        "draft_is_the_same": designation.floor == floor,
    }


def _room_feature(room: Room) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": room.id,
        "properties": {
            "kind": "room",
            "id": room.id,
            "number": room.number,
            "name": room.name,
            "class": room.zone_class.value,
            "area": round(room_area(room), 3),
        },
        "geometry": {
            "type": "Polygon",
            "coordinates": [_closed(room.ring), *(_closed(hole, inner=True) for hole in room.holes)],
        },
    }


def _door_feature(door: Door) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": door.id,
        "properties": {
            "kind": "door",
            "id": door.id,
            "number": door.number,
            "door_kind": door.kind.value,
            "rooms": list(door.rooms),
        },
        "geometry": {"type": "LineString", "coordinates": [list(jamb) for jamb in door.jambs]},
    }


def _closed(ring: Ring, *, inner: bool = False) -> list[list[float]]:
    """A GeoJSON ring: outer counterclockwise, inner clockwise, its first position repeated at the end (RFC 7946)."""
    way = ring if (turning(ring) > 0) is not inner else ring[::-1]
    return [list(point) for point in (*way, way[0])]
