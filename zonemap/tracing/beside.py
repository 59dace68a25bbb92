"""Which rooms a door leads to, told by where it lies: the two rooms on either side of its jambs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from zonemap.model.draft import DraftRoom
from zonemap.model.plan import Point

REACH = 0.6  # metres from the middle of a door to a room: a thick outer wall, halved, and its plaster
_STEP = 0.05  # metres between the places that are looked at
_DOOR_WIDTH = 0.9  # metres, where a file has a point for a door: the usual leaf


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms of a floor, ready to be asked what lies where."""

    rooms: tuple[DraftRoom, ...]
    shapes: Any  # an array of polygons
    tree: shapely.STRtree

    @staticmethod
    def of(rooms: Sequence[DraftRoom]) -> Rooms:
        """Index the rooms of a floor."""
        shapes = np.array([shapely.Polygon(room.ring, room.holes) for room in rooms], dtype=object)
        return Rooms(tuple(rooms), shapes, shapely.STRtree(shapes))

    def at(self, point: Point) -> str | None:
        """The room that a point lies in; the smallest, where one lies within another."""
        inside = self.tree.query(shapely.Point(point), predicate="within")
        if not len(inside):
            return None
        smallest = int(min(inside, key=lambda index: self.shapes[index].area))
        return self.rooms[smallest].id

    def beside(self, jambs: tuple[Point, Point], *, reach: float = REACH) -> tuple[str | None, str | None]:
        """The rooms on either side of a door; one and None where the other is outdoors, never the same room twice."""
        (ax, ay), (bx, by) = jambs
        length = math.hypot(bx - ax, by - ay)
        if length == 0:
            return None, None
        across = (-(by - ay) / length, (bx - ax) / length)
        middle = (ax + bx) / 2, (ay + by) / 2
        left = self._first(middle, across, reach)
        right = self._first(middle, (-across[0], -across[1]), reach)
        if left is None or left == right:
            return right, None
        return left, right

    def _first(self, start: Point, way: Point, reach: float) -> str | None:
        """The first room that is met on the way from a place."""
        for step in range(1, round(reach / _STEP) + 1):
            found = self.at((start[0] + way[0] * step * _STEP, start[1] + way[1] * step * _STEP))
            if found is not None:
                return found
        return None

    def jambs_at(self, point: Point, width: float | None = None) -> tuple[Point, Point]:
        """Jambs for a door that a file has as a point: along the nearest outline, centred on the point."""
        half = (width or _DOOR_WIDTH) / 2
        along = self._along(point)
        return (
            (round(point[0] - half * along[0], 3), round(point[1] - half * along[1], 3)),
            (round(point[0] + half * along[0], 3), round(point[1] + half * along[1], 3)),
        )

    def _along(self, point: Point) -> Point:
        """The direction of the longest edge that runs through a point, or east where there is none."""
        spot = shapely.Point(point)
        longest: tuple[float, Point] = (0.0, (1.0, 0.0))
        for index in self.tree.query(spot, predicate="dwithin", distance=_STEP):
            for ring in (self.rooms[index].ring, *self.rooms[index].holes):
                for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
                    length = math.hypot(bx - ax, by - ay)
                    if length > longest[0] and _distance(point, (ax, ay), (bx, by)) < _STEP:
                        longest = length, ((bx - ax) / length, (by - ay) / length)
        return longest[1]


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to an edge."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    square = (bx - ax) ** 2 + (by - ay) ** 2
    part = 0.0 if square == 0 else max(0.0, min(1.0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / square))
    return math.hypot(px - ax - part * (bx - ax), py - ay - part * (by - ay))
