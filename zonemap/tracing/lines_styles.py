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
from zonemap.tracing.lines_flights import flights_among
from zonemap.tracing.lines_hatch import is_hatch
from zonemap.tracing.lines_jambs import gaps
from zonemap.tracing.lines_panes import panes_among
from zonemap.tracing.lines_reading import Reading, leaves_among, outlines_of, reading_of
from zonemap.tracing.lines_rooms import USUAL, rooms_of
from zonemap.tracing.lines_strokes import Floats, Frame, Geometries, as_lines, is_closed, lengths, lines_of, segments_of
from zonemap.tracing.lines_swings import Swings, nearness, swings_of

_BELONGS = 0.2  # metres from the hinge or end of a swing to the wall that it hangs on
_TRUSTED = 0.4  # of all swings that must hang on one pen, or they are no doors (symbols have arcs too)
_SWINGS_LEAST = 3
_GROWTH = 1.02  # times the floor that a pen must shut in to belong to the walls
_ROOMS_LEAST = 3  # fewer say that the pen was not that of walls
_TRIED_MOST = 5  # other pens that are tried
_SHARE = 0.08  # of the length of the walls' pen that another one must have to be tried
_SEGMENTS_MOST = 60_000  # of a pen: more are a hatch or a map
_FRAME = 0.8  # of the drawing's width or height that a line of the sheet's frame runs along
_DARK = 140  # grey value below which a fill is solid
_FRAME_POINTS = 6
_SPOTS = 40  # places along a line that are looked at
_WALL_REACH = 0.6  # metres within which a wall's other face runs
_LEAF_THICKNESS = 0.08  # metres from a swing's radius within which its leaf is drawn
_LEAF_SHARE = 0.7  # of the radius that a leaf is long at least: the end of a wall lies there too
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

    @property
    def is_dark(self) -> bool:
        """Whether it paints solid dark shapes: walls, columns, the posts of a glass front."""
        fill = self.strokes[0].fill
        return fill is not None and _grey(fill) < _DARK


def read_styles(linework: Linework, frame: Frame) -> Reading:
    """The reading where nothing but the look of the strokes tells what they are."""
    swings, drawn = swings_of(linework.arcs, linework.strokes, frame)
    shown = [stroke for number, stroke in enumerate(linework.strokes) if number not in drawn and _is_seen(stroke)]
    inside = _without_frame(shown, frame)
    leaves = leaves_among(inside, frame)
    groups = _by_pen(_without_leaves(inside, swings, frame), frame)
    others = [stroke for group in groups for stroke in group]
    pens = sorted(_pens(groups, swings, leaves, frame), key=lambda pen: -pen.length)
    if not pens:
        return reading_of(others, (), swings, leaves, frame)
    base = _base(pens, len(swings))
    search = _Search.among(others, swings, leaves, frame)
    found = search.best(base, [pen for pen in pens if pen is not base])
    if len(found.rooms) < _ROOMS_LEAST:
        # walls without thickness, without doors: the long strokes that shut in most
        alone = [found, *(search.tried(pen.strokes) for pen in pens[:_TRIED_MOST])]
        found = max(alone, key=lambda one: float(shapely.area(one.rooms).sum()))
    return search.with_stairs(found)


def _is_seen(stroke: Stroke) -> bool:
    """Whether anything darker than paper is painted."""
    return any(paint is not None and _grey(paint) < _PALE for paint in (stroke.colour, stroke.fill))


def _grey(colour: int) -> float:
    return 0.3 * (colour >> 16 & 255) + 0.59 * (colour >> 8 & 255) + 0.11 * (colour & 255)


def _without_frame(strokes: Sequence[Stroke], frame: Frame) -> list[Stroke]:
    """The strokes without the sheet's frame: few corners, nearly as long as everything together, and nothing beside.

    Along the outer wall of a building runs its other face, or there are windows and rooms.
    """
    if not strokes:
        return []
    boxes = np.array([_box(frame.metres(stroke.points)) for stroke in strokes])
    whole = (boxes[:, 2:].max(axis=0) - boxes[:, :2].min(axis=0)) * _FRAME
    wide = ((boxes[:, 2:] - boxes[:, :2]) >= whole).any(axis=1)
    few = np.array([len(stroke.points) <= _FRAME_POINTS for stroke in strokes])
    lines = np.array([shapely.linestrings(frame.metres(stroke.points)) for stroke in strokes], dtype=object)
    tree = shapely.STRtree(lines)
    frames = {number for number in np.flatnonzero(wide & few).tolist() if _stands_alone(number, lines, tree)}
    return [stroke for number, stroke in enumerate(strokes) if number not in frames]


def _stands_alone(number: int, lines: Geometries, tree: shapely.STRtree) -> bool:
    """Whether most of a line has no other one near."""
    spots = shapely.line_interpolate_point(lines[number], np.linspace(0.02, 0.98, _SPOTS), normalized=True)
    spot, other = tree.query(spots, "dwithin", distance=_WALL_REACH)
    return len(np.unique(spot[other != number])) < _SPOTS / 2


def _box(points: Floats) -> tuple[float, float, float, float]:
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def _without_leaves(strokes: Sequence[Stroke], swings: Swings, frame: Frame) -> list[Stroke]:
    """The strokes without the leaves of doors: straight, along a swing's radius and nearly as long as it."""
    if len(swings) == 0 or not strokes:
        return list(strokes)
    ends = np.vstack([np.hstack([swings.hinges, swings.firsts]), np.hstack([swings.hinges, swings.lasts])])
    beside = shapely.buffer(as_lines(ends), _LEAF_THICKNESS, quad_segs=2)
    lines = np.array([shapely.linestrings(frame.metres(stroke.points)) for stroke in strokes], dtype=object)
    within, radius = shapely.STRtree(beside).query(lines, predicate="within")
    boxes = shapely.bounds(lines[within])
    extent = np.hypot(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    leaves = set(within[extent >= _LEAF_SHARE * lengths(ends)[radius]].tolist())
    return [stroke for number, stroke in enumerate(strokes) if number not in leaves]


def _by_pen(strokes: Sequence[Stroke], frame: Frame) -> list[list[Stroke]]:
    """The strokes of each pen, without those that hatch."""
    groups: dict[tuple[object, ...], list[Stroke]] = defaultdict(list)
    for stroke in strokes:
        groups[stroke.layer, round(stroke.width, 3), stroke.colour, stroke.fill].append(stroke)
    return [group for group in groups.values() if not _hatches(group, frame)]


def _hatches(group: Sequence[Stroke], frame: Frame) -> bool:
    """Whether a pen only hatches. What draws outlines does not."""
    single = [stroke for stroke in group if not is_closed(stroke, frame.metres(stroke.points))]
    return 2 * len(single) > len(group) and is_hatch(segments_of(lines_of(single, frame)))


def _pens(groups: Sequence[Sequence[Stroke]], swings: Swings, leaves: Geometries, frame: Frame) -> Iterator[Pen]:
    for group in groups:
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


@dataclass(frozen=True, slots=True)
class _Tried:
    """A reading with some strokes as its walls, and the rooms that these enclose; no stairs are sought yet."""

    walls: tuple[Stroke, ...]
    reading: Reading
    rooms: Geometries

    def floor(self, hull: shapely.Geometry) -> float:
        """Square metres of rooms within the hull of the walls."""
        return float(shapely.area(self.rooms[shapely.within(self.rooms, hull)]).sum()) if len(self.rooms) else 0.0


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks for the other pens that walls are drawn with."""

    strokes: Sequence[Stroke]
    segments: Floats  # of all strokes
    owners: NDArray[np.intp]  # the number of the stroke that each segment is a piece of
    swings: Swings
    leaves: Geometries
    frame: Frame

    @classmethod
    def among(cls, strokes: Sequence[Stroke], swings: Swings, leaves: Geometries, frame: Frame) -> _Search:
        """The search among these strokes."""
        pieces = [segments_of(lines_of([stroke], frame)) for stroke in strokes]
        owners = np.repeat(np.arange(len(pieces)), [len(rows) for rows in pieces])
        return cls(strokes, np.vstack([np.empty((0, 4)), *pieces]), owners, swings, leaves, frame)

    def best(self, base: Pen, others: Sequence[Pen]) -> _Tried:
        """The reading with the base as walls, and those other pens that shut in more floor together with it."""
        found = self.tried(base.strokes)
        hull = shapely.convex_hull(shapely.union_all(as_lines(base.reading.walls))).buffer(1.0)
        shut_in = found.floor(hull)
        for pen in _likely(base, others):
            together = self.tried((*found.walls, *pen.strokes))
            more = together.floor(hull)
            if more > _GROWTH * shut_in:
                found, shut_in = together, more
        return found

    def tried(self, walls: tuple[Stroke, ...]) -> _Tried:
        """The reading with these strokes as walls, and panes among the others."""
        rest = self.segments[self._beside(walls)[self.owners]]
        reading = reading_of(walls, (), self.swings, self.leaves, self.frame)
        panes = panes_among(rest, reading.walls, reading.solid)
        reading = replace(reading, panes=panes, by_looks=True)
        return _Tried(walls, reading, rooms_of(reading, replace(USUAL, halls=False)))

    def with_stairs(self, found: _Tried) -> Reading:
        """The reading, with the flights of stairs among the strokes that are no walls."""
        beside = self._beside(found.walls)
        rest = [stroke for stroke, kept in zip(self.strokes, beside.tolist(), strict=True) if kept]
        others = reading_of(rest, (), self.swings, self.leaves, self.frame)
        flights = flights_among(outlines_of(rest, self.frame), np.vstack([found.reading.walls, others.walls]))
        return replace(found.reading, stairs=flights)

    def _beside(self, walls: Sequence[Stroke]) -> NDArray[np.bool_]:
        """Which strokes are none of these."""
        ids = {id(stroke) for stroke in walls}
        return np.array([id(stroke) not in ids for stroke in self.strokes], dtype=bool)


def _likely(base: Pen, others: Sequence[Pen]) -> list[Pen]:
    """The pens worth trying: first those that paint solid dark shapes, then the longest."""
    found = [pen for pen in others if pen.is_dark or pen.length >= _SHARE * base.length]
    return sorted(found, key=lambda pen: (pen.is_dark, pen.rank, pen.length), reverse=True)[:_TRIED_MOST]
