"""Which strokes are walls where no layer says so: told by the pens they are drawn with, and by what doors hang on.

A sheet is drawn with few pens (layer, width, colour, filled or not), and walls have theirs. The pen of the walls is the
one that door swings end on, and that ends in facing jambs; other pens belong to the walls if they shut in more floor.
What else runs from wall to wall is a pane.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from zonemap.model.linework import Linework, Stroke
from zonemap.tracing.lines_jambs import gaps
from zonemap.tracing.lines_panes import panes_among
from zonemap.tracing.lines_reading import Reading, leaves_among, reading_of
from zonemap.tracing.lines_rooms import USUAL, rooms_of
from zonemap.tracing.lines_strokes import Floats, Frame, Geometries, as_lines, lengths, lines_of, segments_of
from zonemap.tracing.lines_swings import Swings, nearness, swings_of

_BELONGS = 0.2  # metres from the hinge or end of a swing to the wall that it hangs on
_TRUSTED = 0.4  # of all swings that must hang on one pen, or they are no doors (symbols have arcs too)
_SWINGS_LEAST = 3
_GROWTH = 1.02  # times the floor that a pen must shut in to belong to the walls
_TRIED_MOST = 5  # other pens that are tried
_SHARE = 0.08  # of the length of the walls' pen that another one must have to be tried
_SEGMENTS_MOST = 60_000  # of a pen: more are a hatch or a map
_FRAME = 0.8  # of the drawing's width or height that a line of the sheet's frame runs along
_PALE = 245  # grey value above which paint is paper


@dataclass(frozen=True, slots=True)
class Pen:
    """What is drawn with one pen."""

    strokes: tuple[Stroke, ...]
    reading: Reading  # as if all of it were wall
    length: float
    doors: int  # swings that hang on it
    jambs: int  # facing wall ends

    @property
    def rank(self) -> float:
        """How much like walls it looks where doors can't tell."""
        return self.jambs * float(np.sqrt(self.length))


def read_styles(linework: Linework, frame: Frame) -> Reading:
    """The reading where nothing but the look of the strokes tells what they are."""
    swings, drawn = swings_of(linework.arcs, linework.strokes, frame)
    shown = [stroke for number, stroke in enumerate(linework.strokes) if number not in set(drawn) and _is_seen(stroke)]
    inside = _without_frame(shown, frame)
    leaves = leaves_among(inside, frame)
    others = _without_leaves(inside, swings, frame)
    pens = sorted(_pens(others, swings, leaves, frame), key=lambda pen: -pen.length)
    if not pens:
        return reading_of(others, (), swings, leaves, frame)
    base = _base(pens, len(swings))
    walls = _with_others(base, [pen for pen in pens if pen is not base], swings, leaves, frame)
    ids = {id(stroke) for stroke in walls}
    reading = reading_of(walls, (), swings, leaves, frame)
    rest = segments_of(lines_of([stroke for stroke in others if id(stroke) not in ids], frame))
    return replace(reading, panes=panes_among(rest, reading.walls, reading.solid))


def _is_seen(stroke: Stroke) -> bool:
    """Whether anything darker than paper is painted."""
    return any(paint is not None and _grey(paint) < _PALE for paint in (stroke.colour, stroke.fill))


def _grey(colour: int) -> float:
    return 0.3 * (colour >> 16 & 255) + 0.59 * (colour >> 8 & 255) + 0.11 * (colour & 255)


def _without_frame(strokes: Sequence[Stroke], frame: Frame) -> list[Stroke]:
    """The strokes without the sheet's frame: few corners, and nearly as long as everything together."""
    if not strokes:
        return []
    boxes = [_box(frame.metres(stroke.points)) for stroke in strokes]
    ends = np.array(boxes)
    whole = (ends[:, 2:].max(axis=0) - ends[:, :2].min(axis=0)) * _FRAME
    return [
        stroke
        for stroke, box in zip(strokes, boxes, strict=True)
        if len(stroke.points) > _FRAME_POINTS or (box[2] - box[0] < whole[0] and box[3] - box[1] < whole[1])
    ]


_FRAME_POINTS = 6


def _box(points: Floats) -> tuple[float, float, float, float]:
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def _without_leaves(strokes: Sequence[Stroke], swings: Swings, frame: Frame) -> list[Stroke]:
    """The strokes without the leaves of doors: straight, and lying along a swing's radius."""
    if len(swings) == 0:
        return list(strokes)
    radii = as_lines(np.vstack([np.hstack([swings.hinges, swings.firsts]), np.hstack([swings.hinges, swings.lasts])]))
    beside = shapely.union_all(shapely.buffer(radii, 0.08, quad_segs=2))
    shapely.prepare(beside)
    kept = []
    for stroke in strokes:
        if len(stroke.points) > _FRAME_POINTS:
            kept.append(stroke)
            continue
        line = shapely.linestrings(frame.metres(stroke.points))
        if not beside.contains(line):
            kept.append(stroke)
    return kept


def _pens(strokes: Sequence[Stroke], swings: Swings, leaves: Geometries, frame: Frame) -> Iterator[Pen]:
    groups: dict[tuple[object, ...], list[Stroke]] = defaultdict(list)
    for stroke in strokes:
        groups[stroke.layer, round(stroke.width, 3), stroke.colour, stroke.fill].append(stroke)
    for group in groups.values():
        reading = reading_of(group, (), swings, leaves, frame)
        if 0 < len(reading.walls) <= _SEGMENTS_MOST:
            yield Pen(
                strokes=tuple(group),
                reading=reading,
                length=float(lengths(reading.walls).sum()),
                doors=int(_hung(swings, reading.walls).sum()),
                jambs=len(gaps(reading.walls, reading.solid)),
            )


def _hung(swings: Swings, walls: Floats) -> NDArray[np.bool_]:
    """Which swings have their hinge and one of their ends at a wall."""
    if len(swings) == 0:
        return np.zeros(0, dtype=bool)
    lines = as_lines(walls)
    ends = np.minimum(nearness(swings.firsts, lines), nearness(swings.lasts, lines))
    return np.asarray((nearness(swings.hinges, lines) <= _BELONGS) & (ends <= _BELONGS))


def _base(pens: Sequence[Pen], swings: int) -> Pen:
    """The pen of the walls: that of the most doors, where doors can tell; else the one with most jambs and length."""
    best = max(pens, key=lambda pen: (pen.doors, pen.rank))
    if swings >= _SWINGS_LEAST and best.doors >= _TRUSTED * swings:
        alike = [pen for pen in pens if pen.doors >= 0.8 * best.doors]
        return max(alike, key=lambda pen: (pen.rank, pen.length))
    return max(pens, key=lambda pen: (pen.rank, pen.length))


def _with_others(base: Pen, others: Sequence[Pen], swings: Swings, leaves: Geometries, frame: Frame) -> list[Stroke]:
    """The strokes of the base, and of those other pens that shut in more floor together with it."""
    strokes = list(base.strokes)
    hull = shapely.convex_hull(shapely.union_all(as_lines(base.reading.walls))).buffer(1.0)
    shut_in = _floor(base.reading, hull)
    likely = [pen for pen in others if pen.length >= _SHARE * base.length]
    for pen in sorted(likely, key=lambda pen: -pen.rank - pen.doors)[:_TRIED_MOST]:
        together = reading_of([*strokes, *pen.strokes], (), swings, leaves, frame)
        more = _floor(together, hull)
        if more > _GROWTH * shut_in:
            strokes, shut_in = [*strokes, *pen.strokes], more
    return strokes


def _floor(reading: Reading, hull: shapely.Geometry) -> float:
    """Square metres of rooms within the hull of the walls."""
    rooms = rooms_of(reading, USUAL)
    return float(shapely.area(rooms[shapely.within(rooms, hull)]).sum()) if len(rooms) else 0.0
