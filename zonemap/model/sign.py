"""What hangs on a wall: the words of a sign, and the sheets of a floor. Nothing here knows paper or colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zonemap.model.facility import Designation, Facility
from zonemap.model.plan import Door, Floor, Room
from zonemap.model.zone import ZoneClass


class WordingStatus(StrEnum):
    """Who has looked at a text. A drafted one is marked wherever it is chosen, never on the sign itself."""

    DRAFTED = "drafted"
    CHECKED = "checked"


class SignKind(StrEnum):
    """What a sheet on a wall says: the nine kinds."""

    PRIVATE = "private"
    PRIVATE_OFFICERS = "private_officers"  # with the line to law enforcement
    RECORDS = "records"
    RESIDENTIAL = "residential"
    OUTDOOR_PRIVATE = "outdoor_private"
    PUBLIC = "public"
    NOTICE = "notice"
    WAITING = "waiting"
    EMERGENCY = "emergency"

    @property
    def label(self) -> str:
        """What people here call it."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    SignKind.PRIVATE: "Private door",
    SignKind.PRIVATE_OFFICERS: "Private door, with the line to officers",
    SignKind.RECORDS: "Records or desk edge",
    SignKind.RESIDENTIAL: "Residential",
    SignKind.OUTDOOR_PRIVATE: "Outdoor private",
    SignKind.PUBLIC: "Public area",
    SignKind.NOTICE: "Entrance notice to authorities",
    SignKind.WAITING: "Where officers wait",
    SignKind.EMERGENCY: "Emergency care",
}


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one language, and who checked it (nobody: empty and None)."""

    text: str
    status: WordingStatus = WordingStatus.DRAFTED
    checked_by: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """A language for signs. ``direction`` is "ltr" or "rtl"; ``status`` is that of its weakest text."""

    code: str  # BCP 47
    name: str
    own_name: str
    direction: str
    status: WordingStatus


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom officers are sent to: a role and a telephone, never a person's name. ``always`` means day and night."""

    role: str  # a key of the wording, such as "administrator_on_call"
    phone: str = ""
    always: bool = False


@dataclass(frozen=True, slots=True)
class DoorWords:
    """What a door sign says in one language.

    ``officers`` is the optional line to law enforcement; ``hours`` is there where the sign applies at some hours only.
    """

    language: str
    direction: str
    headline: str
    sentence: str
    second: str
    officers: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """What an entrance notice says in one language. ``whom`` is set in bold where "{whom}" stands in a paragraph."""

    language: str
    direction: str
    title: str
    paragraphs: tuple[str, ...]
    whom: str
    interpreter: str = ""


@dataclass(frozen=True, slots=True)
class SignOptions:
    """What a manager chooses for all sheets. English stands first on every sheet, chosen or not."""

    paper: str = "letter"
    languages: tuple[str, ...] = ("en", "es")
    officers_line: bool = False
    policy_number: str = ""
    orientation: str = "portrait"  # of the sign, whatever the way of the paper
    per_sheet: int = 1  # the same sign 1, 2 or 4 times on a sheet, with cut marks
    poster: int = 1  # so many sheets wide, and as many high
    read_from_feet: int = 10  # from how far the doors' headlines are to be read


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A facility's own wording of one kind of sign in one language. Nobody has checked it unless it says who did."""

    kind: SignKind
    language: str
    headline: str
    sentence: str
    second: str = ""
    checked_by: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class SeenLanguage:
    """Somebody has said that they know that nobody has checked the texts of a language."""

    language: str
    by: str
    on: date


class Choice(StrEnum):
    """What was chosen for one sheet: a door, a room or a place. Without a choice it is the usual."""

    USUAL = "usual"
    NONE = "none"  # no sheet
    OFFICERS = "officers"  # with the line to officers, whatever the usual is
    PLAIN = "plain"  # without it
    PRIVATE = "private"  # the private door's words on a records or residential door
    SIGN = "sign"  # a sheet, where the usual is none


@dataclass(frozen=True, slots=True)
class SignPlan:
    """What a facility's people have chosen and keep: sheet by sheet, their own words, and what they have seen.

    ``version`` counts the times it was saved; 0 is the plan of a facility that has chosen nothing.
    """

    choices: tuple[tuple[str, Choice], ...] = ()  # by the sheet's name: a door's id, or "public-" and a room's
    own_words: tuple[OwnWords, ...] = ()
    seen: tuple[SeenLanguage, ...] = ()
    version: int = 0
    distances: tuple[tuple[str, int], ...] = ()  # feet from which a sheet is read, by its name, where not the usual

    def read_from_feet(self, sheet: str, usual: int) -> int:
        """From how far that sheet is read; ``usual`` is the facility's."""
        return dict(self.distances).get(sheet, usual)

    def choice(self, sheet: str) -> Choice:
        """What was chosen for that sheet."""
        return dict(self.choices).get(sheet, Choice.USUAL)

    def own(self, kind: SignKind, language: str) -> OwnWords | None:
        """The facility's own words for that kind in that language, or None."""
        return next((each for each in self.own_words if (each.kind, each.language) == (kind, language)), None)


class SheetKind(StrEnum):
    """What a sheet is."""

    SIGN = "sign"
    NOTICE = "notice"
    MAP = "map"
    SCHEDULE = "schedule"


@dataclass(frozen=True, slots=True)
class DoorSign:
    """The sheet on one door: where it stands, what lies behind, and its words. ``outside`` is None for the street."""

    door: Door
    outside: Room | None  # the public room the reader stands in
    inside: Room
    zone: str  # the zone as the sheet names it: without the name where that would tell what care is given
    words: tuple[DoorWords, ...]
    citation: str = ""
    at_some_hours: bool = False  # the door is private at some hours only, and may bear a notice at others
    kind: SignKind = SignKind.PRIVATE

    @property
    def sheet(self) -> str:
        """What the sheet goes by among those of its floor."""
        return f"{self.door.id}-hours" if self.at_some_hours else self.door.id

    @property
    def zone_class(self) -> ZoneClass:
        """The class of the room behind the door."""
        return self.inside.zone_class


@dataclass(frozen=True, slots=True)
class EntranceNotice:
    """The notice to authorities at one entrance from outside into a public room."""

    door: Door
    inside: Room
    zone: str
    words: tuple[NoticeWords, ...]
    citation: str = ""


@dataclass(frozen=True, slots=True)
class PlaceSign:
    """A sheet that belongs to a place: a public room, the spot where officers wait, an entrance with its care line."""

    kind: SignKind
    sheet: str  # what it goes by among those of its floor
    room: Room
    zone: str
    words: tuple[DoorWords, ...]
    door: Door | None = None  # the entrance that it hangs at


@dataclass(frozen=True, slots=True)
class SignWarning:
    """Something a manager should know about a door before its sheet is hung. ``number`` is its plate."""

    door_id: str
    number: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FloorSigns:
    """Every sheet of one designated floor, in walking order."""

    designation: Designation
    policy_number: str = ""
    notices: tuple[EntranceNotice, ...] = ()
    signs: tuple[DoorSign, ...] = ()
    warnings: tuple[SignWarning, ...] = ()
    places: tuple[PlaceSign, ...] = ()
    desks: tuple[str, ...] = ()  # ids of the public rooms where somebody helps the public
    unseen: tuple[Language, ...] = ()  # unchecked languages that nobody has acknowledged: nothing is printed before

    @property
    def floor(self) -> Floor:
        """The floor as it was frozen."""
        return self.designation.floor


@dataclass(frozen=True, slots=True)
class FacilitySigns:
    """Every sheet of a facility, and the floors that have none yet because nobody designated them."""

    facility: Facility
    floors: tuple[FloorSigns, ...] = ()
    undesignated: tuple[Floor, ...] = ()
    officers_words: str = ""  # the line to officers that may be added to door signs, in English
