"""A map in words: each room with its class and its doors, for whoever cannot see the picture. A table, tagged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from zonemap.drawing.audience import Audience, seen_by
from zonemap.geometry.shapes import room_at
from zonemap.geometry.thresholds import is_threshold
from zonemap.model.plan import Door, Floor, Room
from zonemap.model.sign import FloorSigns
from zonemap.model.zone import ZoneClass
from zonemap.printing.paper import Paper
from zonemap.printing.sheets import CLASS_NAMES, Sheet, count, designation_words, facility_words

_TITLES = {
    Audience.STAFF: "Staff map in words",
    Audience.PUBLIC: "Public map in words",
    Audience.RESPONDER: "Responder map in words",
}


def words_sheet(signs: FloorSigns, paper: Paper, audience: Audience) -> Sheet:
    """The sheet: as many pages as it takes."""
    floor, facility = seen_by(signs.floor, audience), signs.designation.facility
    title = f"{_TITLES[audience]}, {floor.name}"
    return {
        "kind": "map-words",
        "title": title,
        "width": paper.width_mm,
        "height": paper.height_mm,
        "margin": paper.margin_mm,
        "heading": title,
        "place": ", ".join(part for part in (facility.name, facility.address) if part),
        "summary": f"{summary(signs, audience)} This is not an evacuation plan.",
        "rooms": room_rows(signs, audience),
        "foot": [[designation_words(signs), facility_words(signs)]],
    }


def summary(signs: FloorSigns, audience: Audience) -> str:
    """The map in a few sentences."""
    floor = seen_by(signs.floor, audience)
    counts = {kind: sum(room.zone_class is kind for room in floor.rooms) for kind in CLASS_NAMES}
    kinds = ", ".join(count(number, f"{CLASS_NAMES[kind].lower()} room") for kind, number in counts.items() if number)
    waiting = _waiting(floor)
    return " ".join(part for part in (f"{floor.name} has {kinds}.", _exits(floor), waiting) if part)


def room_rows(signs: FloorSigns, audience: Audience) -> list[dict[str, str]]:
    """Each room of the map in the order in which one reads it: its name, its class, and where its doors lead."""
    floor = seen_by(signs.floor, audience)
    rooms = {room.id: room for room in floor.rooms}
    doors: dict[str, list[Door]] = defaultdict(list)
    for door in floor.doors:
        for room_id in {each for each in door.rooms if each}:
            doors[room_id].append(door)
    ordered = sorted(floor.rooms, key=lambda room: (-round(max(y for _, y in room.ring)), min(x for x, _ in room.ring)))
    public = audience is Audience.PUBLIC
    return [
        {
            "name": f"{room.label}, desk that helps you" if public and room.id in signs.desks else room.label,
            "class": f"{room.zone_class.letter} {CLASS_NAMES[room.zone_class]}",
            "doors": _ways((_leads(room, door, rooms, public=public) for door in doors[room.id]), public=public),
        }
        for room in ordered
    ]


def _ways(found: Iterable[str], *, public: bool) -> str:
    """Where the doors of a room lead, as one phrase. Doors of a public map have no numbers: two ways there are one."""
    if public:
        found = dict.fromkeys(found)
    words = "; ".join(found)
    return f"{words[0].upper()}{words[1:]}" if words else "No door drawn"


def _leads(room: Room, door: Door, rooms: Mapping[str, Room], *, public: bool) -> str:
    other = next((each for each in door.rooms if each != room.id), None)
    beyond = rooms.get(other or "")
    if beyond is None:
        return "way out" if public else f"Door {door.number} to the outdoors"
    if public:
        return f"to {beyond.label}"
    sign = ", with a sign" if is_threshold(room, beyond) else ""
    return f"Door {door.number} to {beyond.label}{sign}"


def _exits(floor: Floor) -> str:
    known = {room.id: room for room in floor.rooms if room.zone_class is ZoneClass.PUBLIC}
    exits = [known[door.rooms[0]].label for door in floor.doors if door.rooms[1] is None and door.rooms[0] in known]
    return f"Ways out for the public: {', '.join(dict.fromkeys(exits))}." if exits else ""


def _waiting(floor: Floor) -> str:
    if floor.waiting_spot is None:
        return ""
    found = room_at(floor, floor.waiting_spot)
    return f"Officers are asked to wait in {found.label}." if found else ""
