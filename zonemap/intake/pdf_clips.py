"""Clip paths of a PDF page: the lines of a hatch end where the room ends. Only for the child.

PDFium hands out lines as they were drawn, not as they are shown; open lines are cut here, filled areas are not.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pypdfium2 import raw

from zonemap.intake.linework_sheet import inside
from zonemap.model.linework import Affine
from zonemap.model.plan import Point

_PATHS_MOST = 8
_SEGMENTS_MOST = 400  # of one clip path: one with more is passed over, its lines are left whole


@dataclass(slots=True)
class Clip:
    """One clip path: its rings, curves taken as their corners, and the box around them."""

    rings: list[list[Point]]
    box: tuple[float, float, float, float]

    def holds(self, points: Sequence[Point]) -> bool:
        """Whether nothing has to be cut: the clip is a rectangle around all the points."""
        x0, y0, x1, y1 = self.box
        plain = len(self.rings) == 1 and _is_upright(self.rings[0])
        return plain and all(x0 <= x <= x1 and y0 <= y <= y1 for x, y in points)

    def cut(self, points: Sequence[Point]) -> list[list[Point]]:
        """The pieces of a line that lie within."""
        pieces: list[list[Point]] = []
        for start, end in pairwise(points):
            for first, last in self._spans(start, end):
                if pieces and pieces[-1][-1] == first:
                    pieces[-1].append(last)
                else:
                    pieces.append([first, last])
        return pieces

    def _spans(self, start: Point, end: Point) -> list[tuple[Point, Point]]:
        """The parts of one straight line that lie within."""
        x0, y0, x1, y1 = self.box
        if max(start[0], end[0]) < x0 or min(start[0], end[0]) > x1:
            return []
        if max(start[1], end[1]) < y0 or min(start[1], end[1]) > y1:
            return []
        at = sorted({0.0, 1.0, *(share for ring in self.rings for share in _crossings(start, end, ring))})
        parts = []
        for first, last in pairwise(at):
            if self._within(_along(start, end, (first + last) / 2)):
                parts.append((_along(start, end, first), _along(start, end, last)))
        return parts

    def _within(self, point: Point) -> bool:
        return sum(inside(point, ring) for ring in self.rings) % 2 == 1


def clips_of(each: object, place: Affine) -> list[Clip]:
    """The clip paths of an object of the page, as ``place`` shows them."""
    path = raw.FPDFPageObj_GetClipPath(each)
    count = raw.FPDFClipPath_CountPaths(path) if path else 0
    found = []
    for index in range(min(max(count, 0), _PATHS_MOST)):
        segments = raw.FPDFClipPath_CountPathSegments(path, index)
        if not 3 <= segments <= _SEGMENTS_MOST:
            continue
        rings = _rings([raw.FPDFClipPath_GetPathSegment(path, index, at) for at in range(segments)], place)
        if rings:
            xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
            found.append(Clip(rings, (min(xs), min(ys), max(xs), max(ys))))
    return found


def clipped(points: Sequence[Point], clips: Sequence[Clip]) -> list[Sequence[Point]]:
    """The pieces of an open line that are shown."""
    pieces: list[Sequence[Point]] = [points]
    for clip in clips:
        if not all(clip.holds(piece) for piece in pieces):
            pieces = [part for piece in pieces for part in clip.cut(piece)]
    return pieces


def _rings(segments: Sequence[object], place: Affine) -> list[list[Point]]:
    a, b, c, d, e, f = place
    rings: list[list[Point]] = []
    for segment in segments:
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = a * x.value + b * y.value + c, d * x.value + e * y.value + f
        if not (math.isfinite(point[0]) and math.isfinite(point[1])):
            return []
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO or not rings:
            rings.append([])
        rings[-1].append(point)
    return [ring for ring in rings if len(ring) > 2]


def _is_upright(ring: Sequence[Point]) -> bool:
    """Whether the ring is a rectangle along the axes."""
    corners = set(ring)
    return len(corners) == 4 and len({x for x, _ in corners}) == 2 and len({y for _, y in corners}) == 2


def _crossings(start: Point, end: Point, ring: Sequence[Point]) -> list[float]:
    """Where the line crosses the ring, as shares of its length."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    shares = []
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        ex, ey = bx - ax, by - ay
        turn = dx * ey - dy * ex
        if turn == 0:
            continue
        share = ((ax - start[0]) * ey - (ay - start[1]) * ex) / turn
        other = ((ax - start[0]) * dy - (ay - start[1]) * dx) / turn
        if 0 < share < 1 and 0 <= other <= 1:
            shares.append(share)
    return shares


def _along(start: Point, end: Point, share: float) -> Point:
    if share in (0.0, 1.0):
        return end if share else start
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
