"""Openings between facing wall ends, and the lines that shut them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from zonemap.tracing.lines_hatch import hatched
from zonemap.tracing.lines_strokes import Floats, Geometries, as_lines, directions, lengths

JAMB_LEAST, JAMB_MOST = 0.05, 0.75  # metres: how thick a wall ends
GAP_LEAST, GAP_MOST = 0.5, 2.4  # metres: a narrow door, and a double one
_PARALLEL = 0.09  # sine of the angle between facing jambs: 5 degrees
_MARGIN = 0.03  # metres that the space between is narrowed by when it is looked at
_OVERLAP = 0.5  # of the narrower jamb that the other one faces


@dataclass(frozen=True, slots=True)
class Gaps:
    """Openings, one a row: the two segments across it (one along each face of the wall), and how wide it is."""

    sides: Floats  # n x 2 x 4
    widths: Floats

    def __len__(self) -> int:
        return len(self.widths)

    def only(self, kept: NDArray[np.bool_]) -> Gaps:
        """Those that are marked."""
        return Gaps(self.sides[kept], self.widths[kept])

    @property
    def lines(self) -> Geometries:
        """The segments across."""
        return as_lines(self.sides.reshape(-1, 4)) if len(self) else as_lines(np.empty((0, 4)))

    @property
    def boxes(self) -> Geometries:
        """The spaces between the jambs."""
        return _quads(self.sides)


NONE = Gaps(np.empty((0, 2, 4)), np.empty(0))


def gaps(segments: Floats, solid: shapely.Geometry, most: float = GAP_MOST) -> Gaps:
    """Openings between two wall ends that face each other with nothing between, each end with its nearest partner."""
    caps = segments[(lengths(segments) >= JAMB_LEAST) & (lengths(segments) <= JAMB_MOST)]
    caps = caps[~hatched(caps)]
    if len(caps) < 2:
        return NONE
    first, second = _facing(caps, most)
    if len(first) == 0:
        return NONE
    sides, widths = _across(caps, first, second)
    clear = _clear(sides, segments, solid)
    first, second, found = first[clear], second[clear], Gaps(sides[clear], widths[clear])
    return found.only(_nearest(first, second, found.widths, len(caps)))


def _facing(caps: Floats, most: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of caps that are parallel, near, and lie opposite each other."""
    along, middles = directions(caps), (caps[:, :2] + caps[:, 2:]) / 2
    first, second = shapely.STRtree(as_lines(caps)).query(_opposite(middles, along, most))
    first, second = first[first < second], second[first < second]
    a, b = along[first], along[second]
    apart = middles[second] - middles[first]
    normal = np.abs(a[:, 0] * apart[:, 1] - a[:, 1] * apart[:, 0])
    lateral = np.abs((a * apart).sum(axis=1))
    parallel = np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]) <= _PARALLEL
    half = (lengths(caps)[first] + lengths(caps)[second]) / 2
    narrower = np.minimum(lengths(caps)[first], lengths(caps)[second])
    good = parallel & (normal >= GAP_LEAST) & (normal <= most) & (half - lateral >= _OVERLAP * narrower)
    return first[good], second[good]


def _opposite(middles: Floats, along: Floats, most: float) -> Geometries:
    """The boxes (upright ones, so that looking them up is quick) of what may lie opposite each cap, on either side."""
    reach = np.abs(along[:, ::-1]) * (most + JAMB_MOST) + np.abs(along) * JAMB_MOST
    low, high = middles - reach, middles + reach
    return np.asarray(shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]))


def _across(caps: Floats, first: NDArray[np.intp], second: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """For each pair the two segments across, at the ends of what the jambs share, and the width of the opening."""
    a, b = caps[first], caps[second]
    along = directions(a)
    place = a[:, :2]

    def at(points: Floats) -> Floats:
        return np.asarray(((points - place) * along).sum(axis=1))

    ends_b = np.stack([at(b[:, :2]), at(b[:, 2:])])
    low = np.maximum(0.0, ends_b.min(axis=0))
    high = np.minimum(lengths(a), ends_b.max(axis=0))
    sides = np.stack([np.hstack([place + t[:, None] * along, _on(b, along, place, t)]) for t in (low, high)], axis=1)
    return sides, lengths(sides[:, 0])


def _on(b: Floats, along: Floats, place: Floats, t: Floats) -> Floats:
    """The points of segments ``b`` that lie at ``t`` along the jambs opposite."""
    start = ((b[:, :2] - place) * along).sum(axis=1)
    end = ((b[:, 2:] - place) * along).sum(axis=1)
    part = np.clip((t - start) / np.where(np.abs(end - start) > 1e-9, end - start, 1.0), 0, 1)
    return np.asarray(b[:, :2] + part[:, None] * (b[:, 2:] - b[:, :2]))


def _quads(sides: Floats, inset: float = 0.0) -> Geometries:
    corners = np.stack([sides[:, 0, :2], sides[:, 0, 2:], sides[:, 1, 2:], sides[:, 1, :2]], axis=1)
    middle = corners.mean(axis=1, keepdims=True)
    if inset:
        across = (corners[:, 1] - corners[:, 0]) / np.maximum(lengths(sides[:, 0]), 1e-9)[:, None]
        shift = inset * across
        corners = corners + np.stack([shift, -shift, -shift, shift], axis=1)
        corners = middle + (corners - middle) * np.array([1.0])
        corners = middle + (corners - middle) * 0.98
    return np.atleast_1d(np.asarray(shapely.polygons(corners), dtype=object))


def _clear(sides: Floats, segments: Floats, solid: shapely.Geometry) -> NDArray[np.bool_]:
    """Whether neither a line nor solid wall lies between."""
    boxes = _quads(sides, _MARGIN)
    clear = np.ones(len(boxes), dtype=bool)
    clear[shapely.STRtree(as_lines(segments)).query(boxes, "intersects")[0]] = False
    shapely.prepare(solid)
    return clear & ~shapely.intersects(solid, boxes)


def _nearest(first: NDArray[np.intp], second: NDArray[np.intp], widths: Floats, count: int) -> NDArray[np.bool_]:
    """Which pairs are the nearest one for both of their jambs. A jamb has one opening only, on its outer side."""
    least = np.full(count, np.inf)
    np.minimum.at(least, first, widths)
    np.minimum.at(least, second, widths)
    return np.asarray((widths <= least[first] + 0.01) & (widths <= least[second] + 0.01))
