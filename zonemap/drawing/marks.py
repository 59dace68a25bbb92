"""Small marks that stand beside words: a shut door for signs, the waiting spot, and a class's plate for keys.

Round is open, square is shut, a diamond waits for a decision. No hand, ring, triangle, octagon or shield: those belong
to safety signs.
"""

from __future__ import annotations

from svgwrite.drawing import Drawing

from zonemap.drawing.colours import EDGE, WALL, ZONES
from zonemap.model.zone import ZoneClass

_DOOR = 44.0  # millimetres, square
_PLATE = 28.0


def shut_door(colour: str = EDGE) -> str:
    """A shut door in one colour, 44 mm square: the picture on a door sign."""
    drawing = _blank((f"{_DOOR}mm", f"{_DOOR}mm"), _DOOR)
    lines = {"fill": "none", "stroke": colour, "stroke_width": 3.2, "stroke_linecap": "square"}
    drawing.add(drawing.path(d="M9 42V3H35V42", **lines))
    drawing.add(drawing.path(d="M2 42H42", **lines))
    drawing.add(drawing.circle((28, 24), 2.6, fill=colour))
    return str(drawing.tostring())


def open_door(colour: str = EDGE) -> str:
    """A door that stands open, 44 mm square: the picture on the sign of a public area."""
    drawing = _blank((f"{_DOOR}mm", f"{_DOOR}mm"), _DOOR)
    lines = {
        "fill": "none",
        "stroke": colour,
        "stroke_width": 3.2,
        "stroke_linecap": "square",
        "stroke_linejoin": "miter",
    }
    drawing.add(drawing.path(d="M9 42V3H35V42", **lines))
    drawing.add(drawing.path(d="M9 3L22 9V44L9 42", **lines))
    drawing.add(drawing.path(d="M2 42H6M38 42H42", **lines))
    return str(drawing.tostring())


def waiting_spot(size_mm: float = 5.0) -> str:
    """The disc of the waiting spot as the map shows it; the page sets the W in its middle."""
    drawing = _blank((f"{size_mm}mm", f"{size_mm}mm"), 10.0)
    drawing.add(drawing.circle((5, 5), 4.4, fill=WALL, stroke=EDGE, stroke_width=0.6))
    return str(drawing.tostring())


def zone_plate(zone_class: ZoneClass) -> str:
    """A class's plate with its letter for a page, coloured by its style sheet; the word for it must stand beside."""
    name = ZONES[zone_class].name
    drawing = _blank((_PLATE, _PLATE), _PLATE, class_="zk", aria_hidden="true")
    drawing.add(_plate(drawing, zone_class, f"plate f-{name}"))
    drawing.add(drawing.text(zone_class.letter, x=[14], y=[18.7], class_=f"i-{name}"))
    return str(drawing.tostring())


def _plate(drawing: Drawing, zone_class: ZoneClass, style: str) -> object:
    if zone_class is ZoneClass.PUBLIC:
        return drawing.circle((14, 14), 12, class_=style)
    if zone_class is ZoneClass.UNDECIDED:
        return drawing.path(d="M14 1L27 14L14 27L1 14Z", class_=style)
    return drawing.rect((2, 2), (24, 24), class_=style)


def _blank(size: tuple[str, str] | tuple[float, float], units: float, **more: str) -> Drawing:
    return Drawing(size=size, viewBox=f"0 0 {units} {units}", debug=False, **more)
