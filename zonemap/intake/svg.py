"""SVG: sieved to plain shapes and text, then rendered by resvg. Only for the child.

resvg would read any file that an ``<image>`` names, so nothing reaches it but what ``svg_sieve.py`` lets through.
"""

from __future__ import annotations

import importlib.util
import re
from io import BytesIO
from pathlib import Path

import resvg_py
from PIL import Image

from zonemap.errors import Invalid
from zonemap.intake.encode import check_size, on_white, sheet_of
from zonemap.intake.sheet import Sheet
from zonemap.intake.svg_sieve import Drawing, sieved

_DPI = 200.0  # where the drawing states the size of its paper
_LONG_SIDE_MOST_PX = 9000
_FAMILY = "Noto Sans"
_LEAST = 1e-9  # a side that is shorter is none
_INCHES = {"in": 1.0, "mm": 1 / 25.4, "cm": 1 / 2.54, "pt": 1 / 72, "pc": 1 / 6}
_LENGTH = re.compile(r"\s*([+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(px|in|mm|cm|pt|pc)?\s*$")

_NO_SIZE = (
    "This SVG does not say how large it is: it has neither a viewBox nor a width and height. "
    "Save it again from your drawing program with the page set, or as PDF."
)
_DAMAGED = "This SVG could not be drawn. Open it in the program that made it, save it as PDF, and upload the PDF."


def read_svg(data: bytes, *, long_side_px: int = 4000) -> Sheet:
    """The sheet of an SVG, with so many pixels on its long side or more. Raises Invalid or TooLarge."""
    drawing = sieved(data)
    inches = _paper_inches(drawing)
    width_px, height_px = pixel_size(drawing, long_side_px=long_side_px)
    check_size(width_px, height_px)
    image = _rendered(drawing, width_px, height_px)
    return sheet_of(image, None if inches is None else max(width_px, height_px) / inches)


def pixel_size(drawing: Drawing, *, long_side_px: int = 4000) -> tuple[int, int]:
    """Width and height of the picture of a drawing. Raises Invalid where it has no size."""
    return _pixels(*_user_size(drawing), _paper_inches(drawing), long_side_px)


def _length(text: str | None) -> tuple[float, str] | None:
    """Number and unit, or None for none, a percentage or nonsense."""
    match = _LENGTH.match(text or "")
    if match is None or not _LEAST < float(match[1]) < 1e7:
        return None
    return float(match[1]), match[2] or "px"


def _view_box(drawing: Drawing) -> tuple[float, float] | None:
    try:
        _, _, width, height = (float(part) for part in re.split(r"[\s,]+", (drawing.view_box or "").strip()))
    except ValueError:
        return None
    return (width, height) if _LEAST < width < 1e7 and _LEAST < height < 1e7 else None


def _user_size(drawing: Drawing) -> tuple[float, float]:
    """Width and height of what is to be seen, only their ratio matters."""
    width, height = _length(drawing.width), _length(drawing.height)
    if width is not None and height is not None and width[1] == height[1]:
        return width[0], height[0]
    box = _view_box(drawing)
    if box is None:
        raise Invalid(_NO_SIZE)
    return box


def _paper_inches(drawing: Drawing) -> float | None:
    """The long side of the paper, where width and height are in a unit of length; pixels are none."""
    width, height = _length(drawing.width), _length(drawing.height)
    if width is None or height is None or not {width[1], height[1]} <= _INCHES.keys():
        return None
    return max(width[0] * _INCHES[width[1]], height[0] * _INCHES[height[1]])


def _pixels(width: float, height: float, inches: float | None, least_px: int) -> tuple[int, int]:
    """Width and height to render: more than asked for where large paper needs it."""
    long_side = least_px if inches is None else min(max(least_px, round(inches * _DPI)), _LONG_SIDE_MOST_PX)
    factor = long_side / max(width, height)
    return max(1, round(width * factor)), max(1, round(height * factor))


def _rendered(drawing: Drawing, width_px: int, height_px: int) -> Image.Image:
    try:
        png = resvg_py.svg_to_bytes(
            svg_string=drawing.text(width_px, height_px),
            background="#ffffff",
            dpi=96,
            skip_system_fonts=True,  # the same picture on every machine
            font_files=_fonts(),
            font_family=_FAMILY,
            serif_family=_FAMILY,
            sans_serif_family=_FAMILY,
            cursive_family=_FAMILY,
            fantasy_family=_FAMILY,
            monospace_family=_FAMILY,
        )
    except ValueError as error:
        raise Invalid(_DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how Rust says that resvg met what it had thought impossible
            raise
        raise Invalid(_DAMAGED) from error
    with Image.open(BytesIO(png), formats=["PNG"]) as image:
        return on_white(image)


def _fonts() -> list[str]:
    """The font files that stand in for whatever the drawing asks for."""
    spec = importlib.util.find_spec("manimgx_fonts")
    if spec is None or spec.origin is None:
        return []
    return sorted(str(path) for path in Path(spec.origin).parent.glob("NotoSans*.ttf"))
