"""Faces between lines, and which of them are rooms."""

from __future__ import annotations

import numpy as np
import shapely

from zonemap.tracing.lines_strokes import SPOT, Floats, Geometries, as_lines

ROOM_LEAST = 0.8  # square metres: a shaft or closet that a person can stand in
ROOM_NARROWEST = 0.6  # metres: twice the depth by which a face is eaten away to see whether anything is left


def noded(lines: Geometries) -> Geometries:
    """All lines cut where they meet, every point on a grid of 4 mm."""
    return np.asarray(shapely.get_parts(shapely.union_all(lines, grid_size=SPOT)))


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
