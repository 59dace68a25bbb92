"""One revision of a floor beside the one before it, and its place in the record."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from zonemap.errors import NotFound
from zonemap.model.difference import Difference, difference
from zonemap.model.facility import Designation
from zonemap.model.person import Actor
from zonemap.model.record import Head
from zonemap.rules.differences import sentences
from zonemap.storage.store import Store
from zonemap.work.permissions import Permission, require_floor
from zonemap.work.record import Approval, approvals_of


@dataclass(frozen=True, slots=True)
class Revision:
    """A designation, the one before it (None for the first), what differs, and who approved it.

    ``newer`` is the one in force where that is another one. ``head`` is the newest entry of the facility's record.
    """

    designation: Designation
    before: Designation | None
    difference: Difference | None
    words: tuple[str, ...]
    approvals: tuple[Approval, ...]
    newer: Designation | None
    head: Head | None


def revision(store: Store, actor: Actor, floor_id: str, number: int) -> Revision:
    """One revision of a floor. Raises NotFound."""
    with store.read() as books:
        facility_id = require_floor(books, actor, Permission.SEE_PLANS, floor_id).floor.facility_id
        every = [each for each in books.designations.list(facility_id) if each.floor.id == floor_id]
        every.sort(key=lambda each: each.number)
        found = next((each for each in every if each.number == number), None)
        if found is None:
            raise NotFound("This floor has no designation of that number.")
        before = next((earlier for earlier, later in pairwise(every) if later is found), None)
        approvals = approvals_of(books, found.id)
        entry = books.records.head(facility_id)
    differs = difference(before.floor, found.floor) if before else None
    return Revision(
        designation=found,
        before=before,
        difference=differs,
        words=sentences(differs) if differs else (),
        approvals=approvals,
        newer=every[-1] if every[-1] is not found else None,
        head=Head(entry.position, entry.hash) if entry else None,
    )
