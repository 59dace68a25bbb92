"""The designation memo as a sheet: its words, for ``templates/print/memo.typ``."""

from __future__ import annotations

from typing import Any

from zonemap.model.memo import Memo, MemoFloor
from zonemap.model.record import Head
from zonemap.printing.paper import Paper
from zonemap.printing.sheets import Sheet, count, day

_HEAD_LETTERS = 16
_PROVES = (
    "Every designation and approval is entered into a record in which each entry holds the fingerprint of the one "
    "before it. With the head printed here, “zonemap doctor” shows whether an entry up to it was changed, left out, "
    "moved or cut off since. It does not prove who made an entry, nor that the drawing is right."
)
_DECLARES = (
    "The facility designates the areas listed here as not open to the public. They are made known by maps, by signs "
    "at their doors, by locks and staff where the list says so, and by the facility’s policy. Nobody enters them "
    "without permission, but as the law provides."
)


def memo_sheet(memo: Memo, paper: Paper) -> Sheet:
    """The memo, as many pages as it takes."""
    facility = memo.facility
    return {
        "kind": "memo",
        "title": f"Designation memo, {facility.name}",
        "width": paper.width_mm,
        "height": paper.height_mm,
        "margin": paper.margin_mm + 6,
        "heading": "Designation of areas not open to the public",
        "facility": facility.name,
        "place": facility.place,
        "declares": _DECLARES,
        "basis": f"The law asks for it: {memo.basis}." if memo.basis else "",
        "pack": f"{memo.pack_note} Information, not legal advice.",
        "floors": [_floor(floor) for floor in memo.floors],
        "head": _head(memo.head),
        "proves": _PROVES if memo.head else "",
        "foot": [[f"Designation memo, {facility.name}", _revisions(memo)]],
    }


def _floor(floor: MemoFloor) -> dict[str, Any]:
    designation = floor.designation
    return {
        "name": designation.floor.name,
        "facts": [
            ["Revision", f"{designation.number}, code {designation.code}"],
            ["Designated", f"{day(designation.designated_at)}, by {designation.designated_by}"],
            ["Private", f"{floor.private_share:.0%} of the rooms’ area, {count(len(floor.rooms), 'room')}"],
            ["Open to the public", ", ".join(floor.public) or "No room"],
            ["Where officers wait", floor.waiting or "No place is named"],
        ],
        "rooms": [[room.label, room.zone_class, room.reason, room.basis] for room in floor.rooms],
        "doors": [[door.number, door.inside, door.outside, door.control] for door in floor.doors],
        "approvals": [
            f"Approved by {each.name}, {each.role}, on {each.day}." + (f" {each.remark}" if each.remark else "")
            for each in floor.approvals
        ],
    }


def _head(head: Head | None) -> str:
    return f"{head.position}:{head.hash[:_HEAD_LETTERS].upper()}" if head else ""


def _revisions(memo: Memo) -> str:
    return ", ".join(f"{each.designation.floor.name} {each.designation.number}" for each in memo.floors)
