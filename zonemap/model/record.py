"""The record of a facility: what was designated and approved, each entry bound to the one before it by its hash.

The format is fixed for good (version 1): the hash of an entry is SHA-256 over the canonical JSON of all its other
fields, among them the hash of the entry before. So nothing in between can be changed, left out or put in elsewhere
without every later hash changing. Cutting off the end is shown only by a head that was written down, for instance on
a printed memo: that is why it is printed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

FIRST = "0" * 64  # what the first entry has before it
_CODE_LETTERS = 8


class RecordKind(StrEnum):
    """What an entry says."""

    DESIGNATION = "designation"
    APPROVAL = "approval"
    VISIT_OPENED = "visit_opened"  # this and the following: in the chain of one visit (model/visit)
    VISIT_MOMENT = "visit_moment"
    VISIT_DETAILS = "visit_details"
    VISIT_CLOSED = "visit_closed"
    VISIT_AMENDED = "visit_amended"
    VISIT_PHOTO = "visit_photo"
    PROTOCOL_SAVED = "protocol_saved"  # this and the following: in the chain of a facility's protocol (model/protocol)
    PROTOCOL_APPROVED = "protocol_approved"
    PROTOCOL_WITHDRAWN = "protocol_withdrawn"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``position`` counts from 1 within the facility; ``body`` is canonical JSON."""

    facility_id: str
    position: int
    kind: RecordKind
    recorded_at: datetime  # UTC, aware
    recorded_by: str
    body: str
    previous: str
    hash: str

    @property
    def values(self) -> dict[str, Any]:
        """The body as JSON values."""
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry at some time, as it is printed: its position and its hash, or the first letters of it."""

    position: int
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a record: at which position, and a sentence."""

    position: int
    message: str


def canonical(values: Any) -> str:
    """JSON with sorted keys and no spaces: the same values always give the same text."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """SHA-256 of a text, in 64 hexadecimal figures."""
    return hashlib.sha256(text.encode()).hexdigest()


def next_entry(
    before: Entry | None, facility_id: str, kind: RecordKind, body: Any, *, recorded_at: datetime, recorded_by: str
) -> Entry:
    """The entry that follows ``before`` (None: the first of the facility)."""
    position, previous = (1, FIRST) if before is None else (before.position + 1, before.hash)
    text = canonical(body)
    hashed = _hash(facility_id, position, kind, recorded_at, recorded_by, text, previous)
    return Entry(facility_id, position, kind, recorded_at, recorded_by, text, previous, hashed)


def code(entry_hash: str) -> str:
    """The short code that stands on every print: eight figures of the hash, such as 9F2C-04B1."""
    letters = entry_hash[:_CODE_LETTERS].upper()
    return f"{letters[:4]}-{letters[4:]}" if letters else ""


def faults(entries: Sequence[Entry], head: Head | None = None) -> tuple[Fault, ...]:
    """What is wrong with the record of one facility, entry by entry. With a printed ``head``, a cut end shows too."""
    return (*_chain_faults(entries), *(_head_faults(entries, head) if head else ()))


def _chain_faults(entries: Sequence[Entry]) -> Iterator[Fault]:
    previous = FIRST
    for expected, entry in enumerate(entries, 1):
        if entry.position != expected:
            yield Fault(expected, f"Entry {expected} is missing, or the entries have another order.")
            return
        if entry.previous != previous:
            yield Fault(
                expected, f"Entry {expected} does not follow the one before it: one of them was put in or moved."
            )
        if entry.hash != _hash_of(entry):
            yield Fault(expected, f"Entry {expected} is not what it was when it was written.")
        previous = entry.hash


def _head_faults(entries: Sequence[Entry], head: Head) -> Iterator[Fault]:
    if head.position > len(entries):
        gone = head.position - len(entries)
        yield Fault(head.position, f"The printed head is entry {head.position}. The last {gone} of them are gone.")
    elif not entries[head.position - 1].hash.startswith(head.hash.lower()):
        yield Fault(head.position, f"Entry {head.position} is another one than the printed head.")


def _hash_of(entry: Entry) -> str:
    return _hash(
        entry.facility_id,
        entry.position,
        entry.kind,
        entry.recorded_at,
        entry.recorded_by,
        entry.body,
        entry.previous,
    )


def _hash(
    facility_id: str, position: int, kind: str, recorded_at: datetime, recorded_by: str, body: str, previous: str
) -> str:
    return digest(
        canonical([1, facility_id, position, str(kind), recorded_at.isoformat(), recorded_by, body, previous])
    )
