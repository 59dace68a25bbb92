"""How long a unit of a drawing is on the ground, where nobody has said: a guess to show, never to believe.

What stands on the sheet is asked in turn (the file's header, a scale bar, a scale), and believed as far as the doors
and the size of the building bear it out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np

from zonemap.model.linework import Linework, Text
from zonemap.tracing.lines_swings import door_radii

_BUILDING = (4.0, 600.0)  # metres, the longer side of what is drawn
_DOOR = (0.55, 1.25)  # metres, the middle one of the leaves
_DOOR_USUAL = 0.9
_DOORS_LEAST = 3  # fewer say nothing
_NEAR_USUAL = (0.75, 1.35)  # times a guess from doors: most are 0.7 to 1.1 m wide
_ALIKE = 0.18  # between the logarithms of radii of one kind
_UNITS = (0.001, 0.01, 0.0254, 0.3048, 1.0)  # metres: mm, cm, inches, feet, m
_INCH = 0.0254
_AGREE = 0.04  # between a scale and a bar whose marks are texts
_PAPERS = ((0.001, 0.5), (_INCH / 72, 1.5), (_INCH / 96, 2.0), (_INCH, 0.02))  # metres a unit, and how exactly
_SHEETS_INCH = ((8.5, 11), (8.5, 14), (11, 17), (9, 12), (12, 18), (18, 24), (24, 36), (30, 42), (36, 48))
_METRIC = (20, 25, 50, 75, 100, 125, 150, 200, 250, 300, 400, 500)
_IMPERIAL = (24, 32, 48, 64, 96, 128, 192, 240, 384, 480, 600)

_RATIO = re.compile(r"\b1\s*[:/]\s*(\d{2,4})\b(?!\s*[\"'”″])")
_FEET = re.compile(
    r"(?:(\d+)[\s-]+)?(\d+)(?:\s*/\s*(\d+))?\s*(?:[\"”″]|''|in\b\.?)\s*=\s*(\d+)\s*(?:['’′]|ft\b\.?|feet\b)(?:\s*-?\s*(\d+))?"
)
_LENGTH = re.compile(r"^\s*(\d+(?:[.,]\d+)?)\s*(m|mtr|metres?|meters?|ft|feet|['’′])?\s*\.?\s*$", re.IGNORECASE)
_FOOT = 0.3048


def guess_metres_per_unit(linework: Linework) -> float | None:
    """Metres for each unit of the file; None where nothing on the sheet says it, or what is said can't be."""
    radii = door_radii(linework.arcs, linework.strokes)
    for metres in _said(linework):
        if _can_be(linework, metres, radii):
            return metres
    return _by_doors(linework, radii)


def _said(linework: Linework) -> Iterator[float]:
    """What the sheet says, the surest first."""
    if linework.metres_per_unit is not None:
        yield linework.metres_per_unit
    paper = _paper_unit(linework)
    bars = list(_bars(linework.texts))
    ratios = [] if paper is None else [ratio * paper for ratio in _ratios(linework.texts)]
    # a bar holds on a sheet that was shrunk, a ratio is exact: where they agree the ratio is meant
    yield from (ratio for ratio in ratios if any(math.isclose(ratio, bar, rel_tol=_AGREE) for bar in bars))
    yield from bars
    yield from ratios


def _can_be(linework: Linework, metres: float, radii: Sequence[float]) -> bool:
    """Whether the building is as large as buildings are, and, where doors can tell, some are as wide as doors are."""
    if len(radii) >= _DOORS_LEAST and not any(_DOOR[0] <= radius * metres <= _DOOR[1] for radius in radii):
        return False
    return _is_building(linework, metres)


def _by_doors(linework: Linework, radii: Sequence[float]) -> float | None:
    """The scale at which the doors are as wide as doors are, of those that a drawing may have."""
    paper = _paper_unit(linework)
    if paper is None and not linework.y_down:
        fitting = {unit: sum(_DOOR[0] <= radius * unit <= _DOOR[1] for radius in radii) for unit in _UNITS}
        best = max(_UNITS, key=lambda unit: fitting[unit] if _is_building(linework, unit) else 0)
        if fitting[best] >= _DOORS_LEAST and _is_building(linework, best):
            return best
    radius = _usual(radii)
    if radius is None:
        return None
    exact = _DOOR_USUAL / radius
    metres = exact if paper is None else nearest_usual(exact, paper, _sides(linework))
    return metres if _is_building(linework, metres) else None


def nearest_usual(metres: float, paper: float, sides: Sequence[float]) -> float:
    """A guess brought to the nearest scale that plans are drawn at, where one is near.

    ``paper`` is the length of a unit on paper, ``sides`` are the sheet's, in units: on papers in inches plans are drawn
    at so many feet to the inch.
    """
    inches = any(_is_sheet(sides, sheet, paper, _INCH / 10) for sheet in _inch_sheets())
    usual = [paper * scale for scale in (_IMPERIAL if inches else _METRIC)]
    nearest = min(usual, key=lambda one: abs(math.log(one / metres)))
    return nearest if _NEAR_USUAL[0] < nearest / metres < _NEAR_USUAL[1] else metres


def _usual(radii: Sequence[float]) -> float | None:
    """The radius that most are like (furniture and curved walls have radii of all kinds); None where few are."""
    if len(radii) < _DOORS_LEAST:
        return None
    logs = np.log(np.asarray(radii))
    near = np.abs(logs[:, None] - logs[None]) < _ALIKE
    best = int(np.argmax(near.sum(axis=1)))
    return float(np.exp(np.median(logs[near[best]]))) if near[best].sum() >= _DOORS_LEAST else None


def _is_building(linework: Linework, metres: float) -> bool:
    return _BUILDING[0] <= _extent(linework) * metres <= _BUILDING[1]


def _extent(linework: Linework) -> float:
    """The longer side of what is drawn, in units, without the tenth that lies furthest out."""
    points = np.array([point for stroke in linework.strokes for point in (stroke.points[0], stroke.points[-1])])
    if len(points) == 0:
        return 0.0
    low, high = np.percentile(points, (5, 95), axis=0)
    return float((high - low).max())


def _bars(texts: Sequence[Text]) -> Iterator[float]:
    """Scale bars: at least three lengths on a line, their places in step with their numbers."""
    marks = [
        (float(found[1].replace(",", ".")), found[2], text) for text in texts if (found := _LENGTH.match(text.text))
    ]
    unit_said = [mark for mark in marks if mark[1]]
    for _, unit, anchor in unit_said:
        row = sorted(
            (text.place[0], value)
            for value, _, text in marks
            if abs(text.place[1] - anchor.place[1]) <= max(anchor.height, 1e-9) / 2
            and math.isclose(text.height, anchor.height, rel_tol=0.15)
        )
        step = _in_step(row)
        if step is not None:
            yield step * (1.0 if unit.casefold().startswith("m") else _FOOT)


def _in_step(row: Sequence[tuple[float, float]]) -> float | None:
    """Value for each unit along a row of places and values, where it is the same all along and begins at 0."""
    if len(row) < 3 or row[0][1] != 0:
        return None
    rates = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(row, 2) if b[0] > a[0]]
    if not rates or min(rates) <= 0 or max(rates) > 1.06 * min(rates):
        return None
    return (row[-1][1] - row[0][1]) / (row[-1][0] - row[0][0])


def _ratios(texts: Iterable[Text]) -> Iterator[float]:
    for text in texts:
        for found in _RATIO.finditer(text.text):
            yield float(found[1])
        for found in _FEET.finditer(text.text):
            whole, over, under, feet, inches = (int(part) if part else 0 for part in found.groups())
            paper = whole + over / (under or 1)
            ground = feet * 12 + inches
            if paper > 0 and ground > 0:
                yield ground / paper


def _paper_unit(linework: Linework) -> float | None:
    """Metres of paper for each unit: PDF points, or whatever unit makes the sheet one of the usual sizes."""
    if linework.metres_per_unit is not None:
        return None
    if not linework.y_down:
        return _INCH / 72
    for unit, tolerance in _PAPERS:
        if any(
            _is_sheet(_sides(linework), sheet, unit, tolerance * unit) for sheet in (*_iso_sheets(), *_inch_sheets())
        ):
            return unit
    return None


def _sides(linework: Linework) -> tuple[float, float]:
    x0, y0, x1, y1 = linework.box
    return x1 - x0, y1 - y0


def _is_sheet(sides: Sequence[float], sheet: tuple[float, float], unit: float, tolerance: float) -> bool:
    return all(abs(side * unit - length) <= tolerance for side, length in zip(sorted(sides), sheet, strict=True))


def _iso_sheets() -> Iterator[tuple[float, float]]:
    """A0 to A4 in metres, the short side first."""
    for step in range(5):
        area = 2.0**-step
        yield round(math.sqrt(area / math.sqrt(2)), 3), round(math.sqrt(area * math.sqrt(2)), 3)


def _inch_sheets() -> Iterator[tuple[float, float]]:
    for short, long in _SHEETS_INCH:
        yield short * _INCH, long * _INCH
