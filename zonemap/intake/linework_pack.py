"""Line work packed for keeping, with what is known of it, and unpacked again for tracing. Only for the child."""

from __future__ import annotations

import gzip
import json
import zlib

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.sheet_frames import PACKED_MOST
from zonemap.model.line_source import LineSource
from zonemap.model.linework import Affine, Linework
from zonemap.model.linework_document import linework_document, linework_from
from zonemap.tracing import lines

_UNPACKED_MOST = 200_000_000  # bytes of JSON
_DAMAGED = "The lines of this plan are damaged. Upload the file again."
_TOO_MUCH = "This drawing holds too many lines to keep. Save only the floor plan in a file of its own, and upload that."


def line_source(linework: Linework, width_px: int, height_px: int) -> LineSource:
    """Line work as it is kept beside a picture of so many pixels. Raises TooLarge."""

    packed = gzip.compress(json.dumps(linework_document(linework), separators=(",", ":")).encode(), 6, mtime=0)
    if len(packed) > PACKED_MOST:
        raise TooLarge(_TOO_MUCH)
    metres = lines.guess_metres_per_unit(linework)
    return LineSource(
        packed,
        linework.to_picture or _fitted(linework, width_px, height_px),
        layers=linework.layers,
        wall_layers=tuple(sorted(lines.wall_layers(linework))),
        strokes=len(linework.strokes),
        texts=len(linework.texts),
        metres_per_unit=metres,
        is_guess=metres != linework.metres_per_unit,
    )


def unpacked(packed: bytes) -> Linework:
    """Line work that ``line_source`` packed. Raises Invalid."""
    try:
        reader = zlib.decompressobj(wbits=31)
        text = reader.decompress(packed, _UNPACKED_MOST)
        if reader.unconsumed_tail or not reader.eof:
            raise ValueError("more than was ever packed, or less")
        return linework_from(json.loads(text))
    except (ValueError, zlib.error) as error:
        raise Invalid(_DAMAGED) from error


def _fitted(linework: Linework, width_px: int, height_px: int) -> Affine:
    """The drawing's box laid over the whole picture, for a reader that does not say where it lies."""
    x0, y0, x1, y1 = linework.box
    across, down = width_px / (x1 - x0), height_px / (y1 - y0)
    if linework.y_down:
        return across, 0.0, -x0 * across, 0.0, down, -y0 * down
    return across, 0.0, -x0 * across, 0.0, -down, y1 * down
