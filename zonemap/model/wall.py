"""What hangs on the walls: what somebody printed, hung, missed or took down, and what that makes of each sheet.

A sheet is printed again when what it must *say* changes, not when its designation's number does: ``facts`` is a short
digest of that, so a sheet of revision 3 is still right under revision 9 where nothing at its door has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from zonemap.model.facility import Facility
from zonemap.model.plan import Floor
from zonemap.model.sign import DoorSign, EntranceNotice, FloorSigns, PlaceSign, SignKind

SheetKey = tuple[str, str]  # floor id, and the sheet's name on its floor
_FACTS = 16  # hexadecimal figures


class WallState(StrEnum):
    """How a sheet stands: not printed yet, printed, on the wall, gone from it, or saying what is no longer so."""

    PLANNED = "planned"
    PRINTED = "printed"
    POSTED = "posted"
    MISSING = "missing"
    OUTDATED = "outdated"

    @property
    def is_to_print(self) -> bool:
        """Whether a new sheet is needed."""
        return self in (WallState.PLANNED, WallState.MISSING, WallState.OUTDATED)


class WallEvent(StrEnum):
    """What somebody did or saw at a door."""

    PRINTED = "printed"
    POSTED = "posted"  # hung it, or saw that it hangs and is right
    MISSING = "missing"  # it should hang there and does not
    REMOVED = "removed"  # taken down


@dataclass(frozen=True, slots=True)
class WallMark:
    """One thing that was done or seen. ``id`` is made where it was ticked, so that it counts once however often sent.

    ``facts`` are those of the sheet under the designation ``number``, which the person had before them.
    """

    id: str
    facility_id: str
    floor_id: str
    sheet: str
    event: WallEvent
    facts: str
    number: int
    marked_at: datetime  # by the clock of the phone, in UTC
    recorded_at: datetime
    recorded_by: str
    has_photo: bool = False


@dataclass(frozen=True, slots=True)
class WallSheet:
    """A sheet that should hang, as the wall has it. ``facts`` are today's; ``mark`` is the newest of its marks."""

    floor: Floor
    number: int  # of the designation
    code: str
    kind: SignKind
    sheet: str
    door: str  # the number on the plate
    place: str
    says: str  # what stands large on it
    department: str
    facts: str
    state: WallState
    mark: WallMark | None

    @property
    def key(self) -> SheetKey:
        """Its floor and name."""
        return self.floor.id, self.sheet


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A sheet that hangs, and that no designation in force calls for: it is to be taken down."""

    floor_name: str
    mark: WallMark
    door: str


@dataclass(frozen=True, slots=True)
class Wall:
    """Map, schedule and wall side by side. ``sheets`` stand in the order of the walk."""

    facility: Facility
    sheets: tuple[WallSheet, ...]
    left_over: tuple[LeftOver, ...]
    undesignated: tuple[Floor, ...]

    @property
    def counts(self) -> Mapping[WallState, int]:
        """How many sheets are in each state."""
        return {state: sum(each.state is state for each in self.sheets) for state in WallState}

    @property
    def to_print(self) -> tuple[WallSheet, ...]:
        """The sheets of which a new one is needed."""
        return tuple(each for each in self.sheets if each.state.is_to_print)


def state_of(marks: Iterable[WallMark], facts: str) -> WallState:
    """What the marks of a sheet, in any order, make of it when it has to say ``facts``."""
    hung = printed = ""
    missing = False
    for mark in in_order(marks):
        if mark.event is WallEvent.PRINTED:
            printed = mark.facts
            continue
        hung = mark.facts if mark.event is WallEvent.POSTED else ""
        printed, missing = "", mark.event is WallEvent.MISSING
    if printed == facts:
        return WallState.PRINTED
    if hung:
        return WallState.POSTED if hung == facts else WallState.OUTDATED
    return WallState.MISSING if missing else WallState.PLANNED


def hanging(marks: Iterable[WallMark]) -> WallMark | None:
    """The mark that says that a sheet hangs; None where none does."""
    seen = [mark for mark in in_order(marks) if mark.event is not WallEvent.PRINTED]
    return seen[-1] if seen and seen[-1].event is WallEvent.POSTED else None


def in_order(marks: Iterable[WallMark]) -> Sequence[WallMark]:
    """The marks as they happened."""
    return sorted(marks, key=lambda mark: (mark.marked_at, mark.recorded_at, mark.id))


def sheet_facts(signs: FloorSigns) -> Mapping[str, str]:
    """For every sheet of a floor that hangs on a wall, by its name, the digest of what it must say."""
    return {
        **{each.door.id: _digest(*_notice_facts(each)) for each in signs.notices},
        **{each.sheet: _digest(*_sign_facts(each, each.door.number)) for each in signs.signs},
        **{each.sheet: _digest(*_sign_facts(each, each.door.number if each.door else "")) for each in signs.places},
    }


def _sign_facts(sign: DoorSign | PlaceSign, number: str) -> tuple[str, ...]:
    first = sign.words[0]
    return sign.kind.value, number, sign.zone, first.headline, first.sentence, first.second, first.officers, first.hours


def _notice_facts(notice: EntranceNotice) -> tuple[str, ...]:
    first = notice.words[0]
    return SignKind.NOTICE.value, notice.door.number, notice.zone, first.title, *first.paragraphs, first.whom


def _digest(*facts: str) -> str:
    return hashlib.sha256("\x1f".join(facts).encode()).hexdigest()[:_FACTS]
