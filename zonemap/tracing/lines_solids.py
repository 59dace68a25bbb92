"""Closed outlines that are wall: filled ones, and thin ones drawn in a single go, less what is cut out of them."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from zonemap.tracing.lines_strokes import Geometries

WALL_THICKEST = 0.6  # metres, twice area over perimeter: thicker shapes are rooms, shafts or furniture
_LEAST = 0.002  # square metres: less is a mark


def nested(rings: Geometries) -> Geometries:
    """Rings as polygons with holes: of rings within rings, every second one is a hole in the one around it."""
    if len(rings) == 0:
        return rings
    points, which = shapely.get_coordinates(rings, return_index=True)
    polygons = shapely.polygons(shapely.linearrings(points, indices=which))
    polygons = np.where(shapely.is_valid(polygons), polygons, shapely.buffer(polygons, 0))
    polygons = _once(polygons[shapely.area(polygons) > _LEAST])
    if len(polygons) == 0:
        return polygons
    shapely.prepare(polygons)
    inner, outer = shapely.STRtree(polygons).query(polygons, predicate="within")
    proper = (inner != outer) & (shapely.area(polygons)[outer] > shapely.area(polygons)[inner] * (1 + 1e-9))
    inner, outer = inner[proper], outer[proper]
    depth = np.bincount(inner, minlength=len(polygons))
    shapes = []
    for at in np.flatnonzero(depth % 2 == 0):
        holes = inner[(outer == at) & (depth[inner] == depth[at] + 1)]
        shapes.append(
            shapely.difference(polygons[at], shapely.union_all(polygons[holes])) if len(holes) else polygons[at]
        )
    return np.array(shapes, dtype=object)


def are_thin(polygons: Geometries, thickest: float = WALL_THICKEST) -> NDArray[np.bool_]:
    """Which are narrow for their length, however they bend: walls, columns, window frames."""
    if len(polygons) == 0:
        return np.zeros(0, dtype=bool)
    return np.asarray(2 * shapely.area(polygons) / shapely.length(polygons) <= thickest)


def _once(polygons: Geometries) -> Geometries:
    """Each shape once: hatches repeat the outlines that they fill."""
    if len(polygons) == 0:
        return polygons
    keys = np.round(np.column_stack([shapely.bounds(polygons), shapely.area(polygons)]), 2)
    return np.asarray(polygons[np.sort(np.unique(keys, axis=0, return_index=True)[1])])
