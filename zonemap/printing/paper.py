"""Sheets of paper, in millimetres, and how large a sign's letters are on each.

Letter heights follow the 2010 ADA Standards, 703.5.5, for a baseline 40 to 70 inches above the floor:
0.625 in up to 6 feet away, and an eighth of an inch more for each foot beyond.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from zonemap.errors import Invalid

INCH_MM = 25.4
SENTENCE_MM = 16.0  # capitals of a sign's sentence: 5/8 in, the least that 703.5.5 allows


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet standing upright: its size, the margin that any office printer can keep, and its letter height."""

    name: str
    label: str
    width_mm: float
    height_mm: float
    headline_mm: float  # capitals of a door sign's headline
    margin_mm: float = 10.0

    @property
    def read_from_feet(self) -> int:
        """From how far the headline may be read: 703.5.5, rounded down to a whole foot."""
        return int(6 + (self.headline_mm / INCH_MM - 0.625) / 0.125 + 0.15)


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {paper.name: paper for paper in (Paper("letter", "Letter, 8.5 x 11 in", 215.9, 279.4, headline_mm=29.0),)}
)


def paper_named(name: str) -> Paper:
    """The paper of that name. Raises Invalid, with the names there are."""
    try:
        return PAPERS[name]
    except KeyError:
        known = ", ".join(PAPERS)
        raise Invalid(f"There is no paper called {name!r}. Choose from: {known}.", fields={"paper": known}) from None
