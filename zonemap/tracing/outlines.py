"""Outlines from a file's own polygons and solids: sound rings on the millimetre grid, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from zonemap.model.plan import GRID, RING_VERTICES_MOST, Ring

AREA_LEAST = 0.05  # square metres, as zonemap.geometry.rings has it: the smallest shaft anybody draws
_HOLE_LEAST = 0.01  # square metres: smaller holes are seams between the triangles of a solid
_TRIANGLE_LEAST = 1e-8  # square metres: what stands upright has no area when seen from above
_COARSER = (0.002, 0.005, 0.01, 0.02, 0.05)  # metres a curve may be simplified by, until its corners are few enough
_STRAIGHT = 0.0005  # metres: a corner that stands out less than this from a straight wall is none


@dataclass(frozen=True, slots=True)
class Outline:
    """A sound polygon in metres: its ring counterclockwise, its holes clockwise, both open."""

    ring: Ring
    holes: tuple[Ring, ...] = ()


@dataclass(frozen=True, slots=True)
class Sound:
    """The parts of what was given, the largest first; ``changed`` where it was not sound as it stood."""

    parts: tuple[Outline, ...]
    changed: bool = False


def sound(ring: Sequence[Sequence[float]], holes: Iterable[Sequence[Sequence[float]]] = ()) -> Sound:
    """A polygon as sound parts. What crosses itself falls into parts; the caller tells the person so."""
    shell = [(x, y) for x, y, *_ in ring]
    if len(set(shell)) < 3:
        return Sound(())
    polygon = shapely.Polygon(shell, [hole for hole in holes if len(set(map(tuple, hole))) > 2])
    if not shapely.is_valid(polygon):
        return Sound(outlines(shapely.make_valid(polygon, method="structure", keep_collapsed=False)), changed=True)
    rounded = shapely.transform(polygon, lambda places: np.round(places, 3))
    fits = max(len(ring.coords) for ring in (rounded.exterior, *rounded.interiors)) <= RING_VERTICES_MOST
    if fits and shapely.is_valid(rounded) and rounded.area >= AREA_LEAST:
        return Sound((_outline(shapely.remove_repeated_points(rounded)),))  # corner by corner as the file has it
    return Sound(outlines(polygon))


def outlines(shape: shapely.Geometry) -> tuple[Outline, ...]:
    """The polygons in a shape on the millimetre grid, the largest first; slivers are left out."""
    fine = shapely.set_precision(shape, GRID)
    polygons = [part for part in shapely.get_parts(fine, return_index=False) if part.geom_type == "Polygon"]
    polygons = [_few_corners(part) for part in polygons if part.area >= AREA_LEAST]
    return tuple(_outline(part) for part in sorted(polygons, key=lambda part: -part.area))


def footprint(triangles: np.ndarray) -> shapely.Geometry:
    """What a solid covers when seen from above. ``triangles``: (n, 3, 2 or more) in metres."""
    flat = triangles[:, :, :2]
    one, other = flat[:, 1] - flat[:, 0], flat[:, 2] - flat[:, 0]
    lying = flat[np.abs(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]) > _TRIANGLE_LEAST]
    if not len(lying):
        return shapely.Polygon()
    shape = shapely.union_all(shapely.polygons(lying), grid_size=GRID / 10)
    return shapely.simplify(_without_seams(shape), _STRAIGHT)


def _without_seams(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    whole = [
        shapely.Polygon(part.exterior, [hole for hole in part.interiors if shapely.Polygon(hole).area >= _HOLE_LEAST])
        for part in parts
    ]
    return shapely.union_all(whole)


def _few_corners(polygon: shapely.Polygon) -> shapely.Polygon:
    """The polygon with no ring of more corners than a room may have: a curve of a thousand points loses some."""
    for tolerance in _COARSER:
        if max(len(ring.coords) for ring in (polygon.exterior, *polygon.interiors)) <= RING_VERTICES_MOST:
            break
        simpler = shapely.simplify(polygon, tolerance)
        polygon = simpler if simpler.geom_type == "Polygon" and not simpler.is_empty else polygon
    return polygon


def _outline(polygon: shapely.Polygon) -> Outline:
    way = shapely.orient_polygons(polygon)
    return Outline(_ring(way.exterior), tuple(_ring(hole) for hole in way.interiors))


def _ring(ring: shapely.LinearRing) -> Ring:
    return tuple((round(x, 3) + 0.0, round(y, 3) + 0.0) for x, y in ring.coords[:-1])


def nested(outers: Sequence[Sequence[Sequence[float]]], inners: Sequence[Sequence[Sequence[float]]]) -> Sound:
    """Outer rings less the inner rings: a multipolygon whose file does not say which hole lies in which part."""
    whole = [_valid(shapely.Polygon(ring)) for ring in outers if len(set(map(tuple, ring))) > 2]
    holes = [_valid(shapely.Polygon(ring)) for ring in inners if len(set(map(tuple, ring))) > 2]
    return Sound(outlines(shapely.difference(shapely.union_all(whole), shapely.union_all(holes))))


def band(line: Sequence[Sequence[float]], width: float) -> tuple[Outline, ...]:
    """A wall that is drawn as a line, as a polygon so many metres wide."""
    return outlines(shapely.buffer(shapely.LineString(line), width / 2, cap_style="flat", join_style="mitre"))


def _valid(polygon: shapely.Polygon) -> shapely.Geometry:
    return polygon if shapely.is_valid(polygon) else shapely.make_valid(polygon, method="structure")
