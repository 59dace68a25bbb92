"""The ground on which doors are sought: what is drawn, and which room lies where, as two pictures on one grid.

Lines and scans are brought to the same form, so that one set of rules finds the doors of both. Places are metres from
the corner of the ground, along the axes of the file; nothing here asks whether y runs up or down.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.model.linework import Stroke
from zonemap.model.plan import Point
from zonemap.tracing.ink import Ink, read_ink

Places = NDArray[np.float64]  # n x 2, metres

PITCH = 0.025  # metres a pixel: the thinnest partition is three pixels thick
_MARGIN = 2.0  # metres around the rooms: doors that swing outwards stand there
_SIDE_MOST = 5000  # pixels: a site plan is looked at more coarsely
_THICK = 0.09  # metres: solid ink as thick as this is wall
_LETTER = 0.4  # metres: shorter pieces of thin stroke are letters, specks, hatching
_SUBPIXEL = 4  # cv2 draws on a grid of sixteenths


@dataclass(frozen=True, slots=True)
class Ground:
    """``ink`` is 1 where something is drawn; ``labels`` is the number of the room from 1, 0 where there is none."""

    ink: NDArray[np.uint8]
    labels: NDArray[np.int32]
    pitch: float  # metres a pixel
    origin: Point  # the corner, in the file's units
    metres_per_unit: float

    def metres(self, points: Sequence[Point]) -> Places:
        """Places on the ground of points in the file's units."""
        return (np.asarray(points, dtype=np.float64).reshape(-1, 2) - self.origin) * self.metres_per_unit

    def units(self, place: NDArray[np.float64]) -> Point:
        """A point in the file's units, from a place on the ground."""
        x, y = (place / self.metres_per_unit + self.origin).tolist()
        return x, y

    def room_at(self, places: NDArray[np.float64]) -> NDArray[np.int32]:
        """The room at each of the places (any shape, the last axis x and y), 0 where there is none."""
        return cast("NDArray[np.int32]", _read(self.labels, places / self.pitch))

    def drawn(self, starts: NDArray[np.float64], ends: NDArray[np.float64], *, grown: int = 1) -> NDArray[np.float64]:
        """What share of each line is drawn, ``grown`` pixels off it at most."""
        starts, ends = np.broadcast_arrays(np.atleast_2d(starts), np.atleast_2d(ends))
        longest = float(np.hypot(*(ends - starts).T).max(initial=0.0))
        part = np.linspace(0.0, 1.0, max(3, math.ceil(longest / self.pitch)))
        along = starts[:, None, :] + (ends - starts)[:, None, :] * part[None, :, None]
        hit = self.marked(along, _normals(ends - starts)[:, None, :], grown=grown)
        return cast("NDArray[np.float64]", hit.mean(axis=1))

    def marked(self, places: NDArray[np.float64], across: NDArray[np.float64], *, grown: int) -> NDArray[np.bool_]:
        """Whether something is drawn at each place, or ``grown`` pixels off it at most, to either side ``across``."""
        hit = np.zeros(places.shape[:-1], dtype=bool)
        for step in range(-grown, grown + 1):
            hit |= _read(self.ink, places / self.pitch + across * step) > 0
        return hit


def ground_of_strokes(strokes: Sequence[Stroke], rooms: Sequence[DraftRoom], metres_per_unit: float) -> Ground:
    """The ground under line work."""
    (left, bottom), (right, top) = _around(rooms, _MARGIN / metres_per_unit)
    pitch = max(PITCH, max(right - left, top - bottom) * metres_per_unit / _SIDE_MOST)
    size = tuple(math.ceil(length * metres_per_unit / pitch) for length in (top - bottom, right - left))
    scale = metres_per_unit / pitch
    labels = labels_of(rooms, (left, bottom), scale, size)
    blank = Ground(np.zeros(size, dtype=np.uint8), labels, pitch, (left, bottom), metres_per_unit)
    return replace(blank, ink=inked(strokes, blank))


def inked(strokes: Sequence[Stroke], ground: Ground) -> NDArray[np.uint8]:
    """These strokes alone, on the grid of that ground."""
    ink = np.zeros_like(ground.ink)
    scale = ground.metres_per_unit / ground.pitch
    cv2.polylines(ink, [_on_grid(stroke.points, ground.origin, scale) for stroke in strokes], False, (1,), 1, 8, 4)
    return ink


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture brought to ground: with all its ink, without lettering; and of that the thin strokes only."""

    ground: Ground
    plain: Ground
    strokes: NDArray[np.uint8]


def ground_of_picture(grey: NDArray[np.uint8], rooms: Sequence[DraftRoom], options: TraceOptions) -> Picture:
    """The ground under a picture, dark on light."""
    (left, top), (right, bottom) = _around(rooms, _MARGIN / options.metres_per_unit)
    ink = read_ink(grey, replace(options, crop=(left, top, right, bottom), deskew=False))
    (per_pixel, _, x), (_, _, y) = ink.to_picture.tolist()
    labels = labels_of(rooms, (x, y), 1 / per_pixel, ink.shape)
    ground = Ground(ink.lines, labels, ink.metres, (x, y), ink.metres / per_pixel)
    thin, letters = _thin_strokes(ink)
    return Picture(ground, replace(ground, ink=ink.lines & (1 - letters)), thin & (1 - letters))


def _thin_strokes(ink: Ink) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The ink without solid walls, and the pieces of it that are as small as letters."""
    size = ink.pixels(_THICK, 3)
    solid = cv2.morphologyEx(ink.strong, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    thick = np.asarray(cv2.dilate(solid, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    strokes = np.asarray(ink.lines & (1 - thick), dtype=np.uint8)
    # A thin arc may be broken by a pixel.
    joined = np.asarray(cv2.dilate(strokes, np.ones((2, 2), np.uint8)), dtype=np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    small = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= _LETTER / ink.metres
    small[0] = False
    letters = np.asarray(small.astype(np.uint8)[labels], dtype=np.uint8)
    return strokes, letters & strokes


def labels_of(rooms: Sequence[DraftRoom], origin: Point, scale: float, size: tuple[int, ...]) -> NDArray[np.int32]:
    """The rooms as areas of their numbers. ``scale``: pixels a unit."""
    labels = np.zeros(size, dtype=np.int32)
    for number, room in enumerate(rooms, 1):
        rings = [_on_grid(ring, origin, scale) for ring in (room.ring, *room.holes)]
        cv2.fillPoly(labels, rings, (number,), cv2.LINE_8, _SUBPIXEL)
    return labels


def _around(rooms: Sequence[DraftRoom], margin: float) -> tuple[Point, Point]:
    corners = np.array([corner for room in rooms for corner in room.ring])
    (left, bottom), (right, top) = corners.min(axis=0) - margin, corners.max(axis=0) + margin
    return (float(left), float(bottom)), (float(right), float(top))


def _on_grid(points: Sequence[Point], origin: Point, scale: float) -> NDArray[np.int32]:
    """Points as cv2 wants them: sixteenths of a pixel, whose middle is a whole number; far ones brought near."""
    places = (np.asarray(points, dtype=np.float64) - origin) * scale - 0.5
    return np.rint(np.clip(places, -20_000, 20_000) * 2**_SUBPIXEL).astype(np.int32).reshape(-1, 1, 2)


def _normals(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.hypot(vectors[:, :1], vectors[:, 1:])
    return cast("NDArray[np.float64]", np.column_stack((-vectors[:, 1], vectors[:, 0])) / np.maximum(lengths, 1e-9))


def _read(picture: NDArray[Any], pixels: NDArray[np.float64]) -> NDArray[Any]:
    """The picture's values there; beyond its rim those of the rim, where the margin is."""
    height, width = picture.shape
    whole = pixels.astype(np.intp)  # towards 0: what lies beyond the rim is brought to it anyway
    columns = np.minimum(np.maximum(whole[..., 0], 0), width - 1)
    rows = np.minimum(np.maximum(whole[..., 1], 0), height - 1)
    return picture[rows, columns]
