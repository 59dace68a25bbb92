"""Corners of a coverage laid on common lines: edges that nearly follow an axis, and meet, are brought onto one line."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from zonemap.model.plan import GRID
from zonemap.tracing.lines_strokes import Floats, Geometries

_STEEP = 0.035  # slope of an edge that counts as following an axis: 2 degrees
_STRAY = 0.03  # metres: an edge that strays by less follows the axis it is nearer to
_CHAMFER = 0.4  # metres: the longest slanted edge between a level and an upright one that is their common corner
_SPREAD = 0.07  # metres over which corners are brought onto one line


def straightened(shapes: Geometries) -> Geometries:
    """The coverage with its near-level and near-upright edges level and upright, where that leaves it a coverage."""
    points = shapely.get_coordinates(shapes)
    corners, number = np.unique(np.round(points, 6), axis=0, return_inverse=True)
    number = number.reshape(-1)
    edges = _edges(shapes, number)
    moved = corners.copy()
    for axis in (0, 1):
        moved[:, axis] = _levelled(corners, edges, axis)
    moved = _cornered(moved, edges)
    laid = np.asarray(shapely.set_coordinates(shapes.copy(), np.round(moved[number], 3)))
    cleaned = np.asarray(shapely.coverage_simplify(laid, GRID)) if _sound(laid) else laid
    return cleaned if _sound(cleaned) else shapes


def _sound(shapes: Geometries) -> bool:
    return bool(shapely.is_valid(shapes).all()) and bool(shapely.coverage_is_valid(shapes))


def _edges(shapes: Geometries, number: NDArray[np.intp]) -> NDArray[np.intp]:
    """Every edge once, as the numbers of its corners."""
    rings = shapely.get_rings(shapes)
    _, ring = shapely.get_coordinates(rings, return_index=True)
    follows = ring[1:] == ring[:-1]
    pairs = np.stack([number[:-1], number[1:]], axis=1)[follows]
    return np.unique(np.sort(pairs, axis=1), axis=0)


def _levelled(corners: Floats, edges: NDArray[np.intp], axis: int) -> Floats:
    """New coordinates along one axis: chains of edges at right angles to it get the middle of their own."""
    a, b = corners[edges[:, 0]], corners[edges[:, 1]]
    across, along = np.abs(a[:, axis] - b[:, axis]), np.abs(a[:, 1 - axis] - b[:, 1 - axis])
    level = ((across <= _STEEP * along) & (across <= _SPREAD)) | ((across <= _STRAY) & (across < along))
    chosen, weights = edges[level], along[level]
    group = _groups(len(corners), chosen, corners[:, axis], np.argsort(-weights))
    total = np.zeros(len(corners))
    weight = np.zeros(len(corners))
    for side in (0, 1):
        at = chosen[:, side]
        np.add.at(total, group[at], weights * corners[at, axis])
        np.add.at(weight, group[at], weights)
    value = np.divide(total, weight, out=corners[:, axis].copy(), where=weight > 0)
    placed = np.where(weight[group] > 0, value[group], corners[:, axis])
    return np.asarray(placed)


def _cornered(corners: Floats, edges: NDArray[np.intp]) -> Floats:
    """Both ends of a short slanted edge moved to where its level and its upright neighbour would meet."""
    beside: dict[int, list[int]] = {}
    for first, second in edges.tolist():
        beside.setdefault(first, []).append(second)
        beside.setdefault(second, []).append(first)
    moved = corners.copy()
    done: set[int] = set()
    for first, second in _slanted(corners, edges).tolist():
        if len(beside[first]) != 2 or len(beside[second]) != 2 or not done.isdisjoint((first, second)):
            continue
        before = next(corner for corner in beside[first] if corner != second)
        after = next(corner for corner in beside[second] if corner != first)
        turned_before, turned_after = (_axis(corners[a], corners[b]) for a, b in ((before, first), (second, after)))
        if {turned_before, turned_after} == {0, 1}:
            level, upright = (first, second) if turned_before == 0 else (second, first)
            moved[[first, second]] = corners[upright, 0], corners[level, 1]
            done.update((first, second))
    return moved


def _slanted(corners: Floats, edges: NDArray[np.intp]) -> NDArray[np.intp]:
    apart = np.abs(corners[edges[:, 0]] - corners[edges[:, 1]])
    return edges[(apart.min(axis=1) > GRID) & (np.hypot(apart[:, 0], apart[:, 1]) <= _CHAMFER)]


def _axis(a: Floats, b: Floats) -> int | None:
    """0 for a level edge, 1 for an upright one, None for any other."""
    across, up = np.abs(a - b)
    return 0 if up <= GRID < across else 1 if across <= GRID < up else None


def _groups(count: int, edges: NDArray[np.intp], values: Floats, order: NDArray[np.intp]) -> NDArray[np.intp]:
    """Corners joined by edges, the longest first, as long as a group spreads no further than allowed."""
    parent = list(range(count))
    low, high = values.tolist(), values.tolist()

    def root(corner: int) -> int:
        while parent[corner] != corner:
            parent[corner] = parent[parent[corner]]
            corner = parent[corner]
        return corner

    for first, second in edges[order].tolist():
        a, b = root(first), root(second)
        if a != b and max(high[a], high[b]) - min(low[a], low[b]) <= _SPREAD:
            parent[b] = a
            low[a], high[a] = min(low[a], low[b]), max(high[a], high[b])
    return np.array([root(corner) for corner in range(count)], dtype=np.intp)
