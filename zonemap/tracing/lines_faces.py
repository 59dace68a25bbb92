"""Faces between lines, and which of them are rooms."""

from __future__ import annotations

import numpy as np
import shapely

from zonemap.tracing.lines_strokes import SPOT, Floats, Geometries, as_lines

ROOM_LEAST = 0.8  # square metres: a shaft or closet that a person can stand in
ROOM_NARROWEST = 0.6  # metres: twice the depth by which a face is eaten away to see whether anything is left


def noded(lines: Geometries) -> Geometries:
    """All lines cut where they meet, their ends on a grid of 4 mm; one that ends so near to another one meets it.

    (A union on a grid does the same in eight times the time, for it looks at every place of every line.)
    """
    points, line = shapely.get_coordinates(lines, return_index=True)
    points = np.round(points / SPOT) * SPOT
    rows = np.hstack([points[:-1], points[1:]])[(line[1:] == line[:-1]) & (points[1:] != points[:-1]).any(axis=1)]
    return np.asarray(shapely.get_parts(shapely.union_all(as_lines(_bent_to_ends(rows)))))


def _bent_to_ends(rows: Floats) -> Floats:
    """Segments with a corner wherever an end of another one lies within half a spot of them."""
    if len(rows) == 0:
        return rows
    ends = np.unique(rows.reshape(-1, 2), axis=0)
    end, row = shapely.STRtree(as_lines(rows)).query(shapely.points(ends), "dwithin", distance=SPOT / 2)
    way = rows[:, 2:] - rows[:, :2]
    along = ((ends[end] - rows[row, :2]) * way[row]).sum(axis=1) / (way[row] ** 2).sum(axis=1)
    inner = (along > 0) & (along < 1)
    count = len(rows)
    whose = np.concatenate([np.arange(count), np.arange(count), row[inner]])
    places = np.concatenate([np.zeros(count), np.ones(count), along[inner]])
    points = np.concatenate([rows[:, :2], rows[:, 2:], ends[end[inner]]])
    order = np.lexsort((places, whose))
    whose, points = whose[order], points[order]
    pieces = np.hstack([points[:-1], points[1:]])[whose[1:] == whose[:-1]]
    return pieces[(pieces[:, :2] != pieces[:, 2:]).any(axis=1)]


def faces(lines: Geometries) -> Geometries:
    """The faces between lines, holes and all."""
    return np.asarray(shapely.get_parts(shapely.polygonize_full(noded(lines))[0]))


def rooms(found: Geometries, solid: shapely.Geometry) -> Geometries:
    """The faces that a person can stand in: no wall, large and wide enough."""
    if len(found) == 0:
        return found
    large = found[shapely.area(found) >= ROOM_LEAST]
    inside = shapely.point_on_surface(large)
    shapely.prepare(solid)
    large = large[~shapely.intersects(solid, inside)]
    return large[~shapely.is_empty(shapely.buffer(large, -ROOM_NARROWEST / 2, quad_segs=1, join_style="mitre"))]


def reaching(segments: Floats, lines: Geometries, reach: float) -> Geometries:
    """Short links from the ends of segments to the nearest line within ``reach``, where they do not touch already."""
    if len(segments) == 0 or len(lines) == 0:
        return as_lines(np.empty((0, 4)))
    ends = shapely.points(segments.reshape(-1, 2))
    nearest = lines[shapely.STRtree(lines).nearest(ends)]
    links = shapely.shortest_line(ends, nearest)
    length = shapely.length(links)
    return np.asarray(links[(length > SPOT / 2) & (length <= reach)])
