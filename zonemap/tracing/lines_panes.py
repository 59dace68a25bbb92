"""Panes and thresholds among the lines that are no wall: what runs straight from one wall to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from zonemap.tracing.lines_jambs import JAMB_LEAST, JAMB_MOST
from zonemap.tracing.lines_strokes import Floats, Geometries, as_lines, directions, lengths

_TOUCH = 0.1  # metres from the end of a pane to its wall
_SHORTEST = 0.3  # metres
_POST = 0.12  # metres: a post between two panes
_TURN, _OFF = 1.0, 0.02  # degrees and metres within which pieces are on one line
_COMPANION = (0.015, 0.2)  # metres between the lines of one window; steps of stairs lie further apart
_UPRIGHT = 0.2  # cosine of the angle between a pane and the wall end that it stops at


def panes_among(segments: Floats, walls: Floats, solid: shapely.Geometry) -> Floats:
    """The segments that are panes: both ends at walls, one of them at a wall's end, or two side by side."""
    chains = _chained(segments)
    long = chains[lengths(chains) >= _SHORTEST] if len(chains) else chains
    if len(long) == 0 or len(walls) == 0:
        return np.empty((0, 4))
    tree = shapely.STRtree(as_lines(walls))
    at_wall = np.logical_and(*(_near(tree, ends) for ends in (long[:, :2], long[:, 2:])))
    spanning = long[at_wall & ~_in_wall(long, solid) & ~_along(long, tree, walls)]
    if len(spanning) == 0:
        return spanning
    return spanning[_at_jamb(spanning, walls) | _has_companion(spanning)]


def _chained(segments: Floats) -> Floats:
    """Segments that follow each other on one line as one: posts and frames cut panes into pieces."""
    if len(segments) == 0:
        return segments
    along = directions(segments)
    along = np.where(
        ((along[:, 0] < -1e-9) | ((np.abs(along[:, 0]) <= 1e-9) & (along[:, 1] < 0)))[:, None], -along, along
    )
    angle = np.round(np.degrees(np.arctan2(along[:, 1], along[:, 0])) / _TURN) % round(180 / _TURN)
    common = np.radians(angle * _TURN)
    way = np.stack([np.cos(common), np.sin(common)], axis=1)
    off = np.round((segments[:, 0] * -way[:, 1] + segments[:, 1] * way[:, 0]) / _OFF)
    ends = np.sort(np.stack([(segments[:, :2] * way).sum(axis=1), (segments[:, 2:] * way).sum(axis=1)], axis=1), axis=1)
    order = np.lexsort([ends[:, 0], off, angle])
    same = (np.diff(angle[order]) == 0) & (np.diff(off[order]) == 0)
    low, high = ends.T.tolist()
    firsts, lasts = [int(order[0])], [int(order[0])]
    for number, follows in zip(order[1:].tolist(), same.tolist(), strict=True):
        if not follows or low[number] > high[lasts[-1]] + _POST:
            firsts.append(number)
            lasts.append(number)
        elif high[number] > high[lasts[-1]]:
            lasts[-1] = number
    forth = ((segments[:, :2] * way).sum(axis=1) <= (segments[:, 2:] * way).sum(axis=1))[:, None]
    starts = np.where(forth, segments[:, :2], segments[:, 2:])
    stops = np.where(forth, segments[:, 2:], segments[:, :2])
    return np.hstack([starts[firsts], stops[lasts]])


def _near(tree: shapely.STRtree, ends: Floats) -> NDArray[np.bool_]:
    found = np.zeros(len(ends), dtype=bool)
    found[tree.query(shapely.points(ends), "dwithin", distance=_TOUCH)[0]] = True
    return found


def _in_wall(segments: Floats, solid: shapely.Geometry) -> NDArray[np.bool_]:
    """Whether most of a segment lies in a wall."""
    shapely.prepare(solid)
    inside = [shapely.intersects(solid, spots) for spots in _spots(segments, (0.1, 0.3, 0.5, 0.7, 0.9))]
    return np.asarray(np.sum(inside, axis=0) >= 3)


def _spots(segments: Floats, parts: Sequence[float]) -> Iterator[Geometries]:
    """Points at these parts of each segment."""
    for part in parts:
        yield np.asarray(shapely.points(segments[:, :2] + part * (segments[:, 2:] - segments[:, :2])))


def _along(segments: Floats, tree: shapely.STRtree, walls: Floats) -> NDArray[np.bool_]:
    """Whether a segment lies on the face of a wall that goes its way."""
    along = np.ones(len(segments), dtype=bool)
    for spot in _spots(segments, (0.3, 0.5, 0.7)):
        first, second = tree.query(spot, "dwithin", distance=0.03)
        turned = np.abs((directions(segments)[first] * directions(walls)[second]).sum(axis=1)) > 0.9
        here = np.zeros(len(segments), dtype=bool)
        here[first[turned]] = True
        along &= here
    return along


def _at_jamb(segments: Floats, walls: Floats) -> NDArray[np.bool_]:
    """Whether one of the ends stops at a wall's end and at right angles to it."""
    caps = walls[(lengths(walls) >= JAMB_LEAST) & (lengths(walls) <= JAMB_MOST)]
    found = np.zeros(len(segments), dtype=bool)
    if len(caps) == 0:
        return found
    tree = shapely.STRtree(as_lines(caps))
    for ends in (segments[:, :2], segments[:, 2:]):
        first, second = tree.query(shapely.points(ends), "dwithin", distance=_TOUCH)
        upright = np.abs((directions(segments)[first] * directions(caps)[second]).sum(axis=1)) <= _UPRIGHT
        found[first[upright]] = True
    return found


def _has_companion(segments: Floats) -> NDArray[np.bool_]:
    """Whether another one runs beside it at the distance of a window's lines."""
    lines: Geometries = as_lines(segments)
    first, second = shapely.STRtree(lines).query(lines, "dwithin", distance=_COMPANION[1])
    a, b = segments[first], segments[second]
    along = directions(a)
    apart = (b[:, :2] + b[:, 2:] - a[:, :2] - a[:, 2:]) / 2
    side = np.abs(along[:, 0] * apart[:, 1] - along[:, 1] * apart[:, 0])
    parallel = np.abs((along * directions(b)).sum(axis=1)) > 0.995
    shifted = np.abs((along * apart).sum(axis=1)) <= 0.2 * lengths(a)
    alike = np.abs(lengths(a) - lengths(b)) <= 0.2 * lengths(a)
    found = np.zeros(len(segments), dtype=bool)
    good = (first != second) & parallel & shifted & alike & (side >= _COMPANION[0]) & (side <= _COMPANION[1])
    found[first[good]] = True
    return found
