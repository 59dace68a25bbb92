"""Quarter circles in ink: every thin stroke votes for the centres it may turn about, and the winners are looked at.

A Hough transform with the direction of the stroke (Kimme, Ballard, Sklansky 1975), which asks for no angle of the
building. A winner must then look like a swing: a quarter of the circle drawn, the rings inside and outside of it
mostly empty, and not the whole circle.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product, repeat
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from zonemap.tracing.doors_swings import Swing

Mask = NDArray[np.uint8]
Floats = NDArray[np.float64]

RADIUS_LEAST, RADIUS_MOST = 0.58, 1.35  # metres: leaves on plans that are scanned
_RADIUS_STEP = 2.0  # pixels between two radii that are voted for
_CELL = 2  # pixels a cell of the votes
_VOTES = 0.6  # of a quarter circle's pixels that vote for one cell and its neighbours
_WINDOW = 5  # pixels about a pixel that tell the stroke's direction
_STRAIGHT = 0.35  # of 1: how clear that direction must be
_APART = 3.0  # pixels: circles nearer than that in place and size are looked at once
_AROUND = tuple(product((-1, 0, 1), repeat=3))
_CIRCLES_MOST = 6000
_ANGLES = 180
_QUARTER = _ANGLES // 4
_TURNS = np.arange(_ANGLES) * (2 * math.pi / _ANGLES)
_COSINES, _SINES = np.cos(_TURNS).astype(np.float32), np.sin(_TURNS).astype(np.float32)
_DRAWN = 0.6  # of the quarter: lettering may cover the rest
_CLEARER = 0.4  # by which the quarter is more drawn than the rings 4 pixels inside and outside of it
_REST_MOST = 0.5  # drawn share of the other three quarters: a table, a tree
_ENOUGH = 1.1  # of 1.5: the drawn share of the quarter, and half that of a leaf at one of its ends
_SAME = 0.3  # metres between the middles of two arcs that are one


@dataclass(frozen=True, slots=True)
class Circles:
    """Centres (n x 2) and radii in pixels, and at which of the angles each is drawn."""

    centres: Floats
    radii: Floats
    drawn: NDArray[np.bool_]


def swings_in(ink: Mask, strokes: Mask, pitch: float) -> Iterator[Swing]:
    """Swings, in metres from the picture's corner. ``strokes`` is the thin part of the ``ink``, 0 or 1."""
    centres, radii = _voted(strokes, pitch)
    if not len(centres):
        return
    circles = _refined(strokes, centres, radii)
    score, first = _judged(ink, strokes, circles)
    middles = circles.centres + circles.radii[:, None] * _towards(first + _QUARTER / 2)
    for number in _best(score, middles, _SAME / pitch):
        ends = circles.centres[number] + circles.radii[number] * _towards(first[number] + np.array((0, _QUARTER)))
        yield Swing(
            circles.centres[number] * pitch, (ends[0] * pitch, ends[1] * pitch), sure=float(score[number]) / 1.5
        )


def _voted(strokes: Mask, pitch: float) -> tuple[Floats, Floats]:
    """Centres and radii of circles on which many strokes agree."""
    places, across = (part.T.astype(np.float32) for part in _directed(strokes))
    height, width = (length // _CELL + 1 for length in strokes.shape)
    found: list[tuple[float, float, float, float]] = []
    for radius in np.arange(RADIUS_LEAST / pitch, RADIUS_MOST / pitch + _RADIUS_STEP, _RADIUS_STEP).tolist():
        away = across * np.float32(radius)
        columns, rows = (np.concatenate((places + away, places - away), axis=1) / _CELL).astype(np.int32)
        inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
        count = np.bincount(rows[inside] * width + columns[inside], minlength=height * width)
        votes = count.reshape(height, width).astype(np.float32)
        summed = cv2.boxFilter(votes, -1, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT)
        votes = np.asarray(summed, dtype=np.float32)
        peaks = (votes >= _VOTES * radius * math.pi / 2) & (votes >= cv2.dilate(votes, np.ones((3, 3), np.uint8)))
        rows, columns = np.nonzero(peaks)
        strength = (votes[rows, columns] / radius).tolist()
        found += zip(((columns + 0.5) * _CELL).tolist(), ((rows + 0.5) * _CELL).tolist(), repeat(radius), strength)
    distinct = np.array(_distinct(found)[:_CIRCLES_MOST]).reshape(-1, 3)
    return distinct[:, :2], distinct[:, 2]


def _directed(strokes: Mask) -> tuple[Floats, Floats]:
    """Places, and unit vectors across the stroke, of all pixels of strokes that run in a clear direction."""
    soft = cv2.GaussianBlur(strokes.astype(np.float32), (5, 5), 1.0)
    dx, dy = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    window = (2 * _WINDOW + 1, 2 * _WINDOW + 1)
    rows, columns = np.nonzero(strokes)
    xx, yy, xy = (
        cv2.GaussianBlur(product_, window, _WINDOW / 2)[rows, columns] for product_ in (dx * dx, dy * dy, dx * dy)
    )
    clear = np.hypot(xx - yy, 2 * xy) > _STRAIGHT * (xx + yy)
    angle = 0.5 * np.arctan2(2 * xy[clear], (xx - yy)[clear])
    places = np.column_stack((columns[clear], rows[clear])) + 0.5
    return places, np.column_stack((np.cos(angle), np.sin(angle))).astype(np.float64)


def _distinct(found: list[tuple[float, float, float, float]]) -> list[tuple[float, float, float]]:
    """The strongest of those that are nearly the same: x, y, radius."""
    taken: set[tuple[int, int, int]] = set()
    kept = []
    for x, y, radius, _ in sorted(found, key=lambda circle: -circle[3]):
        cell = (int(x // _APART), int(y // _APART), int(radius // _APART))
        if cell not in taken:
            kept.append((x, y, radius))
            taken.update((cell[0] + dx, cell[1] + dy, cell[2] + dr) for dx, dy, dr in _AROUND)
    return kept


def _refined(strokes: Mask, centres: Floats, radii: Floats) -> Circles:
    """Each circle moved by some pixels to where most of a quarter is drawn."""
    grown = np.asarray(cv2.dilate(strokes, np.ones((2, 2), np.uint8)), dtype=np.uint8)
    best = np.full(len(centres), -1.0)
    drawn = np.zeros((len(centres), _ANGLES), dtype=bool)
    moved, sized = centres.copy(), radii.copy()
    for dx, dy, dr in product((-2.0, 0.0, 2.0), (-2.0, 0.0, 2.0), (-1.5, 0.0, 1.5)):
        tried, radius = centres + np.array((dx, dy)), radii + dr
        hit = _ring(grown, tried, radius)
        share = _quarters(hit).max(axis=1)
        better = share > best
        best[better], drawn[better] = share[better], hit[better]
        moved[better], sized[better] = tried[better], radius[better]
    return Circles(moved, sized, drawn)


def _judged(ink: Mask, strokes: Mask, circles: Circles) -> tuple[Floats, NDArray[np.intp]]:
    """How much each circle looks like a swing, 0 where it doesn't, and the angle at which its quarter begins.

    The quarter is drawn, it is clear of its surroundings, the rest of the circle isn't there, and there is a leaf.
    """
    quarter = _quarters(circles.drawn)
    beside = np.maximum(*(_quarters(_ring(strokes, circles.centres, circles.radii + away)) for away in (-4.0, 4.0)))
    rest = (circles.drawn.sum(axis=1, keepdims=True) - quarter * _QUARTER) / (_ANGLES - _QUARTER)
    leaf = np.mean([_ring(ink, circles.centres, circles.radii * part) for part in np.linspace(0.15, 0.95, 16)], axis=0)
    score = quarter + 0.5 * np.maximum(leaf, np.roll(leaf, -_QUARTER, axis=1))
    score[(quarter < _DRAWN) | (quarter - beside < _CLEARER) | (rest > _REST_MOST)] = 0.0
    return score.max(axis=1), score.argmax(axis=1)


def _best(score: Floats, middles: Floats, reach: float) -> list[int]:
    """The numbers of the best circles, of which no two share the middle of their arc."""
    kept: list[int] = []
    for number in np.argsort(-score, kind="stable").tolist():
        if score[number] < _ENOUGH:
            break
        if not kept or np.hypot(*(middles[kept] - middles[number]).T).min() > reach:
            kept.append(number)
    return kept


def _towards(steps: NDArray[Any]) -> Floats:
    """Unit vectors at so many steps of angle."""
    angles = steps * (2 * math.pi / _ANGLES)
    return np.stack((np.cos(angles), np.sin(angles)), axis=-1)


def _ring(strokes: Mask, centres: Floats, radii: Floats) -> NDArray[np.bool_]:
    """For each circle, at which of the angles it is drawn."""
    height, width = strokes.shape
    x, y, radius = (part.astype(np.float32) for part in (centres[:, :1], centres[:, 1:], radii[:, None]))
    columns = np.clip((x + radius * _COSINES).astype(np.int32), 0, width - 1)
    rows = np.clip((y + radius * _SINES).astype(np.int32), 0, height - 1)
    return cast("NDArray[np.bool_]", np.take(strokes.view(np.bool_), rows * width + columns))


def _quarters(drawn: NDArray[np.bool_]) -> Floats:
    """The drawn share of the quarter that begins at each angle."""
    sums = np.zeros((len(drawn), _ANGLES + _QUARTER + 1), dtype=np.int16)
    np.cumsum(np.concatenate((drawn, drawn[:, :_QUARTER]), axis=1), axis=1, dtype=np.int16, out=sums[:, 1:])
    return cast("Floats", (sums[:, _QUARTER : _QUARTER + _ANGLES] - sums[:, :_ANGLES]) / _QUARTER)
