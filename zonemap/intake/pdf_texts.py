"""The texts of a PDF page, letter by letter put into lines. Only for the child."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from zonemap.model.linework import Affine, Text
from zonemap.model.plan import Point

_LETTERS_MOST = 200_000
_CAPITALS = 0.7  # heights of capitals in sizes of type, for nearly all typefaces
_GAP = 0.9  # sizes of type: a wider gap parts two labels on one line
_BLANK = 0.18
_OFF_LINE = 0.35


@dataclass(slots=True)
class _Letter:
    """One letter: where it starts and ends along its line, its size of type and its direction, all as shown."""

    letter: str
    start: Point
    end: Point
    size: float
    angle: float
    after_blank: bool


def page_texts(page: pypdfium2.PdfPage, place: Affine) -> Iterator[Text]:
    """The lines of text of a page, its coordinates led through ``place``."""
    text_page = page.get_textpage()
    try:
        line: list[_Letter] = []
        for letter in _letters(text_page, place):
            if line and not _goes_on(line[-1], letter):
                yield _line(line)
                line = []
            line.append(letter)
        if line:
            yield _line(line)
    finally:
        text_page.close()


def _letters(text_page: pypdfium2.PdfTextPage, place: Affine) -> Iterator[_Letter]:
    """The letters that can be seen, in the order of the page."""
    blank = False
    for index in range(min(text_page.count_chars(), _LETTERS_MOST)):
        letter = chr(raw.FPDFText_GetUnicode(text_page.raw, index) or 32)
        if letter.isspace() or not letter.isprintable():
            blank = blank or (letter == " " and not raw.FPDFText_IsGenerated(text_page.raw, index))
            continue
        found = _placed(text_page, index, place)
        if found is not None:
            yield _Letter(letter, *found, blank)
        blank = False


def _placed(text_page: pypdfium2.PdfTextPage, index: int, place: Affine) -> tuple[Point, Point, float, float] | None:
    """Where the letter starts and ends on its line, its size of type and its direction in degrees."""
    matrix, box = raw.FS_MATRIX(), raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    if not raw.FPDFText_GetMatrix(text_page.raw, index, matrix):
        return None
    if not raw.FPDFText_GetLooseCharBox(text_page.raw, index, box):
        return None
    raw.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
    a, b, _, d, e, _ = place
    along = _unit(a * matrix.a + b * matrix.b, d * matrix.a + e * matrix.b)
    up = math.hypot(a * matrix.c + b * matrix.d, d * matrix.c + e * matrix.d)
    size = abs(raw.FPDFText_GetFontSize(text_page.raw, index)) * up
    origin = _led(place, x.value, y.value)
    corners = [_led(place, px, py) for px in (box.left, box.right) for py in (box.bottom, box.top)]
    reach = [(px - origin[0]) * along[0] + (py - origin[1]) * along[1] for px, py in corners]
    first, last = max(min(reach), -size), min(max(reach), 3 * size)
    if not (math.isfinite(size) and math.isfinite(first) and math.isfinite(last)) or size <= 0:
        return None
    start = origin[0] + along[0] * first, origin[1] + along[1] * first
    end = origin[0] + along[0] * last, origin[1] + along[1] * last
    return start, end, size, math.degrees(math.atan2(along[1], along[0])) % 360


def _unit(x: float, y: float) -> Point:
    length = math.hypot(x, y)
    return (x / length, y / length) if length > 0 else (1.0, 0.0)


def _led(place: Affine, x: float, y: float) -> Point:
    a, b, c, d, e, f = place
    return a * x + b * y + c, d * x + e * y + f


def _goes_on(before: _Letter, letter: _Letter) -> bool:
    """Whether the letter stands on the same line as the one before, near it."""
    if abs(math.remainder(before.angle - letter.angle, 360)) > 2 or not 0.7 < before.size / letter.size < 1.4:
        return False
    gap, off = _from(before, letter.start)
    return abs(off) < _OFF_LINE * letter.size and -1.2 * letter.size < gap < _GAP * letter.size


def _from(before: _Letter, point: Point) -> tuple[float, float]:
    """How far ``point`` lies beyond the end of a letter along its line, and beside the line."""
    dx, dy = point[0] - before.end[0], point[1] - before.end[1]
    cos, sin = math.cos(math.radians(before.angle)), math.sin(math.radians(before.angle))
    return dx * cos + dy * sin, dy * cos - dx * sin


def _line(letters: list[_Letter]) -> Text:
    """A line of text, blanks put where letters stand apart."""
    words = letters[0].letter
    for before, letter in pairwise(letters):
        gap, _ = _from(before, letter.start)
        apart = gap > _BLANK * letter.size or (letter.after_blank and gap > _BLANK / 4 * letter.size)
        words += (" " if apart else "") + letter.letter
    first, last = letters[0], letters[-1]
    angle = math.radians(first.angle)
    height = first.size * _CAPITALS
    x = (first.start[0] + last.end[0]) / 2 - math.sin(angle) * height / 2
    y = (first.start[1] + last.end[1]) / 2 + math.cos(angle) * height / 2
    width = math.hypot(last.end[0] - first.start[0], last.end[1] - first.start[1])
    return Text(words, (round(x, 3), round(y, 3)), round(height, 3), round(width, 3), round(math.degrees(angle), 2))
