"""A guess at the scale of a picture that nobody has measured yet.

Doors tell: half of the leaves of a plan are between 0.8 and 1 m wide. The quarter circle of a leaf in a gap between two
wall ends is hardly ever anything else, and most leaves of a building are alike, so a picture read at a scale that is
far off still shows them, if fewer. Where leaves are few, all openings are asked, and a guess needs most of them to be
as wide as the middle one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from zonemap.model.draft import TraceOptions
from zonemap.tracing.ink_shapes import grown
from zonemap.tracing.raster_gaps import bridged, has_leaf
from zonemap.tracing.raster_reading import Drawing, Grey, read_drawing, read_walls
from zonemap.tracing.raster_walls import hypotheses

BUILDING = 33.0  # m along the picture's longer side, to begin with: small, because a small one is read fast
LARGER = 1.6  # times: the next building that is tried where leaves don't tell
LARGEST = 90.0  # m: the last one; in a building half as large again, leaves are seen as well
DOOR = 0.9  # m: the usual width of a door
STEPS = 3
AGREE = 1.35  # times the scale a picture was read at: a guess this near is not changed by reading it again
SHORTEST, LONGEST = 0.003, 0.06  # m a pixel: no plan of a floor is drawn larger or smaller
COARSE = 1.5  # times the usual grid: a leaf is as well seen there, in half of the time
LEAST = 0.45  # m: in a smaller gap any two strokes look like a leaf
LEAVES = 8  # alike: of fewer, other openings may be as many
MOST_ALIKE = 0.7  # of all leaves
MOST_OPENINGS = 0.6  # of all openings must be about as wide as the middle one
ALIKE = 0.08  # of their width: two leaves of one kind
NARROWEST = 0.3  # m: what is narrower is no opening
OPENINGS = 6  # tell nothing if there are fewer
NEAR = 0.25  # of its width: an opening that is of the kind of the middle one


def guess_metres_per_pixel(grey: Grey) -> float | None:
    """How long a pixel of a floor plan is, guessed from the width of its doors; None where nothing tells.

    A guess for a first tracing only: a plan with other doors misleads it. A person must measure something before any
    length counts.
    """
    return _by_leaves(grey) or _by_openings(grey)


def _by_leaves(grey: Grey) -> float | None:
    """The scale at which the leaves that are drawn have their usual width."""
    longer = max(grey.shape)
    metres = BUILDING / longer
    for _ in range(2 * STEPS):
        width = usual_leaf(read_drawing(grey, TraceOptions(metres), fineness=COARSE))
        if width is None:
            if LARGER * metres * longer > LARGEST or LARGER * metres > LONGEST:
                return None
            metres *= LARGER
            continue
        guess = DOOR / width * metres
        if 1 / AGREE < guess / metres < AGREE:
            return guess
        metres = min(max(guess, SHORTEST), LONGEST)
    return None


def usual_leaf(drawing: Drawing) -> float | None:
    """How many metres wide most leaves are, by those walls in which most are alike; None where these are few."""
    found = [(*most_alike(widths), len(widths)) for widths in map(np.array, _leaves(drawing)) if len(widths)]
    count, width, leaves = max(found, default=(0, 0.0, 0))
    return width if count >= max(LEAVES, MOST_ALIKE * leaves) else None


def _leaves(drawing: Drawing) -> Iterator[list[float]]:
    """The widths of gaps that a leaf is drawn in, in metres, for each way of telling walls."""
    metres = drawing.ink.metres
    for walls in hypotheses(drawing.ink, drawing.lines):
        _, gaps = bridged(drawing.ink, walls.mask, drawing.lines)
        loose = grown(drawing.lines & (1 - walls.mask))
        wide = [gap for gap in gaps if gap.evidence != "pane" and gap.length * metres >= LEAST]
        yield [gap.length * metres for gap in wide if has_leaf(loose, gap)]


def most_alike(widths: npt.NDArray[np.float64]) -> tuple[int, float]:
    """How many of the widths are alike, and which width that is."""
    logs = np.log(widths)
    near = np.abs(logs[:, None] - logs[None]) < ALIKE
    best = near[int(np.argmax(near.sum(axis=1)))]
    return int(best.sum()), float(np.exp(np.median(logs[best])))


def _by_openings(grey: Grey) -> float | None:
    """The scale at which the middle one of all openings has the width of a door; None where they are of all widths.

    The picture is read at one scale after another until that is so.
    """
    metres = BUILDING / max(grey.shape)
    for _ in range(STEPS):
        width = _usual_opening(grey, metres)
        if width is None:
            return None
        guess = DOOR / width * metres
        if 1 / AGREE < guess / metres < AGREE:
            return guess
        metres = min(max(guess, SHORTEST), LONGEST)
    return None


def _usual_opening(grey: Grey, metres: float) -> float | None:
    """The width, in metres, of the middle one of the openings, where most are about as wide."""
    reading = read_walls(grey, TraceOptions(metres))
    widths = np.array([gap.length * reading.ink.metres for gap in reading.gaps if gap.evidence != "pane"])
    wide = widths[widths > NARROWEST]
    if len(wide) < OPENINGS:
        return None
    middle = float(np.median(wide))
    return middle if (np.abs(wide / middle - 1) < NEAR).mean() >= MOST_OPENINGS else None
