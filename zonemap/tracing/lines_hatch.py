"""Hatching: strokes that go with many others of their kind, close together. They fill; they divide nothing."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from zonemap.tracing.lines_strokes import Floats, as_lines, directions, lengths

_NEAR = 0.4  # metres: the lines of a wall and a window lie as near, but not so many
_MANY = 6
_PARALLEL = 0.03  # sine of the angle between lines that go the same way
_TURN = 2.0  # degrees
_ONE_WAY = 0.85
_LOOKED_AT = 400  # segments that are enough to know a pen by


def hatched(segments: Floats) -> NDArray[np.bool_]:
    """Which segments have six or more parallel ones within 40 cm of their middle."""
    if len(segments) <= _MANY:
        return np.zeros(len(segments), dtype=bool)
    return _beside(segments, segments)


def is_hatch(segments: Floats) -> bool:
    """Whether a pen is one for hatching: so are most of its segments, by length, or nearly all go the same way."""
    if len(segments) <= 4 * _MANY:
        return False
    if _goes_one_way(segments):
        return True
    some = segments[:: max(1, len(segments) // _LOOKED_AT)]
    span = lengths(some)
    return float(span[_beside(some, segments)].sum()) > 0.6 * float(span.sum())


def _goes_one_way(segments: Floats) -> bool:
    """Whether nearly all length is in one direction: walls have two at least."""
    along = directions(segments)
    angle = np.degrees(np.arctan2(along[:, 1], along[:, 0])) % 180
    steps = np.round(angle / _TURN).astype(int) % round(180 / _TURN)
    share = np.bincount(steps, lengths(segments), round(180 / _TURN))
    near = share + np.roll(share, 1) + np.roll(share, -1)
    return float(near.max()) > _ONE_WAY * float(share.sum())


def _beside(some: Floats, segments: Floats) -> NDArray[np.bool_]:
    middles = shapely.points((some[:, :2] + some[:, 2:]) / 2)
    first, second = shapely.STRtree(as_lines(segments)).query(middles, "dwithin", distance=_NEAR)
    a, b = directions(some)[first], directions(segments)[second]
    parallel = np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]) <= _PARALLEL
    # another piece of the same line is no companion
    apart = (segments[second, :2] - some[first, :2]) * np.stack([-a[:, 1], a[:, 0]], axis=1)
    beside = parallel & (np.abs(apart.sum(axis=1)) > 0.01)
    return np.asarray(np.bincount(first[beside], minlength=len(some)) >= _MANY)
