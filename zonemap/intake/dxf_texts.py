"""TEXT, MTEXT and ATTRIB of a DXF drawing as lines of text. Only for the child."""

from __future__ import annotations

import math
import textwrap

from ezdxf.entities.dxfgfx import DXFGraphic
from ezdxf.entities.mtext import MText
from ezdxf.entities.text import Text
from ezdxf.enums import TextEntityAlignment
from ezdxf.math import Matrix44, Vec3

from zonemap.model.linework import Text as Label

LETTER = 0.62  # mean width of a letter in heights of capitals, fonts being unknown
_LINE = 5 / 3  # from line to line in heights of capitals, times the line spacing factor
_ACROSS = {"LEFT": 0.5, "CENTER": 0.0, "RIGHT": -0.5, "ALIGNED": 0.5, "FIT": 0.5, "MIDDLE": 0.0}


def text_lines(entity: DXFGraphic, matrix: Matrix44, layer: str) -> tuple[Label, ...]:
    """The lines of text of the entity as it is placed; nothing where it is no text."""
    if isinstance(entity, MText):
        return _paragraph(entity, matrix, layer)
    if isinstance(entity, Text):
        return _single(entity, matrix, layer)
    return ()


def _single(entity: Text, matrix: Matrix44, layer: str) -> tuple[Label, ...]:
    words = entity.plain_text().strip()
    if not words:
        return ()
    if getattr(entity, "has_embedded_mtext_entity", False):
        return _paragraph(entity.virtual_mtext_entity(), matrix, layer)  # type: ignore[attr-defined]
    height = entity.dxf.get("height", 1.0)
    width = len(words) * LETTER * height * entity.dxf.get("width", 1.0)
    align, first, second = entity.get_placement()
    across, up = _alignment(align)
    start = first
    if align in (TextEntityAlignment.ALIGNED, TextEntityAlignment.FIT) and second is not None:
        start, width, across = first.lerp(second), first.distance(second), 0.0
    along = Vec3.from_deg_angle(entity.dxf.get("rotation", 0.0))
    middle = start + along * (across * width) + along.orthogonal() * (up * height)
    ocs = entity.ocs()
    return (_placed(words, ocs.to_wcs(middle), ocs.to_wcs(along), height, width, matrix, layer),)


def _alignment(align: TextEntityAlignment) -> tuple[float, float]:
    """From the placing point to the middle of the capitals, in widths and heights."""
    name = align.name
    up = 0.0 if "MIDDLE" in name else -0.5 if name.startswith("TOP") else 0.5
    across = next((value for word, value in _ACROSS.items() if name.endswith(word)), 0.5)
    return across, up


def _paragraph(entity: MText, matrix: Matrix44, layer: str) -> tuple[Label, ...]:
    height = entity.dxf.get("char_height", 1.0)
    column = entity.dxf.get("width", 0.0) or math.inf
    lines = [part for line in entity.plain_text(split=True) for part in _wrapped(line, column / (LETTER * height))]
    step = height * _LINE * entity.dxf.get("line_spacing_factor", 1.0)
    anchor = entity.dxf.get("attachment_point", 1) - 1
    total = height + step * (len(lines) - 1)
    top = (0.0, total / 2, total)[min(max(anchor // 3, 0), 2)]
    ucs = entity.ucs()
    along = ucs.ux
    found = []
    for number, line in enumerate(lines):
        words = line.strip()
        width = len(words) * LETTER * height
        across = (0.5, 0.0, -0.5)[anchor % 3] * width
        middle = entity.dxf.insert + along * across + ucs.uy * (top - height / 2 - number * step)
        if words:
            found.append(_placed(words, middle, along, height, width, matrix, layer))
    return tuple(found)


def _wrapped(line: str, most: float) -> list[str]:
    """A paragraph broken into lines of about so many letters, as its column is wide."""
    if len(line) <= 1.15 * most:
        return [line]
    return textwrap.wrap(line, max(round(most), 4), break_long_words=False, break_on_hyphens=False)


def _placed(words: str, middle: Vec3, along: Vec3, height: float, width: float, matrix: Matrix44, layer: str) -> Label:
    place = matrix.transform(middle)
    direction = matrix.transform_direction(along.normalize() if along.magnitude else Vec3(1, 0, 0))
    scale = direction.magnitude
    return Label(
        words,
        (place.x, place.y),
        height * scale,
        width * scale,
        round(direction.angle_deg, 3),
        layer,
    )
