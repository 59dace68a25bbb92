"""Headlines that are too small for the distance from which a door is read, and the paper that would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zonemap.model.sign import DoorSign, FloorSigns, PlaceSign, SignOptions
from zonemap.printing.headline_size import headline_mm, paper_for
from zonemap.printing.paper import PAPERS, capitals_for, feet_for

_ROUNDING_MM = 0.5


@dataclass(frozen=True, slots=True)
class TooSmall:
    """A headline whose letters are lower than its distance asks for (ADA 2010, 703.5.5)."""

    headline: str
    capitals_mm: float
    needed_mm: float
    read_from_feet: int
    better: SignOptions | None  # the options that would do

    @property
    def sentence(self) -> str:
        """What is too small, and which paper would do."""
        now = f"“{self.headline}” has letters of {self.capitals_mm:.0f} mm on this paper"
        reach = feet_for(self.capitals_mm)
        far = f"read from {reach} ft" if reach else "too small for the ADA Standards at any distance"
        return (
            f"{now}: {far}. To be read from {self.read_from_feet} ft they have to be {self.needed_mm:.0f} mm. "
            f"{_advice(self.better)}"
        )


def _advice(better: SignOptions | None) -> str:
    if better is None:
        return "No paper here does: have a sign shop make it larger from the SVG."
    if better.poster > 1:
        return f"Print it as a poster of {better.poster} by {better.poster} sheets."
    return f"Choose {PAPERS[better.paper].label}, {better.orientation}."


def too_small(floors: Sequence[FloorSigns], options: SignOptions) -> tuple[TooSmall, ...]:
    """Each headline that is too small for its distance, once."""
    needed = capitals_for(options.read_from_feet)
    found = {sign.words[0].headline: sign for sign in _signs(floors)}
    sizes = {headline: headline_mm(sign, options) for headline, sign in found.items()}
    return tuple(
        TooSmall(headline, size, needed, options.read_from_feet, paper_for(found[headline], options))
        for headline, size in sizes.items()
        if size < needed - _ROUNDING_MM
    )


def _signs(floors: Sequence[FloorSigns]) -> Iterator[DoorSign | PlaceSign]:
    for floor in floors:
        yield from floor.signs
        yield from floor.places
