"""A guess at the scale of a picture that nobody has measured yet."""

from __future__ import annotations

import numpy as np

from zonemap.model.draft import TraceOptions
from zonemap.tracing.raster_reading import Grey, read_walls

BUILDINGS = (0.02, 0.01, 0.03, 0.05)  # metres a pixel: to begin with, for a picture of 3,000 pixels
DOOR = 0.9  # m: the usual width of a door


def guess_metres_per_pixel(grey: Grey) -> float | None:
    """How long a pixel of a floor plan is, guessed from the width of its doors; None where nothing tells.

    A guess for a first tracing only: half of the doors of a plan are between 0.8 and 1 m wide, but a plan with other
    doors, or with none, misleads it. A person must measure something before any length counts.
    """
    best: tuple[int, float] | None = None
    for start in BUILDINGS:
        metres = start * 3000.0 / max(grey.shape)
        reading = read_walls(grey, TraceOptions(metres))
        widths = [
            gap.length for gap in reading.gaps if gap.evidence != "pane" and gap.length * reading.ink.metres > 0.3
        ]
        if len(widths) >= 3 and (best is None or len(widths) > best[0]):
            pixels = float(np.median(widths)) * reading.ink.metres / metres
            best = (len(widths), DOOR / pixels)
    return None if best is None else best[1]
