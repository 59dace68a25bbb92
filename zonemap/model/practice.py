"""Practice at the desk: a scene that nobody lived through, papers that are drawn, and what somebody answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

FINAL_STEPS = ("paper_class", "outcome", "call")  # what it is, what to do, whom to call: after the questions
SECONDS_MOST = 3600  # a page that was left open overnight counts as an hour


class Verdict(StrEnum):
    """What one answer was. *I can't tell* where it could be told is safe: it counts neither for nor against."""

    RIGHT = "right"
    SAFE = "safe"
    MISSED = "missed"


class Block(StrEnum):
    """The parts of a drawn paper that a question may be about."""

    HEADING = "heading"
    FORM = "form"
    TITLE = "title"
    PLACE = "place"
    PERSON = "person"
    THINGS = "things"
    TIME = "time"
    DATE = "date"
    SIGNER = "signer"
    PAGES = "pages"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of a paper: a small label, and what stands under it."""

    block: Block
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class DrawnPaper:
    """A paper as it is drawn. Nothing on it copies an official form; the names on it are nobody's.

    ``blurred`` are the blocks that nobody can read, ``ticks`` the tick boxes with whether each is ticked, ``returned``
    says that the officer's part at the foot is drawn, with a signature that does not count; ``language`` is that of its
    words.
    """

    heading: tuple[str, ...]
    title: str
    signer: str  # the words printed under the signature line; empty: none
    under: str = ""  # the district, the county, the office
    form: str = ""
    form_at_foot: bool = False
    seal: bool = False
    caption: str = ""
    number: str = ""
    parts: tuple[Part, ...] = ()
    ticks: tuple[tuple[str, bool], ...] = ()
    date: str = ""
    signed: bool = True
    returned: bool = False
    pages: str = ""
    attachment: str = ""  # a second sheet that is there as well
    blurred: frozenset[Block] = frozenset()
    on_phone: bool = False
    language: str = "en"

    def text_of(self, block: Block) -> str:
        """What stands in the parts of that kind, empty where there is none."""
        return " ".join(part.text for part in self.parts if part.block is block)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One visit to practice with.

    ``scene`` and ``papers`` are observations as the desk takes them (keys and values as JSON), the second once for each
    paper; ``heard`` quotes the words of the story that tell what is answered outside of a paper.
    """

    id: str
    name: str
    story: str
    clock: str  # what the clock on the wall says, as words
    scene: Mapping[str, Any]
    heard: Mapping[str, str]
    papers: tuple[Mapping[str, Any], ...]
    drawn: tuple[DrawnPaper, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """One answer that somebody gave: which step (the field of the desk's form, or a final step), and how it went."""

    step: str
    said: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Attempt:
    """One scenario that an account goes through. ``round`` are the scenarios of its set, ``position`` counts from 0."""

    id: str
    facility_id: str
    account_id: str
    scenario: str
    round_id: str
    round: tuple[str, ...]
    position: int
    begun_at: datetime
    given: tuple[Given, ...] = field(default=())
    finished_at: datetime | None = None

    def count(self, verdict: Verdict) -> int:
        """How many answers went that way."""
        return sum(1 for each in self.given if each.verdict is verdict)

    @property
    def asked(self) -> int:
        """The answers that count: *I can't tell* does not, where it could be told."""
        return len(self.given) - self.count(Verdict.SAFE)

    @property
    def right(self) -> int:
        """How many of them were right."""
        return self.count(Verdict.RIGHT)

    @property
    def seconds(self) -> int | None:
        """How long it took, where it is finished."""
        if self.finished_at is None:
            return None
        return max(0, min(SECONDS_MOST, round((self.finished_at - self.begun_at).total_seconds())))
