"""Where the readers lay down what they find, within limits: too much, or what is not finite, ends the reading.

Only for the child.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.arcs import arcs_among
from zonemap.model.linework import Affine, Arc, Block, Linework, Stroke, Text
from zonemap.model.linework_document import COORDINATE_MOST, SEGMENTS_MOST, STROKES_MOST, TEXTS_MOST
from zonemap.model.plan import Point

_TEXT_MOST = 200  # letters in one line of text: no label is longer
_NAME_MOST = 200

TOO_MUCH = (
    "This drawing holds too many lines to read. Save only the floor plan, without other sheets and details, "
    "or export it as PNG or PDF, and upload that."
)
EMPTY = "There are no lines in this drawing. If it is a scan, or a picture in a file, upload the picture itself."


@dataclass(slots=True)
class LineworkSheet:
    """Collects strokes, arcs, blocks and texts. Raises TooLarge beyond the limits."""

    strokes: list[Stroke] = field(default_factory=list)
    arcs: list[Arc] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    segments: int = 0

    def add_stroke(self, stroke: Stroke) -> None:
        """Lay down a stroke; one with a coordinate that no drawing holds is left out."""
        self.segments += len(stroke.points)
        if self.segments > SEGMENTS_MOST or len(self.strokes) >= STROKES_MOST:
            raise TooLarge(TOO_MUCH)
        if len(stroke.points) > 1 and all(fits(point) for point in stroke.points):
            self.strokes.append(stroke)

    def add_filled(self, rings: Sequence[tuple[Point, ...]], outline: Stroke) -> None:
        """Lay down an area of several rings, painted like ``outline``. A hole is a white ring painted after it."""
        depths = nesting(rings)
        for depth, ring in sorted(zip(depths, rings, strict=True), key=lambda pair: pair[0]):
            fill = outline.fill if depth % 2 == 0 else 0xFFFFFF
            self.add_stroke(Stroke(ring, outline.layer, outline.width, outline.colour, fill, closed=True))

    def add_arc(self, arc: Arc) -> None:
        """Lay down an arc that the file itself calls one."""
        if fits(arc.centre) and 0 < arc.radius < COORDINATE_MOST and math.isfinite(arc.start) and arc.sweep:
            self.arcs.append(arc)

    def add_block(self, block: Block) -> None:
        """Lay down where a block was placed; without end they are not kept."""
        if len(self.blocks) < TEXTS_MOST and fits(block.place) and fits(block.box[:2]) and fits(block.box[2:]):
            self.blocks.append(block)

    def add_text(self, text: Text) -> None:
        """Lay down a line of text, its blanks made single."""
        words = " ".join(text.text.split())[:_TEXT_MOST]
        if not words or not fits(text.place) or not all(map(math.isfinite, (text.height, text.width, text.angle))):
            return
        if len(self.texts) >= TEXTS_MOST:
            raise TooLarge(TOO_MUCH)
        self.texts.append(Text(words, text.place, text.height, text.width, text.angle, text.layer[:_NAME_MOST]))

    def linework(
        self,
        box: tuple[float, float, float, float] | None = None,
        *,
        metres_per_unit: float | None = None,
        to_picture: Affine | None = None,
        y_down: bool = False,
    ) -> Linework:
        """All that was laid down, with the arcs that its polylines follow. Raises Invalid where there is nothing."""
        if not self.strokes and not self.texts:
            raise Invalid(EMPTY)
        return Linework(
            box=box or box_of(self.strokes, self.texts),
            strokes=tuple(self.strokes),
            arcs=(*self.arcs, *arcs_among(self.strokes, self.arcs)),
            blocks=tuple(self.blocks),
            texts=tuple(self.texts),
            metres_per_unit=metres_per_unit,
            to_picture=to_picture,
            y_down=y_down,
        )


def fits(point: Sequence[float]) -> bool:
    """Whether a drawing may hold this point: finite, and within the limit."""
    return all(abs(value) <= COORDINATE_MOST for value in point)


def box_of(strokes: Iterable[Stroke], texts: Iterable[Text] = ()) -> tuple[float, float, float, float]:
    """The box around all strokes and all texts."""
    xs: list[float] = []
    ys: list[float] = []
    for stroke in strokes:
        xs.extend(x for x, _ in stroke.points)
        ys.extend(y for _, y in stroke.points)
    for text in texts:
        reach = math.hypot(text.width * math.cos(math.radians(text.angle)), text.height) / 2
        rise = math.hypot(text.width * math.sin(math.radians(text.angle)), text.height) / 2
        xs.extend((text.place[0] - reach, text.place[0] + reach))
        ys.extend((text.place[1] - rise, text.place[1] + rise))
    return min(xs), min(ys), max(xs), max(ys)


def rounded(points: Iterable[Point], digits: int) -> tuple[Point, ...]:
    """The points on a decimal grid, repeated ones left out."""
    kept: list[Point] = []
    for x, y in points:
        if not (math.isfinite(x) and math.isfinite(y)):
            return ()
        point = (round(x, digits), round(y, digits))
        if not kept or kept[-1] != point:
            kept.append(point)
    return tuple(kept)


def nesting(rings: Sequence[Sequence[Point]]) -> list[int]:
    """In how many of the other rings each one lies."""
    if len(rings) > 200:  # a hatch of many small pieces: none lies in another
        return [0] * len(rings)
    return [sum(inside(ring[0], other) for other in rings if other is not ring) for ring in rings]


def inside(point: Point, ring: Sequence[Point]) -> bool:
    """Whether the point lies within the ring."""
    x, y = point
    odd = False
    x0, y0 = ring[-1]
    for x1, y1 in ring:
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            odd = not odd
        x0, y0 = x1, y1
    return odd


def flattened_cubic(p0: Point, p1: Point, p2: Point, p3: Point, tolerance: float) -> list[Point]:
    """A cubic Bézier without its first point, within ``tolerance`` of the curve.

    So many equal steps are enough: sqrt(sqrt(3)/18 * the largest second difference * 3 / tolerance), after
    Wang's formula. At least four where the curve is as long as a door's swing may be, so that a circle can be told.
    """
    bend = max(
        math.hypot(p0[0] - 2 * p1[0] + p2[0], p0[1] - 2 * p1[1] + p2[1]),
        math.hypot(p1[0] - 2 * p2[0] + p3[0], p1[1] - 2 * p2[1] + p3[1]),
    )
    if not math.isfinite(bend / tolerance):
        return [p3]
    least = 4 if bend > 8 * tolerance else 2 if bend > tolerance / 2 else 1
    steps = min(max(least, math.ceil(math.sqrt(0.75 * bend / tolerance))), 32)
    points = []
    for step in range(1, steps):
        t = step / steps
        u = 1 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        points.append((a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0], a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1]))
    return [*points, p3]
