"""Doors: what is wrong with one, and where one goes when a person clicks on a wall."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import shapely

from zonemap.errors import Invalid
from zonemap.geometry.rings import grid_point
from zonemap.geometry.shapes import outlines_of, room_polygons, shape_of, shape_polygons
from zonemap.geometry.walls import Edge, Interval, merged, room_walls, stretches, strips
from zonemap.model.plan import Door, Floor, Point, Room

WIDTH_LEAST, WIDTH_MOST = 0.4, 8.0  # metres between the jambs: a hatch, a wide opening
WALL_MOST = 0.6  # metres from a door to the outline of either room: rooms may be drawn to the faces of a thick wall
CLICK_MOST = 1.5  # metres from a click to the wall it meant
_ROUNDING = 0.002  # metres: both jambs lie on the millimetre grid
_SHARED_MOST = 0.04  # metres between two rooms that are meant to share a wall
_STEP = 0.4  # metres between the points of a door that are looked at


@dataclass(frozen=True, slots=True)
class DoorPlace:
    """Where a door would stand: jambs in metres, and the rooms on either side; None is outdoors."""

    jambs: tuple[Point, Point]
    rooms: tuple[str, str | None]


def door_problem(floor: Floor, door: Door) -> str | None:
    """What is wrong with the door, as a sentence, or None: its width, its rooms, or that no wall of theirs holds it."""
    rooms = [room for room in floor.rooms if room.id in door.rooms]
    return next((problem for _, problem in _problems(rooms, [door])), None)


def door_problems(floor: Floor) -> tuple[tuple[Door, str], ...]:
    """Every door with something wrong, and the sentence that says what."""
    return tuple(_problems(floor.rooms, floor.doors))


def door_at(floor: Floor, point: Point, width: float = 0.9) -> DoorPlace:
    """The door a person means who clicks at ``point`` (metres): on the nearest wall, ``width`` wide if it fits.

    It connects the room clicked in (or the nearer one) with what lies on the far side of that wall within 0.6 m, or
    with outdoors. Between two wall faces it stands in the middle. Raises Invalid where no wall is near, or where the
    stretch of wall between the two rooms is too short.
    """
    if not WIDTH_LEAST <= width <= WIDTH_MOST:
        raise Invalid(f"A door is {WIDTH_LEAST} m to {WIDTH_MOST:.0f} m wide. This one would be {width:.2f} m.")
    shapes = room_polygons(floor.rooms)
    here, edge = _nearest_wall(floor, shapes, point)
    there, stretch = _far_side(shapes, here, edge, edge.along(point))
    first, second = _fitted(stretch, edge.along(point), width)
    out = 0.0 if there is None else _gap(edge, shapes[there], stretch) / 2
    jambs = grid_point(*edge.point(first, out)), grid_point(*edge.point(second, out))
    return DoorPlace(jambs, (floor.rooms[here].id, None if there is None else floor.rooms[there].id))


def middle(door: Door) -> Point:
    """The point between the jambs."""
    (ax, ay), (bx, by) = door.jambs
    return (ax + bx) / 2, (ay + by) / 2


def width(door: Door) -> float:
    """Metres between the jambs."""
    (ax, ay), (bx, by) = door.jambs
    return math.hypot(bx - ax, by - ay)


def wall_depths(floor: Floor) -> tuple[float, ...]:
    """For each door, metres of wall that it goes through: 0 on a shared edge, else the gap between its two rooms."""
    rooms = dict(zip((room.id for room in floor.rooms), outlines_of(floor.rooms), strict=True))
    middles = shapely.points([middle(door) for door in floor.doors]) if floor.doors else []
    depths = [0.0] * len(floor.doors)
    for side in (0, 1):
        outlines = [rooms.get(door.rooms[side] or "") for door in floor.doors]
        for place, depth in enumerate(shapely.distance(outlines, middles).tolist() if outlines else []):
            depths[place] += depth if depth < WALL_MOST else 0.0  # nan where there is no room
    return tuple(depths)


def drawn_to_faces(floor: Floor, depths: Sequence[float] | None = None) -> bool:
    """Whether rooms are drawn to the faces of their walls (most doors go through a gap) or to their centre lines.

    ``depths`` are the ``wall_depths`` of the floor, where somebody has them already.
    """
    found = wall_depths(floor) if depths is None else depths
    depths = [depth for door, depth in zip(floor.doors, found, strict=True) if door.rooms[1] is not None]
    return bool(depths) and median(depths) > _SHARED_MOST


def way_out(room: Room, door: Door) -> Point:
    """The unit vector at the door that points out of the room, straight through the wall."""
    x, y = middle(door)
    (ax, ay), (bx, by) = door.jambs
    wide = math.hypot(bx - ax, by - ay) or 1.0
    out = (by - ay) / wide, (ax - bx) / wide
    ahead = shapely.Point(x + out[0] * WALL_MOST, y + out[1] * WALL_MOST)
    return (-out[0], -out[1]) if shapely.intersects(_polygon(room), ahead) else out


def _problems(listed: Sequence[Room], doors: Sequence[Door]) -> Iterator[tuple[Door, str]]:
    rooms = {room.id: room for room in listed}
    own = [_width_problem(door) or _rooms_problem(rooms, door) for door in doors]
    placed = [door for door, problem in zip(doors, own, strict=True) if problem is None]
    beside = _beside_walls(listed, placed)
    for door, problem in zip(doors, own, strict=True):
        found = problem or beside.get(door.id)
        if found is not None:
            yield door, found


def _width_problem(door: Door) -> str | None:
    wide = width(door)
    if WIDTH_LEAST - _ROUNDING <= wide <= WIDTH_MOST + _ROUNDING:
        return None
    if not math.isfinite(wide):
        return "A jamb of this door is not a number. Place the door again."
    return f"This door is {wide:.2f} m wide; doors are {WIDTH_LEAST} m to {WIDTH_MOST:.0f} m. Move one of its jambs."


def _rooms_problem(rooms: Mapping[str, Room], door: Door) -> str | None:
    here, there = door.rooms
    if here == there:
        return "This door leads from a room into itself. Place it on a wall between two rooms."
    if here not in rooms or (there is not None and there not in rooms):
        return "A room of this door is no longer there. Place the door again, or remove it."
    return None


def _beside_walls(listed: Sequence[Room], doors: Sequence[Door]) -> dict[str, str]:
    """For each door that no wall of one of its rooms holds, by id, the sentence. Measured for all doors in one go."""
    outlines = dict(zip((room.id for room in listed), outlines_of(listed), strict=True)) if doors else {}
    sides = [(door, room_id, point) for door in doors for room_id in door.rooms if room_id for point in _along(door)]
    points = shapely.points([point for _, _, point in sides]) if sides else []
    away = shapely.distance([outlines[room_id] for _, room_id, _ in sides], points) if sides else []
    labels = {room.id: room.label for room in listed}
    found: dict[str, str] = {}
    for (door, room_id, _), distance in zip(sides, away, strict=True):
        if distance > WALL_MOST + _ROUNDING:
            found.setdefault(
                door.id, f"This door does not lie on a wall of {labels[room_id]}. Move it there, or remove it."
            )
    return found


def _polygon(room: Room) -> shapely.Polygon:
    return shape_polygons([shape_of(room)])[0]


def _along(door: Door) -> Iterator[Point]:
    """Points from jamb to jamb, at most 40 cm apart."""
    (ax, ay), (bx, by) = door.jambs
    steps = max(1, math.ceil(width(door) / _STEP))
    for step in range(steps + 1):
        part = step / steps
        yield ax + (bx - ax) * part, ay + (by - ay) * part


def _nearest_wall(floor: Floor, shapes: list[shapely.Polygon], point: Point) -> tuple[int, Edge]:
    """The room whose outline is nearest, that which holds the point first, and the wall of it that is meant."""
    if not shapes:
        raise Invalid("There are no rooms yet. Draw the rooms first, then their doors.")
    click = shapely.Point(point)
    tree = shapely.STRtree(shapely.boundary(shapes))
    near = tree.query(click, predicate="dwithin", distance=CLICK_MOST).tolist()
    if not near:
        raise Invalid("There is no wall here. Click on the wall that the door is in.")
    closest = min(_distance(shapes[room], click) for room in near)
    level = [room for room in sorted(near) if _distance(shapes[room], click) <= closest + WALL_MOST]
    held = [room for room in level if shapely.intersects(shapes[room], click)]
    here = min(held or level, key=lambda room: _distance(shapes[room], click))
    return here, min(room_walls(floor.rooms[here]), key=lambda edge: _from_edge(edge, point))


def _distance(shape: shapely.Polygon, click: shapely.Point) -> float:
    return float(shapely.distance(shape.boundary, click))


def _from_edge(edge: Edge, point: Point) -> float:
    foot = edge.point(min(max(edge.along(point), 0.0), edge.length))
    return math.dist(foot, point)


def _far_side(shapes: list[shapely.Polygon], here: int, edge: Edge, along: float) -> tuple[int | None, Interval]:
    """The room across the wall at ``along``, or None for outdoors, and the stretch of wall that the two share."""
    (strip,) = strips([edge], WALL_MOST)
    across: list[tuple[float, int, Interval]] = []
    for room in sorted(shapely.STRtree(shapes).query(strip, predicate="intersects").tolist()):
        if room != here:
            (shared,) = stretches([edge], [shapely.intersection(shapes[room], strip)])
            across += [(_gap(edge, shapes[room], stretch), room, stretch) for stretch in shared]
    place = min(max(along, 0.0), edge.length)
    meant = [found for found in across if found[2][0] - 1e-6 <= place <= found[2][1] + 1e-6]
    if meant:
        _, room, stretch = min(meant)
        return room, stretch
    return None, _free(edge, [stretch for _, _, stretch in across], place)


def _gap(edge: Edge, shape: shapely.Polygon, stretch: Interval) -> float:
    """How thick the wall is between the edge and the shape opposite, in metres."""
    middle_along = (stretch[0] + stretch[1]) / 2
    ray = shapely.LineString([edge.point(middle_along), edge.point(middle_along, WALL_MOST)])
    hit = shapely.get_coordinates(shapely.intersection(ray, shape)).tolist()
    return max(0.0, min((edge.out(corner) for corner in hit), default=0.0))


def _free(edge: Edge, taken: list[Interval], place: float) -> Interval:
    """The stretch of the edge about ``place`` that has no room opposite."""
    low, high = 0.0, edge.length
    for start, end in merged(taken):
        if end <= place:
            low = max(low, end)
        elif start >= place:
            high = min(high, start)
    return low, high


def _fitted(stretch: Interval, along: float, wanted: float) -> Interval:
    """Both jambs along the edge: ``wanted`` apart, less where the stretch is shorter; as near the click as can be."""
    low, high = stretch
    if high - low < WIDTH_LEAST:
        raise Invalid(f"The wall is only {high - low:.2f} m long here, too short for a door. Click on a longer wall.")
    wide = min(wanted, high - low)
    start = min(max(along - wide / 2, low), high - wide)
    return start, start + wide
