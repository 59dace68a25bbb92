"""The hatch of each class: a pattern on a screen, real lines on paper. Public has none, ever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from svgwrite.container import Defs
from svgwrite.drawing import Drawing

from zonemap.drawing.colours import ZONES
from zonemap.geometry.hatch import HatchFamily, hatch
from zonemap.geometry.shapes import Shape
from zonemap.model.zone import ZoneClass

LINE_MM = 0.16
_DOT = 0.01  # millimetres: a stroke this short with round ends is a dot
DOT_MM = 0.55
FAMILIES: Mapping[ZoneClass, tuple[HatchFamily, ...]] = MappingProxyType(
    {
        ZoneClass.PUBLIC: (),
        ZoneClass.UNDECIDED: (HatchFamily(0, 1.1, dash=(_DOT, 2.2 - _DOT)),),
        ZoneClass.OUTDOOR_PRIVATE: (HatchFamily(0, 1.235, dash=(2.55, 1.81)),),
        ZoneClass.PRIVATE: (HatchFamily(-45, 2.25),),
        ZoneClass.RESIDENTIAL: (HatchFamily(45, 2.0), HatchFamily(-45, 2.0)),
        ZoneClass.RECORDS: (HatchFamily(90, 1.31),),
    }
)
_PATTERNS = {  # width, height, turn, lines: as in the mock pages
    ZoneClass.OUTDOOR_PRIVATE: (11, 5, 0, "M0 1.3H6M5.5 3.8H11"),
    ZoneClass.PRIVATE: (7, 7, 45, "M3.5 0V7"),
    ZoneClass.RESIDENTIAL: (6, 6, 45, "M3 0V6M0 3H6"),
    ZoneClass.RECORDS: (3.6, 6, 0, "M1.8 0V6"),
}


def hatch_path(shapes: Iterable[Shape], zone_class: ZoneClass) -> str:
    """Path data of the class's hatch inside the shapes, which are in millimetres. Empty for public."""
    segments = hatch(shapes, FAMILIES[zone_class])
    return "".join(f"M{ax:.2f} {ay:.2f}L{bx:.2f} {by:.2f}" for (ax, ay), (bx, by) in segments)


def hatch_patterns(drawing: Drawing, prefix: str, classes: Iterable[ZoneClass]) -> Defs:
    """The ``<defs>`` of a drawing for a screen: the patterns of these classes, their ids begun with ``prefix``."""
    for zone_class in classes:
        if zone_class is not ZoneClass.PUBLIC:
            drawing.defs.add(_pattern(drawing, prefix, zone_class))
    return drawing.defs


def pattern_id(prefix: str, zone_class: ZoneClass) -> str:
    """The id of the class's pattern."""
    return f"{prefix}-hatch-{ZONES[zone_class].name}"


def _pattern(drawing: Drawing, prefix: str, zone_class: ZoneClass) -> object:
    name = ZONES[zone_class].name
    dots = zone_class is ZoneClass.UNDECIDED
    width, height, turn, lines = (6, 6, 0, "") if dots else _PATTERNS[zone_class]
    turned = {"patternTransform": f"rotate({turn})"} if turn else {}
    pattern = drawing.pattern(
        size=(width, height), id=pattern_id(prefix, zone_class), patternUnits="userSpaceOnUse", **turned
    )
    pattern.add(
        drawing.circle((3, 3), 0.85, class_="h-undecided") if dots else drawing.path(d=lines, class_=f"hatch h-{name}")
    )
    return pattern
