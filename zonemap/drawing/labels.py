"""Where the number and name of each room stand on a drawing. Data: on paper Typst sets them, on a screen SVG does.

No label touches another, a plate, or the walls of its room: it shrinks, moves, loses its name, becomes the number of
an entry in the map's key, or is left out and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from zonemap.drawing.boxes import Box, Boxes
from zonemap.drawing.lettering import broken, plain, text_width
from zonemap.drawing.view import View, Window
from zonemap.geometry.labels import free_span, label_places
from zonemap.geometry.rings import area
from zonemap.geometry.shapes import Shape, clipped, shape_of
from zonemap.model.plan import Point, Ring, Room
from zonemap.model.zone import ZoneClass

NAME_SIZE = 0.88  # of the number's size
LINE = 1.18  # line height
_FREE = 0.93  # of the free width: the rest is air beside the walls
_NAME_LINES_MOST = 3
_GOOD = 0.9  # a size is good where it takes this part of the labels that the smallest takes
_FLAT = 0.01  # square units
_SAMPLE = 120  # rooms looked at to choose the size
_MOVES = (0.0, 1.1, -1.1, 2.2, -2.2)  # sizes up or down, away from plates
_MM_TO_PT = 72 / 25.4
_KEY_SIZES = (1.0, 0.88)  # of the least size of names
_AIR, _KEY_AIR = (0.35, 0.15), (0.5, 0.4)  # beside and above a label: its ground, and the frame of a number of the key


@dataclass(frozen=True, slots=True)
class Label:
    """A room's label about the point x, y: ``head`` in bold at ``size``, then ``lines`` at 0.88 of it, all centred."""

    room_id: str
    zone_class: ZoneClass
    x: float
    y: float
    size: float
    head: str
    lines: tuple[str, ...]
    is_key: bool = False  # the head is a number of the map's key, not of the room

    @property
    def size_pt(self) -> float:
        """The size in points, where a unit is a millimetre."""
        return round(self.size * _MM_TO_PT, 2)

    @property
    def height(self) -> float:
        """Of the whole block."""
        return _height(self.size, len(self.lines))


def labels(
    rooms: Sequence[Room],
    view: View,
    sizes: Sequence[float],
    taken: Iterable[Box],
    walls: float = 0.0,
    *,
    keyed: bool = False,
    window: Window | None = None,
) -> tuple[Label, ...]:
    """A label for each room that has a number or a name and enough space, clear of the ``taken`` boxes.

    One size serves most rooms of the floor; a room with less space steps down, then loses its name and keeps its
    number, then has none, or with ``keyed`` the number of an entry in the key. ``sizes`` are tried from the largest, in
    the drawing's units. ``walls`` is how many metres of a room's width its walls take up, where rooms are drawn to
    their centre lines. Of a room that a ``window`` cuts, the label stands in the part that is seen.
    """
    spots = _spots(rooms, view, walls, window)
    size = _common_size(spots, sizes)
    boxes = Boxes()
    boxes.extend(taken)
    smaller = [each for each in sizes if each <= size]
    found: list[Label] = []
    left: list[_Spot] = []
    for spot in spots:
        made = _label(spot, smaller, boxes)
        if made is None:
            left.append(spot)
        else:
            found.append(made)
    if keyed:
        found += _keyed(left, [sizes[-1] * part for part in _KEY_SIZES], boxes)
    return tuple(found)


def _spots(rooms: Iterable[Room], view: View, walls: float, window: Window | None) -> list[_Spot]:
    named = [room for room in rooms if plain(room.number) or plain(room.name)]
    shapes = [clipped(shape_of(room), window) if window else shape_of(room) for room in named]
    seen = [(room, shape) for room, shape in zip(named, shapes, strict=True) if shape]
    places = label_places(shape for _, shape in seen)
    return [_Spot(room, shape, place.point, view, walls) for (room, shape), place in zip(seen, places, strict=True)]


def _keyed(spots: Iterable[_Spot], sizes: Sequence[float], boxes: Boxes) -> Iterator[Label]:
    """Numbers of the key for rooms without another label, counted from 1 in the order of the rooms."""
    number = 1
    for spot in spots:
        spot.becomes_key(number)
        made = next((made for size in sizes if (made := _clear(spot, _head_only, size, boxes)) is not None), None)
        if made is not None:
            number += 1
            yield made


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a label would stand, before it is known whether that place is free."""

    spot: _Spot
    x: float
    y: float
    size: float
    lines: tuple[str, ...]

    @property
    def box(self) -> Box:
        """What it would take up, its ground included."""
        widest = self.spot.advance * self.size
        for line in self.lines:
            widest = max(widest, text_width(line, self.size * NAME_SIZE))
        return _box(self.x, self.y, widest, _height(self.size, len(self.lines)), is_key=self.spot.is_key)

    def label(self) -> Label:
        """The label itself."""
        spot = self.spot
        return Label(spot.room.id, spot.room.zone_class, self.x, self.y, self.size, spot.head, self.lines, spot.is_key)


class _Spot:
    """The best place in a room, and the words that belong there. The letter follows in every class but private."""

    def __init__(self, room: Room, shape: Shape, point: Point, view: View, walls: float) -> None:
        self.room, self.view = room, view
        self.shape: Shape = tuple(view.points(ring) for ring in shape)
        self.x, self.y = view.point(point)
        self.box = None if len(shape) > 1 else _bounds_if_box(self.shape[0])
        self.walls, self.is_key = walls * view.unit, False
        head, self.name = plain(room.number), plain(room.name)
        if not head:
            head, self.name = self.name, ""
        self.head = head if room.zone_class is ZoneClass.PRIVATE else f"{head} {room.zone_class.letter}"
        self.advance = text_width(self.head, 1.0, bold=True)
        left, self.top, right, self.bottom = self.box or _bounds(self.shape[0])
        self.wide, self.tall = (right - left) * _FREE - self.walls, self.bottom - self.top

    def becomes_key(self, number: int) -> None:
        """Bear a number of the key from now on."""
        self.head, self.name, self.is_key = str(number), "", True
        self.advance = text_width(self.head, 1.0, bold=True)

    def holds(self, size: float, count: int = 0) -> bool:
        """Whether a label could fit at all: the room is as wide and as high as that."""
        return self.advance * size <= self.wide and _height(size, count) <= self.tall

    def reaches(self, size: float, y: float) -> bool:
        """Whether a label of one line about ``y`` lies between the room's top and bottom."""
        half = _height(size, 0) / 2
        return self.top <= y - half and y + half <= self.bottom

    def placed(self, size: float, count: int, y: float) -> _Placed | None:
        """The label at this size with ``count`` lines of name, its middle at ``y``; None where it does not fit."""
        head, half = self.advance * size, _height(size, count) / 2
        if head > self.wide or 2 * half > self.tall:
            return None
        left, right = self._span(y - half, y + half)
        width = (right - left) * _FREE - self.walls
        if width < head:
            return None
        lines = broken(self.name, width, size * NAME_SIZE, count) if count else ()
        if lines is None or len(lines) != count:
            return None
        return _Placed(self, round((left + right) / 2, 2), round(y, 2), size, lines)

    def _span(self, top: float, bottom: float) -> tuple[float, float]:
        if self.box is None:
            return free_span(self.shape, top, bottom, self.x)
        left, highest, right, lowest = self.box
        return (left, right) if highest <= top and bottom <= lowest else (self.x, self.x)


def _bounds_if_box(ring: Ring) -> Box | None:
    """The sides of a rectangle that stands level: most rooms are one, and need no search."""
    box = _bounds(ring)
    return box if abs(area(ring) - (box[2] - box[0]) * (box[3] - box[1])) < _FLAT else None


def _bounds(ring: Ring) -> Box:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


_Fitted = Callable[[_Spot, float, float], _Placed | None]


def _height(size: float, count: int) -> float:
    return LINE * size * (1 + NAME_SIZE * count)


def _counts(spot: _Spot) -> range:
    return range(1, _NAME_LINES_MOST + 1) if spot.name else range(1)


def _common_size(spots: Sequence[_Spot], sizes: Sequence[float]) -> float:
    some = spots[:: max(1, len(spots) // _SAMPLE)]
    fits = [sum(_complete(spot, size, spot.y) is not None for spot in some) for size in sizes]
    return next((size for size, count in zip(sizes, fits, strict=True) if count >= _GOOD * fits[-1]), sizes[-1])


def _complete(spot: _Spot, size: float, y: float) -> _Placed | None:
    """Number and name, the name on as few lines as it takes."""
    return next((made for count in _counts(spot) if (made := spot.placed(size, count, y)) is not None), None)


def _head_only(spot: _Spot, size: float, y: float) -> _Placed | None:
    return spot.placed(size, 0, y)


def _label(spot: _Spot, sizes: Sequence[float], taken: Boxes) -> Label | None:
    possible = [size for size in sizes if spot.holds(size)]
    for fitted in (_complete, _head_only) if spot.name else (_head_only,):
        for size in possible:
            made = _clear(spot, fitted, size, taken)
            if made is not None:
                return made
    return None


def _clear(spot: _Spot, fitted: _Fitted, size: float, taken: Boxes) -> Label | None:
    """The label where it touches no taken box: at the spot, or moved up or down as far as the room allows.

    The place that it takes is taken from then on.
    """
    for move in _MOVES:
        y = spot.y + move * size
        made = fitted(spot, size, y) if spot.reaches(size, y) else None
        if made is None:
            if move == 0.0:
                return None
            continue
        box = made.box
        if not taken.meets(box):
            taken.add(box)
            return made.label()
    return None


def extent(label: Label) -> Box:
    """The box that the label takes up, its ground included."""
    widths = [text_width(label.head, label.size, bold=True)]
    widths += [text_width(line, label.size * NAME_SIZE) for line in label.lines]
    return _box(label.x, label.y, max(widths), label.height, is_key=label.is_key)


def _box(x: float, y: float, width: float, height: float, *, is_key: bool) -> Box:
    air_x, air_y = _KEY_AIR if is_key else _AIR
    half_width, half_height = width / 2 + air_x, height / 2 + air_y
    return x - half_width, y - half_height, x + half_width, y + half_height
