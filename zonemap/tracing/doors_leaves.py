"""A leaf in a known gap: lettering may hide so much of a swing that only the gap tells where to look for the rest."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
from numpy.typing import NDArray

from zonemap.tracing.doors_ground import Ground, Picture

_ANGLES = np.radians(np.arange(6.0, 85.0, 3.0))
_SHIFTS = (-0.1, -0.05, 0.0, 0.05, 0.1)  # metres from the gap's end to the hinge, along the wall
_ASIDE = (-0.1, -0.05, 0.0, 0.05, 0.1)  # and across it
_FITS = (0.88, 0.92, 0.96, 1.0, 1.04, 1.08)  # of the gap's width: the leaf's
_DOUBLE_LEAST = 1.1  # metres between the jambs of a pair
_DRAWN = 0.5  # of the arc
_CLEARER = 0.3  # by which it is more drawn than the arcs 10 cm inside and outside of it
_ENOUGH = 0.95  # of 1.5: the drawn share of the arc, and half that of the leaf


def swings_in_gap(picture: Picture, start: NDArray[np.float64], end: NDArray[np.float64]) -> bool:
    """Whether a leaf, or a pair, swings in the gap from ``start`` to ``end``."""
    ends = ((start, end), (end, start))
    singles = [_looks_swung(picture, hinge, strike - hinge) for hinge, strike in ends]
    if max(singles) >= _ENOUGH:
        return True
    if math.dist(start, end) < _DOUBLE_LEAST:
        return False
    return min(_looks_swung(picture, hinge, (strike - hinge) / 2) for hinge, strike in ends) >= _ENOUGH


def _looks_swung(picture: Picture, hinge: NDArray[np.float64], way: NDArray[np.float64]) -> float:
    """How much it looks as if a leaf as wide as ``way`` turned about the hinge, to the better of the two sides."""
    width = math.hypot(*way)
    on = way / width
    ground = Ground(picture.strokes, picture.ground.labels, picture.ground.pitch, (0.0, 0.0), 1.0)
    best = 0.0
    for out in (np.array((-on[1], on[0])), np.array((on[1], -on[0]))):
        tries = np.array(list(product(_SHIFTS, _ASIDE, _FITS)))
        hinges = hinge + tries[:, :1] * on + tries[:, 1:2] * out
        radii = tries[:, 2] * width
        arc = _arcs_drawn(ground, hinges, radii, on, out)
        beside = np.maximum(*(_arcs_drawn(ground, hinges, radii + away, on, out) for away in (-0.1, 0.1)))
        leaf = picture.ground.drawn(hinges + out * radii[:, None] * 0.15, hinges + out * radii[:, None] * 0.95)
        score = np.where((arc >= _DRAWN) & (arc - beside >= _CLEARER), arc + 0.5 * leaf, 0.0)
        best = max(best, float(score.max()))
    return best


def _arcs_drawn(
    ground: Ground,
    hinges: NDArray[np.float64],
    radii: NDArray[np.float64],
    on: NDArray[np.float64],
    out: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The drawn share of the quarter from ``on`` to ``out`` about each hinge."""
    towards = np.cos(_ANGLES)[:, None] * on + np.sin(_ANGLES)[:, None] * out
    places = hinges[:, None, :] + radii[:, None, None] * towards
    return np.asarray(ground.marked(places, towards, grown=1).mean(axis=1))
