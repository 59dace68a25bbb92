"""Rules that break one claim of the proof: a function that holds, with other results in one part of space."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from zonemap.model.assessment import Access, AccessZone, PaperClass
from zonemap.rules.proof import Decided, Rules
from zonemap.rules.proof_diagram import Node

Change = Callable[[Decided], Any]
RULES = Rules()
PLACES_LAWS = ("order_scope_required", "federal_only_judge", "own_courts_only", "part2")


def held(point: Mapping[str, Any]) -> Decided:
    """What breaks no claim but that everything is reached: a hold, or in danger what danger asks for."""
    danger = "yes" in (point["danger_now"], point["entering_now"])
    closed = Access.DO_NOT_BLOCK if danger else Access.HOLD_COUNSEL
    laws = "" if danger else "".join(law for law in PLACES_LAWS if point[law])
    return Decided("1" if danger else f"18{laws}", PaperClass.DHS_OTHER, (Access.OPEN, *[closed] * 4))


HELD = RULES.diagrams.of(held)


class Broken:
    """Rules that hold, but with another result wherever the variables have those values."""

    def __init__(
        self,
        change: Change,
        where: dict[str, Any],
        more: tuple[tuple[Change, dict[str, Any]], ...] = (),
        decided: Node = HELD,
    ) -> None:
        self.diagrams = RULES.diagrams
        self.tests = RULES.tests
        self.decided = decided
        for each, place in ((change, where), *more):
            changed = self.diagrams.joined((self.decided,), lambda said, each=each: each(said[0]))  # type: ignore[misc]
            at = self.diagrams.of(lambda point, place=place: all(point[key] == value for key, value in place.items()))  # type: ignore[misc]
            self.decided = self.diagrams.either(at, changed, self.decided)

    by_class = Rules.by_class
    by_place = Rules.by_place
    _tally = Rules._tally
    overlapping_tests, _meet, _when = Rules.overlapping_tests, Rules._meet, Rules._when


def access(zone: str, value: str) -> Change:
    """Another access for one zone."""
    at = list(AccessZone).index(AccessZone(zone))
    return lambda said: replace(said, access=(*said.access[:at], Access(value), *said.access[at + 1 :]))


def of_class(value: str) -> Change:
    return lambda said: replace(said, paper_class=PaperClass(value))


def both(*changes: Change) -> Change:
    def change(said: Decided) -> Any:
        for each in changes:
            said = each(said)
        return said

    return change
