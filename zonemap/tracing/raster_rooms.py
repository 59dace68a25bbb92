"""The regions between walls, and how much they look like rooms."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from zonemap.tracing.ink import Ink
from zonemap.tracing.ink_shapes import Labels, Mask
from zonemap.tracing.raster_split import OUTDOORS, Places

LEAST_AREA = 1.0  # m2: a smaller region is a shaft, furniture or a piece of wall
LETTERING = 0.02  # m2 of ink: three letters
ENOUGH_WIDTH = 6.0  # m: a wider room counts no more
TOLL = 1.3  # m
LEAST_WIDTH = 0.6  # m: a narrower region is a wall or a gap between furniture


@dataclass(frozen=True, slots=True)
class Regions:
    """Labelled regions: 0 is wall, outdoors or nothing. ``boxes`` holds left, top, right, bottom of each label."""

    labels: Labels
    boxes: npt.NDArray[np.int32]
    areas: npt.NDArray[np.float64]  # m2
    lettered: npt.NDArray[np.bool_]  # whether some lettering stands in it

    def __len__(self) -> int:
        return len(self.areas) - 1

    def part(self, label: int) -> tuple[Mask, tuple[int, int]]:
        """One region cut out, and where its left top corner stands."""
        left, top, right, bottom = (int(value) for value in self.boxes[label])
        return (self.labels[top:bottom, left:right] == label).astype(np.uint8), (left, top)


def regions(ink: Ink, places: Places, marks: Mask) -> Regions:
    """The rooms among the places between walls: those that are large and wide enough."""
    labels = places.labels
    count = len(places.boxes)
    areas = np.bincount(labels.ravel(), minlength=count) * ink.metres**2
    keep = areas >= LEAST_AREA
    keep[: OUTDOORS + 1] = False
    keep &= wide_enough(ink, labels, count)
    order = np.zeros(count, dtype=np.int32)
    order[keep] = np.arange(1, int(keep.sum()) + 1)
    lettering = np.bincount(labels[marks > 0], minlength=count) * ink.metres**2
    nothing = np.zeros(1)
    return Regions(
        np.asarray(order[labels], dtype=np.int32),
        np.concatenate([np.zeros((1, 4), dtype=np.int32), places.boxes[keep]]),
        np.concatenate([nothing, areas[keep]]),
        np.concatenate([nothing, lettering[keep]]) >= LETTERING,
    )


def wide_enough(ink: Ink, labels: Labels, count: int) -> npt.NDArray[np.bool_]:
    """Which places hold a circle of the least width."""
    free = (labels > OUTDOORS).astype(np.uint8)
    free[:, 1:] &= (labels[:, 1:] == labels[:, :-1]).astype(np.uint8)
    free[1:] &= (labels[1:] == labels[:-1]).astype(np.uint8)
    distance = cv2.distanceTransform(free, cv2.DIST_L2, 3)
    found = np.bincount(labels[distance >= LEAST_WIDTH / 2 / ink.metres], minlength=count)
    return np.asarray(found > 0)


def likeness(found: Regions) -> float:
    """How much a set of regions looks like the rooms of a floor.

    Each counts by its width, less a toll that tiny regions don't earn; a region without lettering counts half where
    most of the others have some.
    """
    if not len(found):
        return 0.0
    width = np.minimum(np.sqrt(found.areas[1:]), ENOUGH_WIDTH)
    labelled = found.lettered[1:]
    trust = np.where(labelled | (labelled.mean() < 0.3), 1.0, 0.5)
    return float((width * trust - TOLL).sum())
