"""The sheets of one designated floor, with their words: values in, values out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from zonemap.geometry.doors import door_problem
from zonemap.geometry.thresholds import Entrance, SignedDoor, entrances, signed_doors
from zonemap.model.facility import Contact, Designation
from zonemap.model.plan import Door, DoorKind, Floor
from zonemap.model.sign import DoorSign, EntranceNotice, FloorSigns, Language, SignOptions, SignWarning
from zonemap.printing.paper import paper_named
from zonemap.rules.help_desks import help_desks
from zonemap.rules.signs import (
    chosen_languages,
    door_citation,
    door_words,
    notice_citation,
    notice_words,
    whom_officers_ask,
    zone_on_sheet,
)

_OPENING = "This is an opening and cannot be shut. A sign alone does little here: think of a door, a rope or a person."
_HIDDEN = "The name of the room behind it would tell passers-by what care is given there, so the sheet leaves it out."


@lru_cache(maxsize=32)
def floor_signs(designation: Designation, contacts: tuple[Contact, ...], options: SignOptions) -> FloorSigns:
    """Every sheet of a designated floor, with its words. Raises Invalid for a paper or language that we do not have.

    Kept for the next sheet: a page of previews asks for the same floor once a door.
    """
    paper_named(options.paper)
    floor, chosen = designation.floor, chosen_languages(options.languages)
    ways_in = entrances(floor)
    sheets = _Sheets(designation, contacts, options, chosen)
    signs = tuple(sheets.sign(each) for each in signed_doors(floor))
    return FloorSigns(
        designation=designation,
        policy_number=options.policy_number,
        notices=tuple(sheets.notice(each) for each in ways_in if each.is_public),
        signs=signs,
        warnings=tuple(_warnings(floor, signs)),
        desks=help_desks(floor.rooms),
    )


class _Sheets:
    """Puts the words on the sheets of one floor: what is the same for all of them is looked up once."""

    def __init__(
        self,
        designation: Designation,
        contacts: Sequence[Contact],
        options: SignOptions,
        languages: Sequence[Language],
    ) -> None:
        self._facility = designation.facility
        self._whom = whom_officers_ask(contacts)
        self._officers = self._whom if options.officers_line else None
        self._policy = options.policy_number
        self._languages = languages

    def sign(self, signed: SignedDoor) -> DoorSign:
        site, inside = self._facility.site_kind, signed.inside
        return DoorSign(
            door=signed.door,
            outside=signed.outside,
            inside=inside,
            zone=zone_on_sheet(inside),
            words=tuple(
                door_words(inside.zone_class, site, language, officers=self._officers, hours=signed.hours)
                for language in self._languages
            ),
            citation=door_citation(self._facility) if self._officers else "",
            at_some_hours=signed.hours is not None,
        )

    def notice(self, entrance: Entrance) -> EntranceNotice:
        site = self._facility.site_kind
        return EntranceNotice(
            door=entrance.door,
            inside=entrance.room,
            zone=zone_on_sheet(entrance.room),
            words=tuple(notice_words(site, language, self._whom) for language in self._languages),
            citation=notice_citation(self._facility, self._whom, self._policy),
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
