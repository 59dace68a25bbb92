"""What is written into GeoJSON and IMDF so that another zonemap reads back exactly what was drawn.

Outlines and doors are the geometry of the file; everything else of a room, a door, a floor or the facility are *facts*,
JSON values under the names of ``docs/floor-format.md``. Other programs pass them over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.facility import Facility, SiteKind
from zonemap.model.floor_document import door_document, door_from, floor_document, room_document, room_from
from zonemap.model.plan import Door, Floor, Point, Ring, Room

FORMAT = "zonemap floors 1"
EXTENSION = "imdf:extension:zonemap:floors#1.0.0"
FACTS = "zonemap"  # the property of IMDF features that holds the facts

_OUTLINE, _JAMBS = ("ring", "holes"), "jambs"
_LISTS = ("rooms", "doors")


def signed_area(ring: Ring) -> float:
    """Positive where the ring runs counterclockwise."""
    pairs = zip(ring, (*ring[1:], *ring[:1]), strict=True)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs) / 2


def rings_of(room: Room) -> tuple[Ring, ...]:
    """The outline counterclockwise, the holes clockwise, as RFC 7946 asks; open."""
    back = turned(room)
    return tuple(ring[::-1] if place in back else ring for place, ring in enumerate((room.ring, *room.holes)))


def ring_closed(ring: Ring) -> list[list[float]]:
    """A ring as GeoJSON has it: its first position is repeated at the end."""
    return [list(point) for point in (*ring, ring[0])]


def turned(room: Room) -> tuple[int, ...]:
    """Which of the room's rings are written the other way round than they were drawn: 0 is the outline."""
    rings = (room.ring, *room.holes)
    return tuple(place for place, ring in enumerate(rings) if (signed_area(ring) > 0) is not (place == 0))


def room_facts(room: Room) -> dict[str, Any]:
    """Everything of a room but its outline."""
    facts = {name: value for name, value in room_document(room).items() if name not in _OUTLINE}
    back = turned(room)
    return facts | ({"turned": list(back)} if back else {})


def room_with(facts: Mapping[str, Any], rings: Sequence[Ring]) -> Room:
    """The room of these facts and rings, as ``rings_of`` gave them. Raises Invalid."""
    back = set(facts.get("turned", ()))
    drawn = [ring[::-1] if place in back else ring for place, ring in enumerate(rings)]
    return room_from({**facts, "ring": drawn[0], "holes": drawn[1:]})


def door_facts(door: Door) -> dict[str, Any]:
    """Everything of a door but where it stands; ``kind`` is called ``door_kind``, as features have a kind, too."""
    facts = door_document(door)
    del facts[_JAMBS]
    return facts | {"door_kind": facts.pop("kind")}


def door_with(facts: Mapping[str, Any], jambs: Sequence[Point]) -> Door:
    """The door of these facts between these jambs. Raises Invalid."""
    return door_from({**facts, "kind": facts.get("door_kind"), "jambs": jambs})


def floor_facts(floor: Floor) -> dict[str, Any]:
    """Everything of a floor but its rooms and doors: name, level, the sheet's size and scale, the waiting spot."""
    return {name: value for name, value in floor_document(floor).items() if name not in _LISTS}


def facility_facts(facility: Facility) -> dict[str, str]:
    """What a facility is called, where it is and of which kind."""
    return {**asdict(facility), "site_kind": facility.site_kind.value}


def facility_with(facts: Any) -> Facility:
    """The facility of these facts. Raises Invalid."""
    try:
        texts = {name: facts[name] for name in Facility.__slots__ if name not in ("site_kind", "time_zone")}
        texts["time_zone"] = facts.get("time_zone", "")
        if not all(isinstance(text, str) for text in texts.values()):
            raise TypeError("not a text")
        return Facility(site_kind=SiteKind(facts["site_kind"]), **texts)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Invalid("The file does not say which facility it is of.") from error
