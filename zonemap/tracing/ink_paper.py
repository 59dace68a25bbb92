"""What kind of picture it is: a scan or a drawing, or a photograph."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

CELLS = 40  # along the longer side
GLIDING = 0.4  # of neighbouring cells differ a little in the brightness of their paper: shadows, a lamp, a lens
LITTLE = 15  # of 255: a larger step is a tint that was drawn


def looks_like_photo(grey: npt.NDArray[np.uint8]) -> bool:
    """Whether a picture seems to be a photograph of a drawing: the brightness of its paper glides all over.

    Such a picture serves as a backdrop to draw on; its lines are seldom straight enough to be traced.
    """
    cell = max(1, max(grey.shape) // CELLS)
    rows, columns = grey.shape[0] // cell, grey.shape[1] // cell
    if rows < 2 or columns < 2:
        return False
    cells = grey[: rows * cell, : columns * cell].reshape(rows, cell, columns, cell).transpose(0, 2, 1, 3)
    pixels = cells.reshape(rows, columns, -1)
    paper = np.percentile(pixels[..., :: max(1, pixels.shape[2] // 400)], 70, axis=2)
    steps = np.concatenate([np.abs(np.diff(paper, axis=axis)).ravel() for axis in (0, 1)])
    return float(((steps >= 1) & (steps <= LITTLE)).mean()) > GLIDING
