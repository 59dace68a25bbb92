"""A facility as GeoJSON or IMDF: for other programs, for checks, and for another zonemap, which reads it all back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zonemap.errors import Invalid, NotFound
from zonemap.geometry.doors import width
from zonemap.geometry.rings import room_area
from zonemap.model.exchange import (
    FORMAT,
    door_facts,
    facility_facts,
    floor_facts,
    ring_closed,
    rings_of,
    room_facts,
)
from zonemap.model.facility import Designation, Facility
from zonemap.model.person import Actor
from zonemap.model.plan import Door, Floor, FloorVersion, Room
from zonemap.storage.store import Books, Store
from zonemap.work.export_imdf import archive
from zonemap.work.facilities import facility_named
from zonemap.work.files import slug, write_bytes, written_json
from zonemap.work.permissions import Permission, require, require_floor

FORMATS = {"geojson": "application/geo+json", "imdf": "application/zip"}

COORDINATE_SYSTEM = "local metres, x right, y up (NOT longitude/latitude)"


@dataclass(frozen=True, slots=True)
class Export:
    """A file that is written: its content, its name and its media type."""

    data: bytes
    name: str
    media_type: str


def export_facility(
    store: Store, facility_ref: str, out: Path, file_format: str = "geojson", at: tuple[float, float] | None = None
) -> None:
    """Write the newest saved draft of each floor of a facility (by id or name): the same database, the same bytes.

    ``at`` is the longitude and latitude of the plans' lower left corner, which only IMDF has. For the command line,
    whose user owns the database. Raises NotFound, and Invalid where the file can't be written.
    """
    with store.read() as books:
        facility = facility_named(books, facility_ref)
        made = _export(facility, _states(books, facility.id), file_format, at)
    write_bytes(out, made.data)


def facility_collection(store: Store, facility_ref: str) -> dict[str, Any]:
    """What ``export_facility`` writes as GeoJSON, as JSON values."""
    with store.read() as books:
        facility = facility_named(books, facility_ref)
        return collection(facility, _states(books, facility.id))


def export_drafts(store: Store, actor: Actor, facility_id: str, file_format: str) -> Export:
    """The same for the pages. Raises NotFound, Invalid."""
    require(actor, Permission.SEE_PLANS, at=facility_id)
    with store.read() as books:
        facility = books.facilities.get(facility_id)
        return _export(facility, _states(books, facility_id), file_format)


def export_revision(store: Store, actor: Actor, floor_id: str, number: int, file_format: str) -> Export:
    """One designated revision of a floor, with the facility as it was then. Raises NotFound, Invalid."""
    with store.read() as books:
        facility_id = require_floor(books, actor, Permission.SEE_PLANS, floor_id).floor.facility_id
        every = (each for each in books.designations.list(facility_id) if each.floor.id == floor_id)
        made = next((each for each in every if each.number == number), None)
    if made is None:
        raise NotFound("This floor has no designation of that number.")
    saved = FloorVersion(made.floor, made.version, made.designated_at, made.designated_by)
    return _export(made.facility, [(saved, made)], file_format)


State = tuple[FloorVersion, Designation | None]


def _states(books: Books, facility_id: str) -> list[State]:
    return [(saved, books.designations.latest(saved.floor.id)) for saved in books.floors.list(facility_id)]


def _export(
    facility: Facility, states: Sequence[State], file_format: str, at: tuple[float, float] | None = None
) -> Export:
    name = slug(facility.name) or "facility"
    if file_format == "imdf":
        return Export(archive(facility, [saved for saved, _ in states], at), f"{name}.imdf.zip", FORMATS["imdf"])
    if file_format == "geojson":
        return Export(written_json(collection(facility, states), 1), f"{name}.geojson", FORMATS["geojson"])
    raise Invalid(f"There is no format {file_format!r}. Choose geojson or imdf.")


def collection(facility: Facility, states: Sequence[State]) -> dict[str, Any]:
    """A facility and its floors as JSON values: ``facility``, and for each floor a FeatureCollection in ``floors``."""
    return {
        "format": FORMAT,
        "facility": facility_facts(facility),
        "floors": [floor_collection(saved, latest) for saved, latest in states],
    }


def floor_collection(saved: FloorVersion, designation: Designation | None = None) -> dict[str, Any]:
    """A floor as a GeoJSON FeatureCollection in the sheet's metres."""
    floor = saved.floor
    return {
        "type": "FeatureCollection",
        "coordinate_system": COORDINATE_SYSTEM,
        "units": "metre",
        "origin": "bottom left corner of the plan's picture",
        "floor": floor_facts(floor) | {"version": saved.version},
        "metres_per_pixel": None if floor.scale is None else floor.scale.metres_per_pixel,
        "designation": None if designation is None else _designation_values(designation, floor),
        "features": [*map(_room_feature, floor.rooms), *map(_door_feature, floor.doors)],
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
        "properties": {"kind": "room", **room_facts(room), "area": round(room_area(room), 3)},
        "geometry": {"type": "Polygon", "coordinates": [ring_closed(ring) for ring in rings_of(room)]},
    }


def _door_feature(door: Door) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": door.id,
        "properties": {"kind": "door", **door_facts(door), "width": round(width(door), 3)},
        "geometry": {"type": "LineString", "coordinates": [list(jamb) for jamb in door.jambs]},
    }
