"""The shapes of an SVG as flattened outlines, in the element's own coordinates. Only for the child."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

from svgelements import Arc, Close, CubicBezier, Move, Path, QuadraticBezier
from svgelements import Point as SvgPoint

from zonemap.intake.linework_sheet import flattened_cubic
from zonemap.intake.svg_paint import length
from zonemap.model.plan import Point

Outlines = Iterator[tuple[list[Point], bool]]  # points, and whether they are closed

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_ROUND = 0.5522847498  # how far the handles of a quarter circle reach


def outlines(tag: str, element: ElementTree.Element, tolerance: float) -> Outlines:
    """The outlines of a shape, within ``tolerance`` of its curves; nothing from where it is broken on."""
    try:
        yield from SHAPES[tag](element, tolerance)
    except (ValueError, TypeError, IndexError, AttributeError, ArithmeticError):  # what svgelements raises, for one
        return


def _path(element: ElementTree.Element, tolerance: float) -> Outlines:
    points: list[Point] = []
    for segment in Path(element.get("d") or ""):
        if isinstance(segment, Move):
            if len(points) > 1:
                yield points, False
            points = [_place(segment.end)]
        elif isinstance(segment, Close):
            if len(points) > 1:
                yield points, True
            points = points[:1]
        elif segment.end is not None:
            points.extend(_flattened(segment, points, tolerance))
    if len(points) > 1:
        yield points, False


def _place(point: SvgPoint) -> Point:
    """Where a point of svgelements is. Raises ValueError for one that it could not make out."""
    if point.x is None or point.y is None:
        raise ValueError("a point that is nowhere")
    return point.x, point.y


def _flattened(segment: object, points: list[Point], tolerance: float) -> Iterator[Point]:
    """A segment without its first point."""
    if isinstance(segment, Arc):
        for curve in segment.as_cubic_curves():
            yield from _flattened(curve, points, tolerance)
        return
    start, end = segment.start, segment.end  # type: ignore[attr-defined]
    if start is None:
        start = end
    if isinstance(segment, CubicBezier):
        first, second = segment.control1, segment.control2
    elif isinstance(segment, QuadraticBezier):
        first = start + (segment.control - start) * (2 / 3)
        second = end + (segment.control - end) * (2 / 3)
    else:
        yield _place(end)
        return
    corners = [_place(point) for point in (start, first, second, end)]
    yield from flattened_cubic(corners[0], corners[1], corners[2], corners[3], tolerance)


def _rectangle(element: ElementTree.Element, tolerance: float) -> Outlines:
    x, y, width, height = (length(element.get(name), 0.0) for name in ("x", "y", "width", "height"))
    if width <= 0 or height <= 0:
        return
    rx = length(element.get("rx"), length(element.get("ry"), 0.0))
    ry = length(element.get("ry"), rx)
    rx, ry = min(max(rx, 0.0), width / 2), min(max(ry, 0.0), height / 2)
    if not rx or not ry:
        yield [(x, y), (x + width, y), (x + width, y + height), (x, y + height)], True
        return
    right, bottom = x + width, y + height
    ring = [(x + rx, y), (right - rx, y)]
    for (ax, ay), (bx, by), corner in (
        ((right - rx, y), (right, y + ry), (right, y)),
        ((right, bottom - ry), (right - rx, bottom), (right, bottom)),
        ((x + rx, bottom), (x, bottom - ry), (x, bottom)),
        ((x, y + ry), (x + rx, y), (x, y)),
    ):
        ring.append((ax, ay))
        ring.extend(_quarter((ax, ay), (bx, by), corner, tolerance))
    yield ring, True


def _quarter(start: Point, end: Point, corner: Point, tolerance: float) -> list[Point]:
    """A quarter of an ellipse from ``start`` to ``end``, whose tangents meet at ``corner``."""
    first = start[0] + (corner[0] - start[0]) * _ROUND, start[1] + (corner[1] - start[1]) * _ROUND
    second = end[0] + (corner[0] - end[0]) * _ROUND, end[1] + (corner[1] - end[1]) * _ROUND
    return flattened_cubic(start, first, second, end, tolerance)


def _ellipse(element: ElementTree.Element, tolerance: float) -> Outlines:
    x, y = length(element.get("cx"), 0.0), length(element.get("cy"), 0.0)
    radius = length(element.get("r"), 0.0)
    rx, ry = length(element.get("rx"), radius), length(element.get("ry"), radius)
    if not (0 < rx < math.inf and 0 < ry < math.inf):
        return
    ring: list[Point] = [(x + rx, y)]
    for end, corner in (((0, 1), (1, 1)), ((-1, 0), (-1, 1)), ((0, -1), (-1, -1)), ((1, 0), (1, -1))):
        to = (x + end[0] * rx, y + end[1] * ry)
        ring.extend(_quarter(ring[-1], to, (x + corner[0] * rx, y + corner[1] * ry), tolerance))
    yield ring, True


def _line(element: ElementTree.Element, _: float) -> Outlines:
    x1, y1, x2, y2 = (length(element.get(name), 0.0) for name in ("x1", "y1", "x2", "y2"))
    yield [(x1, y1), (x2, y2)], False


def _points(element: ElementTree.Element) -> list[Point]:
    numbers = [float(number) for number in _NUMBER.findall(element.get("points") or "")]
    return list(zip(numbers[::2], numbers[1::2], strict=False))


def _polyline(element: ElementTree.Element, _: float) -> Outlines:
    yield _points(element), False


def _polygon(element: ElementTree.Element, _: float) -> Outlines:
    yield _points(element), True


SHAPES: dict[str, Callable[[ElementTree.Element, float], Outlines]] = {
    "path": _path,
    "rect": _rectangle,
    "circle": _ellipse,
    "ellipse": _ellipse,
    "line": _line,
    "polyline": _polyline,
    "polygon": _polygon,
}
