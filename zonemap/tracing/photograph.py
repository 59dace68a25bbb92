"""Whether a picture was photographed, not scanned or drawn: its paper is neither white nor evenly lit.

On a photograph lengths are not true (it is taken at a slant) and shadows pass for ink, so a person is told.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

_SIDE_PX = 600  # the paper's light is seen well enough on a small picture
_KERNEL_PX = 15  # wider than a line or a letter there: what is left is paper and fills
_EVEN = 0.6  # part of the paper that a scan has within a few greys of one another
_NEAR = 13  # greys
_WHITE = 225  # the lightest paper of a scan is lighter than this
_FLAT = 0.8  # part of a drawn picture, however coloured, that has no shading at all

WARNING = (
    "This looks like a photograph: lengths on it are not true, and shadows can pass for walls. "
    "Scan the plan flat if you can. Else use it to draw the rooms on by hand."
)


def is_photograph(grey: npt.NDArray[np.uint8]) -> bool:
    """Whether the paper's light says that somebody took a photograph."""
    factor = min(1.0, _SIDE_PX / max(grey.shape))
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_KERNEL_PX, _KERNEL_PX), np.uint8))
    paper = cv2.medianBlur(closed, _KERNEL_PX)
    counts = np.convolve(np.bincount(paper.ravel(), minlength=256), np.ones(_NEAR), "same")
    if counts.max() / paper.size >= _EVEN:
        return False
    shading = cv2.morphologyEx(paper, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    return bool(np.percentile(paper, 95) < _WHITE or np.mean(shading == 0) < _FLAT)
