"""A piece of a photo as an inline drawing: no file and no second request, so nothing has to be kept for it."""

from __future__ import annotations

from svgwrite.container import SVG
from svgwrite.path import Path
from svgwrite.shapes import Rect

from zonemap.model.reading import Crop

_SHADES = ((0.35, 1.0), (0.6, 0.45), (0.8, 0.2))  # up to which part of the range from ink to paper, and how dark


def crop_drawing(crop: Crop, *, title: str) -> str:
    """The crop in a few shades of grey, dark ink on white paper on every screen."""
    drawing = SVG(size=None, class_="crop", role="img", debug=False)
    drawing.viewbox(0, 0, crop.width, crop.height)
    drawing.attribs["aria-label"] = title
    drawing.add(Rect((0, 0), (crop.width, crop.height), fill="#ffffff"))
    ordered = sorted(crop.grey)
    ink, paper = ordered[len(ordered) // 50], ordered[-len(ordered) // 10]
    for part, strength in reversed(_SHADES):
        runs = _runs(crop, ink + part * (paper - ink))
        if runs:
            drawing.add(Path(d=runs, fill="none", stroke="#111111", stroke_width=1.1, opacity=strength))
    return str(drawing.tostring())


def _runs(crop: Crop, darker_than: float) -> str:
    """The dark pixels as horizontal strokes."""
    strokes = []
    for y in range(crop.height):
        row = crop.grey[y * crop.width : (y + 1) * crop.width]
        start = None
        for x in range(crop.width + 1):
            dark = x < crop.width and row[x] < darker_than
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                strokes.append(f"M{start} {y + 0.5}h{x - start}")
                start = None
    return "".join(strokes)
