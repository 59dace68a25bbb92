"""The binder: everything of a facility on paper under one revision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class BinderRevision:
    """One revision. ``mark`` is the SHA-256 of all that it says; the same words later are the same revision."""

    facility_id: str
    number: int
    mark: str
    made_at: datetime  # UTC, aware
    made_by: str


@dataclass(frozen=True, slots=True)
class BinderPartNote:
    """One part as the page before the binder shows it. ``missing`` says what is not there yet, and where to add it."""

    number: int
    title: str
    what: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class BinderFront:
    """What stands on the first page and at the foot of all of them."""

    facility: str
    place: str
    number: int
    day: date
    code: str
    rules: str

    @property
    def name(self) -> str:
        """The revision in words."""
        return f"Binder revision {self.number}"


@dataclass(frozen=True, slots=True)
class CallStep:
    """Somebody on the call sheet; an empty ``name`` is a step that is passed over at once."""

    order: int
    role: str
    name: str = ""
    phone: str = ""
    hours: str = ""
    languages: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class CallSheet:
    """Whom to call, in order, on one page."""

    facility: str
    address: str
    steps: tuple[CallStep, ...]
    holes: tuple[str, ...]
    wait: str  # how long to wait for an answer, in words
