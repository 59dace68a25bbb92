"""The reading that most readings of a small drawing agree upon.

On the grid a face of a wall is two pixels thick or three, by chance of where it falls, and with it a leaf passes for a
wall or a wall is lost. In a large building such slips are few among many rooms; in a dwelling one of them spoils the
floor, and a scale that is off by a thousandth makes another one. Slips differ from grid to grid, what is drawn doesn't.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from zonemap.model.draft import TraceOptions
from zonemap.tracing.raster_reading import Grey, WallReading, best_reading, read_drawing

GRIDS = (0.94, 0.97, 1.03, 1.06)  # times the usual grid: a line falls otherwise on each
SMALL = 1_000_000  # pixels of the grid round the drawing, 625 m2: more would take too long to read so often
STEP = 0.05  # m: between the points at which readings are compared
CLEARLY = 1.01  # times: by less the others don't agree better with one reading than with another
Points = npt.NDArray[np.float64]


def steady_reading(grey: Grey, options: TraceOptions) -> WallReading:
    """The likeliest reading of a picture; of a small drawing the one that agrees best with those on other grids."""
    drawing = read_drawing(grey, options)
    reading = best_reading(drawing)
    if drawing.lines.size > SMALL or not len(reading.rooms):
        return reading
    readings = [reading, *(best_reading(read_drawing(grey, options, fineness=times)) for times in GRIDS)]
    return most_agreed(readings)


def most_agreed(readings: list[WallReading]) -> WallReading:
    """The reading whose rooms the others have too; the first one unless they clearly agree better with another."""
    points = points_over(readings[0])
    labels = [labels_at(reading, points) for reading in readings]
    scores = [sum(agreement(one, other) for other in labels) for one in labels]
    best = int(np.argmax(scores))
    return readings[best] if scores[best] > CLEARLY * scores[0] else readings[0]


def agreement(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> float:
    """How well the rooms of two readings cover each other, 0 to 1: the mean of each room's best IoU, both ways."""
    rows, columns = int(one.max()) + 1, int(other.max()) + 1
    shared = np.bincount(one * columns + other, minlength=rows * columns).reshape(rows, columns).astype(np.float64)
    union = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
    overlap = (shared / np.maximum(union, 1.0))[1:, 1:]
    return float(overlap.max(axis=1).mean() + overlap.max(axis=0).mean()) / 2 if overlap.size else 0.0


def points_over(reading: WallReading) -> Points:
    """Points of the picture all over a reading's grid, one a row."""
    height, width = reading.ink.shape
    step = STEP / reading.ink.metres
    x, y = np.meshgrid(np.arange(step / 2, width, step), np.arange(step / 2, height, step))
    matrix = reading.ink.to_picture
    return np.asarray(np.stack([x.ravel(), y.ravel()], axis=1) @ matrix[:, :2].T + matrix[:, 2])


def labels_at(reading: WallReading, points: Points) -> npt.NDArray[np.int64]:
    """The room of a reading at each point of the picture, 0 where there is none."""
    matrix = reading.ink.to_picture
    column, row = np.floor(np.linalg.solve(matrix[:, :2], (points - matrix[:, 2]).T)).astype(np.int64)
    height, width = reading.ink.shape
    inside = (column >= 0) & (row >= 0) & (column < width) & (row < height)
    labels = np.zeros(len(points), dtype=np.int64)
    labels[inside] = reading.rooms.labels[row[inside], column[inside]]
    return labels
