"""Solids seen from above: what walls cover, less the openings in them, and where a door stands in its wall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from zonemap.model.plan import Point
from zonemap.tracing.outlines import Outline, outlines

Shape = Any  # a shapely geometry; only tracing and geometry know what that is
_LEAF_LEAST = 0.3  # metres: nothing narrower is walked through


def walls_cut(walls: Sequence[Shape], openings: Sequence[Shape]) -> tuple[Outline, ...]:
    """All walls of a floor as one, less the openings of its doors."""
    if not walls:
        return ()
    return outlines(shapely.difference(shapely.union_all(list(walls)), shapely.union_all(list(openings))))


def jambs_in(opening: Shape, wall: Shape | None, along: Point) -> tuple[Point, Point] | None:
    """The jambs of a door: the ends of its opening in the middle of its wall, or None where there is nothing to see.

    ``opening`` and ``wall`` are footprints, ``along`` is the way the door is wide, as its model says.
    """
    shape = opening
    if wall is not None:
        within = shapely.intersection(opening, wall)
        shape = opening if within.is_empty or within.area < 0.1 * opening.area else within
    corners = shapely.get_coordinates(shape)
    if not len(corners):
        return None
    found = _across(corners, np.array(along))
    turned = _across(corners, np.array((-along[1], along[0])))
    # A door is wider than its wall is thick; where a model says otherwise it has its axes the other way round.
    length, jambs = max(found, turned, key=lambda each: each[0]) if found[0] < _LEAF_LEAST else found
    return jambs if length > 0 else None


def _across(corners: Any, along: Any) -> tuple[float, tuple[Point, Point]]:
    """How far the corners reach along a direction, and the two ends of that, in the middle of the other one."""
    across = np.array((-along[1], along[0]))
    on, off = corners @ along, corners @ across
    middle = (off.min() + off.max()) / 2
    ends = [along * at + across * middle for at in (on.min(), on.max())]
    first, second = ((round(float(x), 3) + 0.0, round(float(y), 3) + 0.0) for x, y in ends)
    return float(on.max() - on.min()), (first, second)
