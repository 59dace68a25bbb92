"""A guess at the scale of a picture that nobody has measured yet."""

from __future__ import annotations

import numpy as np

from zonemap.model.draft import TraceOptions
from zonemap.tracing.raster_reading import Grey, read_walls

BUILDING = 33.0  # m along the picture's longer side, to begin with: small, because a small one is read fast
DOOR = 0.9  # m: the usual width of a door
STEPS = 3
AGREE = 1.35  # times the scale a picture was read at: a guess this near is not changed by reading it again
SHORTEST, LONGEST = 0.003, 0.06  # m a pixel: no plan of a floor is drawn larger or smaller


def guess_metres_per_pixel(grey: Grey) -> float | None:
    """How long a pixel of a floor plan is, guessed from the width of its doors; None where nothing tells.

    The picture is read at one scale after another until the doors that are found have the width of doors. A guess for
    a first tracing only: half of the doors of a plan are between 0.8 and 1 m wide, but a plan with other doors, or with
    none, misleads it. A person must measure something before any length counts.
    """
    metres = BUILDING / max(grey.shape)
    for _ in range(STEPS):
        guess = _from_doors(grey, metres)
        if guess is None:
            return None
        if 1 / AGREE < guess / metres < AGREE:
            return guess
        metres = min(max(guess, SHORTEST), LONGEST)
    return float(metres)


def _from_doors(grey: Grey, metres: float) -> float | None:
    """Metres a pixel by the middle one of the openings that are found when the picture is read at a scale."""
    reading = read_walls(grey, TraceOptions(metres))
    widths = [gap.length * reading.ink.metres for gap in reading.gaps if gap.evidence != "pane"]
    wide = [width for width in widths if width > 0.3]
    return DOOR * metres / float(np.median(wide)) if len(wide) >= 3 else None
