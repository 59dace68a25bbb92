"""The drawing in a file, read and flattened: strokes, arcs, placed blocks and texts, in the file's own units.

Units: PDF points with the origin at the bottom left of the page as it is shown, SVG user units with y down, DXF
drawing units with y up. ``to_picture`` leads from there to pixels of the picture that lies under the floor.
"""

from __future__ import annotations

from dataclasses import dataclass

from zonemap.model.plan import Point

Affine = tuple[float, float, float, float, float, float]  # a, b, c, d, e, f: x' = a x + b y + c, y' = d x + e y + f


@dataclass(frozen=True, slots=True)
class Stroke:
    """One drawn line or outline, its curves flattened.

    ``width`` 0 is a hairline; colours are 0xRRGGBB, None where nothing is painted.
    """

    points: tuple[Point, ...]
    layer: str = ""
    width: float = 0.0
    colour: int | None = 0
    fill: int | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Arc:
    """A part of a circle: how doors swing. Its flattening is among the strokes too.

    Degrees counterclockwise in the file's axes.
    """

    centre: Point
    radius: float
    start: float
    sweep: float  # never 0; negative: clockwise
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block placed in the drawing (DXF INSERT, SVG use): what it is called and the box of what it draws.

    ``strokes``: the numbers of the first that it drew, and of the first after those.
    """

    name: str
    place: Point
    rotation: float  # degrees counterclockwise in the file's axes
    box: tuple[float, float, float, float]  # least x, least y, most x, most y
    layer: str = ""
    strokes: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text: the middle of its box, the height of its capitals and its width in the file's units."""

    text: str
    place: Point
    height: float
    width: float = 0.0
    angle: float = 0.0  # degrees counterclockwise in the file's axes
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Linework:
    """Everything that was drawn on one sheet.

    ``metres_per_unit`` is what the file claims, None where it says nothing.
    """

    box: tuple[float, float, float, float]
    strokes: tuple[Stroke, ...] = ()
    arcs: tuple[Arc, ...] = ()
    blocks: tuple[Block, ...] = ()
    texts: tuple[Text, ...] = ()
    metres_per_unit: float | None = None
    to_picture: Affine | None = None
    y_down: bool = False

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of all layers that hold strokes, in the order in which they first appear."""
        return tuple(dict.fromkeys(stroke.layer for stroke in self.strokes))
