"""Words on a plan: cleaned, measured roughly (the font is not known here), and broken into lines."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NARROW, _WIDE = frozenset(" iljtfrI.,:;'|!()[]-"), frozenset("mwMW@%")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # controls, directions, surrogates, unassigned
_KEPT = frozenset("\u200c\u200d")  # joiners, which Persian, Hindi and others need


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """The text in one line, without anything that isn't a visible character: svgwrite writes what it is given."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    spaced = "".join(
        " " if character.isspace() else character
        for character in text
        if character in _KEPT or character.isspace() or unicodedata.category(character) not in _DROPPED
    )
    return " ".join(spaced.split())


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide the text is in a sans face, in the unit of ``size``; a little more rather than less."""
    return _advance_of(text) * size * (1.07 if bold else 1.0)


def broken(text: str, width: float, size: float, most: int) -> tuple[str, ...] | None:
    """The text in at most ``most`` lines no wider than ``width``; None where it does not fit. Words are never cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        elif text_width(word, size) <= width and len(lines) < most:
            lines.append(word)
        else:
            return None
    return tuple(lines)


@lru_cache(maxsize=4096)
def _advance_of(text: str) -> float:
    return sum(_advance(character) for character in text)


def _advance(character: str) -> float:
    if character in _NARROW:
        return 0.31
    if character in _WIDE:
        return 0.92
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1.0
    return 0.66 if character.isupper() else 0.57
