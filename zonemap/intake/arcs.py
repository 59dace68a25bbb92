"""Circular arcs among flattened strokes: how doors swing, in files that know no arcs. Only for the child.

A run of short chords that turns the same way by about the same angle is fitted with a circle; it is an arc where no
vertex lies farther from the circle than a hundredth of the radius.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from zonemap.model.linework import Arc, Stroke
from zonemap.model.plan import Point

_LEAST_SWEEP = 30.0  # degrees
_LEAST_CHORDS = 4  # three points always lie on a circle
_TURN_MOST = 35.0  # degrees between two chords
_TURN_LEAST = 0.4
_OFF_CIRCLE = 0.015  # of the radius
_ARCS_MOST = 50_000


def arcs_among(strokes: Sequence[Stroke], known: Sequence[Arc]) -> list[Arc]:
    """The arcs that polylines follow, without those that are ``known``."""
    there = {_key(arc) for arc in known}
    found: list[Arc] = []
    for points, layer in _chained(strokes):
        for arc in _arcs_along(points, layer):
            if _key(arc) not in there and len(found) < _ARCS_MOST:
                there.add(_key(arc))
                found.append(arc)
    return found


def _key(arc: Arc) -> tuple[float, ...]:
    """Nearly the same for the same arc, whichever way round it was drawn."""
    middle = math.radians(arc.start + arc.sweep / 2)
    grain = arc.radius / 20
    x, y = arc.centre[0] + arc.radius * math.cos(middle), arc.centre[1] + arc.radius * math.sin(middle)
    return round(math.log(arc.radius) * 20), round(x / grain), round(y / grain)


def _chained(strokes: Sequence[Stroke]) -> Iterator[tuple[list[Point], str]]:
    """Points of strokes, those joined that go on where the one before ended: some programs write chord by chord."""
    points: list[Point] = []
    layer = ""
    for stroke in strokes:
        if points and stroke.points[0] == points[-1] and stroke.layer == layer and not stroke.closed:
            points.extend(stroke.points[1:])
            continue
        if len(points) > _LEAST_CHORDS:
            yield points, layer
        points, layer = list(stroke.points), stroke.layer
        if stroke.closed and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > _LEAST_CHORDS:
        yield points, layer


def _arcs_along(points: Sequence[Point], layer: str) -> Iterator[Arc]:
    """Arcs among the runs of vertices that turn one way, gently and evenly."""
    start = 0
    chords = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    lengths = [math.hypot(*chord) for chord in chords]
    before = 0.0
    for at in range(1, len(chords) + 1):
        turn = _turn(chords[at - 1], chords[at]) if at < len(chords) else 0.0
        even = at < len(chords) and 0.3 < lengths[at] / (lengths[at - 1] or 1e-12) < 3.3
        if even and _TURN_LEAST < abs(turn) < _TURN_MOST and turn * before >= 0:
            before = turn
            continue
        if at - start >= _LEAST_CHORDS:
            arc = _fitted(points[start : at + 1], layer)
            if arc is not None:
                yield arc
        start, before = at, 0.0


def _turn(first: Point, then: Point) -> float:
    """Degrees from one chord to the next; positive where y follows x."""
    return math.degrees(math.atan2(first[0] * then[1] - first[1] * then[0], first[0] * then[0] + first[1] * then[1]))


def _fitted(points: Sequence[Point], layer: str) -> Arc | None:
    """The arc through the points, where they lie on a circle."""
    trimmed = points if _lies_on(points) else points[1:-1]  # the leaf often goes on into the swing
    circle = _lies_on(trimmed) if len(trimmed) > _LEAST_CHORDS else None
    if circle is None:
        return None
    (x, y), radius = circle
    angles = [math.atan2(py - y, px - x) for px, py in trimmed]
    sweep = sum(math.degrees(math.remainder(then - first, math.tau)) for first, then in pairwise(angles))
    if not _LEAST_SWEEP <= abs(sweep) < 361:
        return None
    return Arc((x, y), radius, math.degrees(angles[0]) % 360, sweep, layer)


def _lies_on(points: Sequence[Point]) -> tuple[Point, float] | None:
    """Centre and radius, where all points and the middles between them lie near a circle."""
    circle = _circle(points[0], points[len(points) // 3], points[-1]) if points[0] != points[-1] else None
    circle = circle or _circle(points[0], points[len(points) // 3], points[2 * len(points) // 3])
    if circle is None:
        return None
    (x, y), radius = circle
    off = max(abs(math.hypot(px - x, py - y) - radius) for px, py in points)
    return circle if off <= _OFF_CIRCLE * radius else None


def _circle(a: Point, b: Point, c: Point) -> tuple[Point, float] | None:
    """The circle through three points; None where they lie on a line."""
    bx, by, cx, cy = b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]
    twice = 2 * (bx * cy - by * cx)
    if abs(twice) < 1e-9 * (math.hypot(bx, by) * math.hypot(cx, cy) + 1e-12):
        return None
    b2, c2 = bx * bx + by * by, cx * cx + cy * cy
    ux, uy = (cy * b2 - by * c2) / twice, (bx * c2 - cx * b2) / twice
    return (a[0] + ux, a[1] + uy), math.hypot(ux, uy)
