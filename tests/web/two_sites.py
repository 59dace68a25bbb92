"""Two facilities of one organization, each with something behind every id that an address can hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tests.conftest import add_account
from zonemap.model.device import DeskDevice
from zonemap.model.facility import Contact, ContactRole, Designation, Facility
from zonemap.model.model_import import ModelImport
from zonemap.model.pack import PackChoice
from zonemap.model.person import Account
from zonemap.model.plan import Floor, Picture
from zonemap.model.practice import Attempt
from zonemap.model.print_job import PrintJob, asked_document
from zonemap.model.record import RecordKind
from zonemap.model.wall import WallEvent, WallMark
from zonemap.storage.store import Books, Store
from zonemap.work.signs import PLAIN_OPTIONS


@dataclass(frozen=True)
class Site:
    """A facility with its ids by the names that routes have for them. ``words`` stand on its pages alone."""

    facility: Facility
    floor: Floor
    manager: Account
    ids: dict[str, str]
    words: tuple[str, ...]


def add_site(store: Store, facility: Facility, floor: Floor, letter: str, word: str) -> Site:
    """A facility whose every name holds ``word``, with ids of that letter (a to f)."""
    number = iter(range(1, 99))
    there = replace(facility, id=_id(letter, next(number)), name=f"{word} Clinic", street=f"1 {word} Street")
    drawn = replace(
        floor,
        id=_id(letter, next(number)),
        facility_id=there.id,
        name=f"{word} floor",
        picture=Picture(_id(letter, next(number)), 1200, 400),
        rooms=tuple(replace(room, name=f"{word} {room.name}") for room in floor.rooms),
    )
    names = ("contact_id", "device_id", "visit_id", "job_id", "mark_id", "attempt_id", "import_id")
    ids = {name: _id(letter, next(number)) for name in names}
    with store.begin() as books:
        books.facilities.add(there)
    manager = add_account(store, "manager", "responder", "desk", "administrator", at=there.id)
    with store.begin() as books:
        manager = books.accounts.save(replace(manager, name=f"{word} Manager"))
        _fill(books, there, drawn, manager, ids, word)
        waiting = replace(drawn, id=_id(letter, 90), picture=Picture(_id(letter, 91), 9, 9), name=f"{word} model")
        books.pictures.add(_id(letter, 91), there.id, b"png", {})
        books.model_imports.put(ModelImport(ids["import_id"], there.id, manager.id, datetime.now(UTC), (waiting,)))
    assert drawn.picture is not None
    known = {
        **ids,
        "facility_id": there.id,
        "floor_id": drawn.id,
        "picture_id": drawn.picture.id,
        "account_id": manager.id,
        "sheet": "map",
        "kind": "pdf",
        "file_format": "geojson",
    }
    return Site(there, drawn, manager, known, (word, there.id, drawn.id, manager.email))


def _fill(books: Books, there: Facility, drawn: Floor, manager: Account, ids: dict[str, str], word: str) -> None:
    now = datetime.now(UTC)
    contact = Contact(ids["contact_id"], there.id, ContactRole.RESPONDER, f"{word} Responder", "555-0142")
    books.contacts.replace(there.id, (contact,))
    assert drawn.picture is not None
    books.pictures.add(drawn.picture.id, there.id, b"png", {(0, 0, 0): b"tile"})
    books.floors.add(drawn, saved_at=now, saved_by=f"{word} Manager")
    books.designations.add(Designation(_id(there.id[0], 80), there, drawn, 1, 1, now, f"{word} Manager"))
    books.devices.add(
        DeskDevice(ids["device_id"], there.id, f"{word} computer", "Ana", now, token_hash=there.id * 2, used_on=None)
    )
    visit = ids["visit_id"]
    books.visits.open(visit, there.id, manager.id, now)
    body = {"facility": there.id, "desk": {}}
    books.visits.append(visit, visit, RecordKind.VISIT_OPENED, body, recorded_at=now, recorded_by=f"{word} Manager")
    books.print_jobs.add(
        PrintJob(
            ids["job_id"], there.id, "0" * 64, f"{word}.pdf", asked_document(PLAIN_OPTIONS, PackChoice()), 1, now, "Ana"
        )
    )
    mark = WallMark(ids["mark_id"], there.id, drawn.id, "door2", WallEvent.POSTED, "0" * 16, 1, now, now, "Ana")
    books.wall_marks.add([mark])
    books.wall_marks.put_photo(there.id, mark.id, b"jpeg")
    begun = now - timedelta(minutes=1)
    books.practice.add(
        Attempt(ids["attempt_id"], there.id, manager.id, "i-200", ids["attempt_id"], ("i-200",), 0, begun)
    )


def _id(letter: str, number: int) -> str:
    return letter * 29 + f"{number:03d}"
