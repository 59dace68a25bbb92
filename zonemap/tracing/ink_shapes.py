"""Opening, closing and growing with rectangles that stay where they are.

OpenCV shifts the result by a pixel where a side of the rectangle is even, for it doesn't mirror the anchor.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.uint8]  # 0 or 1
Labels = npt.NDArray[np.int32]


def opened(mask: Mask, width: int, height: int) -> Mask:
    """What is left where a rectangle of ``width`` by ``height`` pixels fits in."""
    kernel = np.ones((height, width), np.uint8)
    there = ((width - 1) // 2, (height - 1) // 2)
    back = (width - 1 - there[0], height - 1 - there[1])
    thin = cv2.erode(mask, kernel, anchor=there, borderValue=0)
    return np.asarray(cv2.dilate(thin, kernel, anchor=back, borderValue=0), dtype=np.uint8)


def closed(mask: Mask, width: int, height: int) -> Mask:
    """The mask, and what a rectangle of ``width`` by ``height`` pixels can't reach from outside."""
    kernel = np.ones((height, width), np.uint8)
    there = ((width - 1) // 2, (height - 1) // 2)
    back = (width - 1 - there[0], height - 1 - there[1])
    thick = cv2.dilate(mask, kernel, anchor=there, borderValue=0)
    back_again = cv2.erode(thick, kernel, anchor=back, borderValue=1)
    return np.asarray(cv2.bitwise_or(back_again, mask), dtype=np.uint8)


def grown(mask: Mask, reach: int = 1) -> Mask:
    """The mask, and what is within ``reach`` pixels of it, corners included."""
    side = 2 * reach + 1
    return np.asarray(cv2.dilate(mask, np.ones((side, side), np.uint8), borderValue=0), dtype=np.uint8)


def halved(mask: Mask) -> Mask:
    """The mask on a grid twice as coarse: a pixel is marked where one of its four was. (A last odd row is left out.)"""
    height, width = (side // 2 * 2 for side in mask.shape)
    quarters = [mask[row:height:2, column:width:2] for row in (0, 1) for column in (0, 1)]
    return np.ascontiguousarray(quarters[0] | quarters[1] | quarters[2] | quarters[3])


def components(mask: Mask, connectivity: int = 8) -> tuple[int, Labels, Labels]:
    """Connected components: how many with the background, their labels, and OpenCV's table of boxes and areas."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(mask), connectivity=connectivity)
    return count, np.asarray(labels, dtype=np.int32), np.asarray(stats, dtype=np.int32)


def without_specks(mask: Mask, least: int) -> Mask:
    """The mask without its components of fewer than ``least`` pixels."""
    _, labels, stats = components(mask)
    keep = stats[:, cv2.CC_STAT_AREA] >= least
    keep[0] = False
    return chosen(labels, keep)


def chosen(labels: Labels, keep: npt.NDArray[np.bool_]) -> Mask:
    """The pixels whose label is to be kept."""
    return np.asarray(np.take(keep.view(np.uint8), labels, mode="clip"), dtype=np.uint8)


def renumbered(labels: Labels, order: Labels) -> Labels:
    """Each label replaced by what ``order`` has for it."""
    return np.asarray(np.take(order, labels, mode="clip"), dtype=np.int32)


def at_each(labels: Labels, where: npt.NDArray[np.bool_], count: int) -> npt.NDArray[np.int64]:
    """How often each of ``count`` labels stands at the left end of a run of pixels ``where`` something is.

    Pixels side by side must have one label. It tells which labels something is at in a tenth of the time of counting.
    """
    start = where.copy()
    start[:, 1:] &= ~where[:, :-1]
    return np.bincount(labels.ravel()[np.flatnonzero(start)], minlength=count)
