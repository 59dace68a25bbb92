"""Headlines that are too small for the distance from which a door is read, and the paper that would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zonemap.model.sign import DoorSign, FloorSigns, PlaceSign, SignOptions, SignPlan
from zonemap.printing.headline_size import headline_mm, paper_for
from zonemap.printing.paper import PAPERS, capitals_for, feet_for

_ROUNDING_MM = 0.5
_DOORS_MOST = 6  # named in a sentence
_NOTHING_CHOSEN = SignPlan()


@dataclass(frozen=True, slots=True)
class TooSmall:
    """A headline whose letters are lower than its distance asks for (ADA 2010, 703.5.5)."""

    headline: str
    capitals_mm: float
    needed_mm: float
    read_from_feet: int
    better: SignOptions | None  # the options that would do
    doors: tuple[str, ...] = ()  # those for which this distance was chosen; none where it is that of all

    @property
    def sentence(self) -> str:
        """What is too small, and which paper would do."""
        now = f"“{self.headline}” has letters of {self.capitals_mm:.0f} mm on this paper"
        reach = feet_for(self.capitals_mm)
        far = f"read from {reach} ft" if reach else "too small for the ADA Standards at any distance"
        needed = f"To be read from {self.read_from_feet} ft they have to be {self.needed_mm:.0f} mm."
        return f"{self._at}{now}: {far}. {needed} {_advice(self.better)}"

    @property
    def _at(self) -> str:
        if not self.doors:
            return ""
        more = len(self.doors) - _DOORS_MOST
        named = ", ".join(self.doors[:_DOORS_MOST]) + (f" and {more} more" if more > 0 else "")
        return f"At {named}: "


def _advice(better: SignOptions | None) -> str:
    if better is None:
        return "No paper here does: have a sign shop make it larger from the SVG."
    if better.poster > 1:
        return f"Print it as a poster of {better.poster} by {better.poster} sheets."
    return f"Choose {PAPERS[better.paper].label}, {better.orientation}."


def too_small(
    floors: Sequence[FloorSigns], options: SignOptions, plan: SignPlan = _NOTHING_CHOSEN
) -> tuple[TooSmall, ...]:
    """Each headline that is too small for its distance, once a distance; with the doors that have one of their own."""
    told: dict[tuple[str, int], list[DoorSign | PlaceSign]] = {}
    for sign in _signs(floors):
        feet = plan.read_from_feet(sign.sheet, options.read_from_feet)
        told.setdefault((sign.words[0].headline, feet), []).append(sign)
    return tuple(found for (_, feet), signs in told.items() if (found := _too_small(signs, feet, options, plan)))


def _too_small(
    signs: Sequence[DoorSign | PlaceSign], feet: int, options: SignOptions, plan: SignPlan
) -> TooSmall | None:
    sign, needed = signs[0], capitals_for(feet)
    size = headline_mm(sign, options)
    if size >= needed - _ROUNDING_MM:
        return None
    chosen = dict(plan.distances)
    own = [_where(each) for each in signs] if all(each.sheet in chosen for each in signs) else []
    better = paper_for(sign, replace(options, read_from_feet=feet))
    return TooSmall(sign.words[0].headline, size, needed, feet, better, tuple(own))


def _where(sign: DoorSign | PlaceSign) -> str:
    if sign.door is None:
        return sign.zone
    return f"door {sign.door.number}" if sign.door.number else sign.zone


def _signs(floors: Sequence[FloorSigns]) -> Iterator[DoorSign | PlaceSign]:
    for floor in floors:
        yield from floor.signs
        yield from floor.places
