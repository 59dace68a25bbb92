"""The record of designations and approvals: writing an approval, looking up a code, and proving the chain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from zonemap.errors import Invalid, NotFound
from zonemap.model.facility import Designation, Facility
from zonemap.model.person import Actor
from zonemap.model.record import Entry, Fault, Head, RecordKind, faults
from zonemap.storage.store import Books, Store
from zonemap.work.facilities import facility_named
from zonemap.work.permissions import Permission, Place, may, require, require_own
from zonemap.work.protocol import protocol_faults
from zonemap.work.visits import visit_faults

TEXT_MOST = 400
_WHAT_IT_PROVES = (
    "This proves that no entry was changed, left out or moved since it was written. It does not prove who wrote it. "
    "That the newest entries are still there is proven only against a head on paper: --head."
)
_OTHER_CHAINS = (visit_faults, protocol_faults)
_HEAD = re.compile(r"(\d{1,9})\s*[:/ ]\s*([0-9a-fA-F]{4,64})")
_CODE = re.compile(r"[0-9a-fA-F]{8,64}")


@dataclass(frozen=True, slots=True)
class Approval:
    """That a named person looked at a designation: counsel, a privacy officer. It changes nothing by itself."""

    designation_id: str
    name: str
    role: str
    remark: str
    approved_on: str  # the date as it was given
    entry: Entry


@dataclass(frozen=True, slots=True)
class Found:
    """The designation that bears a code; ``newer`` is the one that has superseded it, None while it is in force."""

    designation: Designation
    newer: Designation | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What the check of a facility's record gave."""

    facility: Facility
    head: Head | None
    entries: int
    faults: tuple[Fault, ...]


def approve(
    store: Store,
    actor: Actor,
    designation_id: str,
    *,
    name: str,
    role: str,
    approved_on: str,
    remark: str = "",
    now: datetime,
) -> Approval:
    """Enter into the record that a named person has approved a designation. Raises Invalid by field, NotFound."""
    given = {"name": name.strip(), "role": role.strip(), "approved_on": approved_on, "remark": remark.strip()}
    for field, most in (("name", 80), ("role", 80), ("remark", TEXT_MOST)):
        if len(given[field]) > most or (field != "remark" and not given[field]):
            sentence = f"Give 1 to {most} letters." if field != "remark" else f"At most {most} letters fit."
            raise Invalid(sentence, fields={field: sentence})
    with store.begin() as books:
        designation = _required(books, actor, Permission.DESIGNATE, designation_id)
        entry = books.records.append(
            designation.facility.id,
            RecordKind.APPROVAL,
            {"designation": designation_id, **given},
            recorded_at=now,
            recorded_by=actor.name,
            designation_id=designation_id,
        )
    return _approval(entry)


def approvals(store: Store, actor: Actor, designation_id: str) -> tuple[Approval, ...]:
    """The approvals of a designation, oldest first."""
    with store.read() as books:
        _required(books, actor, Permission.SEE_PLANS, designation_id)
        return approvals_of(books, designation_id)


def _required(books: Books, actor: Actor, permission: Permission, designation_id: str) -> Designation:
    found = books.designations.get(designation_id)
    require_own(actor, found.facility.id, "There is no such designation.")
    require(actor, permission, at=found.facility.id)
    return found


def approvals_of(books: Books, designation_id: str) -> tuple[Approval, ...]:
    """The same, for a look that is under way."""
    entries = books.records.of_designation(designation_id)
    return tuple(_approval(entry) for entry in entries if entry.kind is RecordKind.APPROVAL)


def by_code(store: Store, actor: Actor, code: str) -> Found:
    """The designation whose code is on a print, and whether it is still in force. Raises Invalid, NotFound."""
    require(actor, Permission.SEE_PLANS, at=Place.ANYWHERE)
    letters = re.sub(r"[\s-]", "", code)
    if not _CODE.fullmatch(letters):
        raise Invalid(
            "A code has eight letters and figures, such as 9F2C-04B1. It stands in the foot line of the print."
        )
    with store.read() as books:
        entries = [entry for entry in books.records.starting_with(letters) if entry.kind is RecordKind.DESIGNATION]
        every = (books.designations.get(entry.values["designation"]) for entry in entries)
        designation = next((each for each in every if may(actor, Permission.SEE_PLANS, at=each.facility.id)), None)
        if designation is None:
            raise NotFound(f"No designation here has the code {code.strip().upper()}. Compare it with the print again.")
        latest = books.designations.latest(designation.floor.id)
    newer = latest if latest is not None and latest.number > designation.number else None
    return Found(designation, newer)


def head_of(store: Store, actor: Actor, facility_id: str) -> Head | None:
    """The newest entry of a facility's record, as it is printed."""
    require(actor, Permission.SEE_PLANS, at=facility_id)
    with store.read() as books:
        entry = books.records.head(facility_id)
    return None if entry is None else Head(entry.position, entry.hash)


def head_from(text: str) -> Head:
    """A printed head such as ``12:9f2c04b1...``. Raises Invalid."""
    match = _HEAD.fullmatch(text.strip())
    if match is None:
        raise Invalid("A head is the number of an entry and its code, as the memo has them: 12:9F2C04B1.")
    return Head(int(match[1]), match[2].lower())


def prove(store: Store, facility_id: str, head: Head | None = None) -> Proof:
    """Check the record of a facility against itself, its designations, and a printed head. For the command line."""
    with store.read() as books:
        facility = books.facilities.get(facility_id)
        entries = books.records.list(facility_id)
        digests = books.designations.digests(facility_id)
    found = (*faults(entries, head), *_against_designations(entries, digests))
    newest = Head(entries[-1].position, entries[-1].hash) if entries else None
    return Proof(facility, newest, len(entries), found)


def doctor_lines(store: Store, facility_ref: str | None, printed: str | None) -> tuple[list[str], bool]:
    """What the check of one facility or of all gave, in lines; and whether every record is whole. Raises NotFound."""
    if printed and not facility_ref:
        raise Invalid("A head belongs to one facility. Name it: zonemap doctor FACILITY --head NUMBER:CODE.")
    with store.read() as books:
        chosen = [facility_named(books, facility_ref)] if facility_ref else books.facilities.list()
    proofs = [prove(store, facility.id, head_from(printed) if printed else None) for facility in chosen]
    lines = [line for proof in proofs for line in _lines(proof)]
    with store.read() as books:
        chains = ((each, fault) for each in chosen for find in _OTHER_CHAINS for fault in find(books, each.id))
        others = [f"{each.name}: {fault}" for each, fault in chains]
    return [*lines, *others, _WHAT_IT_PROVES], not (others or any(proof.faults for proof in proofs))


def _lines(proof: Proof) -> Iterator[str]:
    if proof.faults:
        yield from (f"{proof.facility.name}: {fault.message}" for fault in proof.faults)
    elif proof.head is None:
        yield f"{proof.facility.name}: nothing has been designated yet."
    else:
        head = f"{proof.head.position}:{proof.head.hash[:16].upper()}"
        count = "1 entry" if proof.entries == 1 else f"{proof.entries} entries"
        yield f"{proof.facility.name}: the record is whole, {count}, head {head}."


def _against_designations(entries: list[Entry], digests: dict[str, str]) -> Iterator[Fault]:
    """What the record says of designations, against those that are there."""
    entered: set[str] = set()
    for entry in entries:
        if entry.kind is not RecordKind.DESIGNATION:
            continue
        values = entry.values
        entered.add(values["designation"])
        held = digests.get(values["designation"])
        if held is None:
            yield Fault(entry.position, f"Designation {values['number']} of entry {entry.position} is gone.")
        elif held != values["document"]:
            yield Fault(entry.position, f"Designation {values['number']} is not what entry {entry.position} recorded.")
    for left in sorted(digests.keys() - entered):
        yield Fault(len(entries) + 1, f"Designation {left} is not in the record: its entry was removed.")


def _approval(entry: Entry) -> Approval:
    values = entry.values
    return Approval(
        values["designation"], values["name"], values["role"], values["remark"], values["approved_on"], entry
    )
