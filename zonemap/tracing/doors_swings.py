"""Swings: the quarter circles that doors describe, and the opening that each of them shuts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zonemap.model.linework import Arc
from zonemap.tracing.doors_ground import Ground
from zonemap.tracing.doors_sides import Sides, sides_of

RADIUS_LEAST, RADIUS_MOST = 0.45, 1.5  # metres: a cupboard's leaf, the widest of a pair
_SWEEP = (55.0, 115.0)  # degrees that most leaves are drawn open
_SWEEP_NAMED = (20.0, 185.0)  # hardly open, or folded back to the wall: where the file calls it a door ...
_SWEEP_WITH_LEAF = (28.0, 182.0)  # ... or a leaf is drawn
_LEAF_DRAWN = 0.65  # of it: a line aslant may slip between the looks
_FRAME, _BEYOND = 0.05, 0.2  # metres past a jamb between which there is wall
_FILLED = (-0.03, 0.0, 0.03)  # metres from the middle of a filled wall, however thin
_ASLANT = 0.4  # tangent of the angle between a way and the wall that it leads through
_ENOUGH = 1.8  # of 3: see _weighed


@dataclass(frozen=True, slots=True)
class Swing:
    """A leaf's way about its hinge. Places on the ground. ``named``: its layer or its block is called after doors."""

    hinge: NDArray[np.float64]
    ends: tuple[NDArray[np.float64], NDArray[np.float64]]
    named: bool = False
    sure: float = 1.0  # how much of it is there
    needs_leaf: bool = False  # it opens so little, or so far, that only a leaf makes it a door

    @property
    def radius(self) -> float:
        """Metres from the hinge to the leaf's edge."""
        return float(np.hypot(*(self.ends[0] - self.hinge)))


@dataclass(frozen=True, slots=True)
class Leaf:
    """A swing with the opening that it shuts: from the hinge to the ``strike``."""

    hinge: NDArray[np.float64]
    strike: NDArray[np.float64]
    sides: Sides
    weight: float


def swings_of(arcs: Iterable[Arc], ground: Ground, is_named: Callable[[Arc], bool]) -> Iterator[Swing]:
    """The arcs that may be swings by their size."""
    for arc in arcs:
        radius, sweep = arc.radius * ground.metres_per_unit, abs(arc.sweep)
        if not RADIUS_LEAST <= radius <= RADIUS_MOST or not _SWEEP_NAMED[0] <= sweep <= _SWEEP_NAMED[1]:
            continue
        named, usual = is_named(arc), _SWEEP[0] <= sweep <= _SWEEP[1]
        if named or usual or _SWEEP_WITH_LEAF[0] <= sweep <= _SWEEP_WITH_LEAF[1]:
            hinge = ground.metres([arc.centre])[0]
            angles = (math.radians(arc.start), math.radians(arc.start + arc.sweep))
            first, second = (hinge + radius * np.array((math.cos(angle), math.sin(angle))) for angle in angles)
            yield Swing(hinge, (first, second), named, needs_leaf=not named and not usual)


def leaf_of(swing: Swing, ground: Ground) -> Leaf | None:
    """The opening that the swing shuts, or None where it is no door: a table, a curved wall."""
    leaves = [_weighed(swing, ground, *pair) for pair in (swing.ends, swing.ends[::-1])]
    best = max(leaves, key=lambda leaf: leaf.weight)
    return best if best.weight >= _ENOUGH else None


def _weighed(swing: Swing, ground: Ground, strike: NDArray[np.float64], tip: NDArray[np.float64]) -> Leaf:
    """How well the swing shuts the way from the hinge to ``strike``, and stands open at ``tip``.

    2 where that way parts two places, 1 more where the leaf is drawn open, 1 less where the way is drawn shut.
    """
    hinge = swing.hinge
    sides = sides_of(ground, hinge, strike)
    inset = (strike - hinge) * 0.12  # frames stand in the opening's corners
    leaf, shut = ground.drawn(np.array((hinge, hinge + inset)), np.array((tip, strike - inset)), grown=2).tolist()
    weight = leaf - shut + 0.5 * swing.named
    if swing.needs_leaf and leaf < _LEAF_DRAWN:
        weight = 0.0
    elif sides.differ and abs(sides.slope) <= _ASLANT and not _is_solid(ground, hinge, strike, sides):
        weight += 2.0
    elif not sides.differ and sides.left and leaf > 0.8 and swing.sure > 0.85 and stands_in_wall(ground, hinge, strike):
        weight += 1.0  # a toilet's partition, or two rooms that were found as one
    else:
        weight = 0.0
    return Leaf(hinge, strike, sides, weight)


def _is_solid(ground: Ground, hinge: NDArray[np.float64], strike: NDArray[np.float64], sides: Sides) -> bool:
    """Whether the wall goes on through the way, filled: a threshold or a frame is thinner."""
    on = strike - hinge
    left = np.array((-on[1], on[0])) / np.hypot(*on)
    middle = hinge + left * (sides.off if sides.inner else 0.0)
    lines = middle + on * 0.12 + left * np.array(_FILLED)[:, None]
    return bool(ground.drawn(lines, lines + on * 0.76, grown=0).min() > 0.7)


def stands_in_wall(ground: Ground, hinge: NDArray[np.float64], strike: NDArray[np.float64]) -> bool:
    """Whether something is drawn past both ends of the opening: a wall that goes on, or one that runs across."""
    on = (strike - hinge) / np.hypot(*(strike - hinge))
    across = np.array((-on[1], on[0])) * 0.1
    beyond = np.array(((hinge, -on), (strike, on)))
    near, far = beyond[:, 0] + beyond[:, 1] * _FRAME, beyond[:, 0] + beyond[:, 1] * _BEYOND
    looks = [ground.drawn(near + across * step, far + across * step) for step in (-1, 0, 1)]
    return bool(np.all(np.max(looks, axis=0) > 0.0))
