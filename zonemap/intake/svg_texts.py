"""The text elements of an SVG as lines of text. Only for the child."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from svgelements import Matrix

from zonemap.intake.svg_paint import Style, Styles, length
from zonemap.model.linework import Text

_LETTER = 0.56  # mean width of a letter in sizes of type, fonts being unknown
_CAPITALS = 0.72
_SAME_LINE = 0.2  # sizes of type
_LINES_MOST = 500
_DEPTH_MOST = 20


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters that start at a place of their own."""

    words: str
    x: float
    y: float
    style: Style


def text_lines(
    element: ElementTree.Element, matrix: Matrix, style: Style, styles: Styles, layer: str
) -> Iterator[Text]:
    """One text for each line; tspans that go on where the one before ended belong to its line."""
    runs: list[_Run] = []
    _gather(element, 0.0, 0.0, style, styles, runs, 0)
    line: _Run | None = None
    for run in runs:
        if line is not None and run.x == line.x and run.y == line.y:
            line = replace(line, words=line.words + run.words)
        else:
            if line is not None:
                yield from _placed(line, matrix, layer)
            line = run
    if line is not None:
        yield from _placed(line, matrix, layer)


def _gather(
    element: ElementTree.Element,
    x: float,
    y: float,
    style: Style,
    styles: Styles,
    runs: list[_Run],
    depth: int,
) -> tuple[float, float]:
    """Append the runs of an element; where the next one starts, unless it says otherwise."""
    if len(runs) > _LINES_MOST or depth > _DEPTH_MOST or not style.displayed:
        return x, y
    x = _first(element, "x", x) + _first(element, "dx", 0.0, style.font_size)
    y = _first(element, "y", y) + _first(element, "dy", 0.0, style.font_size)
    if element.text:
        runs.append(_Run(element.text, x, y, style))
    for child in element:
        if child.tag.rpartition("}")[2] in ("tspan", "a", "textPath"):
            x, y = _gather(child, x, y, styles.of(child, style), styles, runs, depth + 1)
        if child.tail:
            runs.append(_Run(child.tail, x, y, style))
    return x, y


def _first(element: ElementTree.Element, name: str, otherwise: float, font_size: float = 16.0) -> float:
    """The first of a list of lengths: letters placed one by one stay one text."""
    given = (element.get(name) or "").replace(",", " ").split()
    if given and given[0].endswith("em"):
        return length(given[0][:-2], 0.0) * font_size
    return length(given[0], otherwise) if given else otherwise


def _placed(run: _Run, matrix: Matrix, layer: str) -> Iterator[Text]:
    words = " ".join(run.words.split())
    if not words or not run.style.visible or run.style.fill is None:
        return
    size = run.style.font_size
    width = len(words) * _LETTER * size
    across = {"middle": 0.0, "end": -0.5}.get(run.style.anchor, 0.5) * width
    up = 0.0 if run.style.baseline in ("middle", "central") else _CAPITALS * size / 2
    x, y = run.x + across, run.y - up
    place = matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f
    long, high = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
    place = (round(place[0], 4), round(place[1], 4))
    yield Text(words, place, round(size * _CAPITALS * high, 4), round(width * long, 4), round(angle, 2), layer)
