"""A DXF drawing as a picture of our own: its lines, fills and texts in grey on white. Only for the child."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from zonemap.intake.encode import sheet_of
from zonemap.intake.sheet import Sheet
from zonemap.model.linework import Affine, Linework, Stroke, Text
from zonemap.model.plan import Point

_PIXELS_PER_METRE = 59.0  # 150 dots per inch at 1:100
_LONG_SIDE_PX = (4000, 8000)
_UNKNOWN_PX = 5000
_MARGIN_PX = 40
_INK_MOST = 110  # a yellow line is drawn as dark as this, to be seen on white
_FILL_MOST = 225
_THIN_PX = 2
_TEXT_LEAST_PX, _TEXT_MOST_PX = 5, 600
_CAPITALS = 0.714  # height of Noto's capitals in its size


def sheet_affine(linework: Linework) -> Linework:
    """The line work with the way to the pixels of its picture."""
    x0, y0, x1, y1 = linework.box
    long_side = max(x1 - x0, y1 - y0, 1e-9)
    metres = linework.metres_per_unit
    wanted = _UNKNOWN_PX if metres is None else min(max(_LONG_SIDE_PX[0], long_side * metres * _PIXELS_PER_METRE), 8000)
    scale = (wanted - 2 * _MARGIN_PX) / long_side
    return replace(linework, to_picture=(scale, 0.0, _MARGIN_PX - x0 * scale, 0.0, -scale, _MARGIN_PX + y1 * scale))


def drawing_sheet(linework: Linework) -> Sheet:
    """The sheet of a drawing that was read."""
    return sheet_of(picture_of(linework), None)


def picture_of(linework: Linework) -> Image.Image:
    """The picture that ``to_picture`` leads to, grey."""
    assert linework.to_picture is not None  # noqa: S101 - the reader set it
    a, _, c, _, e, f = linework.to_picture
    x0, y0, x1, y1 = linework.box
    size = (max(200, round((x1 - x0) * a) + 2 * _MARGIN_PX), max(200, round((y1 - y0) * -e) + 2 * _MARGIN_PX))
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for stroke in sorted(linework.strokes, key=lambda stroke: stroke.fill is None):
        _draw_stroke(draw, stroke, [(x * a + c, y * e + f) for x, y in stroke.points], a)
    for text in linework.texts:
        _draw_text(image, text, linework.to_picture)
    return image


def _draw_stroke(draw: ImageDraw.ImageDraw, stroke: Stroke, points: list[Point], scale: float) -> None:
    if stroke.fill is not None and len(points) > 2:
        draw.polygon(points, fill=_luminance(stroke.fill, _FILL_MOST if stroke.fill != 0xFFFFFF else 255))
    if stroke.colour is None:
        return
    along = [*points, points[0]] if stroke.closed else points
    width = max(_THIN_PX, round(stroke.width * scale))
    draw.line(along, fill=_luminance(stroke.colour, _INK_MOST), width=width, joint="curve" if width > 4 else None)


def _luminance(colour: int, most: int) -> int:
    red, green, blue = colour >> 16, colour >> 8 & 255, colour & 255
    return min(most, (299 * red + 587 * green + 114 * blue) // 1000)


def _draw_text(image: Image.Image, text: Text, to_picture: Affine) -> None:
    a, _, c, _, e, f = to_picture
    size = round(text.height * a / _CAPITALS)
    if not _TEXT_LEAST_PX <= size <= _TEXT_MOST_PX:
        return
    font = _font(size, _script(text.text))
    left, top, right, bottom = (round(side) for side in font.getbbox(text.text))
    if right <= left or bottom <= top or right - left > image.width:
        return
    letters = Image.new("L", (right - left + 2, bottom - top + 2), 0)
    ImageDraw.Draw(letters).text((1 - left, 1 - top), text.text, fill=255, font=font)
    if text.angle:
        letters = letters.rotate(text.angle, Image.Resampling.BICUBIC, expand=True)
    x, y = text.place[0] * a + c - letters.width / 2, text.place[1] * e + f - letters.height / 2
    image.paste(0, (round(x), round(y)), letters)


def _script(text: str) -> str:
    """Which of the fonts has the letters; "" is the one for Latin, Greek and Cyrillic."""
    return _first(text, ((0x0590, 0x05FF, "Hebrew"), (0x0600, 0x06FF, "Arabic"), (0x2E80, 0x9FFF, "CJK")))


def _first(text: str, scripts: Iterable[tuple[int, int, str]]) -> str:
    return next((name for low, high, name in scripts if any(low <= ord(letter) <= high for letter in text)), "")


@lru_cache(maxsize=64)
def _font(size: int, script: str) -> ImageFont.FreeTypeFont:
    package, file = ("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc") if script == "CJK" else ("manimgx_fonts", "")
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return ImageFont.load_default(size)  # type: ignore[return-value]
    return ImageFont.truetype(str(Path(spec.origin).parent / (file or f"NotoSans{script}[wght].ttf")), size)
