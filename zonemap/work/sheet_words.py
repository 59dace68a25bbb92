"""Which sheet goes to which door or place of a floor, and its words: what was chosen, else the usual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zonemap.geometry.shapes import room_at
from zonemap.geometry.thresholds import Entrance, SignedDoor
from zonemap.model.facility import Contact, Designation
from zonemap.model.plan import Door, Room
from zonemap.model.sign import (
    Choice,
    DoorSign,
    DoorWords,
    EntranceNotice,
    Language,
    PlaceSign,
    SignKind,
    SignOptions,
    SignPlan,
    WordingStatus,
)
from zonemap.model.zone import ZoneClass
from zonemap.rules.signs import (
    OPERATIVE,
    bears_line,
    door_citation,
    door_kind,
    notice_citation,
    notice_words,
    sign_words,
    whom_officers_ask,
    zone_on_sheet,
)

WAITING = "waiting"  # the sheet where officers wait goes by this among those of its floor


def public_sheet(room: Room) -> str:
    """What the sheet of a public room goes by."""
    return f"public-{room.id}"


def emergency_sheet(door: Door) -> str:
    """What the care line at an entrance goes by."""
    return f"emergency-{door.id}"


def unseen_languages(languages: Sequence[Language], plan: SignPlan) -> tuple[Language, ...]:
    """The languages among these that nobody has checked, and of which nobody has said that they know it."""
    seen = {each.language for each in plan.seen}
    return tuple(
        each
        for each in languages
        if each.status is WordingStatus.DRAFTED and each.code != OPERATIVE and each.code not in seen
    )


class SheetWords:
    """Puts the words on the sheets of one floor: what is the same for all of them is looked up once."""

    def __init__(
        self,
        designation: Designation,
        contacts: Sequence[Contact],
        options: SignOptions,
        plan: SignPlan,
        languages: Sequence[Language],
    ) -> None:
        self._facility, self._floor = designation.facility, designation.floor
        self._whom = whom_officers_ask(contacts)
        self._options, self._plan = options, plan
        self._languages = languages

    def signs(self, doors: Sequence[SignedDoor]) -> tuple[DoorSign, ...]:
        """The sign on each door, but for those that were chosen to have none."""
        return tuple(self._sign(each) for each in doors if self._plan.choice(each.door.id) is not Choice.NONE)

    def notices(self, entrances: Sequence[Entrance]) -> tuple[EntranceNotice, ...]:
        """The notice to authorities at each public entrance, but for those that were chosen to have none."""
        return tuple(
            self._notice(each)
            for each in entrances
            if each.is_public and self._plan.choice(each.door.id) is not Choice.NONE
        )

    def places(self, entrances: Sequence[Entrance]) -> tuple[PlaceSign, ...]:
        """The sheets of places: where officers wait, and what was chosen for public rooms and entrances."""
        return (*self._waiting(), *self._emergency(entrances), *self._public())

    def _sign(self, signed: SignedDoor) -> DoorSign:
        inside = signed.inside
        choice = self._plan.choice(signed.door.id)
        with_line = bears_line(inside.zone_class, choice, usual=self._options.officers_line)
        kind = door_kind(inside.zone_class, choice, officers_line=self._options.officers_line)
        return DoorSign(
            door=signed.door,
            outside=signed.outside,
            inside=inside,
            zone=zone_on_sheet(inside),
            words=tuple(
                sign_words(
                    kind,
                    self._facility.site_kind,
                    language,
                    plan=self._plan,
                    officers=self._whom if with_line else None,
                    hours=signed.hours,
                )
                for language in self._languages
            ),
            citation=door_citation(self._facility) if with_line else "",
            at_some_hours=signed.hours is not None,
            kind=kind,
        )

    def _notice(self, entrance: Entrance) -> EntranceNotice:
        site = self._facility.site_kind
        return EntranceNotice(
            door=entrance.door,
            inside=entrance.room,
            zone=zone_on_sheet(entrance.room),
            words=tuple(notice_words(site, language, self._whom) for language in self._languages),
            citation=notice_citation(self._facility, self._whom, self._options.policy_number),
        )

    def _waiting(self) -> Iterator[PlaceSign]:
        spot = self._floor.waiting_spot
        room = room_at(self._floor, spot) if spot else None
        if room and self._plan.choice(WAITING) is not Choice.NONE:
            yield self._place(SignKind.WAITING, WAITING, room)

    def _emergency(self, entrances: Sequence[Entrance]) -> Iterator[PlaceSign]:
        for each in entrances:
            sheet = emergency_sheet(each.door)
            if each.is_public and self._plan.choice(sheet) is Choice.SIGN:
                yield self._place(SignKind.EMERGENCY, sheet, each.room, each.door)

    def _public(self) -> Iterator[PlaceSign]:
        for room in self._floor.rooms:
            sheet = public_sheet(room)
            if room.zone_class is ZoneClass.PUBLIC and self._plan.choice(sheet) is Choice.SIGN:
                yield self._place(SignKind.PUBLIC, sheet, room)

    def _place(self, kind: SignKind, sheet: str, room: Room, door: Door | None = None) -> PlaceSign:
        return PlaceSign(kind, sheet, room, zone_on_sheet(room), tuple(self._words(kind)), door)

    def _words(self, kind: SignKind) -> Iterator[DoorWords]:
        for language in self._languages:
            yield sign_words(kind, self._facility.site_kind, language, plan=self._plan)
