"""How each part of a plan is drawn: on a screen a class that plan.css colours, on paper the colours themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from zonemap.drawing.colours import DOOR, EDGE, FOCUS, PLATE_INK, WALL, ZONES
from zonemap.drawing.hatch import DOT_MM, LINE_MM
from zonemap.model.zone import ZoneClass

Attributes = dict[str, object]


class Look(StrEnum):
    """Where the drawing is seen."""

    SCREEN = "screen"  # inline in a page; colours by the page's theme; words are text
    PAPER = "paper"  # shapes only, in colours; words are data for the page that sets them


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in the drawing's units."""

    wall: float
    wall_rim: float
    outer: float  # the most that outer walls are drawn: the boundary is the thing drawn, not they
    edge: float
    edge_case: float
    bar: float
    leaf: float
    fence: float
    plate: float  # height; letters are 0.75 of it
    entry: float  # the mark that points into an entrance
    label_sizes: tuple[float, ...]


MEASURES: Mapping[Look, Measures] = {
    Look.SCREEN: Measures(1.1, 1.8, 3.2, 4.0, 7.2, 2.4, 0.8, 1.2, 8.8, 8.0, (8.6, 7.8, 7.2, 6.6, 6.0, 5.4)),
    Look.PAPER: Measures(0.35, 0.6, 1.1, 1.4, 2.5, 0.9, 0.25, 0.4, 3.5, 3.2, (2.9, 2.6, 2.3, 2.1, 1.95, 1.8)),
}


def room_ink(look: Look, zone_class: ZoneClass) -> Attributes:
    """The fill of a room."""
    colours = ZONES[zone_class]
    return {"class_": f"room f-{colours.name}"} if look is Look.SCREEN else {"fill": colours.fill}


def hatch_ink(zone_class: ZoneClass) -> Attributes:
    """The hatch lines of a class on paper."""
    dots = zone_class is ZoneClass.UNDECIDED
    width = DOT_MM if dots else LINE_MM
    ends = {"stroke_linecap": "round"} if dots else {}
    return {"fill": "none", "stroke": ZONES[zone_class].hatch, "stroke_width": width, **ends}


def stroke_ink(look: Look, name: str, width: float) -> Attributes:
    """A line. The width is always written into the drawing; its colour is plan.css's on a screen."""
    if look is Look.SCREEN:
        return {"class_": name, "stroke_width": round(width, 2)}
    joins = {} if name in ("leaf", "leaf-line") else {"stroke_linejoin": "miter"}
    dashes = {"stroke_dasharray": "1.6 0.9"} if name == "fence" else {}
    return {"fill": "none", "stroke": _STROKES[name], "stroke_width": round(width, 2), **joins, **dashes}


def shape_ink(look: Look, name: str, rim: float) -> Attributes:
    """A solid mark with a light rim: a plate, a pin, the mark of an entrance."""
    if look is Look.SCREEN:
        return {"class_": name}
    return {"fill": WALL, "stroke": EDGE, "stroke_width": rim}


PLATE_INK_ON_PAPER = PLATE_INK
_STROKES = {
    "wall-case": EDGE,
    "wall-mass": WALL,
    "wall-rim": EDGE,
    "wall-line": WALL,
    "fence": WALL,
    "edge-case": EDGE,
    "edge": WALL,
    "leaf": DOOR,
    "leaf-line": WALL,
    "sel-gap": EDGE,
    "sel": FOCUS,
}
