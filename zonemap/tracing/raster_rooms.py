"""The regions between walls, and how much they look like rooms."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from zonemap.tracing.ink import Ink
from zonemap.tracing.ink_shapes import Labels, Mask, components

LEAST_AREA = 1.0  # m2: a smaller region is a shaft, furniture or a piece of wall
LEAST_WIDTH = 0.6  # m: a narrower region is a wall or a gap between furniture


@dataclass(frozen=True, slots=True)
class Regions:
    """Labelled regions: 0 is wall, outdoors or nothing. ``boxes`` holds left, top, width, height of each label."""

    labels: Labels
    boxes: npt.NDArray[np.int32]
    areas: npt.NDArray[np.float64]  # m2

    def __len__(self) -> int:
        return len(self.areas) - 1

    def part(self, label: int) -> tuple[Mask, tuple[int, int]]:
        """One region cut out, and where its left top corner stands."""
        left, top, width, height = (int(value) for value in self.boxes[label])
        return (self.labels[top : top + height, left : left + width] == label).astype(np.uint8), (left, top)


def regions(ink: Ink, closed: Mask) -> Regions:
    """The rooms between closed walls: what the page's margin doesn't reach, and is large and wide enough."""
    free = np.pad(1 - closed, 1, constant_values=1)
    count, labels, stats = components(free, 4)
    labels, stats = labels[1:-1, 1:-1], stats.copy()
    stats[:, :2] -= 1
    areas = stats[:, cv2.CC_STAT_AREA] * ink.metres**2
    keep = areas >= LEAST_AREA
    keep[0] = False
    for outside in {
        int(labels[0, 0]),
        *np.unique(labels[0]),
        *np.unique(labels[-1]),
        *np.unique(labels[:, 0]),
        *np.unique(labels[:, -1]),
    }:
        keep[outside] = False
    keep &= wide_enough(ink, labels, free[1:-1, 1:-1], count)
    order = np.zeros(count, dtype=np.int32)
    order[keep] = np.arange(1, int(keep.sum()) + 1)
    first = np.zeros((1, 4), dtype=np.int32)
    return Regions(
        order[labels],
        np.concatenate([first, stats[keep][:, :4]]).astype(np.int32),
        np.concatenate([[0.0], areas[keep]]),
    )


def wide_enough(ink: Ink, labels: Labels, free: Mask, count: int) -> npt.NDArray[np.bool_]:
    """Which regions hold a circle of the least width."""
    distance = cv2.distanceTransform(np.ascontiguousarray(free), cv2.DIST_L2, 3)
    found = np.bincount(labels[distance >= LEAST_WIDTH / 2 / ink.metres], minlength=count)
    return found > 0


def likeness(found: Regions) -> float:
    """How much a set of regions looks like the rooms of a floor: many, of a room's size, and covering much."""
    areas = found.areas[1:]
    return float(np.minimum(np.sqrt(areas), 6.0).sum()) if areas.size else 0.0
