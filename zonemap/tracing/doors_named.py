"""Doors that the file itself calls so: by the layer of their lines, or by the name of their block.

What is drawn there is a door and no wall, however it looks: a sliding leaf, folded leaves, two that swing through.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zonemap.model.linework import Arc, Block, Linework, Stroke
from zonemap.tracing.doors_ground import Ground, inked
from zonemap.tracing.doors_sides import Sides, sides_of
from zonemap.tracing.lines_layers import names_door

WIDTH_LEAST, WIDTH_MOST = 0.55, 2.6  # metres: what one block of a door shuts
_BOX_MOST = 4.0  # metres: the block of a whole floor may be called after doors too
_BESIDE = 0.3  # metres: a leaf may slide along the wall, on either face
_FILLS = 0.3  # of an opening's width, beside which a door is drawn
_ASLANT = 0.4  # tangent of the angle between a way and the wall that it leads through
_TOLERANCE = 0.02  # metres


@dataclass(frozen=True, slots=True)
class Named:
    """What the file calls doors. ``walls`` is the ground without them, ``doors`` the same ground with them alone."""

    blocks: tuple[NDArray[np.float64], ...]  # of each door's block all points, on the ground
    turns: tuple[float, ...]  # of each the direction of its first axis, radians
    walls: Ground
    doors: Ground

    def knows(self, arc: Arc, ground: Ground) -> bool:
        """Whether an arc is drawn on a layer of doors, or within the block of one."""
        if names_door(arc.layer):
            return True
        sweep = np.radians((arc.start, arc.start + arc.sweep))
        ends = np.asarray(arc.centre) + arc.radius * np.column_stack((np.cos(sweep), np.sin(sweep)))
        places = ground.metres([(float(x), float(y)) for x, y in ends])
        return any(_within(places, points) for points in self.blocks)

    def fills(self, start: NDArray[np.float64], end: NDArray[np.float64]) -> bool:
        """Whether a door is drawn in the opening from ``start`` to ``end``."""
        on = end - start
        left = np.array((-on[1], on[0])) / np.hypot(*on)
        places = start + on * np.linspace(0.05, 0.95, 24)[:, None, None]
        offs = np.arange(-_BESIDE, _BESIDE + 1e-9, self.doors.pitch)[None, :, None] * left
        hit = self.doors.marked(places + offs, left, grown=0)
        return bool(hit.any(axis=1).mean() >= _FILLS)

    def across(
        self, known: Sequence[NDArray[np.float64]]
    ) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64], Sides]]:
        """For each block without a door among the places that are ``known``: the line across it that parts two rooms,
        or a room from outdoors."""
        for points, turn in zip(self.blocks, self.turns, strict=True):
            if any(_within(place[None], points, _BESIDE) for place in known):
                continue
            lines = [(line, sides_of(self.walls, *line)) for line in _lines_across(points, turn)]
            parting = [(line, sides) for line, sides in lines if sides.differ and abs(sides.slope) <= _ASLANT]
            if parting:
                (start, end), sides = min(parting, key=lambda found: (not found[1].inner, abs(found[1].off)))
                yield start, end, sides


def named_in(linework: Linework, ground: Ground) -> Named:
    """What the file calls doors, on the ground."""
    chosen = list(_placed(linework, ground))
    of_blocks = {number for block, _ in chosen for number in range(*block.strokes)}
    doors: list[Stroke] = []
    walls: list[Stroke] = []
    for number, stroke in enumerate(linework.strokes):
        (doors if number in of_blocks or names_door(stroke.layer) else walls).append(stroke)
    if not doors:
        return Named((), (), ground, replace(ground, ink=np.zeros_like(ground.ink)))
    return Named(
        tuple(points for _, points in chosen),
        tuple(math.radians(block.rotation) for block, _ in chosen),
        replace(ground, ink=inked(walls, ground)),
        replace(ground, ink=inked(doors, ground)),
    )


def _placed(linework: Linework, ground: Ground) -> Iterator[tuple[Block, NDArray[np.float64]]]:
    """The blocks that are called after doors, with what they draw; of one within another the outer one."""
    last = -1
    named = [block for block in linework.blocks if names_door(block.name) and block.strokes[0] < block.strokes[1]]
    for block in sorted(named, key=lambda block: (block.strokes[0], -block.strokes[1])):
        points = [point for stroke in linework.strokes[slice(*block.strokes)] for point in stroke.points]
        placed = ground.metres(points)
        if block.strokes[0] >= last and _is_door_sized(placed):
            last = block.strokes[1]
            yield block, placed


def _is_door_sized(points: NDArray[np.float64]) -> bool:
    return WIDTH_LEAST <= float(np.ptp(points, axis=0).max()) <= _BOX_MOST


def _within(places: NDArray[np.float64], points: NDArray[np.float64], reach: float = _TOLERANCE) -> bool:
    low, high = points.min(axis=0) - reach, points.max(axis=0) + reach
    return bool(((places >= low) & (places <= high)).all())


def _lines_across(
    points: NDArray[np.float64], turn: float
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Along each of the block's own axes its two sides and its middle, as long as a door is wide."""
    axes = np.array(((math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))))
    own = points @ axes.T
    low, high = own.min(axis=0), own.max(axis=0)
    for along in (0, 1):
        if not WIDTH_LEAST <= high[along] - low[along] <= WIDTH_MOST:
            continue
        for part in (0.5, 0.0, 1.0):
            ends = np.empty((2, 2))
            ends[:, along] = low[along], high[along]
            ends[:, 1 - along] = low[1 - along] + part * (high[1 - along] - low[1 - along])
            start, end = ends @ axes
            yield start, end
