"""From rooms drawn along wall faces to a coverage: neighbours meet in the middle of their wall and share its corners.

The space between the rooms is cut by the Voronoi cells of points along their faces. Points stand opposite each other
(``cover_points.py``), so the cut runs straight down the middle of a straight wall; what wavers where walls meet is
simplified for all rooms at once and then laid on common lines (``cover_straight.py``). Every outline comes out of one
set of lines cut on one grid, which is why shared corners are equal to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from zonemap.model.draft import DraftRoom
from zonemap.model.plan import GRID, Ring
from zonemap.tracing.cover_points import face_points, main_angle
from zonemap.tracing.cover_straight import straightened
from zonemap.tracing.lines_strokes import Floats, Geometries, as_lines

WALL_MOST = 0.6  # metres: what lies between two rooms and is thicker is no wall of theirs
_WAVER = 0.1  # metres, the root of the area of a corner that may go: a wall's middle wavers by less where walls meet
_STRAIGHT = 0.0005  # metres: a place that strays less from a line is none of its corners
_HOLE_LEAST = 0.5  # square metres: a smaller hole is a column


def shared_walls(rooms: Sequence[DraftRoom], metres_per_unit: float) -> tuple[DraftRoom, ...]:
    """The rooms grown to the middle of walls up to 0.6 m thick, as a coverage without gaps across walls or overlaps.

    Outer walls stay at their inner face. Corners lie on the millimetre grid once scaled. Rooms that lie within others
    or enclose nothing are left out; everything else of a room is kept.
    """
    shapes = _apart([_polygon(room, metres_per_unit) for room in rooms])
    there = np.flatnonzero(~shapely.is_empty(shapes))
    if len(there) == 0:
        return ()
    angle = main_angle(shapes[there])
    grown = _turned(_grown(_turned(shapes[there], -angle)), angle)
    cover = _on_grid(grown)
    return tuple(
        _drawn(rooms[number], shape, metres_per_unit)
        for number, shape in zip(there.tolist(), cover, strict=True)
        if not shape.is_empty
    )


def _polygon(room: DraftRoom, metres_per_unit: float) -> shapely.Polygon:
    scaled = [np.asarray(ring, dtype=np.float64) * metres_per_unit for ring in (room.ring, *room.holes)]
    shape = shapely.make_valid(shapely.Polygon(scaled[0], scaled[1:]))
    return _largest(shape)


def _largest(shape: shapely.Geometry) -> shapely.Polygon:
    """The largest polygon of a shape; an empty one where there is none."""
    parts = [part for part in shapely.get_parts(shape, return_index=False) if part.geom_type == "Polygon"]
    parts += [p for part in shapely.get_parts(shape) if part.geom_type == "MultiPolygon" for p in part.geoms]
    return max(parts, key=lambda part: float(part.area), default=shapely.Polygon())


def _apart(shapes: Sequence[shapely.Polygon]) -> Geometries:
    """The shapes without what earlier ones cover already."""
    found = np.array(shapes, dtype=object)
    first, second = shapely.STRtree(found).query(found, predicate="intersects")
    later = first < second
    shared = shapely.area(shapely.intersection(found[first[later]], found[second[later]])) > GRID**2
    for a, b in zip(first[later][shared], second[later][shared], strict=True):
        found[b] = _largest(shapely.difference(found[b], found[a]))
    return found


def _turned(shapes: Geometries, angle: float) -> Geometries:
    """The shapes turned about the origin, in radians."""
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray(shapely.transform(shapes, lambda points: points @ turn))


def _grown(shapes: Geometries) -> Geometries:
    cells = _cells(shapes)
    simple = np.asarray(shapely.coverage_simplify(cells, _WAVER))
    if not bool(shapely.is_valid(simple).all()):
        return cells
    return straightened(simple)


def _cells(shapes: Geometries) -> Geometries:
    """Each room with its share of the walls, corner by corner on one grid."""
    region = _region(shapes)
    lines = np.concatenate([shapely.boundary(np.array([region])), _cuts(shapes), shapely.boundary(shapes)])
    cut = shapely.get_parts(shapely.union_all(lines, grid_size=GRID))
    faces = np.asarray(shapely.get_parts(shapely.polygonize(cut)))
    spots = shapely.point_on_surface(faces)
    shapely.prepare(region)
    faces = faces[shapely.intersects(region, spots)]
    owner = shapely.STRtree(shapes).nearest(shapely.point_on_surface(faces))
    return np.array([_joined(faces[owner == number]) for number in range(len(shapes))], dtype=object)


def _joined(faces: Geometries) -> shapely.Polygon:
    if len(faces) == 0:
        return shapely.Polygon()
    return _largest(shapely.coverage_union_all(faces))


def _region(shapes: Geometries) -> shapely.Geometry:
    """The rooms and the walls between them. Corners stay as they are, so that outer faces stay straight."""
    half = WALL_MOST / 2
    wide = shapely.union_all(shapely.buffer(shapes, half, join_style="mitre", mitre_limit=2))
    closed = shapely.union_all([shapely.buffer(wide, -half, join_style="mitre", mitre_limit=2), *shapes])
    kept = [
        shapely.Polygon(part.exterior, [hole for hole in part.interiors if shapely.Polygon(hole).area >= _HOLE_LEAST])
        for part in shapely.get_parts(closed)
    ]
    return shapely.union_all(kept)


def _cuts(shapes: Geometries) -> Geometries:
    """The lines along which the walls are divided: where the cells of different rooms meet."""
    points, owner = face_points(shapes)
    if len(np.unique(owner)) < 2:
        return np.array([], dtype=object)
    cells = np.asarray(shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), ordered=True)))
    corners, cell = shapely.get_coordinates(cells, return_index=True)
    whole = np.round(corners * 1e5).astype(np.int64)
    _, number = np.unique(whole[:, 0] * (1 << 31) + whole[:, 1], return_inverse=True)
    follows = (cell[1:] == cell[:-1]) & (number[1:] != number[:-1])
    edges = np.sort(np.stack([number[:-1], number[1:]], axis=1)[follows], axis=1)
    rows = np.hstack([corners[:-1], corners[1:]])[follows]
    _, first, edge = np.unique(edges[:, 0] * len(number) + edges[:, 1], return_index=True, return_inverse=True)
    whose = owner[cell[:-1][follows]]
    least, most = np.full(len(first), len(shapes)), np.full(len(first), -1)
    np.minimum.at(least, edge, whose)
    np.maximum.at(most, edge, whose)
    return _merged(as_lines(rows[first[least != most]]))


def _merged(lines: Geometries) -> Geometries:
    """The lines end to end in one piece where no third one meets them, without corners on straight pieces."""
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines)))
    return np.asarray(shapely.simplify(merged, _STRAIGHT))


def _on_grid(shapes: Geometries) -> Geometries:
    rounded = np.asarray(shapely.transform(shapes, lambda points: np.round(points, 3)))
    return np.array(
        [shape if shape.is_valid else _largest(shapely.make_valid(shape)) for shape in rounded], dtype=object
    )


def _drawn(room: DraftRoom, shape: shapely.Polygon, metres_per_unit: float) -> DraftRoom:
    return replace(
        room,
        ring=_ring(shape.exterior, metres_per_unit),
        holes=tuple(_ring(hole, metres_per_unit) for hole in shape.interiors),
    )


def _ring(ring: shapely.LinearRing, metres_per_unit: float) -> Ring:
    points: NDArray[np.float64] = shapely.get_coordinates(ring)[:-1]
    scaled: Floats = points / metres_per_unit
    return tuple((float(x), float(y)) for x, y in scaled)
