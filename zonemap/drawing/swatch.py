"""A small piece of a zone's fill and hatch, for the key beside a map on paper."""

from __future__ import annotations

from svgwrite.drawing import Drawing

from zonemap.drawing.colours import WALL, ZONES
from zonemap.drawing.hatch import hatch_path
from zonemap.drawing.inks import hatch_ink
from zonemap.model.zone import ZoneClass

_FRAME = 0.3  # millimetres


def swatch(zone_class: ZoneClass, width_mm: float = 10.0, height_mm: float = 5.6) -> str:
    """The class as the map shows it, in a frame, as an SVG of that size."""
    drawing = Drawing(size=(f"{width_mm}mm", f"{height_mm}mm"), viewBox=f"0 0 {width_mm} {height_mm}", debug=False)
    drawing.add(drawing.rect((0, 0), (width_mm, height_mm), fill=ZONES[zone_class].fill))
    ring = ((0.0, 0.0), (width_mm, 0.0), (width_mm, height_mm), (0.0, height_mm))
    lines = hatch_path([(ring,)], zone_class)
    if lines:
        drawing.add(drawing.path(d=lines, **hatch_ink(zone_class)))
    half = _FRAME / 2
    drawing.add(
        drawing.rect(
            (half, half), (width_mm - _FRAME, height_mm - _FRAME), fill="none", stroke=WALL, stroke_width=_FRAME
        )
    )
    return str(drawing.tostring())
