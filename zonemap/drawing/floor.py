"""A floor drawn for one audience: on a screen, themed by ``plan.css`` and with its words; on paper, shapes alone.

The boundary between public and closed space is the thing drawn; rooms are its background. From below: yards, the
mass of the walls, rooms with their hatch, thin walls, the boundary, doors, their numbered plates, words, marks.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from svgwrite.container import Group
from svgwrite.drawing import Drawing

from zonemap.drawing.audience import Audience, seen_by
from zonemap.drawing.boxes import Box
from zonemap.drawing.colours import ZONES
from zonemap.drawing.doors import OUTER_WALL, Plate, draw_doors, draw_plates, outer_wall, plates
from zonemap.drawing.hatch import hatch_path, hatch_patterns, pattern_id
from zonemap.drawing.inks import MEASURES, Attributes, Look, Measures, hatch_ink, room_ink, stroke_ink
from zonemap.drawing.labels import LINE, NAME_SIZE, Label, labels
from zonemap.drawing.lettering import plain
from zonemap.drawing.spots import Extras, Marks, draw_marks
from zonemap.drawing.view import View, paper_view, screen_view, turned, turned_point, within
from zonemap.geometry.boundary import boundary
from zonemap.geometry.cover import outlines
from zonemap.geometry.doors import drawn_to_faces, wall_depths
from zonemap.geometry.rings import turning
from zonemap.geometry.shapes import Shape, shape_of
from zonemap.model.plan import Floor, Point, Ring, Room
from zonemap.model.zone import ZoneClass

__all__ = ["Audience", "Extras", "FloorDrawing", "Label", "Look", "Plate", "floor_drawing", "floor_svg"]

_WALLS = 0.2  # metres of walls on both sides that stand within the outline of a room that shares them
_ORDER = tuple(ZoneClass)
_PLAIN = Extras()


@dataclass(frozen=True, slots=True)
class FloorDrawing:
    """The drawing, and what else a page sets beside and upon it. Units are millimetres on paper, y down from the top.

    ``labels`` and ``plates`` are already drawn on a screen; on paper the page sets their words. ``unlabelled`` are the
    ids of rooms too small for a label. ``pin`` is the middle of the waiting spot's head, ``here`` that of the mark
    where the reader stands, ``desks`` those of the help desks; ``north`` is degrees clockwise from up, None where
    nobody has said.
    """

    svg: str
    width: float
    height: float
    denominator: float  # the drawing is 1:n where a unit is a millimetre
    labels: tuple[Label, ...]
    plates: tuple[Plate, ...]
    unlabelled: tuple[str, ...]
    pin: Point | None
    here: Point | None = None
    desks: tuple[Point, ...] = ()
    north: float | None = None


def floor_drawing(
    floor: Floor,
    *,
    look: Look,
    audience: Audience = Audience.STAFF,
    width_mm: float = 190.0,
    height_mm: float | None = None,
    title: str = "",
    chosen: Collection[str] = (),
    waiting: Point | None = None,
    with_labels: bool = True,
    prefix: str = "plan",
    extras: Extras = _PLAIN,
) -> FloorDrawing:
    """The floor as that audience sees it. Raises Invalid where it has no room to draw.

    On paper it fits the box of ``width_mm`` and ``height_mm`` at a round scale; on a screen the page gives the size.
    ``title`` is the picture's name for a screen reader. ``chosen`` rooms are framed. ``waiting`` is the waiting spot
    for officers, in metres. ``prefix`` begins the ids, so that two drawings can stand on one page.
    """
    seen = turned(seen_by(floor, audience), extras.turn)
    if look is Look.SCREEN:
        view = screen_view(seen)
    else:
        view = paper_view(seen, width_mm, height_mm, extras.window, extras.margin)
    seen = within(seen, extras.window) if extras.window else seen
    measures, depths = MEASURES[look], wall_depths(seen)
    to_faces = drawn_to_faces(seen, depths)
    found_plates = plates(seen, view, measures.plate, exits=extras.exits)
    marks = Marks(seen, view, measures, waiting and turned_point(waiting, extras.turn), extras)
    taken = [*(plate.box for plate in found_plates), *marks.boxes]
    walls = 0.0 if to_faces else _WALLS
    found = _labels(seen, view, measures, taken, walls, extras) if with_labels else ()
    pen = _Pen(_blank(view, look, title), seen, view, look, prefix)
    pen.draw(found, found_plates, chosen, marks, depths, to_faces=to_faces, ways_in=not extras.exits)
    labelled = {label.room_id for label in found}
    return FloorDrawing(
        svg=pen.drawing.tostring(),
        width=view.width,
        height=view.height,
        denominator=view.denominator,
        labels=found,
        plates=found_plates,
        unlabelled=tuple(room.id for room in seen.rooms if room.id not in labelled),
        pin=marks.pin,
        here=marks.here,
        desks=marks.desks,
        north=seen.north,
    )


def floor_svg(floor: Floor, *, look: Look = Look.SCREEN, audience: Audience = Audience.STAFF, title: str = "") -> str:
    """The floor's SVG alone: see ``floor_drawing``."""
    return floor_drawing(floor, look=look, audience=audience, title=title).svg


def _labels(
    floor: Floor, view: View, measures: Measures, taken: list[Box], walls: float, extras: Extras
) -> tuple[Label, ...]:
    return labels(floor.rooms, view, measures.label_sizes, taken, walls, keyed=extras.keyed, window=extras.window)


def path_data(rings: Collection[Ring], *, closed: bool = True) -> str:
    """SVG path data of outlines or lines."""
    end = "Z" if closed else ""
    return "".join("M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in ring) + end for ring in rings)


def _blank(view: View, look: Look, title: str) -> Drawing:
    size = (f"{view.width}mm", f"{view.height}mm") if look is Look.PAPER else (view.width, view.height)
    named: Attributes = {"role": "img", "aria_label": plain(title)} if title else {"aria_hidden": "true"}
    on_screen: Attributes = {"class_": "plan", **named} if look is Look.SCREEN else {}
    return Drawing(size=size, viewBox=f"0 0 {view.width} {view.height}", debug=False, **on_screen)


class _Pen:
    """Draws the parts of one floor onto one drawing."""

    def __init__(self, drawing: Drawing, floor: Floor, view: View, look: Look, prefix: str) -> None:
        self.drawing, self.floor, self.view, self.look, self.prefix = drawing, floor, view, look, prefix
        self.measures = MEASURES[look]
        self.shapes: dict[str, Shape] = {}
        self.outlines: dict[str, str] = {}
        self.stroke = partial(stroke_ink, look)

    def draw(
        self,
        found: tuple[Label, ...],
        signs: tuple[Plate, ...],
        chosen: Collection[str],
        marks: Marks,
        depths: Sequence[float],
        *,
        to_faces: bool,
        ways_in: bool,
    ) -> None:
        """Everything, from below."""
        ordered = sorted(self.floor.rooms, key=lambda room: _ORDER.index(room.zone_class))
        by_class = {kind: list(rooms) for kind, rooms in groupby(ordered, key=lambda room: room.zone_class)}
        if self.look is Look.SCREEN:
            hatch_patterns(self.drawing, self.prefix, by_class)
        yards = by_class.pop(ZoneClass.OUTDOOR_PRIVATE, [])
        self._rooms(ZoneClass.OUTDOOR_PRIVATE, yards)
        self._line("fence", self.measures.fence, yards)
        inside = [room for rooms in by_class.values() for room in rooms]
        if to_faces:
            self._walls_between(inside)
        for kind, rooms in by_class.items():
            self._rooms(kind, rooms)
        if to_faces:  # the darkest fill needs the walls' light rim most
            self._line("wall-rim", self.measures.wall_rim / 3, by_class.get(ZoneClass.RECORDS, []))
        else:
            self._line("wall-rim", self.measures.wall_rim, inside)
            self._line("wall-line", self.measures.wall, inside)
        self._thick([] if to_faces else inside)
        draw_doors(self.drawing, self.floor, self.view, self.look, depths, to_faces=to_faces, ways_in=ways_in)
        self._frames(chosen)
        draw_plates(self.drawing, signs, self.look)
        self._words(found)
        draw_marks(self.drawing, marks, self.look)

    def _rooms(self, kind: ZoneClass, rooms: list[Room]) -> None:
        if not rooms:
            return
        if self.look is Look.PAPER:  # as one path they are read and printed sooner, and no seam shows between them
            self._path("".join(map(self._outline, rooms)), room_ink(self.look, kind))
        else:
            group = self.drawing.add(Group(debug=False, **room_ink(self.look, kind)))
            for room in rooms:
                group.add(self.drawing.path(d=self._outline(room), data_room=plain(room.id)))
        if kind is not ZoneClass.PUBLIC:
            self._hatch(kind, rooms)

    def _walls_between(self, rooms: list[Room]) -> None:
        """Under rooms that are drawn to the faces of their walls: what the rooms leave free is wall."""
        width = max(2 * OUTER_WALL * self.view.unit, self.measures.edge)
        self._line("wall-case", width + self.measures.wall_rim, rooms)
        self._line("wall-mass", width, rooms)

    def _thick(self, rooms: list[Room]) -> None:
        """The outer walls of rooms that share their walls, and the boundary: rims first, so that neither is cut."""
        width = outer_wall(self.view, self.measures)
        around = path_data([self.view.points(ring) for ring in outlines(rooms)])
        between = path_data([self.view.points(line) for line in boundary(self.floor)], closed=False)
        self._path(around, self.stroke("wall-case", width + self.measures.wall_rim - self.measures.wall))
        self._path(between, self.stroke("edge-case", self.measures.edge_case))
        self._path(around, self.stroke("wall-mass", width))
        self._path(between, self.stroke("edge", self.measures.edge))

    def _outline(self, room: Room) -> str:
        """The room's path data, made once: several parts of the drawing follow it."""
        if room.id not in self.outlines:
            self.outlines[room.id] = path_data(self._shape(room))
        return self.outlines[room.id]

    def _shape(self, room: Room) -> Shape:
        """The room's rings as drawn: every ring the same way round, holes the other way.

        Then holes stay empty when they are filled, and where rooms lie on one another both are.
        """
        if room.id not in self.shapes:
            ring, *holes = (self.view.points(ring) for ring in shape_of(room))
            around = ring if turning(ring) > 0 else ring[::-1]
            self.shapes[room.id] = (around, *(hole[::-1] if turning(hole) > 0 else hole for hole in holes))
        return self.shapes[room.id]

    def _hatch(self, kind: ZoneClass, rooms: list[Room]) -> None:
        if self.look is Look.PAPER:
            self._path(hatch_path(map(self._shape, rooms), kind), hatch_ink(kind))
        else:
            fill = f"url(#{pattern_id(self.prefix, kind)})"
            self._path("".join(map(self._outline, rooms)), {"class_": "hatch-fill", "fill": fill})

    def _line(self, name: str, width: float, rooms: list[Room]) -> None:
        self._path("".join(map(self._outline, rooms)), self.stroke(name, width))

    def _words(self, found: tuple[Label, ...]) -> None:
        if self.look is Look.PAPER:
            return
        for label in found:
            group = self.drawing.add(Group(debug=False, class_=f"t t-{ZONES[label.zone_class].name}"))
            line = label.y - label.height / 2 + label.size * 0.95
            group.add(self._text(label.head, label.x, line, label.size, class_="t-no"))
            for row, words in enumerate(label.lines, 1):
                step = LINE * label.size * NAME_SIZE * row
                group.add(self._text(words, label.x, line + step, label.size * NAME_SIZE))

    def _text(self, words: str, x: float, y: float, size: float, **more: object) -> object:
        place = {"x": [round(x, 2)], "y": [round(y, 2)]}
        return self.drawing.text(words, **place, font_size=round(size, 2), **more)

    def _frames(self, chosen: Collection[str]) -> None:
        rooms = [room for room in self.floor.rooms if room.id in chosen]
        self._line("sel-gap", self.measures.edge_case * 0.85, rooms)
        self._line("sel", self.measures.edge * 0.8, rooms)

    def _path(self, data: str, ink: Attributes) -> None:
        if data:
            self.drawing.add(self.drawing.path(d=data, **ink))
