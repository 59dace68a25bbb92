"""Doors on a plan: the gap in the wall, the leaf, the mark of a public entrance, and the numbered plates of signs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from svgwrite.drawing import Drawing

from zonemap.drawing.boxes import Box, Boxes
from zonemap.drawing.inks import MEASURES, Look, Measures, shape_ink, stroke_ink
from zonemap.drawing.lettering import plain
from zonemap.drawing.view import View
from zonemap.geometry.doors import middle, way_out
from zonemap.geometry.thresholds import Entrance, entrances, is_threshold, thresholds
from zonemap.model.plan import Door, DoorKind, Floor, Point
from zonemap.model.zone import ZoneClass

OUTER_WALL = 0.28  # metres: how thick outer walls are drawn; plans of rooms don't say
_AIR = 0.3  # of a plate's height, between an outer wall and the plate of an entrance
_DIGIT = 0.46  # of the plate's height


class PlateKind(StrEnum):
    """Why a door carries a plate."""

    THRESHOLD = "threshold"  # public meets closed: a door sign
    ENTRANCE = "entrance"  # from outdoors into a public room: the notice to authorities
    STAFF_ENTRANCE = "staff_entrance"  # from outdoors into a closed room: a door sign


@dataclass(frozen=True, slots=True)
class Plate:
    """A door's numbered plate about the point x, y; on paper the page sets the number, white, in the middle."""

    door_id: str
    number: str
    kind: PlateKind
    x: float
    y: float
    width: float
    height: float

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        half_width, half_height = self.width / 2, self.height / 2
        return self.x - half_width, self.y - half_height, self.x + half_width, self.y + half_height


def outer_wall(view: View, measures: Measures) -> float:
    """How thick the outer walls are drawn of rooms that share their walls, in the drawing's units."""
    return max(2 * measures.wall, min(OUTER_WALL * view.unit, measures.outer))


def plates(floor: Floor, view: View, height: float, *, exits: str = "") -> tuple[Plate, ...]:
    """The plates of entrances, then of all thresholds, in walking order; a door without a number has none.

    An entrance's plate stands outside of its wall, a threshold's upon the boundary. One that would cover another
    slides along its wall. With ``exits`` that word stands at the public entrances instead of a number.
    """
    found, taken = [], Boxes()
    for door, kind, middles in _numbered(floor, view, height, exits):
        words = exits if kind is PlateKind.ENTRANCE and exits else plain(door.number)
        made = _free(door, kind, words, middles, height, taken)
        if view.shows(made.box):
            found.append(made)
            taken.add(made.box)
    return tuple(found)


def _free(door: Door, kind: PlateKind, words: str, middles: Iterable[Point], height: float, taken: Boxes) -> Plate:
    """The plate at the first place where it covers no other; at the very first place where there is none."""
    half_width, half_height = _plate_width(words, height) / 2, height / 2
    first: Point | None = None
    for x, y in middles:
        if not taken.meets((x - half_width, y - half_height, x + half_width, y + half_height)):
            return _plate(door, kind, words, (x, y), height)
        first = first or (x, y)
    assert first is not None  # noqa: S101 - there is always a first place
    return _plate(door, kind, words, first, height)


def draw_doors(
    drawing: Drawing,
    floor: Floor,
    view: View,
    look: Look,
    depths: Sequence[float],
    *,
    to_faces: bool,
    ways_in: bool = True,
) -> None:
    """A light bar through the wall at each door and opening; a leaf across it where it can be shut.

    ``ways_in``: with a mark that points into each public entrance. ``depths`` are the metres of wall at each door;
    ``to_faces`` says that rooms are drawn to the faces of their walls, so that outer walls lie outside of them.
    """
    measures = MEASURES[look]
    bars: dict[float, list[str]] = {}
    for wide, segment in _bars(floor, view, measures, depths, to_faces):
        bars.setdefault(wide, []).append(segment)
    for wide, segments in sorted(bars.items()):
        drawing.add(drawing.path(d="".join(segments), **stroke_ink(look, "leaf", wide)))
    leaves = [_segment(*view.points(door.jambs)) for door in floor.doors if door.kind is DoorKind.DOOR]
    if leaves:
        drawing.add(drawing.path(d="".join(leaves), **stroke_ink(look, "leaf-line", measures.leaf)))
    for mark in _entry_marks(floor, view, measures.entry) if ways_in else ():
        drawing.add(drawing.path(d=mark, **shape_ink(look, "entry", measures.leaf)))


def draw_plates(drawing: Drawing, found: Iterable[Plate], look: Look) -> None:
    """The plates; their numbers on a screen alone."""
    for plate in found:
        left, top, _, _ = plate.box
        corner, size = (round(left, 2), round(top, 2)), (plate.width, plate.height)
        rim = round(plate.height * 0.12, 2)
        drawing.add(drawing.rect(corner, size, rx=round(plate.height * 0.14, 2), **shape_ink(look, "door-sign", rim)))
        if look is Look.SCREEN:
            base = round(plate.y + plate.height * 0.27, 2)
            drawing.add(drawing.text(plate.number, x=[plate.x], y=[base], class_="door-no"))


def _numbered(floor: Floor, view: View, height: float, exits: str) -> Iterator[tuple[Door, PlateKind, Iterator[Point]]]:
    """Each door that carries a plate, and the places where the plate may stand, the best first."""
    for entrance in entrances(floor):
        kind = PlateKind.ENTRANCE if entrance.is_public else PlateKind.STAFF_ENTRANCE
        words = exits if exits and entrance.is_public else plain(entrance.door.number)
        if entrance.room.zone_class is not ZoneClass.UNDECIDED and words:
            yield entrance.door, kind, _beside(entrance.door, view, _outside(entrance, words, view, height), height)
    for each in thresholds(floor):
        if plain(each.door.number):
            yield each.door, PlateKind.THRESHOLD, _beside(each.door, view, view.point(middle(each.door)), height)


def _beside(door: Door, view: View, place: Point, height: float) -> Iterator[Point]:
    """The place, and places to both sides of it along the wall."""
    (ax, ay), (bx, by) = view.points(door.jambs)
    wide = math.dist((ax, ay), (bx, by)) or 1.0
    step_x, step_y = (bx - ax) / wide * height / 2, (by - ay) / wide * height / 2
    for steps in (0, 1, -1, 2, -2, 3, -3, 4, -4):
        yield place[0] + step_x * steps, place[1] + step_y * steps


def _outside(entrance: Entrance, words: str, view: View, height: float) -> Point:
    """Beyond the outer wall of an entrance, far enough for a plate to stand clear of it."""
    x, y = view.point(middle(entrance.door))
    out_x, out_y = way_out(entrance.room, entrance.door)
    half = (abs(out_x) * _plate_width(words, height) + abs(out_y) * height) / 2
    far = OUTER_WALL * view.unit + half + _AIR * height
    return x + out_x * far, y - out_y * far


def _plate_width(number: str, height: float) -> float:
    return height * (0.36 + _DIGIT * max(2, len(number)))


def _plate(door: Door, kind: PlateKind, words: str, place: Point, height: float) -> Plate:
    x, y, width = round(place[0], 2), round(place[1], 2), round(_plate_width(words, height), 2)
    return Plate(door.id, words, kind, x, y, width, height)


def _bars(
    floor: Floor, view: View, measures: Measures, depths: Sequence[float], to_faces: bool
) -> Iterator[tuple[float, str]]:
    """The width and path data of each door's bar: as deep as the wall, and as wide as the boundary where that runs."""
    rooms, outside = {room.id: room for room in floor.rooms}, outer_wall(view, measures)
    if to_faces:
        outside = OUTER_WALL * view.unit
    for door, depth in zip(floor.doors, depths, strict=True):
        jambs, wide = view.points(door.jambs), depth * view.unit + measures.bar / 2
        if door.rooms[1] is None and door.rooms[0] in rooms:
            wide = outside + measures.bar / 2
            jambs = _moved(jambs, way_out(rooms[door.rooms[0]], door), outside / 2 if to_faces else 0.0)
        elif is_threshold(rooms.get(door.rooms[0]), rooms.get(door.rooms[1] or "")):
            wide = max(wide, measures.edge_case * 0.8)
        yield round(max(wide, measures.bar), 2), _segment(*jambs)


def _moved(points: Iterable[Point], way: Point, far: float) -> tuple[Point, ...]:
    """Drawn points moved so far in a direction that is given with y up."""
    return tuple((x + way[0] * far, y - way[1] * far) for x, y in points)


def _entry_marks(floor: Floor, view: View, size: float) -> Iterator[str]:
    """A triangle inside each public entrance, pointing in."""
    for each in entrances(floor):
        if each.is_public:
            out_x, out_y = way_out(each.room, each.door)
            yield _triangle(view.point(middle(each.door)), (-out_x, out_y), size)


def _triangle(place: Point, way: Point, size: float) -> str:
    """Path data of a triangle just beyond ``place``, its tip in the direction of ``way``."""
    (x, y), (dx, dy), half = place, way, size / 2
    near, tip = size * 0.35, size * 1.1
    corners = (
        (x + dx * tip, y + dy * tip),
        (x + dx * near - dy * half, y + dy * near + dx * half),
        (x + dx * near + dy * half, y + dy * near - dx * half),
    )
    return "M" + "L".join(f"{corner_x:.2f} {corner_y:.2f}" for corner_x, corner_y in corners) + "Z"


def _segment(first: Point, second: Point) -> str:
    return f"M{first[0]:.2f} {first[1]:.2f}L{second[0]:.2f} {second[1]:.2f}" if math.dist(first, second) else ""
