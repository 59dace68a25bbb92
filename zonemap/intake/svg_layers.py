"""Which groups of an SVG are layers: those that a person has named. Only for the child."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from zonemap.intake.svg_sieve import LABEL, LAYER

# Names that programs give by themselves, such as g1234, XMLID_12_, LINE_3063_ or Group_4.
_BY_PROGRAM = re.compile(
    r"(g|path|use|svg|a|SVGID|XMLID|Group|LINE|ARC|M?TEXT|L?W?POLYLINE|CIRCLE|SPLINE)[-_\d]*", re.I
)
_ILLUSTRATOR = re.compile(r"_x([0-9A-Fa-f]{2,4})_")  # how Illustrator writes letters that an id may not hold
_REPEATED = re.compile(r"_\d+_$")
_NAME_MOST = 200


def layer_within(element: ElementTree.Element, outer: str) -> str:
    """The name of the layer inside ``element``, which lies on ``outer``.

    Inkscape marks its layers. Elsewhere the outermost named group is the layer, or a named group in one that holds
    nothing but groups.
    """
    if element.get(LAYER):
        return (element.get(LABEL) or element.get("id") or outer)[:_NAME_MOST]
    name = _name(element)
    if not name or element.tag.endswith("}svg"):
        return outer
    if outer and not element.get(_ONLY_GROUPS):
        return outer
    if not any(child.tag.rpartition("}")[2] not in ("g", "title") for child in element):
        for child in element:
            child.set(_ONLY_GROUPS, "1")
    return name


_ONLY_GROUPS = "data-in-groups"  # noted on the children of a named group that holds nothing else


def _name(element: ElementTree.Element) -> str:
    label = element.get(LABEL)
    if label:
        return label[:_NAME_MOST]
    name = _ILLUSTRATOR.sub(lambda match: chr(int(match[1], 16)), element.get("id") or "")
    return "" if _BY_PROGRAM.fullmatch(name) else _REPEATED.sub("", name)[:_NAME_MOST]
