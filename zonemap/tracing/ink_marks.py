"""What is ink but no building: the page frame with its title block, and lettering."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from zonemap.tracing.ink import LETTER, Ink
from zonemap.tracing.ink_shapes import Mask, chosen, components, halved, opened

FRAME_MARGIN = 0.07  # of the page: a drawn frame runs at most so far from the page's edge
FRAME_LINES = 0.6  # of a frame's ink lies on lines as long as a quarter of the page
BODY = 1.5  # m both ways: what is drawn of a building reaches so far, and hardly anything else on a sheet does
APART = 3.0  # m: what stands farther from all of the building is a title, a scale bar, a north arrow


def without_frame(ink: Ink, lines: Mask) -> Mask:
    """The lines without a page frame, the title block that hangs on it, and dark edges of the scanned paper."""
    coarse = halved(lines)  # a frame and what hangs on it is found as well there, in a quarter of the time
    height, width = coarse.shape
    _, labels, stats = components(coarse)
    wide = stats[:, cv2.CC_STAT_WIDTH] >= (1 - 2 * FRAME_MARGIN) * width
    tall = stats[:, cv2.CC_STAT_HEIGHT] >= (1 - 2 * FRAME_MARGIN) * height
    thick = (ink.pixels(0.12, 3) + 3) // 2
    gone = np.zeros(len(stats), dtype=bool)
    for label in np.flatnonzero(wide & tall):
        if label and is_frame((labels == label).astype(np.uint8), thick):
            gone[label] = True
    if not gone.any():
        return lines
    frame = chosen(labels, gone).repeat(2, axis=0).repeat(2, axis=1)
    rows, columns = lines.shape[0] - frame.shape[0], lines.shape[1] - frame.shape[1]
    return lines & (1 - np.pad(frame, ((0, rows), (0, columns)), mode="edge"))


def is_frame(part: Mask, thick: int) -> bool:
    """Whether the ink of a part that reaches round the page is mostly long lines, thinner than ``thick`` pixels."""
    height, width = part.shape
    total = int(cv2.countNonZero(part))
    level = opened(part, width // 4, 1)
    upright = opened(part, 1, height // 4)
    solid = opened(part, thick, thick)
    long = int(cv2.countNonZero(level | upright))
    return long >= FRAME_LINES * total and int(cv2.countNonZero(solid)) <= 0.1 * total


def without_lettering(ink: Ink, lines: Mask) -> tuple[Mask, Mask]:
    """The lines without letters and other small marks, and these marks alone. Solid pieces, such as columns, stay."""
    size = ink.pixels(LETTER)
    thick = ink.pixels(0.1, 3)
    solid = opened(ink.strong, thick, thick)
    count, labels, stats = components(lines)
    small = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= size
    within = np.bincount(labels[solid > 0], minlength=count)
    small &= within < 0.4 * stats[:, cv2.CC_STAT_AREA]
    small[0] = False
    marks = chosen(labels, small)
    return lines & (1 - marks), marks


def building_box(ink: Ink, lines: Mask) -> tuple[int, int, int, int]:
    """The part of the grid that the building is drawn in, with what stands near: left, top, right, bottom.

    The whole of what is drawn where nothing is as large as a building.
    """
    _, _, stats = components(halved(lines))
    boxes = np.concatenate([stats[1:, :2], stats[1:, :2] + stats[1:, 2:4]], axis=1).astype(np.int64) * 2
    if not len(boxes):
        return 0, 0, lines.shape[1], lines.shape[0]
    inside = (boxes[:, 2:] - boxes[:, :2]).min(axis=1) * ink.metres >= BODY
    if not inside.any():
        inside[:] = True
    reach = np.array([-1, -1, 1, 1]) * ink.pixels(APART)
    while True:
        left, top, right, bottom = around(boxes[inside]) + reach
        near = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < bottom) & (boxes[:, 3] > top)
        if (near <= inside).all():
            break
        inside |= near
    return max(0, int(left)), max(0, int(top)), min(lines.shape[1], int(right)), min(lines.shape[0], int(bottom))


def around(boxes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The box round all of them."""
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])
