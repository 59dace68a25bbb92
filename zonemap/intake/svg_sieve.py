"""What is let through of an SVG: shapes, text, their paint, and pictures that lie inside the file. Only for the child.

The file is read once, by expat, event by event; caps stop it before a tree could grow. A DOCTYPE is allowed
(Illustrator writes one) and never loaded; entity declarations are not. Scripts, event attributes, foreign content,
animations, filters, links and every reference that leaves the file are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from zonemap.errors import Invalid, TooLarge

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
LABEL, LAYER = "data-label", "data-layer"  # what Inkscape calls a group, and that it is a layer
ELEMENTS_MOST = 300_000
DRAWN_MOST = 1_000_000  # after every <use> has been followed
DEPTH_MOST = 100

_CONTAINERS = ("svg", "g", "defs", "symbol", "use", "switch", "a")
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath", "title")
_PAINT = ("style", "linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "marker", "image")
_KEPT = frozenset((*_CONTAINERS, *_SHAPES, *_PAINT))
_PICTURE = re.compile(r"\s*data:image/(png|jpeg|jpg);base64,", re.IGNORECASE)
_OUTSIDE = re.compile(r"url\(\s*['\"]?\s*(?!#)[^)]*\)|@import[^;]*;?|expression\(", re.IGNORECASE)

_ENTITIES = (
    "This SVG declares entities, which can be used to do harm, so it was not read. "
    "In Illustrator, save it as SVG without its editing capabilities; or save the drawing as PDF, and upload that."
)
_NOT_XML = (
    "This SVG is damaged or was not saved to its end. "
    "Open it in the program that made it, save it again, and upload that; or save it as PDF."
)
_TOO_MUCH = "This SVG holds too many shapes to read. Save the drawing as PDF, or export a PNG, and upload that."


@dataclass(slots=True)
class Drawing:
    """The sieved root element."""

    root: ElementTree.Element
    width: str | None
    height: str | None
    view_box: str | None

    def text(self, width_px: int, height_px: int) -> str:
        """The drawing as SVG text that renders to so many pixels."""
        if self.view_box is None:  # user units are the pixels of the stated size
            self.root.set("viewBox", f"0 0 {_digits(self.width)} {_digits(self.height)}")
        self.root.set("width", str(width_px))
        self.root.set("height", str(height_px))
        ElementTree.register_namespace("", SVG)
        ElementTree.register_namespace("xlink", XLINK)
        return ElementTree.tostring(self.root, encoding="unicode")


def _digits(length: str | None) -> str:
    match = re.match(r"\s*[+]?([0-9.]+)", length or "")
    return match[1] if match else "100"


def sieved(data: bytes) -> Drawing:
    """The drawing in ``data`` without anything but shapes. Raises Invalid or TooLarge."""
    sieve = _Sieve()
    try:
        sieve.parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Invalid(_NOT_XML) from error
    root = sieve.root
    if root is None:
        raise Invalid("There is no drawing in this SVG. Save it again from your drawing program, or as PDF.")
    if _drawn(root) > DRAWN_MOST:
        raise TooLarge(_TOO_MUCH)
    return Drawing(root, root.get("width"), root.get("height"), root.get("viewBox"))


@dataclass(slots=True)
class _Sieve:
    """Builds a tree of what is let through, from expat's events."""

    root: ElementTree.Element | None = None
    stack: list[ElementTree.Element] = field(default_factory=list)
    outside: int = 0  # how deep we are inside something left out
    count: int = 0
    parser: Any = field(init=False)

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.EntityDeclHandler = self.entity
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def entity(self, *_: object) -> None:
        raise Invalid(_ENTITIES)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > ELEMENTS_MOST or len(self.stack) + self.outside > DEPTH_MOST:
            raise TooLarge(_TOO_MUCH)
        tag = _svg_tag(name)
        if self.outside or tag not in _KEPT or (not self.stack and (self.root is not None or tag != "svg")):
            self.outside += 1
            return
        element = ElementTree.Element(f"{{{SVG}}}{tag}", _attributes(tag, attributes))
        if self.stack:
            self.stack[-1].append(element)
        else:
            self.root = element
        self.stack.append(element)

    def end(self, _: str) -> None:
        if self.outside:
            self.outside -= 1
            return
        element = self.stack.pop()
        if element.tag.endswith("}style") and element.text:
            element.text = _OUTSIDE.sub("", element.text)

    def characters(self, text: str) -> None:
        if self.outside or not self.stack:
            return
        parent = self.stack[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text


def _svg_tag(name: str) -> str:
    """The local name of an element of SVG, "" for one of another language."""
    space, _, local = name.rpartition("}")
    return local if space in ("", SVG) else ""


def _attributes(tag: str, given: dict[str, str]) -> dict[str, str]:
    """Attributes without events, references that leave the file, and other languages' names."""
    kept = {}
    for name, value in given.items():
        space, _, local = name.rpartition("}")
        if local == "href" and space in ("", XLINK):
            if _stays_inside(tag, value):
                kept[f"{{{XLINK}}}href"] = value
        elif local == "space" and space.endswith("/namespace"):
            kept["{http://www.w3.org/XML/1998/namespace}space"] = value
        elif space.endswith("/namespaces/inkscape"):
            kept.update(_inkscape(local, value))
        elif not space and not local.lower().startswith("on") and local != "filter":
            kept[local] = _OUTSIDE.sub("", value)
    return kept


def _inkscape(local: str, value: str) -> dict[str, str]:
    """The name that a person gave to a group, and that it is a layer."""
    if local == "label":
        return {LABEL: value}
    return {LAYER: "1"} if local == "groupmode" and value == "layer" else {}


def _stays_inside(tag: str, reference: str) -> bool:
    return reference.startswith("#") if tag != "image" else _PICTURE.match(reference) is not None


def _drawn(root: ElementTree.Element) -> int:
    """How many elements are drawn once every <use> has been followed; a circle of uses counts as too many."""
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    known: dict[ElementTree.Element, int | None] = {}

    def size(element: ElementTree.Element) -> int:
        if element in known:
            found = known[element]
            return DRAWN_MOST + 1 if found is None else found
        known[element] = None  # being counted: meeting it again means a circle
        total = 1 + sum(size(child) for child in element)
        target = by_id.get((element.get(f"{{{XLINK}}}href") or "")[1:])
        if element.tag.endswith("}use") and target is not None:
            total += size(target)
        known[element] = min(total, DRAWN_MOST + 1)
        return min(total, DRAWN_MOST + 1)

    return size(root)
