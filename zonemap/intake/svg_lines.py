"""The lines and texts of an SVG, in user units of its outermost view box, y down. Only for the child.

``svg_sieve`` has let through nothing but shapes; svgelements reads path data and transforms. Groups give their names
to layers, ``use`` elements become blocks.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from xml.etree import ElementTree

from svgelements import Matrix

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.linework_sheet import TOO_MUCH, LineworkSheet, rounded
from zonemap.intake.svg import pixel_size
from zonemap.intake.svg_layers import layer_within
from zonemap.intake.svg_outlines import SHAPES, outlines
from zonemap.intake.svg_paint import IDENTITY_STYLE, Style, Styles, length
from zonemap.intake.svg_sieve import DRAWN_MOST, XLINK, Drawing, sieved
from zonemap.intake.svg_texts import text_lines
from zonemap.model.linework import Affine, Block, Linework, Stroke
from zonemap.model.plan import Point

_FLATTENED_TO = 1 / 20_000  # of the drawing's long side
_DEPTH_MOST = 200
_GROUPS = ("svg", "g", "a", "switch")
_NUMBER = re.compile(r"[\s,]+")

_NO_SIZE = (
    "This SVG does not say how large it is: it has neither a viewBox nor a width and height. "
    "Save it again from your drawing program with the page set, or as PDF."
)


def read_linework(data: bytes, page: int | None = None) -> Linework:  # noqa: ARG001 - as all readers
    """The line work of an SVG. Raises Invalid or TooLarge."""
    drawing = sieved(data)
    x, y, width, height = _view_box(drawing)
    reading = _Reading(drawing.root, max(width, height))
    try:
        for child in drawing.root:
            reading.read(child, Matrix(), reading.styles.of(drawing.root, IDENTITY_STYLE), "", 0)
    except RecursionError as error:
        raise TooLarge(TOO_MUCH) from error
    to_picture = _to_picture(drawing, (x, y, width, height))
    return reading.sheet.linework((x, y, x + width, y + height), to_picture=to_picture, y_down=True)


def _view_box(drawing: Drawing) -> tuple[float, float, float, float]:
    """The part of the user's plane that is shown: least x, least y, width, height."""
    try:
        x, y, width, height = (float(part) for part in _NUMBER.split((drawing.view_box or "").strip()))
    except ValueError:
        x, y, width, height = 0.0, 0.0, length(drawing.width, 0.0), length(drawing.height, 0.0)
    if not (0 < width < 1e7 and 0 < height < 1e7 and abs(x) < 1e7 and abs(y) < 1e7):
        raise Invalid(_NO_SIZE)
    return x, y, width, height


def _to_picture(drawing: Drawing, box: tuple[float, float, float, float]) -> Affine:
    """As ``svg.py`` renders: the view box in the middle of the picture, unless it is told to be stretched."""
    x, y, width, height = box
    width_px, height_px = pixel_size(drawing)
    across, down = width_px / width, height_px / height
    how = drawing.root.get("preserveAspectRatio", "")
    if "none" not in how:
        across = down = max(across, down) if "slice" in how else min(across, down)
    left = _spare(how, "x", width_px - width * across)
    top = _spare(how, "Y", height_px - height * down)
    return across, 0.0, left - x * across, 0.0, down, top - y * down


def _spare(how: str, axis: str, room: float) -> float:
    """How much of the spare room lies before the drawing."""
    share = 0.0 if f"{axis}Min" in how else 1.0 if f"{axis}Max" in how else 0.5
    return share * room


@dataclass(slots=True)
class _Reading:
    """Walks the tree and lays down what is drawn."""

    root: ElementTree.Element
    size: float
    sheet: LineworkSheet = field(default_factory=LineworkSheet)
    styles: Styles = field(init=False)
    by_id: dict[str, ElementTree.Element] = field(init=False)
    digits: int = field(init=False)
    drawn: int = 0

    def __post_init__(self) -> None:
        self.styles = Styles(self.root)
        self.by_id = {name: each for each in self.root.iter() if (name := each.get("id"))}
        self.digits = max(0, min(9, 7 - math.ceil(math.log10(self.size))))

    def read(self, element: ElementTree.Element, matrix: Matrix, style: Style, layer: str, depth: int) -> None:
        """Read one element, placed by ``matrix`` and painted in the ``style`` of its parent."""
        self.drawn += 1
        if self.drawn > DRAWN_MOST or depth > _DEPTH_MOST:
            raise TooLarge(TOO_MUCH)
        tag = element.tag.rpartition("}")[2]
        own = self.styles.of(element, style)
        if not own.displayed:
            return
        placed = _transform(element) * matrix
        if tag in _GROUPS:
            self._group(element, _viewport(element) * placed if tag == "svg" else placed, own, layer, depth)
        elif tag == "use":
            self._use(element, placed, own, layer, depth)
        elif tag == "text":
            for text in text_lines(element, placed, own, self.styles, layer):
                self.sheet.add_text(text)
        elif tag in SHAPES and own.painted:
            self._lay(tag, element, placed, own, layer)

    def _group(self, element: ElementTree.Element, matrix: Matrix, style: Style, layer: str, depth: int) -> None:
        within = layer_within(element, layer)
        for child in element:
            if not child.tag.endswith("}symbol"):
                self.read(child, matrix, style, within, depth + 1)

    def _use(self, element: ElementTree.Element, matrix: Matrix, style: Style, layer: str, depth: int) -> None:
        name = (element.get(f"{{{XLINK}}}href") or "")[1:]
        target = self.by_id.get(name)
        if target is None:
            return
        x, y = length(element.get("x"), 0.0), length(element.get("y"), 0.0)
        placed = Matrix.translate(x, y) * matrix
        first = len(self.sheet.strokes)
        if target.tag.endswith("}symbol"):
            size = length(element.get("width"), 0.0), length(element.get("height"), 0.0)
            placed = _viewport(target, size) * placed
            own = self.styles.of(target, style)
            for child in target:
                self.read(child, placed, own, layer, depth + 1)
        else:
            self.read(target, placed, style, layer, depth + 1)
        self._block(name, placed, layer, first)

    def _block(self, name: str, matrix: Matrix, layer: str, first: int) -> None:
        points = [point for stroke in self.sheet.strokes[first:] for point in stroke.points]
        if points:
            xs, ys = zip(*points, strict=True)
            turned = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
            box = (min(xs), min(ys), max(xs), max(ys))
            drawn = first, len(self.sheet.strokes)
            self.sheet.add_block(Block(name[:200], (matrix.e, matrix.f), turned, box, layer, drawn))

    def _lay(self, tag: str, element: ElementTree.Element, matrix: Matrix, style: Style, layer: str) -> None:
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        if not 0 < scale < 1e9:
            return
        tolerance = self.size * _FLATTENED_TO / scale
        found = [(self._moved(points, matrix), closed) for points, closed in outlines(tag, element, tolerance)]
        rings = [(points, closed) for points, closed in found if len(points) > 1]
        width = round(style.width * scale, self.digits) if style.stroke is not None else 0.0
        outline = Stroke((), layer, width, style.stroke, style.fill)
        if style.fill is not None and tag != "line":
            self.sheet.add_filled([points for points, _ in rings], outline)
            return
        for points, closed in rings:
            self.sheet.add_stroke(Stroke(points, layer, width, style.stroke, None, closed=closed))

    def _moved(self, points: list[Point], m: Matrix) -> tuple[Point, ...]:
        moved = ((m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f) for x, y in points)
        return rounded(moved, self.digits)


def _transform(element: ElementTree.Element) -> Matrix:
    given = element.get("transform")
    if not given:
        return Matrix()
    try:
        found = Matrix(given)
        found.render(ppi=96)
        return found
    except (ValueError, IndexError, TypeError, AttributeError):
        return Matrix()


def _viewport(element: ElementTree.Element, size: tuple[float, float] = (0.0, 0.0)) -> Matrix:
    """Where a nested svg, or a symbol shown at ``size``, puts what it holds."""
    x, y = length(element.get("x"), 0.0), length(element.get("y"), 0.0)
    width = size[0] or length(element.get("width"), 0.0)
    height = size[1] or length(element.get("height"), 0.0)
    try:
        left, top, across, down = (float(part) for part in _NUMBER.split((element.get("viewBox") or "").strip()))
    except ValueError:
        return Matrix.translate(x, y)
    if across <= 0 or down <= 0:
        return Matrix.translate(x, y)
    scale = min(width / across if width else 1.0, height / down if height else 1.0)
    spare = (width - across * scale) / 2 if width else 0.0, (height - down * scale) / 2 if height else 0.0
    return Matrix(scale, 0, 0, scale, x + spare[0] - left * scale, y + spare[1] - top * scale)
