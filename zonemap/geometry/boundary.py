"""The boundary: the lines along which public space meets closed space. It is the thing a zone map is about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

import shapely

from zonemap.geometry.rings import grid_point
from zonemap.geometry.shapes import at, pairs, room_polygons, shared
from zonemap.geometry.walls import Edge, Interval, edges, merged, stretches, strips
from zonemap.model.plan import GRID, Floor, Point, Ring
from zonemap.model.zone import ZoneClass

WALL_MOST = 0.5  # metres between the faces of a wall that public and closed rooms are drawn to
_BRIDGE = 0.8  # metres along the outline: the line runs on past the end of a wall, or around a column
_SHORTEST = 0.1  # metres: less is the tip of a wall seen from around a corner

Line = tuple[Point, ...]  # open, or closed where the first point is repeated at the end


def boundary(floor: Floor) -> tuple[Line, ...]:
    """The lines in metres, on the public side, where a closed room lies beyond a shared edge or a wall up to 0.5 m.

    Doors do not interrupt them. Walls to the outdoors and to undecided rooms are no part of it.
    """
    public = room_polygons(room for room in floor.rooms if room.zone_class is ZoneClass.PUBLIC)
    closed = room_polygons(room for room in floor.rooms if room.zone_class.is_closed)
    if not public or not closed:
        return ()
    tree = shapely.STRtree(closed)
    outlines = [_Outline(ring) for ring in _rings(_joined(public, closed, tree))]
    every = [edge for outline in outlines for edge in outline.edges]
    facing = _facing(every, closed, tree)
    return tuple(line for outline in outlines for line in outline.lines(facing))


class _Outline:
    """One ring around public space, measured along itself."""

    def __init__(self, ring: Ring) -> None:
        self.edges = list(edges(ring, space_on_left=True))
        self.starts = [0.0, *accumulate(edge.length for edge in self.edges)]

    def lines(self, facing: dict[Edge, list[Interval]]) -> Iterator[Line]:
        """The stretches of the ring that face closed rooms."""
        found = [
            (start + low, start + high)
            for start, edge in zip(self.starts, self.edges, strict=False)
            for low, high in facing.get(edge, ())
        ]
        for low, high in _around(merged(found, _BRIDGE), self.starts[-1]):
            if high - low > _SHORTEST:
                yield tuple(grid_point(*self._point(place)) for place in (low, *self._corners(low, high), high))

    def _corners(self, low: float, high: float) -> Iterator[float]:
        """How far along the ring its corners lie between the two, of which ``high`` may be past the first corner."""
        whole = self.starts[-1]
        for turn in (0.0, whole):
            first = bisect_right(self.starts, low + GRID - turn)
            for place in self.starts[first : max(first, bisect_left(self.starts, high - GRID - turn))]:
                if turn == 0.0 or place > 0.0:  # the ring's first corner is also its last
                    yield place + turn

    def _point(self, place: float) -> Point:
        place = min(place, place % self.starts[-1]) if place != self.starts[-1] else 0.0
        which = min(bisect_right(self.starts, place), len(self.edges)) - 1
        return self.edges[which].point(place - self.starts[which])


def _joined(public: list[shapely.Polygon], closed: list[shapely.Polygon], tree: shapely.STRtree) -> shapely.Geometry:
    """All public space as one shape, the walls between public rooms filled, never over a closed room."""
    # rooms that share their walls cleanly, which most do, are joined ten times quicker by their shared edges
    clean = shapely.coverage_is_valid(public)
    space = shapely.coverage_union_all(public) if clean else shapely.union_all(public)
    half = WALL_MOST / 2 + GRID
    grown = shapely.buffer(space, half, join_style="mitre", mitre_limit=2)
    walls = shapely.difference(shapely.buffer(grown, -half, join_style="mitre", mitre_limit=2), space)
    if walls.area < GRID:  # rooms that share their walls leave none to fill
        return shapely.set_precision(space, GRID)
    filled = shapely.union(space, walls)
    near = at(closed, sorted(tree.query(filled, predicate="intersects").tolist()))
    return shapely.set_precision(shapely.difference(filled, shapely.union_all(near)), GRID)


def _rings(shape: shapely.Geometry) -> Iterator[Ring]:
    """Outer rings counterclockwise and holes clockwise: walking along either, the space is on the left."""
    for part in shapely.get_parts(shapely.normalize(shape)):
        if isinstance(part, shapely.Polygon) and not part.is_empty:
            yield from _oriented(part)


def _oriented(part: shapely.Polygon) -> Iterator[Ring]:
    outer = shapely.orient_polygons(part)
    for ring in (outer.exterior, *outer.interiors):
        yield tuple((x, y) for x, y in ring.coords[:-1])


def _facing(every: Sequence[Edge], closed: list[shapely.Polygon], tree: shapely.STRtree) -> dict[Edge, list[Interval]]:
    """For each edge the stretches that a closed room lies opposite, at most a wall away."""
    beyond = strips(every, WALL_MOST)
    near = list(pairs(tree.query(beyond, predicate="intersects")))
    facing = at(every, (edge for edge, _ in near))
    parts = shared(at(beyond, (edge for edge, _ in near)), at(closed, (room for _, room in near)))
    found: dict[Edge, list[Interval]] = {}
    for edge, intervals in zip(facing, stretches(facing, parts), strict=True):
        found.setdefault(edge, []).extend(intervals)
    return found


def _around(intervals: list[Interval], length: float) -> list[Interval]:
    """The intervals of a ring, the last joined to the first where they meet at the ring's first point."""
    if len(intervals) < 2 or intervals[0][0] + length - intervals[-1][1] > _BRIDGE:
        return intervals
    (_, first_end), (last_start, _) = intervals[0], intervals[-1]
    return [*intervals[1:-1], (last_start, length + first_end)]
