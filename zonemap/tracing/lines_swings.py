"""Door swings: arcs, said or drawn as short chords, and the line across the opening that each one stands for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from zonemap.model.linework import Arc, Stroke
from zonemap.tracing.lines_strokes import SPOT, Floats, Frame, Geometries, turned

LEAF_LEAST, LEAF_MOST = 0.35, 1.45  # metres: half of a narrow double door, and the widest single leaf
SWEEP = (25.0, 190.0)  # degrees that a leaf is drawn opened
_QUARTER = (75.0, 100.0)  # degrees that most are
_CHORDS_LEAST = 3
_POINTS_MOST = 200
_CLOSED_LEAST = 6  # points of an outline of a swing and its leaf
_BOX_LEAST = LEAF_LEAST * 0.4  # metres: the box of the smallest swing, hardly opened
_ROUND = 0.015  # of the radius: how far a corner of a flattened arc may lie off the circle
_STEP_MOST = 46.0  # degrees between corners of a flattened arc
_NEAR = 0.2  # metres between a jamb and the end of a swing that stops at it


@dataclass(frozen=True, slots=True)
class Swings:
    """Arcs in metres, one a row: hinge x and y, then the two ends of the swing."""

    hinges: Floats
    firsts: Floats
    lasts: Floats

    def __len__(self) -> int:
        return len(self.hinges)


def swings_of(arcs: Iterable[Arc], strokes: Iterable[Stroke], frame: Frame) -> tuple[Swings, set[int]]:
    """All swings of door size, each once, and which of the strokes they are drawn with (leaf and all)."""
    found = [swing for arc in arcs if (swing := _from_arc(arc, frame)) is not None]
    drawn = set()
    for number, stroke in enumerate(strokes):
        swing = _from_stroke(frame.metres(stroke.points), stroke.closed)
        if swing is not None:
            drawn.add(number)
            found.append(swing)
    rows = np.array(found).reshape(-1, 6)
    rows = rows[_firsts_of_equals(rows)]
    return Swings(rows[:, :2], rows[:, 2:4], rows[:, 4:]), drawn


def door_radii(arcs: Iterable[Arc], strokes: Iterable[Stroke]) -> list[float]:
    """The radii of all arcs that open like a door, about a quarter of a circle, in the file's units."""
    radii = [arc.radius for arc in arcs if _QUARTER[0] <= abs(arc.sweep) <= _QUARTER[1]]
    for stroke in strokes:
        points = np.asarray(stroke.points, dtype=np.float64)
        if not _CHORDS_LEAST + 1 <= len(points) <= _POINTS_MOST:
            continue
        size = float(np.ptp(points, axis=0).max())
        if size > 0:
            radii += [size * float(np.hypot(*(row[2:4] - row[:2]))) for row in _quarters(points / size, stroke.closed)]
    return radii


def _quarters(points: Floats, closed: bool) -> list[Floats]:
    for part in _parts(points, closed):
        found = _on_circle(part, (0.3, 1.5), _QUARTER)
        if found is not None:
            return [np.array(found)]
    return []


def _from_arc(arc: Arc, frame: Frame) -> list[float] | None:
    radius = arc.radius * frame.metres_per_unit
    if not (LEAF_LEAST <= radius <= LEAF_MOST and SWEEP[0] <= abs(arc.sweep) <= SWEEP[1]):
        return None
    hinge = frame.metres([arc.centre])[0]
    ends = [hinge + radius * np.array(turned(angle)) for angle in (arc.start, arc.start + arc.sweep)]
    return [*hinge, *ends[0], *ends[1]]


def _from_stroke(points: Floats, closed: bool) -> list[float] | None:
    """The swing that a stroke draws: chords on a circle, perhaps with the leaf as first or last straight piece."""
    if (
        not _CHORDS_LEAST + 1 <= len(points) <= _POINTS_MOST
        or not _BOX_LEAST < np.ptp(points, axis=0).max() <= 2 * LEAF_MOST
    ):
        return None
    for part in _parts(points, closed):
        swing = _on_circle(part)
        if swing is not None:
            return swing
    return None


def _parts(points: Floats, closed: bool) -> list[Floats]:
    """The stroke, and what remains of it without one or two straight pieces at either end (the leaf)."""
    if closed or np.hypot(*(points[0] - points[-1])) < SPOT:
        if len(points) < _CLOSED_LEAST:
            return []
        return [points[:-1], points[1:], points[1:-1], points[2:-1], points[1:-2], points[:-2], points[2:]]
    return [points, points[1:], points[:-1]]


def _on_circle(
    points: Floats, radii: tuple[float, float] = (LEAF_LEAST, LEAF_MOST), sweeps: tuple[float, float] = SWEEP
) -> list[float] | None:
    if len(points) < _CHORDS_LEAST + 1:
        return None
    hinge, radius = _circle(points)
    if not radii[0] <= radius <= radii[1]:
        return None
    away = points - hinge
    if np.abs(np.hypot(away[:, 0], away[:, 1]) - radius).max() > _ROUND * radius:
        return None
    steps = np.degrees(np.diff(np.unwrap(np.arctan2(away[:, 1], away[:, 0]))))
    swept = abs(steps.sum())
    one_way = bool((steps > 0).all() or (steps < 0).all())
    if not one_way or np.abs(steps).max() > _STEP_MOST or not sweeps[0] <= swept <= sweeps[1]:
        return None
    return [*hinge, *points[0], *points[-1]]


def _circle(points: Floats) -> tuple[Floats, float]:
    """The circle through the first, a middle and the last point; its radius is infinite where they lie on a line."""
    (ax, ay), (bx, by), (cx, cy) = (points[at].tolist() for at in (0, len(points) // 2, -1))
    bx, by, cx, cy = bx - ax, by - ay, cx - ax, cy - ay
    twice = 2 * (bx * cy - by * cx)
    b, c = bx * bx + by * by, cx * cx + cy * cy
    if abs(twice) < 1e-6 * max(b, c, 1e-12):
        return points[0], math.inf
    x, y = (cy * b - by * c) / twice, (bx * c - cx * b) / twice
    return np.array([ax + x, ay + y]), math.hypot(x, y)


def _firsts_of_equals(rows: Floats, tolerance: float = 0.02) -> Sequence[int]:
    """Rows that do not repeat an earlier one, either way round."""
    kept: dict[tuple[int, ...], int] = {}
    for number, row in enumerate(np.round(rows / tolerance).astype(int)):
        ends = sorted([tuple(row[2:4]), tuple(row[4:])])
        kept.setdefault((*row[:2], *ends[0], *ends[1]), number)
    return list(kept.values())


def closings(swings: Swings, walls: Geometries, leaves: Geometries) -> Floats:
    """The segments that shut the doors: from hinge to the end of the swing that lies at the jamb.

    The other end is where a leaf is drawn to, or what lies further from any wall. Ends are led on to the wall.
    """
    if len(swings) == 0 or len(walls) == 0:
        return np.empty((0, 4))
    both = np.stack([swings.firsts, swings.lasts], axis=1)
    far = nearness(both.reshape(-1, 2), walls).reshape(-1, 2)
    far = np.minimum(far, _to_partner(both))
    opened = _has_leaf(swings.hinges, both, leaves)
    # a leaf says which end is open unless both ends have one, or none
    worth = far + np.where(opened & ~opened[:, ::-1], 1.0, 0.0)
    chosen = np.argmin(worth, axis=1)
    rows = np.arange(len(chosen))
    sound = (far[rows, chosen] <= _NEAR) & (nearness(swings.hinges, walls) <= _NEAR)
    ends = both[rows, chosen]
    return np.hstack([swings.hinges, ends])[sound]


def nearness(points: Floats, lines: Geometries) -> Floats:
    """How far each point lies from the nearest line."""
    spots = shapely.points(points)
    return np.asarray(shapely.distance(spots, lines[shapely.STRtree(lines).nearest(spots)]))


def _to_partner(ends: Floats) -> Floats:
    """How far each end lies from the nearest end of another swing: the leaves of a double door meet."""
    flat = ends.reshape(-1, 2)
    apart = np.hypot(*(flat[:, None] - flat[None]).transpose(2, 0, 1))
    owner = np.repeat(np.arange(len(ends)), 2)
    apart[owner[:, None] == owner[None]] = np.inf
    return np.asarray(apart.min(axis=1).reshape(-1, 2) if len(ends) > 1 else np.full((1, 2), np.inf))


def _has_leaf(hinges: Floats, ends: Floats, leaves: Geometries) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Whether a line is drawn from the hinge to each end."""
    if len(leaves) == 0:
        return np.zeros((len(hinges), 2), dtype=bool)
    tree = shapely.STRtree(leaves)
    found = np.zeros((len(hinges), 2), dtype=bool)
    for side in (0, 1):
        along = ends[:, side] - hinges
        spots = [shapely.points(hinges + part * along) for part in (0.3, 0.5, 0.7, 0.9)]
        near = [np.isin(np.arange(len(hinges)), tree.query(spot, "dwithin", distance=0.07)[0]) for spot in spots]
        found[:, side] = np.logical_and.reduce(near)
    return found
