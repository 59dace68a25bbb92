"""Line work as compact JSON values and back: how it leaves the child process, and how it is stored.

Layers are named once and pointed at by number; points lie flat (x, y, x, y ...). What comes back is believed only
where it fits: it was made from an upload.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.linework import Affine, Arc, Block, Linework, Stroke, Text
from zonemap.model.plan import Point

STROKES_MOST = 200_000
SEGMENTS_MOST = 500_000
TEXTS_MOST = 50_000
COORDINATE_MOST = 1e7
_NAME_MOST = 400
_COLOUR_MOST = 0xFFFFFF

_NONSENSE = "This is not line work as zonemap writes it. Upload the plan again."


def linework_document(linework: Linework) -> dict[str, Any]:
    """All of it as JSON values, keys in a fixed order."""
    layers: dict[str, int] = {}

    def layer(name: str) -> int:
        return layers.setdefault(name, len(layers))

    strokes = [
        [layer(s.layer), s.width, s.colour, s.fill, int(s.closed), [value for point in s.points for value in point]]
        for s in linework.strokes
    ]
    arcs = [[layer(a.layer), *a.centre, a.radius, a.start, a.sweep] for a in linework.arcs]
    blocks = [[layer(b.layer), b.name, *b.place, b.rotation, *b.box, *b.strokes] for b in linework.blocks]
    texts = [[layer(t.layer), t.text, *t.place, t.height, t.width, t.angle] for t in linework.texts]
    return {
        "box": list(linework.box),
        "layers": list(layers),
        "strokes": strokes,
        "arcs": arcs,
        "blocks": blocks,
        "texts": texts,
        "metres_per_unit": linework.metres_per_unit,
        "to_picture": None if linework.to_picture is None else list(linework.to_picture),
        "y_down": linework.y_down,
    }


def linework_from(value: Any) -> Linework:
    """Line work from JSON values. Raises Invalid where they make no sense or are too many."""
    try:
        return _linework(value)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as error:
        raise Invalid(_NONSENSE) from error


def _linework(value: Any) -> Linework:
    layers = [_name(name) for name in value["layers"]]
    strokes = tuple(_stroke(each, layers) for each in _at_most(value["strokes"], STROKES_MOST))
    if sum(len(stroke.points) for stroke in strokes) > SEGMENTS_MOST + len(strokes):
        raise ValueError("too many segments")
    claim, affine = value["metres_per_unit"], value["to_picture"]
    return Linework(
        box=_four(value["box"]),
        strokes=strokes,
        arcs=tuple(_arc(each, layers) for each in _at_most(value["arcs"], STROKES_MOST)),
        blocks=tuple(_block(each, layers) for each in _at_most(value["blocks"], TEXTS_MOST)),
        texts=tuple(_text(each, layers) for each in _at_most(value["texts"], TEXTS_MOST)),
        metres_per_unit=None if claim is None else _positive(claim),
        to_picture=None if affine is None else _affine(affine),
        y_down=value["y_down"] is True,
    )


def _at_most(values: Sequence[Any], most: int) -> Sequence[Any]:
    if not isinstance(values, list) or len(values) > most:
        raise ValueError("too many")
    return values


def _number(value: Any, most: float = COORDINATE_MOST) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= most:
        raise ValueError("not a number that a drawing holds")
    return float(value)


def _positive(value: Any) -> float:
    number = _number(value)
    if number <= 0:
        raise ValueError("not more than nothing")
    return number


def _name(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _NAME_MOST:
        raise ValueError("not a name")
    return value


def _layer(index: Any, layers: Sequence[str]) -> str:
    if isinstance(index, bool) or not isinstance(index, int) or index < 0:
        raise ValueError("no such layer")
    return layers[index]


def _colour(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _COLOUR_MOST:
        raise ValueError("not a colour")
    return value


def _points(flat: Any) -> tuple[Point, ...]:
    numbers = [_number(value) for value in flat]
    if not numbers or len(numbers) % 2:
        raise ValueError("not pairs")
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def _four(value: Iterable[Any]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (_number(number) for number in value)
    return x0, y0, x1, y1


def _affine(value: Iterable[Any]) -> Affine:
    a, b, c, d, e, f = (_number(number, math.inf) for number in value)
    if not all(math.isfinite(number) for number in (a, b, c, d, e, f)) or a * e == b * d:
        raise ValueError("leads nowhere")
    return a, b, c, d, e, f


def _stroke(value: Any, layers: Sequence[str]) -> Stroke:
    layer, width, colour, fill, closed, flat = value
    return Stroke(
        _points(flat), _layer(layer, layers), _number(width), _colour(colour), _colour(fill), closed=closed == 1
    )


def _arc(value: Any, layers: Sequence[str]) -> Arc:
    layer, x, y, radius, start, sweep = value
    if not sweep:
        raise ValueError("an arc that goes nowhere")
    return Arc((_number(x), _number(y)), _positive(radius), _number(start), _number(sweep), _layer(layer, layers))


def _block(value: Any, layers: Sequence[str]) -> Block:
    layer, name, x, y, rotation, x0, y0, x1, y1, *drawn = value
    place, box = (_number(x), _number(y)), _four((x0, y0, x1, y1))
    return Block(_name(name), place, _number(rotation), box, _layer(layer, layers), _range(drawn))


def _range(numbers: Sequence[Any]) -> tuple[int, int]:
    """Which strokes a block drew; line work that was kept before that was noted says nothing."""
    first, end = numbers or (0, 0)
    if not (isinstance(first, int) and isinstance(end, int) and 0 <= first <= end <= STROKES_MOST):
        raise ValueError("no such strokes")
    return first, end


def _text(value: Any, layers: Sequence[str]) -> Text:
    layer, text, x, y, height, width, angle = value
    place = (_number(x), _number(y))
    return Text(_name(text), place, _number(height), _number(width), _number(angle), _layer(layer, layers))
