"""Floors by chance: a rectangle cut into rooms, some left out, joined, ring-shaped or grown; the same for a number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from zonemap.model.hours import Spell
from zonemap.model.plan import Door, DoorControl, DoorKind, Floor, Point, Ring, Room, Scale
from zonemap.model.zone import ZoneClass

Box = tuple[float, float, float, float]  # least x, least y, most x, most y, metres

_NAMES = (
    "Exam room",
    "Waiting room",
    "Office",
    "Corridor",
    "Records",
    "Lobby",
    "",
    "Zimmer 4",
    "受付",
    "Men's",
    'A"<b>',
)
_SIDE_LEAST = 1.2  # metres: every room, and every room that is left out, holds somebody


@dataclass(frozen=True, slots=True)
class RandomFloor:
    """``area`` is that of the whole building in square metres, None where rooms lie on one another."""

    floor: Floor
    area: float | None


def random_floor(number: int, rooms_most: int = 24) -> RandomFloor:
    """The floor of that number: up to so many rooms, doors between any of them, also absurd ones."""
    chance = Random(number)  # noqa: S311 - the same floor each time
    wide, high = round(chance.uniform(6, 60), 3), round(chance.uniform(6, 40), 3)
    boxes = _cut(chance, (0.0, 0.0, wide, high), chance.randint(1, rooms_most))
    left = [box for box in boxes if _is_on_edge(box, wide, high) or chance.random() < 0.8]
    rooms = [_room(chance, f"r{place}", box) for place, box in enumerate(left)]
    rooms += _inner(chance, rooms)
    clean = chance.random() < 0.7
    if not clean:
        rooms = [_grown(chance, room) for room in rooms]
    doors = [_door(chance, str(place + 1), rooms) for place in range(chance.randint(0, 2 * len(rooms)))]
    spot = (round(wide / 2, 3), round(high / 2, 3)) if chance.random() < 0.5 else None
    floor = Floor(
        "f",
        "x",
        "Ground",
        chance.randint(-1, 2),
        None,
        Scale(0.02),
        tuple(rooms),
        tuple(doors),
        spot,
    )
    return RandomFloor(floor, wide * high if clean else None)


def _cut(chance: Random, box: Box, count: int) -> list[Box]:
    """The box cut again and again, by millimetres, until there are so many or none is long enough."""
    boxes = [box]
    while len(boxes) < count:
        long = [each for each in boxes if max(each[2] - each[0], each[3] - each[1]) >= 2 * _SIDE_LEAST]
        if not long:
            break
        chosen = chance.choice(long)
        boxes.remove(chosen)
        left, low, right, top = chosen
        if right - left > top - low:
            x = round(chance.uniform(left + _SIDE_LEAST, right - _SIDE_LEAST), 3)
            boxes += [(left, low, x, top), (x, low, right, top)]
        else:
            y = round(chance.uniform(low + _SIDE_LEAST, top - _SIDE_LEAST), 3)
            boxes += [(left, low, right, y), (left, y, right, top)]
    return boxes


def _is_on_edge(box: Box, wide: float, high: float) -> bool:
    return box[0] == 0 or box[1] == 0 or box[2] == wide or box[3] == high


def box_ring(box: Box) -> Ring:
    """The four corners of a box."""
    left, low, right, top = box
    return ((left, low), (right, low), (right, top), (left, top))


def _room(chance: Random, name: str, box: Box) -> Room:
    left, low, right, top = box
    roomy = right - left > 3 and top - low > 3
    inner = tuple(round(side, 3) for side in (left + 0.8, low + 0.8, right - 0.8, top - 0.8))
    hole = (box_ring(inner),) if roomy and chance.random() < 0.1 else ()  # type: ignore[arg-type]
    kind = chance.choice(list(ZoneClass))
    other = chance.choice([each for each in ZoneClass if each is not kind])
    return Room(
        name,
        box_ring(box),
        number=chance.choice(("", name.upper(), "101")),
        name=chance.choice(_NAMES),
        zone_class=kind,
        holes=hole,
        department=chance.choice(("", "", "Clinic")),
        category=chance.choice(("", "", "restroom", "13-51 11 00")),
        shaft=chance.choice(("", "", "", "Stair A")),
        hours=(_spell(chance, other),) if chance.random() < 0.1 else (),
    )


def _inner(chance: Random, rooms: list[Room]) -> list[Room]:
    """Rooms that fill some of the holes."""
    holed = [room for room in rooms if room.holes and chance.random() < 0.7]
    return [replace(room, id=f"{room.id}i", ring=room.holes[0], holes=(), hours=()) for room in holed]


def _grown(chance: Random, room: Room) -> Room:
    """The room as it is, moved, or with a corner pulled out over its neighbour."""
    shift = chance.choice((0.0, 0.0, 0.2, 1.0, -0.7))
    corner: Point = (round(room.ring[2][0] + shift, 3), room.ring[2][1])
    return replace(room, ring=(*room.ring[:2], corner, room.ring[3]), holes=())


def _door(chance: Random, number: str, rooms: list[Room]) -> Door:
    here, there = chance.choice(rooms), chance.choice([*rooms, None])
    (ax, ay), (bx, by) = here.ring[0], here.ring[chance.choice((1, 3))]
    part, wide = chance.random(), chance.choice((0.3, 0.9, 0.9, 1.8, 9.0))
    length = max(abs(bx - ax) + abs(by - ay), 0.001)
    along = ((bx - ax) / length, (by - ay) / length)
    first = (round(ax + (bx - ax) * part, 3), round(ay + (by - ay) * part, 3))
    second = (round(first[0] + along[0] * wide, 3), round(first[1] + along[1] * wide, 3))
    control = chance.choice(list(DoorControl))
    other = chance.choice([each for each in DoorControl if each is not control])
    return Door(
        f"d{number}",
        (first, second),
        (here.id, there.id if there else None),
        number,
        chance.choice(list(DoorKind)),
        control,
        (_spell(chance, other),) if chance.random() < 0.1 else (),
    )


def _spell(chance: Random, what: ZoneClass | DoorControl) -> Spell:
    days = tuple(sorted(chance.sample(range(7), chance.randint(1, 7))))
    return Spell(days, chance.randrange(0, 1440, 15), chance.randrange(0, 1440, 15), what)
