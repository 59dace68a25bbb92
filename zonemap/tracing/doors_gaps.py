"""Gaps: stretches of two rooms' outlines, opposite each other, along which no wall is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from zonemap.model.draft import DraftRoom
from zonemap.model.plan import Ring
from zonemap.tracing.doors_ground import Ground, Places
from zonemap.tracing.doors_sides import WALL_MOST, Sides, sides_of

GAP_LEAST, GAP_MOST = 0.6, 2.5  # metres: a closet's door, a pair with its frame
_JAGGED = 0.05  # metres by which a traced outline may stray
_CROSSED = 0.15  # metres: a leaf or a frame that touches a gap doesn't end it
_ASIDE = 0.1  # metres by which a wall may stand aside of the gap's line or end
_WALL = 0.85  # drawn share of a wall's face
_SHUT = 0.75  # drawn share of a line along the gap: a pane, a counter, the wall itself


@dataclass(frozen=True, slots=True)
class Gap:
    """An opening from ``start`` to ``end`` (places on the ground), in the middle of the wall."""

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    sides: Sides

    @property
    def width(self) -> float:
        """Metres between the jambs."""
        return float(np.hypot(*(self.end - self.start)))


def gaps_of(rooms: Sequence[DraftRoom], ground: Ground) -> Iterator[Gap]:
    """The ways out of rooms that nothing drawn shuts. Each that leads to another room is met twice, from either one."""
    for room in rooms:
        for ring in (room.ring, *room.holes):
            for start, end in _edges(ground, ring):
                for low, high in _undrawn(ground, start, end):
                    gap = _gap(ground, low, high)
                    if gap is not None:
                        yield gap


def _edges(ground: Ground, ring: Ring) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    corners = ground.metres(ring)
    if len(corners) < 3:
        return
    smooth = shapely.get_coordinates(shapely.simplify(shapely.LinearRing(corners), _JAGGED))
    for start, end in pairwise(smooth):
        if np.hypot(*(end - start)) >= GAP_LEAST:
            yield start, end


def _undrawn(
    ground: Ground, start: NDArray[np.float64], end: NDArray[np.float64]
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """The stretches of an edge, as long as openings are, along which its face isn't drawn."""
    length = float(np.hypot(*(end - start)))
    on = (end - start) / length
    places = np.arange(0.0, length, ground.pitch)
    bare = ~ground.marked(start + on * places[:, None], np.array((-on[1], on[0])), grown=2)
    for first, last in _runs(bare, round(_CROSSED / ground.pitch)):
        low, high = places[first], min(places[last] + ground.pitch, length)
        if GAP_LEAST <= high - low <= GAP_MOST:
            yield start + on * low, start + on * high


def _runs(bare: NDArray[np.bool_], bridged: int) -> list[tuple[int, int]]:
    """First and last of each run of True; runs that are parted by ``bridged`` or fewer are one."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], bare, [False]))))
    runs: list[tuple[int, int]] = []
    for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if runs and first - runs[-1][1] - 1 <= bridged:
            runs[-1] = (runs[-1][0], end - 1)
        else:
            runs.append((first, end - 1))
    return runs


def _gap(ground: Ground, start: NDArray[np.float64], end: NDArray[np.float64]) -> Gap | None:
    sides = sides_of(ground, start, end)
    if not sides.differ or is_shut(ground, start, end, sides.off) or not _between_walls(ground, start, end, sides.off):
        return None
    on = end - start
    middle = np.array((-on[1], on[0])) / np.hypot(*on) * (sides.off if sides.inner else 0.0)
    return Gap(start + middle, end + middle, sides)


def _between_walls(ground: Ground, start: NDArray[np.float64], end: NDArray[np.float64], off: float) -> bool:
    """Whether a wall stands at both ends of the gap: one that goes on along its line, or one that runs across."""
    on = (end - start) / np.hypot(*(end - start))
    left = np.array((-on[1], on[0]))
    offs = np.arange(min(2 * off, 0.0) - _ASIDE, max(2 * off, 0.0) + _ASIDE, ground.pitch)[:, None]
    steps = np.arange(-_ASIDE, _ASIDE, ground.pitch)[:, None]
    for jamb, away in ((start, -on), (end, on)):
        goes_on = ground.drawn(jamb + left * offs + away * 0.08, jamb + left * offs + away * 0.3)
        across = jamb + left * off + away * steps
        runs_across = ground.drawn(across - left * 0.2, across + left * 0.2)
        if max(goes_on.max(), runs_across.max()) < _WALL:
            return False
    return True


def is_shut(ground: Ground, start: NDArray[np.float64], end: NDArray[np.float64], off: float) -> bool:
    """Whether a line is drawn along the gap, anywhere between the wall's faces."""
    on = end - start
    left = np.array((-on[1], on[0])) / np.hypot(*on)
    deep = min(2 * abs(off), WALL_MOST)
    offs = np.arange(-deep, deep + 1e-9, ground.pitch)[:, None]
    lines: Places = start + on * 0.1 + left * offs
    return bool(ground.drawn(lines, lines + on * 0.8).max(initial=0.0) > _SHUT)
