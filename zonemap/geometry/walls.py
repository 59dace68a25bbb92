"""The straight stretches of a room's outline, and what lies on their far side.

Rooms are drawn either to the centre of the wall, where neighbours share an edge, or to its faces, with the wall's
thickness between them. Both are met by looking outwards from an edge through a strip as deep as a thick wall.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import shapely

from zonemap.geometry.rings import turning
from zonemap.model.plan import Point, Ring, Room

_STRETCH_LEAST = 0.05  # metres: a shorter contact is rounding at a corner
_SLIVER = 1e-6  # square metres
_STRAIGHT = 1e-3  # sine of the angle under which two edges make one wall

Interval = tuple[float, float]  # metres along an edge


@dataclass(frozen=True, slots=True)
class Edge:
    """A stretch of outline from ``start``: unit direction, unit normal pointing out of the room, length in metres."""

    start: Point
    direction: Point
    normal: Point
    length: float

    def point(self, along: float, out: float = 0.0) -> Point:
        """The place so many metres along the edge and out of the room."""
        (x, y), (dx, dy), (nx, ny) = self.start, self.direction, self.normal
        return x + dx * along + nx * out, y + dy * along + ny * out

    def along(self, point: Iterable[float]) -> float:
        """How far along the edge a point lies, in metres."""
        px, py = point
        return (px - self.start[0]) * self.direction[0] + (py - self.start[1]) * self.direction[1]

    def out(self, point: Iterable[float]) -> float:
        """How far outwards of the edge a point lies, in metres; negative on the room's side."""
        px, py = point
        return (px - self.start[0]) * self.normal[0] + (py - self.start[1]) * self.normal[1]


def edges(ring: Ring, *, space_on_left: bool | None = None) -> Iterator[Edge]:
    """The outline's edges in drawing order, normals outwards: away from the inside, or from the side that is told."""
    outwards = 1.0 if (turning(ring) > 0 if space_on_left is None else space_on_left) else -1.0
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        length = math.hypot(bx - ax, by - ay)
        if length > 0:
            dx, dy = (bx - ax) / length, (by - ay) / length
            yield Edge((ax, ay), (dx, dy), (dy * outwards, -dx * outwards), length)


def room_walls(room: Room) -> list[Edge]:
    """The walls around the room and around its holes, normals out of the room."""
    around = (walls(hole, space_on_left=turning(hole) < 0) for hole in room.holes)
    return [*walls(room.ring), *(wall for found in around for wall in found)]


def walls(ring: Ring, *, space_on_left: bool | None = None) -> list[Edge]:
    """The outline's edges, with those that run straight on joined: a wall as a person sees it."""
    pieces = list(edges(ring, space_on_left=space_on_left))
    first = next((i for i, piece in enumerate(pieces) if not _straight_on(pieces[i - 1], piece)), 0)
    joined: list[Edge] = []
    for piece in pieces[first:] + pieces[:first]:
        if joined and _straight_on(joined[-1], piece):
            joined[-1] = _joined(joined[-1], piece)
        else:
            joined.append(piece)
    return joined


def strips(edges: Iterable[Edge], depth: float) -> list[shapely.Polygon]:
    """For each edge the rectangle that lies outwards of it, as deep as a wall may be thick."""
    corners: list[Point] = []
    for edge in edges:
        near, far = edge.start, edge.point(edge.length)
        corners += (near, far, edge.point(edge.length, depth), edge.point(0, depth), near)
    if not corners:
        return []
    owners = [place // 5 for place in range(len(corners))]
    return list(shapely.polygons(shapely.linearrings(corners, indices=owners)))


def stretches(edges: Sequence[Edge], shapes: Sequence[shapely.Geometry]) -> list[list[Interval]]:
    """For each edge where along it parts of its shape lie opposite, each longer than 5 cm."""
    found: list[list[Interval]] = [[] for _ in edges]
    parts, owners = shapely.get_parts(shapes, return_index=True)
    solid = shapely.area(parts) > _SLIVER
    owners = owners[solid].tolist()
    corners, places = shapely.get_coordinates(parts[solid], return_index=True)
    for place, group in groupby(zip(places.tolist(), corners.tolist(), strict=True), key=itemgetter(0)):
        edge = edges[owners[place]]
        along = [edge.along(corner) for _, corner in group]
        low, high = max(0.0, min(along)), min(edge.length, max(along))
        if high - low > _STRETCH_LEAST:
            found[owners[place]].append((low, high))
    return [merged(intervals) for intervals in found]


def merged(intervals: Iterable[Interval], gap: float = 0.0) -> list[Interval]:
    """The intervals in order, those joined that overlap or lie at most ``gap`` apart."""
    result: list[Interval] = []
    for low, high in sorted(intervals):
        if result and low <= result[-1][1] + gap:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return result


def _straight_on(before: Edge, after: Edge) -> bool:
    (ax, ay), (bx, by) = before.direction, after.direction
    return abs(ax * by - ay * bx) < _STRAIGHT and ax * bx + ay * by > 0


def _joined(before: Edge, after: Edge) -> Edge:
    (x, y), (ex, ey) = before.start, after.point(after.length)
    length = math.hypot(ex - x, ey - y)
    dx, dy = (ex - x) / length, (ey - y) / length
    sign = 1.0 if before.normal[0] * dy - before.normal[1] * dx > 0 else -1.0
    return Edge(before.start, (dx, dy), (dy * sign, -dx * sign), length)
