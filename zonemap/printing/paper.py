"""Sheets of paper, in millimetres, and how large a sign's letters have to be.

Letter heights follow the 2010 ADA Standards, 703.5.5, for a baseline 40 to 70 inches above the floor:
0.625 in up to 6 feet away, and an eighth of an inch more for each foot beyond.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from zonemap.errors import Invalid

INCH_MM = 25.4
SENTENCE_MM = 16.0  # capitals of a sign's sentence: 5/8 in, the least that 703.5.5 allows
HEADLINE_MM = 29.0  # capitals of a sign's headline on Letter: read from 10 ft
BADGE, TENT = "badge", "tent"


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet standing upright: its size, the margin that any office printer can keep, and its letter height."""

    name: str
    label: str
    width_mm: float
    height_mm: float
    headline_mm: float = HEADLINE_MM  # capitals of a door sign's headline, where its words are short enough
    margin_mm: float = 10.0

    @property
    def read_from_feet(self) -> int:
        """From how far the headline may be read: 703.5.5, rounded down to a whole foot."""
        return feet_for(self.headline_mm)

    @property
    def use(self) -> str:
        """From how far it is read, or how it is used, in a few words."""
        if self.name == BADGE:
            return "six on a Letter sheet; worn, not hung"
        read = f"read from up to {self.read_from_feet} ft"
        return f"a Letter sheet, folded; {read}" if self.name == TENT else read


def feet_for(capitals_mm: float) -> int:
    """From how far capitals of that height may be read: 703.5.5, rounded down to a whole foot, at least 0."""
    inches = capitals_mm / INCH_MM
    return int(6 + (inches - 0.625) / 0.125 + 0.15) if inches >= 0.62 else 0


def capitals_for(feet: float) -> float:
    """How high capitals have to be, in millimetres, to be read from so far: 703.5.5."""
    return INCH_MM * (0.625 + 0.125 * max(0.0, feet - 6))


def _paper(name: str, label: str, width_mm: float, height_mm: float) -> Paper:
    """A paper whose letters are as large as its face allows: in proportion to Letter, by the root of the area."""
    return Paper(name, label, width_mm, height_mm, round(HEADLINE_MM * share_of_letter(width_mm, height_mm), 1))


def share_of_letter(width_mm: float, height_mm: float) -> float:
    """How much larger things are on such a face than on Letter: the root of the areas."""
    return math.sqrt(width_mm * height_mm / (215.9 * 279.4))


_LETTER = _paper("letter", "Letter, 8.5 x 11 in", 215.9, 279.4)
PAPERS: Mapping[str, Paper] = MappingProxyType(
    {
        paper.name: paper
        for paper in (
            _LETTER,
            _paper("legal", "Legal, 8.5 x 14 in", 215.9, 355.6),
            _paper("tabloid", "Tabloid, 11 x 17 in", 279.4, 431.8),
            _paper("a4", "A4, 210 x 297 mm", 210.0, 297.0),
            _paper("a3", "A3, 297 x 420 mm", 297.0, 420.0),
            _paper("half", "Half sheet, 5.5 x 8.5 in", 139.7, 215.9),
            _paper(BADGE, "Badges, 4 x 3 in", 101.6, 76.2),
            _paper(TENT, "Table tent", 215.9, 139.7),
        )
    }
)
_LISTS_ON_LETTER = frozenset({"half", BADGE, TENT})


def paper_named(name: str) -> Paper:
    """The paper of that name. Raises Invalid, with the names there are."""
    try:
        return PAPERS[name]
    except KeyError:
        known = ", ".join(PAPERS)
        raise Invalid(f"There is no paper called {name!r}. Choose from: {known}.", fields={"paper": known}) from None


def list_paper(name: str) -> Paper:
    """The paper for lists and maps that go with signs on that paper: Letter, where that is too small for a list."""
    paper = paper_named(name)
    return _LETTER if paper.name in _LISTS_ON_LETTER else paper
