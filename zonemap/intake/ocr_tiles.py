"""A large picture cut into tiles for the reader of scans, and how large its letters are. Only for the child."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Corners = NDArray[np.float32]  # four for each box: top left, top right, bottom right, bottom left

_CORE_PX = 1024  # the part of a tile that is its own
_RIM_PX = 192  # seen on each side, so that a line of text is not cut
_EMPTY = 12  # grey values: a tile that differs less from its paper holds nothing
_LETTER_PX = (6, 80)
_LETTERS_LEAST = 30
_USUAL_PX = 13.0
_CUT_FROM = 3.0  # heights: a shorter line is not cut
_THROUGH = 0.85  # of the height of a line of text
_PIECE = 0.9  # heights: a shorter piece is no word


@dataclass(frozen=True, slots=True)
class Tile:
    """A piece of the picture in pixels, and the part of it that is its own."""

    left: int
    top: int
    right: int
    bottom: int
    own: tuple[int, int, int, int]  # least x, least y, most x, most y

    def owns(self, x: float, y: float) -> bool:
        """Whether a point, from the tile's corner, lies in the tile's own part."""
        x0, y0, x1, y1 = self.own
        return bool(x0 <= x + self.left < x1 and y0 <= y + self.top < y1)


def tiles_of(picture: Grey) -> Iterator[Tile]:
    """The tiles that hold something."""
    height, width = picture.shape
    for top in range(0, height, _CORE_PX):
        for left in range(0, width, _CORE_PX):
            right, bottom = min(left + _CORE_PX, width), min(top + _CORE_PX, height)
            own = picture[top:bottom, left:right]
            if int(own.max()) - int(own.min()) <= _EMPTY:
                continue
            yield Tile(
                max(0, left - _RIM_PX),
                max(0, top - _RIM_PX),
                min(width, right + _RIM_PX),
                min(height, bottom + _RIM_PX),
                (left, top, right, bottom),
            )


def letter_height(picture: Grey) -> float:
    """How high most letters are, in pixels; the usual height where nothing looks like letters."""
    _, ink = cv2.threshold(picture, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height, area = (np.asarray(stats)[1:, column] for column in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, 4))
    filled = area / np.maximum(width * height, 1)
    least, most = _LETTER_PX
    likely = (height >= least) & (height <= most) & (width >= 0.25 * height) & (width <= 1.3 * height)
    likely &= (filled > 0.2) & (filled < 0.85)
    heights = height[likely]
    if len(heights) < _LETTERS_LEAST:
        return _USUAL_PX
    counts = np.bincount(heights, minlength=most + 2).astype(np.float64)
    smooth = np.convolve(counts, [0.5, 1.0, 0.5], mode="same")
    return float(np.argmax(smooth))


def upright_lines(picture: Grey, least_px: int) -> Grey:
    """Where upright lines of this length or longer run: 1, else 0."""
    _, ink = cv2.threshold(picture, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    slanted = cv2.dilate(ink, np.ones((1, 3), np.uint8))  # a scan is never quite straight
    return np.asarray(cv2.morphologyEx(slanted, cv2.MORPH_OPEN, np.ones((least_px, 1), np.uint8)), dtype=np.uint8)


def parted(boxes: Corners, walls: Grey) -> Iterator[Corners]:
    """The boxes of lines of text, cut where a wall runs through between two rooms' words."""
    for box in boxes:
        left, top = np.maximum(box.min(axis=0), 0).astype(int)
        right, bottom = box.max(axis=0).astype(int)
        if right - left < _CUT_FROM * (bottom - top):
            yield box
            continue
        through = walls[top:bottom, left:right].mean(axis=0) > _THROUGH
        edges = np.flatnonzero(np.diff(np.concatenate(([True], through, [True])).astype(np.int8)))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if end - start > _PIECE * (bottom - top):
                yield _between(box, start / (right - left), end / (right - left))


def _between(box: Corners, start: float, end: float) -> Corners:
    """The part of a box from one share of its width to another."""
    top, bottom = box[1] - box[0], box[2] - box[3]
    corners = (box[0] + top * start, box[0] + top * end, box[3] + bottom * end, box[3] + bottom * start)
    return np.asarray(corners, dtype=np.float32)
