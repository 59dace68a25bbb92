"""The designation memo of a facility, from its designations in force, as values and as PDF."""

from __future__ import annotations

from collections.abc import Mapping

from zonemap.errors import Invalid
from zonemap.geometry.rings import room_area
from zonemap.geometry.shapes import room_at
from zonemap.geometry.thresholds import SignedDoor, signed_doors
from zonemap.model.facility import Designation, Facility
from zonemap.model.hours import spoken_spell
from zonemap.model.memo import Memo, MemoApproval, MemoDoor, MemoFloor, MemoRoom
from zonemap.model.person import Actor
from zonemap.model.plan import DoorKind, Floor
from zonemap.model.record import Head
from zonemap.model.sign import SignOptions
from zonemap.model.zone import ZoneClass
from zonemap.printing import book
from zonemap.rules.pack import Pack
from zonemap.rules.suggest import read_rooms
from zonemap.storage.store import Books, Store
from zonemap.work.checks import spoken_area
from zonemap.work.floor_signs import floor_signs
from zonemap.work.law import facility_pack
from zonemap.work.permissions import Permission, require
from zonemap.work.record import approvals_of

_OWN_REASON = {
    ZoneClass.PRIVATE: "The facility keeps it for patients and staff.",
    ZoneClass.RESIDENTIAL: "People live or sleep here.",
    ZoneClass.RECORDS: "Records are kept here.",
    ZoneClass.OUTDOOR_PRIVATE: "A yard that is not open to the street.",
}


def memo(store: Store, actor: Actor, facility_id: str) -> Memo:
    """The memo of the designations in force. Raises NotFound; Invalid where no floor is designated."""
    require(actor, Permission.SEE_PLANS, at=facility_id)
    with store.read() as books:
        return memo_of(books, books.facilities.get(facility_id))


def memo_pdf(store: Store, actor: Actor, facility_id: str, paper: str = "letter") -> bytes:
    """The memo with the map of each floor, as tagged PDF: the same bytes for the same designations."""
    require(actor, Permission.SEE_PLANS, at=facility_id)
    with store.read() as books:
        found = memo_of(books, books.facilities.get(facility_id))
        contacts = tuple(books.contacts.list(facility_id))
    options = SignOptions(paper=paper)
    maps = tuple(floor_signs(floor.designation, contacts, options) for floor in found.floors)
    return book.memo_pdf(found, maps, options)


def memo_of(books: Books, facility: Facility) -> Memo:
    """The memo, for a look that is under way. Raises Invalid where no floor is designated."""
    floors = [saved.floor for saved in books.floors.list(facility.id)]
    latest = [found for floor in floors if (found := books.designations.latest(floor.id))]
    if not latest:
        raise Invalid("No floor is designated yet, so there is nothing to put into a memo. Designate a floor first.")
    pack = facility_pack(books, facility)
    entry = books.records.head(facility.id)
    return Memo(
        facility=facility,
        floors=tuple(_floor(books, designation, pack) for designation in latest),
        basis=pack.care_areas,
        pack_note=_pack_note(pack),
        head=Head(entry.position, entry.hash) if entry else None,
    )


def _pack_note(pack: Pack) -> str:
    reviewed = f"reviewed by {pack.reviewed_by}" if pack.reviewed_by else "no lawyer has reviewed it"
    return f"Law pack {pack.name}, version {pack.version}, {reviewed}."


def _floor(books: Books, designation: Designation, pack: Pack) -> MemoFloor:
    floor = designation.floor
    closed = [room for room in floor.rooms if room.zone_class.is_closed]
    whole = sum(map(room_area, floor.rooms))
    return MemoFloor(
        designation=designation,
        rooms=tuple(_rooms(floor, pack)),
        doors=tuple(_door(each) for each in signed_doors(floor)),
        public=tuple(room.label for room in floor.rooms if room.zone_class is ZoneClass.PUBLIC),
        private_share=sum(map(room_area, closed)) / whole if whole else 0.0,
        waiting=_waiting(floor),
        approvals=tuple(
            MemoApproval(each.name, each.role, each.approved_on, each.remark)
            for each in approvals_of(books, designation.id)
        ),
    )


def _rooms(floor: Floor, pack: Pack) -> list[MemoRoom]:
    """The closed rooms, each with why: its function where that speaks for a closed class, else the facility's word."""
    reasons: Mapping[str, tuple[str, str]] = {
        room_id: (each.reason, pack.care_areas if each.source == pack.care_areas else "")
        for each in read_rooms(floor.rooms, floor.doors, pack, again=True).suggestions
        if each.zone_class.is_closed
        for room_id in each.room_ids
    }
    found = []
    for room in floor.rooms:
        if room.zone_class.is_closed:
            reason, basis = reasons.get(room.id, (_OWN_REASON[room.zone_class], ""))
            found.append(
                MemoRoom(room.label, room.zone_class.word.capitalize(), reason, basis, spoken_area(room_area(room)))
            )
    return found


def _door(signed: SignedDoor) -> MemoDoor:
    door, outside = signed.door, signed.outside
    opening = "an opening" if door.kind is DoorKind.OPENING else ""
    hours = spoken_spell(signed.hours) if signed.hours else ""
    control = ", ".join(part for part in (door.control.word.capitalize(), opening, hours) if part)
    return MemoDoor(door.number, outside.label if outside else "Outdoors", signed.inside.label, control)


def _waiting(floor: Floor) -> str:
    """The room in which the waiting spot lies."""
    room = room_at(floor, floor.waiting_spot) if floor.waiting_spot else None
    return room.label if room else ""
