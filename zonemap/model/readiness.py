"""How ready a site is: what is done, what is to do, and what nobody has said; each with the fact behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from zonemap.model.backup import BackupMade
from zonemap.model.facility import ContactRole, Facility
from zonemap.model.page import Page
from zonemap.model.wall import WallState


class Standing(StrEnum):
    """Where a line stands."""

    DONE = "done"
    TODO = "to do"
    UNKNOWN = "not known"  # the data cannot know it, and nobody has said so lately


class Item(StrEnum):
    """The lines, in the order of doing them."""

    DRAWN = "drawn"
    CHECKED = "checked"
    PRIVATE = "private"
    DESIGNATED = "designated"
    APPROVED = "approved"
    POSTED = "posted"
    ROSTER = "roster"
    BACKUP_PERSON = "backup_person"
    LAWYER = "lawyer"
    CONFIDENTIALITY = "confidentiality"
    EMERGENCY = "emergency"
    RULES_READ = "rules_read"
    RULES_FRESH = "rules_fresh"
    PROTOCOL = "protocol"
    WORDS = "words"
    TRAINED = "trained"
    REFERRALS = "referrals"
    RIGHTS = "rights"
    TELEHEALTH = "telehealth"
    PAIRED = "paired"
    OFFLINE = "offline"
    BACKUP = "backup"


class Said(StrEnum):
    """What only a person can say."""

    RIGHTS = "rights"  # that handouts are printed and handed out
    TELEHEALTH = "telehealth"  # that visits by phone or video are offered


SAID_FOR = {Said.RIGHTS: timedelta(days=90), Said.TELEHEALTH: timedelta(days=180)}  # then it has to be said anew
OPENED_LATELY = timedelta(days=14)  # a desk computer that was opened since then has a copy of today's desk


@dataclass(frozen=True, slots=True)
class Statement:
    """That somebody said, on a day, that something is so. It is never changed, and it ends by itself."""

    id: str
    facility_id: str
    what: Said
    said_by: str
    said_at: datetime

    def ends(self) -> date:
        """The first day on which it counts no longer."""
        return (self.said_at + SAID_FOR[self.what]).date()

    def holds(self, today: date) -> bool:
        """Whether it still counts."""
        return today < self.ends()


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What the data say of a site on a day. Names of floors stand in their order."""

    facility: Facility
    today: date
    floors: tuple[str, ...] = ()
    undrawn: tuple[str, ...] = ()  # floors without picture, scale or rooms
    undecided: int = 0  # rooms
    open_checks: int = 0
    check_floor: str = ""  # the id of the floor with the first of them
    private_share: float | None = None  # of the area of the designated floors
    could_be_private: int = 0  # public rooms that are usually closed
    undesignated: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()  # floors that were drawn on since
    unapproved: tuple[str, ...] = ()
    sheets: Mapping[WallState, int] | None = None
    left_over: int = 0
    responder_hours: int = 0  # of the 168 of a week
    roles: frozenset[ContactRole] = frozenset()
    closed_records: int = 0  # rooms for records on designated floors
    pack: str = ""
    read_by: str = ""
    review_lost: bool = False
    review_by: date | None = None
    protocol: int = 0  # the version that the facility saved last
    shared_protocol: int = 0  # the version of the organization's protocol that holds here, 0 for none
    care_steps: int = 0
    counsel_steps: int = 0
    words_approved_by: str = ""
    people: int = 0
    trained: int = 0
    numbers: int = 0
    stale_numbers: int = 0
    paired: int = 0
    opened_on: date | None = None
    backup: BackupMade | None = None  # the newest that is whole
    backup_fresh: bool = False
    said: Mapping[Said, Statement] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: where it stands, and why."""

    item: Item
    standing: Standing
    fact: str

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return self.standing is Standing.DONE


@dataclass(frozen=True, slots=True)
class Readiness:
    """A site with all its lines."""

    facility: Facility
    lines: tuple[Line, ...]
    check_floor: str = ""
    said: Mapping[Said, Statement] | None = None

    @property
    def done(self) -> int:
        """How many lines are done."""
        return sum(line.done for line in self.lines)

    @property
    def percent(self) -> int:
        """The share of lines that are done, rounded down: 100 means all."""
        return self.done * 100 // len(self.lines)

    @property
    def next(self) -> Line | None:
        """The first line that is not done."""
        return next((line for line in self.lines if not line.done), None)


@dataclass(frozen=True, slots=True)
class Counted:
    """How ready a site was when it was counted, without the line of the backup, which is the same for all sites.

    It holds until something of the site changes, or until ``turns_at``, when something of it grows old.
    """

    facility_id: str
    name: str
    done: int
    next_item: Item | None  # the first line that is not done
    next_fact: str
    turns_at: datetime
    made_with: str  # the rules and the program that counted


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site in the list of all."""

    facility_id: str
    name: str
    done: int
    next: Line | None

    @property
    def whole(self) -> int:
        """How many lines there are."""
        return len(Item)

    @property
    def percent(self) -> int:
        """The share of lines that are done, rounded down: 100 means all."""
        return self.done * 100 // self.whole


@dataclass(frozen=True, slots=True)
class RollUp:
    """A page of the list of all sites, the one with most to do first.

    Of ``waiting`` sites what stands there is from before a change, or nothing yet; they are being counted.
    """

    page: Page[SiteLine]
    waiting: int = 0
