"""A facility's own response protocol: steps by role before, during and after a visit, and what is said to patients.

Each saved state is an entry of a chain of its own, bound by the method of ``model/record``. Nothing is ever changed in
it: whoever goes back to an earlier version saves it anew. The lines that protect staff are no part of a version (they
stand in ``rules/protocol_texts``), so nobody can save a protocol without them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from zonemap.model.facility import Facility, SiteKind
from zonemap.model.record import Entry, RecordKind, canonical, digest


class StaffRole(StrEnum):
    """Who does a step, in the order of the protocol."""

    FRONT_DESK = "front_desk"
    RESPONDER = "responder"
    CLINICAL = "clinical"
    ADMINISTRATOR = "administrator"
    COUNSEL = "counsel"
    PRIVACY_OFFICER = "privacy_officer"
    SECURITY = "security"


class Phase(StrEnum):
    """When a step is done."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Topic(StrEnum):
    """Parts that hold for everybody."""

    CALL_COUNSEL = "call_counsel"
    WAITING = "waiting"
    STAFF_RIGHTS = "staff_rights"
    RECORDS = "records"
    CARE = "care"
    AFTERWARDS = "afterwards"


def section_of(role: StaffRole, phase: Phase) -> str:
    """The section of a role's steps in one phase, such as front_desk.during."""
    return f"{role.value}.{phase.value}"


SECTIONS = (*(section_of(role, phase) for role in StaffRole for phase in Phase), *(topic.value for topic in Topic))


@dataclass(frozen=True, slots=True)
class Step:
    """One line. ``source`` is a citation, empty for practice; ``section`` is one of ``SECTIONS``."""

    id: str
    section: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """What is said to patients in one language. ``checked_by`` is empty until a qualified translator has read it."""

    language: str  # a code such as es
    lines: tuple[str, ...]
    checked_by: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Protocol:
    """One version. Number 0 is the default that nobody has saved yet."""

    facility_id: str
    steps: tuple[Step, ...]
    speeches: tuple[Speech, ...]
    number: int = 0
    saved_at: datetime | None = None
    saved_by: str = ""
    change: str = ""  # what was done, in a few words
    hash: str = ""
    follows: int = 0  # the version of the organization's protocol that this is; 0 for a site's own

    def of(self, section: str) -> tuple[Step, ...]:
        """The steps of one section, in order."""
        return tuple(step for step in self.steps if step.section == section)

    def speech(self, language: str) -> Speech | None:
        """What is said in that language, or None."""
        return next((each for each in self.speeches if each.language == language), None)


@dataclass(frozen=True, slots=True)
class SpeechApproval:
    """That counsel has approved a wording: ``seal`` is the SHA-256 of what was read, ``on`` the day of reading."""

    seal: str
    counsel: str  # the name of the lawyer
    on: date
    recorded_by: str
    recorded_at: datetime
    for_all: bool = False  # of the organization's protocol, for all sites that use it


def speech_seal(speeches: Sequence[Speech], protecting: Sequence[str]) -> str:
    """The SHA-256 of all that is said to patients, and of the lines that stand with it."""
    said = [[each.language, list(each.lines)] for each in sorted(speeches, key=lambda each: each.language)]
    return digest(canonical([1, said, list(protecting)]))


def protocol_document(protocol: Protocol) -> dict[str, Any]:
    """A version as the body of its entry."""
    return {
        "change": protocol.change,
        "steps": [asdict(step) for step in protocol.steps],
        "speeches": [
            {
                "language": each.language,
                "lines": list(each.lines),
                "checked_by": each.checked_by,
                "checked_on": each.checked_on.isoformat() if each.checked_on else None,
            }
            for each in protocol.speeches
        ],
    } | ({"follows": protocol.follows} if protocol.follows else {})


def protocol_from(entry: Entry, number: int) -> Protocol:
    """The version that an entry holds; ``number`` counts the versions from 1."""
    values = entry.values
    return Protocol(
        facility_id=entry.facility_id,
        steps=tuple(Step(**each) for each in values["steps"]),
        speeches=tuple(_speech(each) for each in values["speeches"]),
        number=number,
        saved_at=entry.recorded_at,
        saved_by=entry.recorded_by,
        change=values["change"],
        hash=entry.hash,
        follows=values.get("follows", 0),
    )


def versions_of(entries: Sequence[Entry]) -> tuple[Protocol, ...]:
    """All versions of a chain, the oldest first."""
    saved = [entry for entry in entries if entry.kind is RecordKind.PROTOCOL_SAVED]
    return tuple(protocol_from(entry, number) for number, entry in enumerate(saved, 1))


def newest_of(entries: Sequence[Entry]) -> Protocol | None:
    """The newest version of a chain, or None."""
    versions = versions_of(entries)
    return versions[-1] if versions else None


def approval_of(entries: Sequence[Entry]) -> SpeechApproval | None:
    """The newest approval of a chain, or None: also where it was taken back since."""
    for entry in reversed(entries):
        if entry.kind is RecordKind.PROTOCOL_WITHDRAWN:
            return None
        if entry.kind is RecordKind.PROTOCOL_APPROVED:
            values = entry.values
            day = date.fromisoformat(values["on"])
            return SpeechApproval(values["seal"], values["counsel"], day, entry.recorded_by, entry.recorded_at)
    return None


def shared_scope(facility: Facility) -> str:
    """Which sites can share a protocol: those of one state and kind, whose steps the law does not tell apart."""
    return scope_of(facility.state, facility.site_kind)


def scope_of(state: str, kind: SiteKind) -> str:
    """The same, for a state and a kind."""
    return f"{state.strip().upper()}-{kind.value}"


def protocol_in_force(
    facility_id: str, own: Sequence[Protocol], shared: Protocol | None, first: Callable[[], Protocol]
) -> Protocol:
    """A site's newest version; the organization's where it has saved none or went back to it; else the first.

    ``number`` stays that of the site's newest version, which the next change follows.
    """
    newest = own[-1] if own else None
    if newest is not None and not newest.follows:
        return newest
    if shared is None:
        return newest or first()
    return replace(shared, facility_id=facility_id, number=newest.number if newest else 0, follows=shared.number)


def approval_in_force(
    own: Sequence[Entry], shared: Sequence[Entry], protocol: Protocol, seal: str
) -> SpeechApproval | None:
    """The approval that stands at a site: its own of these very words, else that of the organization's protocol.

    That one counts only where the site uses the organization's protocol as it is. A site that locked its words keeps
    them locked until it records an approval itself.
    """
    here = approval_of(own)
    if (here is not None and here.seal == seal) or not protocol.follows or _locked(own):
        return here
    there = approval_of(shared)
    if there is None or (here is not None and there.seal != seal):
        return here
    return replace(there, for_all=True)


def _locked(entries: Sequence[Entry]) -> bool:
    """Whether a site took an approval back and recorded none since."""
    said = [each.kind for each in entries if each.kind in (RecordKind.PROTOCOL_APPROVED, RecordKind.PROTOCOL_WITHDRAWN)]
    return bool(said) and said[-1] is RecordKind.PROTOCOL_WITHDRAWN


def _speech(values: dict[str, Any]) -> Speech:
    day = values["checked_on"]
    checked_on = date.fromisoformat(day) if day else None
    return Speech(values["language"], tuple(values["lines"]), values["checked_by"], checked_on)
