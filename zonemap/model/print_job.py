"""A pack, or a search for rooms, that somebody asked for: what it is of, who makes it, and how far that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from zonemap.model.pack import PackChoice
from zonemap.model.sign import SignKind, SignOptions

SEARCH = "rooms"  # the ending of what is no file: a search for rooms on a floor's plan
HELD_MOST = timedelta(minutes=5)  # nobody holds a job for longer at a time: the clock was ahead


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"  # nobody makes it yet
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it without anybody's doing."""
        return self in (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One pack, or one search for rooms. ``mark`` names what comes of it: the same asked again gives the same.

    Whoever makes it holds it until ``held_until``, and holds it anew while at it; where that time has passed, its
    maker is gone, and another one may take it.
    """

    id: str
    facility_id: str
    mark: str
    name: str  # of the file
    document: Mapping[str, Any]  # what was asked for
    total: int
    asked_at: datetime
    asked_by: str = ""
    state: JobState = JobState.WAITING
    done: int = 0
    begun_at: datetime | None = None
    held_until: datetime | None = None
    attempts: int = 0
    trouble: str = ""

    @property
    def form(self) -> str:
        """The ending of its file."""
        return self.name.rpartition(".")[2]

    @property
    def is_search(self) -> bool:
        """Whether it looks for rooms; otherwise it is a pack."""
        return self.form == SEARCH

    @property
    def options(self) -> SignOptions:
        """How the sheets of a pack look."""
        return asked_from(self.document)[0]

    @property
    def choice(self) -> PackChoice:
        """Which sheets a pack has."""
        return asked_from(self.document)[1]

    @property
    def is_again(self) -> bool:
        """Whether a maker was lost before."""
        return self.attempts > 1

    def is_free(self, now: datetime) -> bool:
        """Whether it has to be made and nobody is at it."""
        if not self.state.is_open:
            return False
        return self.held_until is None or not now <= self.held_until <= now + HELD_MOST

    def seconds_left(self, now: datetime) -> int | None:
        """About how long it still takes, by how long it took so far; None where that says nothing yet."""
        if not self.done or self.begun_at is None or self.state is not JobState.RUNNING:
            return None
        return round((now - self.begun_at).total_seconds() / self.done * (self.total - self.done))


def asked_document(options: SignOptions, choice: PackChoice) -> dict[str, Any]:
    """What was asked for, as it is kept."""
    return {"options": _plain(asdict(options)), "choice": _plain(asdict(choice))}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON gives it back: lists for tuples, words for kinds."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def asked_from(document: Mapping[str, Any]) -> tuple[SignOptions, PackChoice]:
    """What was asked for, as it was kept."""
    options, choice = dict(document["options"]), dict(document["choice"])
    options["languages"] = tuple(options["languages"])
    for name in ("floors", "departments"):
        choice[name] = tuple(choice[name])
    choice["kinds"] = tuple(SignKind(kind) for kind in choice["kinds"])
    return SignOptions(**options), PackChoice(**choice)
