"""How an element of an SVG is painted: attributes, style and the simple rules of a style sheet. Only for the child."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from xml.etree import ElementTree

from svgelements import Color

_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(px|pt|pc|mm|cm|in)?\s*$")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULES_MOST = 5_000
_PATTERN = 0x808080  # gradients and patterns count as grey
_READ = frozenset(
    ("fill", "stroke", "stroke-width", "display", "visibility", "opacity", "fill-opacity", "stroke-opacity", "color")
) | {"font-size", "text-anchor", "dominant-baseline"}


@dataclass(frozen=True, slots=True)
class Style:
    """What is inherited. Colours 0xRRGGBB; None is not painted."""

    fill: int | None = 0
    stroke: int | None = None
    width: float = 1.0
    displayed: bool = True
    visible: bool = True
    colour: int = 0  # what "currentColor" means
    font_size: float = 16.0
    anchor: str = "start"
    baseline: str = ""

    @property
    def painted(self) -> bool:
        """Whether anything of a shape can be seen."""
        return self.visible and (self.fill is not None or self.stroke is not None)


IDENTITY_STYLE = Style()


def length(text: str | None, otherwise: float) -> float:
    """A length in user units; ``otherwise`` for none, a percentage or nonsense."""
    match = _LENGTH.match(text or "")
    if match is None or abs(float(match[1])) > 1e9:
        return otherwise
    return float(match[1]) * _UNITS[match[2] or ""]


class Styles:
    """The style sheets of a drawing: rules for a tag, a class or an id; others are passed over."""

    def __init__(self, root: ElementTree.Element) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        for element in root.iter():
            if element.tag.endswith("}style") and element.text:
                self._read(_COMMENT.sub("", element.text))

    def _read(self, sheet: str) -> None:
        for selectors, body in _RULE.findall(sheet)[:_RULES_MOST]:
            for selector in selectors.split(","):
                name = selector.strip()
                if re.fullmatch(r"[.#]?[-\w]+", name):
                    self._rules.setdefault(name, {}).update(_declared(body))

    def of(self, element: ElementTree.Element, parent: Style) -> Style:
        """The style of an element in a parent of style ``parent``."""
        said = {name: value for name in _READ if (value := element.get(name)) is not None}
        if self._rules:
            said.update(self._rules.get(element.tag.rpartition("}")[2], {}))
            for name in (element.get("class") or "").split():
                said.update(self._rules.get(f".{name}", {}))
            said.update(self._rules.get(f"#{element.get('id')}", {}))
        if element.get("style"):
            said.update(_declared(element.get("style", "")))
        return _inherited(parent, said) if said else parent


def _declared(body: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in body.split(";"))
    found = ((name.strip(), value.replace("!important", "").strip()) for name, _, value in pairs)
    return {name: value for name, value in found if name in _READ and value}


def _inherited(parent: Style, said: dict[str, str]) -> Style:
    colour = _colour(said.get("color"), parent.colour, parent.colour)
    style = replace(
        parent,
        colour=parent.colour if colour is None else colour,
        fill=_paint(said.get("fill"), parent.fill, parent.colour, said.get("fill-opacity")),
        stroke=_paint(said.get("stroke"), parent.stroke, parent.colour, said.get("stroke-opacity")),
        width=max(0.0, length(said.get("stroke-width"), parent.width)),
        displayed=parent.displayed and said.get("display") != "none" and not _is_clear(said.get("opacity")),
        visible=said["visibility"] == "visible" if "visibility" in said else parent.visible,
        font_size=_font_size(said.get("font-size"), parent.font_size),
    )
    return replace(
        style,
        anchor=said.get("text-anchor", parent.anchor),
        baseline=said.get("dominant-baseline", parent.baseline),
    )


def _font_size(text: str | None, parent: float) -> float:
    for unit in ("em", "%"):
        if text and text.endswith(unit):
            return parent * length(text[: -len(unit)], 1.0) * (0.01 if unit == "%" else 1.0)
    return length(text, parent)


def _is_clear(opacity: str | None) -> bool:
    return opacity is not None and length(opacity, 1.0) == 0


def _paint(text: str | None, parent: int | None, current: int, opacity: str | None) -> int | None:
    return None if _is_clear(opacity) else _colour(text, parent, current)


def _colour(text: str | None, parent: int | None, current: int) -> int | None:
    if text is None or text == "inherit":
        return parent
    if text == "currentColor":
        return current
    return _named(text)


@lru_cache(maxsize=2048)
def _named(text: str) -> int | None:
    if text.startswith("url("):
        return _PATTERN
    try:
        colour = Color(text)
        if colour.value is None or colour.alpha == 0:
            return None
        return int(colour.red) << 16 | int(colour.green) << 8 | int(colour.blue)
    except (ValueError, TypeError, IndexError, AttributeError):
        return None
