"""Gaps in walls where doors, windows and openings are: bridged from wall end to wall.

A plain closing would fill corridors and small rooms. Here a bridge starts at the end of a wall (a short face with two
outward corners) and runs on straight to whatever wall comes next.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from zonemap.tracing.ink import Ink
from zonemap.tracing.ink_shapes import Mask, grown

THICKEST_END = 0.6  # m: a longer face is a wall's side
FREE = 1.25  # m: a door's width; bridged with nothing drawn in it
WITH_SWING = 2.6  # m: a double door, bridged where its leaves' arcs are drawn
SWUNG = 0.75  # of a leaf's quarter circle is drawn
SMOOTHING = ((1.5, 0.0), (2.0, 0.06), (2.5, 0.1))  # of outlines: at least pixels, metres
NEAR_STEPS = (60, 120)  # pixels that are looked at first: most ends face a wall that is near
WITH_PANE = 16.0  # m: a band of glass, bridged where a pane is drawn along it
Points = npt.NDArray[np.float64]
_BOTH_SIDES = np.array([[1.0], [-1.0]]) * np.linspace(0.15, np.pi / 2 - 0.15, 16)
_STRETCHES = np.array([-3.0, -1.0, 1.0, 3.0])  # pixels by which an arc's radius may differ from the gap


@dataclass(frozen=True, slots=True)
class Gap:
    """A bridged opening: its two jambs' middles (x, y in grid pixels), the wall's thickness there, and why."""

    start: tuple[float, float]
    end: tuple[float, float]
    thickness: float
    evidence: str  # "free", "swing" or "pane"

    @property
    def length(self) -> float:
        """In grid pixels."""
        return float(np.hypot(self.end[0] - self.start[0], self.end[1] - self.start[1]))


@dataclass(frozen=True, slots=True)
class Ends:
    """Wall ends: middle of the face, direction outward (unit vectors), width of the face; one row each."""

    middle: Points
    outward: Points
    width: Points


def bridged(ink: Ink, walls: Mask, lines: Mask, reach: float = 1.0) -> tuple[Mask, tuple[Gap, ...]]:
    """The walls with bridges over their gaps, and the gaps. ``reach`` lengthens or shortens free bridges."""
    ends = wall_ends(ink, walls)
    gaps = find_gaps(ink, walls, lines, ends, reach)
    closed = walls.copy()
    for gap in gaps:
        cv2.fillConvexPoly(closed, outline(gap), 1)
    return closed, gaps


def outline(gap: Gap) -> npt.NDArray[np.int32]:
    """The four corners of a bridge, a pixel into the walls on both sides."""
    start, end = np.array(gap.start), np.array(gap.end)
    along = (end - start) / max(gap.length, 1e-6)
    across = np.array([-along[1], along[0]]) * max(0.0, gap.thickness / 2 - 0.5)
    corners = [start - along - across, start - along + across, end + along + across, end + along - across]
    return np.round(np.array(corners)).astype(np.int32)


def wall_ends(ink: Ink, walls: Mask) -> Ends:
    """All short faces with an outward corner on both sides, found with more and less smoothing of the outlines."""
    contours, _ = cv2.findContours(walls, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    rows = [np.zeros((0, 5))]
    for contour in contours:
        if len(contour) >= 8:
            rows += [
                ends_of(ink, np.asarray(contour, dtype=np.int32), max(play, metres / ink.metres))
                for play, metres in SMOOTHING
            ]
    table = np.concatenate(rows)
    places = np.round(table[:, :2] / 3) @ np.array([10_000.0, 4.0]) + np.round(np.arctan2(table[:, 3], table[:, 2]))
    _, first = np.unique(places, return_index=True)
    table = table[first]
    return Ends(table[:, :2], table[:, 2:4], table[:, 4])


def ends_of(ink: Ink, contour: npt.NDArray[np.int32], play: float) -> Points:
    """The ends on one outline, as rows of middle x, y, direction x, y and width."""
    corners = cv2.approxPolyDP(contour, play, True).reshape(-1, 2).astype(np.float64)
    if len(corners) < 3:
        return np.zeros((0, 5))
    edge = np.concatenate([corners[1:], corners[:1]]) - corners
    length = np.hypot(edge[:, 0], edge[:, 1])
    edge /= np.maximum(length, 1e-6)[:, None]
    before, after = np.concatenate([edge[-1:], edge[:-1]]), np.concatenate([edge[1:], edge[:1]])
    length_before, length_after = np.concatenate([length[-1:], length[:-1]]), np.concatenate([length[1:], length[:1]])
    turn_in = before[:, 0] * edge[:, 1] - before[:, 1] * edge[:, 0]
    turn_out = edge[:, 0] * after[:, 1] - edge[:, 1] * after[:, 0]
    # OpenCV runs round the outside of ink against the clock as seen with y down: outward corners turn to the left.
    beside = np.minimum(length_before, length_after)
    is_end = (turn_in < -0.6) & (turn_out < -0.6) & (length * ink.metres <= THICKEST_END) & (beside * ink.metres > 0.05)
    if not is_end.any():
        return np.zeros((0, 5))
    across = np.stack([-edge[:, 1], edge[:, 0]], axis=1)
    outward = along_wall(across, before, after, length_before, length_after)
    middle = corners + edge * length[:, None] / 2
    return np.concatenate([middle, outward, length[:, None] + 1], axis=1)[is_end]


def along_wall(square: Points, before: Points, after: Points, length: Points, next_length: Points) -> Points:
    """Where a wall with these two sides runs on to: as its longer side does, and level or upright where nearly so."""
    side = np.where((length > next_length)[:, None], before, -after)
    side = np.where((np.maximum(length, next_length) > 8.0)[:, None], side, square)
    main = np.round(side)
    return np.where((np.abs(side).max(axis=1) > 0.96)[:, None], main, side)


def find_gaps(ink: Ink, walls: Mask, lines: Mask, ends: Ends, reach: float) -> tuple[Gap, ...]:
    """The bridges that are worth making, shortest first, none twice."""
    distance = free_ahead(ink, walls, ends)
    loose = grown(lines & (1 - walls))
    gaps: list[Gap] = []
    for index in np.argsort(distance):
        if not np.isfinite(distance[index]):
            break
        start, outward = ends.middle[index], ends.outward[index]
        end = start + outward * distance[index]
        evidence = evidence_of(ink, loose, start, end, float(ends.width[index]), reach)
        if evidence:
            gaps.append(Gap((start[0], start[1]), (float(end[0]), float(end[1])), float(ends.width[index]), evidence))
    return tuple(gaps)


def free_ahead(ink: Ink, walls: Mask, ends: Ends) -> Points:
    """How far it is from each end straight on to the next wall, in pixels; infinite where none comes."""
    if not len(ends.width):
        return np.zeros(0)
    far = min(WITH_PANE / ink.metres, float(max(walls.shape)))
    steps = np.arange(2.0, far, 1.0)
    across = np.stack([-ends.outward[:, 1], ends.outward[:, 0]], axis=1)
    hits = [
        first_wall(walls, ends.middle + across * (ends.width * part)[:, None], ends.outward, steps)
        for part in (-0.3, 0.0, 0.3)
    ]
    return np.asarray(np.median(np.array(hits), axis=0))


def first_wall(walls: Mask, foot: Points, outward: Points, steps: Points) -> Points:
    """The first of the steps outward at which each ray is at a wall; infinite where none is."""
    found = np.full(len(foot), np.inf)
    for part in np.split(steps, np.minimum(np.cumsum(NEAR_STEPS), len(steps))):
        left = np.flatnonzero(np.isinf(found))
        x = np.rint(foot[left, :1] + outward[left, :1] * part).astype(np.int32)
        y = np.rint(foot[left, 1:] + outward[left, 1:] * part).astype(np.int32)
        inside = (x >= 0) & (y >= 0) & (x < walls.shape[1]) & (y < walls.shape[0])
        wall = np.zeros(x.shape, dtype=bool)
        wall[inside] = walls[y[inside], x[inside]] > 0
        there = wall.any(axis=1)
        if there.any():
            found[left[there]] = part[np.argmax(wall[there], axis=1)]
    return found


def evidence_of(ink: Ink, loose: Mask, start: Points, end: Points, width: float, reach: float) -> str:
    """Why a bridge from ``start`` to ``end`` may be made, or an empty text."""
    length = float(np.hypot(*(end - start))) * ink.metres
    if length <= FREE * reach:
        return "free"
    if length <= WITH_SWING and has_swing(loose, start, end):
        return "swing"
    return "pane" if has_pane(loose, start, end, width) else ""


def sample(mask: Mask, x: Points, y: Points) -> npt.NDArray[np.uint8]:
    """The mask's values at points; 0 beside it."""
    column, row = np.round(x).astype(np.int64), np.round(y).astype(np.int64)
    inside = (column >= 0) & (row >= 0) & (column < mask.shape[1]) & (row < mask.shape[0])
    values = np.zeros(column.shape, dtype=np.uint8)
    values[inside] = mask[row[inside], column[inside]]
    return values


def has_pane(loose: Mask, start: Points, end: Points, width: float) -> bool:
    """Whether a line runs all along between two wall ends."""
    along = end - start
    length = float(np.hypot(*along))
    across = np.array([-along[1], along[0]]) / max(length, 1e-6)
    steps = np.arange(1.0, length, 1.0)[None, :] / length
    offsets = np.arange(-width / 2, width / 2 + 1, 1.0)[:, None]
    x = start[0] + along[0] * steps + across[0] * offsets
    y = start[1] + along[1] * steps + across[1] * offsets
    return bool(sample(loose, x, y).mean(axis=1).max(initial=0.0) > 0.8)


def has_swing(loose: Mask, start: Points, end: Points) -> bool:
    """Whether a leaf's quarter circle stands on the gap: one round either jamb, or two halves as wide."""
    length = float(np.hypot(*(end - start)))
    one, other, half, other_half = arc_shares(loose, start, end, length)
    return max(one, other) > SWUNG or min(half, other_half) > 0.7


def has_leaf(loose: Mask, gap: Gap) -> bool:
    """Whether the quarter circle of one leaf stands on a gap."""
    one, other, _, _ = arc_shares(loose, np.array(gap.start), np.array(gap.end), gap.length)
    return max(one, other) > SWUNG


def arc_shares(loose: Mask, start: Points, end: Points, length: float) -> list[float]:
    """The drawn shares of quarter circles as wide as the gap round either jamb, then of those half as wide.

    Of each the largest share, to one side of the gap, and with a radius that differs a little.
    """
    base = float(np.arctan2(end[1] - start[1], end[0] - start[0]))
    hinges = np.array([start, end, start, end]).reshape(4, 2, 1, 1, 1)
    angles = (base + np.array([0.0, np.pi, 0.0, np.pi])).reshape(4, 1, 1, 1) + _BOTH_SIDES
    radii = np.array([length, length, length / 2, length / 2])[:, None] + _STRETCHES
    x = hinges[:, 0] + radii[:, :, None, None] * np.cos(angles)
    y = hinges[:, 1] + radii[:, :, None, None] * np.sin(angles)
    shares: list[float] = sample(loose, x, y).mean(axis=-1).max(axis=(1, 2)).tolist()
    return shares
