"""A facility as an archive of IMDF 1.0.0 (OGC 20-094): levels, units and openings in longitude and latitude.

What IMDF has no word for travels as facts in an extension that the manifest declares; other programs pass it over.
"""

from __future__ import annotations

import json
import math
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from zonemap import __version__
from zonemap.geometry.rings import area
from zonemap.model.draft import Anchor
from zonemap.model.exchange import (
    EXTENSION,
    FACTS,
    door_facts,
    facility_facts,
    floor_facts,
    ring_closed,
    rings_of,
    room_facts,
)
from zonemap.model.facility import Facility, SiteKind
from zonemap.model.plan import Door, DoorControl, DoorKind, Floor, FloorVersion, Point, Ring, Room
from zonemap.model.zone import ZoneClass
from zonemap.rules.room_words import meaning

Feature = dict[str, Any]
_DECIMALS = 11  # of a degree: a micrometre, so that millimetres come back as they were
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the time of every file: the same floors give the same bytes
_EQUATOR_DEGREE, _MERIDIAN = 111_319.49079327358, 0.99832  # metres of a degree, as intake/models/globe.py has them
_IDS = uuid.UUID("6f0c7a52-6f9b-5c0e-9d3c-0f9a5b1f4e77")
_MARGIN = 1.0  # metres around the rooms: the footprint holds them all
_NO_SHEET = (10.0, 10.0)  # metres: a level without rooms and without a sheet

_VENUES = {SiteKind.HOSPITAL: "healthcarefacility", SiteKind.CLINIC: "healthcarefacility"}
_OTHER_VENUE = "communitycenter"
_RESTRICTIONS = {
    ZoneClass.PRIVATE: "employeesonly",
    ZoneClass.RECORDS: "employeesonly",
    ZoneClass.RESIDENTIAL: "restricted",
    ZoneClass.OUTDOOR_PRIVATE: "restricted",
}
_UNITS = {
    "waiting_room": "waitingroom",
    "lobby": "lobby",
    "entrance": "lobby",
    "corridor": "walkway",
    "toilet": "restroom",
    "public_toilet": "restroom",
    "stairs": "stairs",
    "elevator": "elevator",
}
_CONTROLS = {DoorControl.LOCK: ["keyaccess"], DoorControl.STAFF: ["guard"]}


def archive(facility: Facility, states: Sequence[FloorVersion], at: tuple[float, float] | None = None) -> bytes:
    """The archive. ``at``: longitude and latitude of the plans' lower left corner; (0, 0) where nobody knows it."""
    globe = _Globe(anchor_at(*(at or (0.0, 0.0))))
    floors = [saved.floor for saved in states]
    created = max((saved.saved_at for saved in states), default=datetime(2000, 1, 1, tzinfo=UTC))
    venue = _Venue(facility, floors, globe)
    files = {
        "manifest.json": {
            "version": "1.0.0",
            "created": created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "generated_by": f"zonemap {__version__}",
            "language": "en",
            "extensions": [EXTENSION],
        },
        **{f"{name}.geojson": {"type": "FeatureCollection", "features": list(found)} for name, found in venue.files()},
    }
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        for name, values in files.items():
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            packed.writestr(entry, json.dumps(values, ensure_ascii=False).encode())
    return out.getvalue()


def anchor_at(longitude: float, latitude: float) -> Anchor:
    """The flat grid of metres around a place on the globe."""
    across = _EQUATOR_DEGREE * math.cos(math.radians(latitude))
    return Anchor(longitude, latitude, (across, _EQUATOR_DEGREE * _MERIDIAN))


class _Globe:
    """Metres of the sheet as longitude and latitude."""

    def __init__(self, anchor: Anchor) -> None:
        self.anchor = anchor

    def point(self, point: Point) -> list[float]:
        across, up = self.anchor.metres_per_degree
        return [
            round(self.anchor.longitude + point[0] / across, _DECIMALS),
            round(self.anchor.latitude + point[1] / up, _DECIMALS),
        ]

    def polygon(self, rings: Iterable[Ring]) -> Feature:
        return {"type": "Polygon", "coordinates": [[self.point(p) for p in ring_closed(ring)] for ring in rings]}  # type: ignore[arg-type]

    def middle(self, point: Point) -> Feature:
        return {"type": "Point", "coordinates": self.point(point)}


class _Venue:
    """The features of one facility, file by file."""

    def __init__(self, facility: Facility, floors: Sequence[Floor], globe: _Globe) -> None:
        self._facility = facility
        self._floors = floors
        self._globe = globe
        self._address = _id(facility.id, "address")
        self._building = _id(facility.id, "building")
        boxes = [_box(floor) for floor in floors] or [(0.0, 0.0, *_NO_SHEET)]
        lows, highs = [box[:2] for box in boxes], [box[2:] for box in boxes]
        self._outline = _rectangle(
            (min(x for x, _ in lows), min(y for _, y in lows), max(x for x, _ in highs), max(y for _, y in highs))
        )

    def files(self) -> Iterator[tuple[str, Iterable[Feature]]]:
        yield "address", [self._address_feature()]
        yield "venue", [self._venue_feature()]
        yield "building", [self._building_feature()]
        yield "footprint", [self._footprint_feature()]
        yield "level", map(self._level, self._floors)
        yield "unit", (self._unit(floor, room) for floor in self._floors for room in floor.rooms)
        yield "opening", (self._opening(floor, door) for floor in self._floors for door in floor.doors)

    def _address_feature(self) -> Feature:
        facility = self._facility
        postal, _, more = facility.postcode.partition("-")
        properties = {
            "address": facility.street,
            "unit": facility.suite or None,
            "locality": facility.city,
            "province": f"US-{facility.state}",
            "country": "US",
            "postal_code": postal or None,
            "postal_code_ext": more or None,
            "postal_code_vanity": None,
        }
        return _feature("address", self._address, properties, None)

    def _venue_feature(self) -> Feature:
        properties = {
            "category": _VENUES.get(self._facility.site_kind, _OTHER_VENUE),
            "restriction": None,
            "name": _label(self._facility.name),
            "alt_name": None,
            "hours": None,
            "website": None,
            "phone": None,
            "display_point": self._globe.middle(_middle(self._outline)),
            "address_id": self._address,
            FACTS: facility_facts(self._facility),
        }
        return _feature("venue", _id(self._facility.id, "venue"), properties, self._globe.polygon([self._outline]))

    def _building_feature(self) -> Feature:
        properties = {
            "name": _label(self._facility.name),
            "alt_name": None,
            "category": "unspecified",
            "restriction": None,
            "display_point": None,
            "address_id": self._address,
        }
        return _feature("building", self._building, properties, None)

    def _footprint_feature(self) -> Feature:
        properties = {"category": "ground", "name": None, "building_ids": [self._building]}
        return _feature(
            "footprint", _id(self._facility.id, "footprint"), properties, self._globe.polygon([self._outline])
        )

    def _level(self, floor: Floor) -> Feature:
        anchor = self._globe.anchor
        grid = {"origin": [anchor.longitude, anchor.latitude], "metres_per_degree": list(anchor.metres_per_degree)}
        properties = {
            "category": "unspecified",
            "restriction": None,
            "outdoor": False,
            "ordinal": floor.level,
            "name": _label(floor.name),
            "short_name": _label(floor.name),
            "display_point": None,
            "address_id": None,
            "building_ids": [self._building],
            FACTS: floor_facts(floor) | grid,
        }
        return _feature("level", _id(floor.id), properties, self._globe.polygon([_rectangle(_box(floor))]))

    def _unit(self, floor: Floor, room: Room) -> Feature:
        properties = {
            "category": _category(room),
            "restriction": _RESTRICTIONS.get(room.zone_class),
            "accessibility": None,
            "name": _label(room.name or room.number),
            "alt_name": _label(room.number),
            "level_id": _id(floor.id),
            "display_point": None,
            FACTS: room_facts(room),
        }
        return _feature("unit", _id(floor.id, room.id), properties, self._globe.polygon(rings_of(room)))

    def _opening(self, floor: Floor, door: Door) -> Feature:
        kind = "open" if door.kind is DoorKind.OPENING else "unspecified"
        properties = {
            "category": "pedestrian",
            "accessibility": None,
            "access_control": _CONTROLS.get(door.control),
            "door": {"type": kind, "automatic": False, "material": None},
            "name": _label(door.number),
            "alt_name": None,
            "level_id": _id(floor.id),
            "display_point": None,
            FACTS: door_facts(door),
        }
        line = {"type": "LineString", "coordinates": [self._globe.point(jamb) for jamb in door.jambs]}
        return _feature("opening", _id(floor.id, door.id), properties, line)


def _feature(feature_type: str, id_: str, properties: Feature, geometry: Feature | None) -> Feature:
    return {
        "id": id_,
        "type": "Feature",
        "feature_type": feature_type,
        "geometry": geometry,
        "properties": properties,
    }


def _id(*parts: str) -> str:
    """An id as IMDF wants it, always the same for the same room."""
    return str(uuid.uuid5(_IDS, "/".join(parts)))


def _label(text: str) -> dict[str, str] | None:
    return {"en": text} if text else None


def _category(room: Room) -> str:
    """Closed rooms are "nonpublic", undecided ones "unspecified"; a public one is what its name says, else a room."""
    if room.zone_class.is_closed:
        return "nonpublic"
    if room.zone_class is ZoneClass.UNDECIDED:
        return "unspecified"
    head = meaning(room.name).head
    return _UNITS.get(head.id, "room") if head else "room"


# --- outlines --------------------------------------------------------------------------------------------------------

Box = tuple[float, float, float, float]


def _box(floor: Floor) -> Box:
    """The box around a floor's rooms, a metre wider; around its sheet where no room is drawn."""
    rings = [room.ring for room in floor.rooms if area(room.ring)]
    if rings:
        xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
        return min(xs) - _MARGIN, min(ys) - _MARGIN, max(xs) + _MARGIN, max(ys) + _MARGIN
    if floor.picture is None or floor.scale is None:
        return (0.0, 0.0, *_NO_SHEET)
    metres = floor.scale.metres_per_pixel
    return 0.0, 0.0, floor.picture.width_px * metres, floor.picture.height_px * metres


def _rectangle(box: Box) -> Ring:
    left, low, right, top = box
    return ((left, low), (right, low), (right, top), (left, top))


def _middle(ring: Ring) -> Point:
    (left, low), _, (right, top), _ = ring
    return (left + right) / 2, (low + top) / 2
