"""The sheets of one designated floor, with their words: values in, values out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from zonemap.geometry.doors import door_problem
from zonemap.geometry.thresholds import entrances, signed_doors
from zonemap.model.facility import Contact, Designation
from zonemap.model.plan import Door, DoorKind, Floor
from zonemap.model.sign import DoorSign, FloorSigns, SignOptions, SignPlan, SignWarning
from zonemap.printing.paper import paper_named
from zonemap.rules.help_desks import help_desks
from zonemap.rules.signs import chosen_languages
from zonemap.work.sheet_words import SheetWords, unseen_languages

_OPENING = "This is an opening and cannot be shut. A sign alone does little here: think of a door, a rope or a person."
_NOTHING_CHOSEN = SignPlan()
_HIDDEN = "The name of the room behind it would tell passers-by what care is given there, so the sheet leaves it out."


@lru_cache(maxsize=32)
def floor_signs(
    designation: Designation, contacts: tuple[Contact, ...], options: SignOptions, plan: SignPlan = _NOTHING_CHOSEN
) -> FloorSigns:
    """Every sheet of a designated floor, with its words. Raises Invalid for a paper or language that we do not have.

    Kept for the next sheet: a page of previews asks for the same floor once a door.
    """
    paper_named(options.paper)
    floor, chosen = designation.floor, chosen_languages(options.languages)
    ways_in = entrances(floor)
    sheets = SheetWords(designation, contacts, options, plan, chosen)
    signs = sheets.signs(signed_doors(floor))
    return FloorSigns(
        designation=designation,
        policy_number=options.policy_number,
        notices=sheets.notices(ways_in),
        signs=signs,
        warnings=tuple(_warnings(floor, signs)),
        places=sheets.places(ways_in),
        unseen=unseen_languages(chosen, plan),
        desks=help_desks(floor.rooms),
    )


def _warnings(floor: Floor, signs: Sequence[DoorSign]) -> Iterator[SignWarning]:
    by_number = _doors_by_number(floor)
    for door in floor.doors:
        problem = door_problem(floor, door)
        if problem:
            yield SignWarning(door.id, door.number, problem)
        if len(by_number[door.number]) > 1:
            yield SignWarning(door.id, door.number, "Another door has the same number. Give one of them a new number.")
    for sign in signs:
        if sign.door.kind is DoorKind.OPENING:
            yield SignWarning(sign.door.id, sign.door.number, _OPENING)
        if sign.zone != sign.inside.label:
            yield SignWarning(sign.door.id, sign.door.number, _HIDDEN)


def _doors_by_number(floor: Floor) -> Mapping[str, list[Door]]:
    found: dict[str, list[Door]] = {}
    for door in floor.doors:
        found.setdefault(door.number, []).append(door)
    return found
