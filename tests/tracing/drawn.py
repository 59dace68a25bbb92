"""A small plan drawn in code: three rooms in a row, 4 m x 5 m each, walls of 20 cm, doors, windows, a table."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import shapely

from zonemap.model.draft import DraftRoom
from zonemap.model.linework import Linework, Stroke
from zonemap.model.plan import Point

ROOMS = 3
WIDE, DEEP, THICK = 4.0, 5.0, 0.2
STEP = WIDE + THICK
TRUTH = tuple(shapely.box(STEP * at, 0, STEP * at + WIDE, DEEP) for at in range(ROOMS))


def plan(*, pens: bool = True, solid: bool = False, doors: bool = True, layers: bool = False) -> Linework:
    """The plan in metres. ``pens``: walls have a pen of their own; ``solid``: they are filled outlines, else lines."""
    strokes = [
        *(_walls() if solid else _wall_lines()),
        *_windows(),
        *(stroke for place in _openings() for stroke in _door(place) if doors),
        *_tables(),
    ]
    drawn = tuple(strokes if pens else [replace(one, width=0.0, colour=0, fill=None) for one in strokes])
    named = drawn if layers else tuple(replace(one, layer="") for one in drawn)
    return Linework((-2.0, -3.0, STEP * ROOMS + 2, DEEP + 3), named)


def polygons(rooms: tuple[DraftRoom, ...]) -> list[shapely.Polygon]:
    return [shapely.Polygon(room.ring, room.holes) for room in rooms]


def likeness(rooms: tuple[DraftRoom, ...], scale: float = 1.0) -> list[float]:
    """For each room that was drawn, the intersection over union with the best of those found."""
    found = [shapely.transform(one, lambda points: points * scale) for one in polygons(rooms)]
    return [max((one.intersection(room).area / one.union(room).area for one in found), default=0.0) for room in TRUTH]


def _body() -> shapely.Geometry:
    outer = shapely.box(-THICK, -THICK, STEP * ROOMS, DEEP + THICK)
    return outer.difference(shapely.union_all([*TRUTH, *(shapely.box(*hole) for hole in _holes())]))


def _openings() -> list[float]:
    """Where the doors begin along the lower wall."""
    return [STEP * at + 1.5 for at in range(ROOMS)]


def _holes() -> Iterator[tuple[float, float, float, float]]:
    for at, door in enumerate(_openings()):
        yield door, -THICK, door + 0.9, 0.0
        yield STEP * at + 1.0, DEEP, STEP * at + 2.5, DEEP + THICK


def _rings() -> Iterator[tuple[Point, ...]]:
    for part in shapely.get_parts(_body()):
        for ring in (part.exterior, *part.interiors):
            yield tuple((float(x), float(y)) for x, y in ring.coords)


def _walls() -> Iterator[Stroke]:
    return (Stroke(ring, "WAND", 0.02, 0, 0x303030, closed=True) for ring in _rings())


def _wall_lines() -> Iterator[Stroke]:
    for ring in _rings():
        yield from (Stroke(pair, "WAND", 0.02) for pair in pairwise(ring))


def _windows() -> Iterator[Stroke]:
    for x0, y0, x1, y1 in _holes():
        if y0 == DEEP:
            for y in (y0 + 0.05, y1 - 0.05):
                yield Stroke(((x0, y), (x1, y)), "FENSTER", 0.005)


def _door(x: float) -> Iterator[Stroke]:
    """A leaf that stands open into the room, and its swing in chords."""
    swing = [(x + 0.9 * math.cos(turn), 0.9 * math.sin(turn)) for turn in (math.pi / 16 * step for step in range(9))]
    yield Stroke(((x, 0.0), (x, 0.9)), "TUER", 0.005)
    yield Stroke(tuple(swing), "TUER", 0.005)


def _tables() -> Iterator[Stroke]:
    for at in range(ROOMS):
        x = STEP * at + 2.0
        corners = ((x, 3.0), (x + 1.4, 3.0), (x + 1.4, 3.7), (x, 3.7))
        yield Stroke(corners, "MOEBEL", 0.005, 0x888888, closed=True)
