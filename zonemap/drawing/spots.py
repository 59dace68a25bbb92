"""Marks at places of a map: where officers wait, where the reader stands, and the desks that help the public.

The marks are drawn; the letter in each, and "You are here", are words: a screen's SVG holds them, a page sets them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from svgwrite.drawing import Drawing

from zonemap.drawing.boxes import Box
from zonemap.drawing.colours import EDGE, FOCUS
from zonemap.drawing.inks import Look, Measures, shape_ink
from zonemap.drawing.lettering import text_width
from zonemap.drawing.view import PAPER_MARGIN, WIDE_MARGIN, View, Window
from zonemap.geometry.doors import middle, way_out
from zonemap.geometry.labels import beside_label
from zonemap.model.plan import Door, Floor, Point

HERE = "You are here"
HERE_SIZE = 3.0  # of "You are here", in the drawing's units
_REACH = 2.4  # radii of the mark from the wall to its middle


@dataclass(frozen=True, slots=True)
class Extras:
    """What a map on paper may show beside the plan itself. Rooms and doors are named by their ids.

    ``turn`` is by how many degrees the plan is turned counterclockwise, so that the reader faces the top of the sheet.
    ``window`` is the part that is shown, in metres of the turned plan. ``here`` is the door that the reader faces.
    ``keyed`` rooms without a label get a number of the key. ``exits`` is the word that stands at public entrances
    instead of their number.
    """

    turn: float = 0.0
    window: Window | None = None
    here: str = ""
    desks: Collection[str] = ()
    exits: str = ""
    keyed: bool = False

    @property
    def margin(self) -> float:
        """Millimetres around the plan: the plates of entrances stand there."""
        return WIDE_MARGIN if self.exits else PAPER_MARGIN


class Marks:
    """The marks of one map, as drawn. A mark that the window does not show is left out."""

    def __init__(self, floor: Floor, view: View, measures: Measures, waiting: Point | None, extras: Extras) -> None:
        self.radius = measures.plate * 0.85
        pin = None if waiting is None else view.point(waiting)
        self.pin = pin if pin and view.holds(*pin) else None
        self.here = _here(floor, view, self.radius, extras.here)
        places = (view.point(beside_label(room)) for room in floor.rooms if room.id in extras.desks)
        self.desks = tuple(place for place in places if view.holds(*place))

    @property
    def boxes(self) -> Iterator[Box]:
        """What no label may cover."""
        for x, y in (*self.desks, *([self.pin] if self.pin else ())):
            yield x - self.radius, y - self.radius, x + self.radius, y + self.radius
        if self.here:
            x, y = self.here
            half = text_width(HERE, HERE_SIZE, bold=True) / 2
            yield x - half, y - self.radius, x + half, y + self.radius + 1.6 * HERE_SIZE


def draw_marks(drawing: Drawing, marks: Marks, look: Look) -> None:
    """The marks, topmost of the drawing."""
    radius = marks.radius
    for place in (*([marks.pin] if marks.pin else ()), *marks.desks):
        drawing.add(drawing.circle(_rounded(place), radius, **shape_ink(look, "pin", radius * 0.12)))
    if marks.pin and look is Look.SCREEN:
        x, y = marks.pin
        words = {"x": [round(x, 2)], "y": [round(y + radius * 0.46, 2)], "font_size": round(radius * 1.3, 2)}
        drawing.add(drawing.text("W", class_="pin-t", **words))
    if marks.here:
        drawing.add(drawing.path(d=_arrow(marks.here, radius), **_HERE_INK))


_HERE_INK = {"fill": FOCUS, "stroke": EDGE, "stroke_width": 0.5, "stroke_linejoin": "round"}


def facing(floor: Floor, door: Door) -> float:
    """By how many degrees a plan is turned counterclockwise so that who stands before the door looks to its top.

    One stands on the public side of a door; on the inside of one to the outdoors.
    """
    rooms = [room for room in map(floor.room, door.rooms) if room is not None]
    rooms.sort(key=lambda room: room.zone_class.is_closed)
    x, y = way_out(rooms[0], door)
    return round((90 - math.degrees(math.atan2(y, x))) % 360, 3)


def _here(floor: Floor, view: View, radius: float, door_id: str) -> Point | None:
    """Before the door, on the side from which one reads: below it, because the plan is turned so."""
    door = next((door for door in floor.doors if door.id == door_id), None)
    if door is None:
        return None
    x, y = view.point(middle(door))
    return (x, y + _REACH * radius) if view.holds(x, y) else None


def _arrow(place: Point, radius: float) -> str:
    """An arrowhead that points up, the way the reader looks."""
    x, y = place
    corners = ((x, y - radius), (x + 0.8 * radius, y + radius), (x, y + 0.5 * radius), (x - 0.8 * radius, y + radius))
    return "M" + "L".join(f"{corner_x:.2f} {corner_y:.2f}" for corner_x, corner_y in corners) + "Z"


def _rounded(place: Point) -> Point:
    return round(place[0], 2), round(place[1], 2)
