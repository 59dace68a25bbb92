"""Searches for rooms on the queue of jobs: asked for on a page, made by whoever takes them, fetched within an hour.

What is found stays with the job, where only those who may draw the floor get it; nothing of it is in any plan until
somebody keeps it. Where the plan or its scale was replaced meanwhile, it is void.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from zonemap.errors import Busy, Invalid, NotFound
from zonemap.model.floor_document import door_document, door_from, room_document, room_from
from zonemap.model.person import Actor
from zonemap.model.plan import Floor
from zonemap.model.print_job import SEARCH, JobState, PrintJob
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, require_floor
from zonemap.work.tracing import Proposal, Wish, rooms_of, traceable

OPEN_MOST, OPEN_MOST_HERE, KEPT_MOST = 20, 4, 40  # on all servers; of one facility; of those that have ended
KEPT = timedelta(hours=1)
BROKEN_SEARCH = "The rooms could not be looked for. Try again, perhaps with a box around a part of the plan."
LOST_SEARCH = "The server stopped while it looked for rooms, three times. Ask whoever runs it why, or draw by hand."
_CHANGED = "The plan of this floor or its scale was changed meanwhile. Look for the rooms again."
_STOPPED = "Looking for rooms was stopped. Nothing was changed."
_GONE = "This search is not there any more. Look for the rooms again."


def ask_for_rooms(store: Store, actor: Actor, floor_id: str, wish: Wish, *, job_id: str, now: datetime) -> PrintJob:
    """Put a search on the queue, or hand out the one that looks or has looked for the same on the same floor.

    Raises NotFound, Forbidden; Invalid where the floor can't be traced; Busy where many wait.
    """
    with store.begin() as books:
        floor = require_floor(books, actor, Permission.DRAW_PLANS, floor_id).floor
        traceable(floor)
        document = {"floor": floor_id, "plan": _plan(floor), "wish": _wish_document(wish)}
        name = f"{floor_id}.{SEARCH}"
        new = PrintJob(job_id, floor.facility_id, _mark(floor, document), name, document, 1, now, actor.name)
        books.print_jobs.wait(floor.facility_id)
        _forget(books, now)
        if known := books.print_jobs.same(new):
            return known
        here = books.print_jobs.count_open(floor.facility_id, searches=True)
        if here >= OPEN_MOST_HERE or books.print_jobs.count_open(searches=True) >= OPEN_MOST:
            raise Busy("Rooms are being looked for on several plans just now. Wait a minute, then try again.")
        books.print_jobs.add(new)
    return new


def search(store: Store, actor: Actor, floor_id: str, job_id: str) -> PrintJob:
    """Where a search of this floor stands. Raises NotFound, Forbidden."""
    with store.read() as books:
        return _search(books, actor, floor_id, job_id)[1]


def stop_search(store: Store, actor: Actor, floor_id: str, job_id: str) -> None:
    """Say that nobody waits for it any more: nothing of it is kept. One that is done stays done."""
    with store.begin() as books:
        books.print_jobs.stop(_search(books, actor, floor_id, job_id)[1].id)


def found_by(store: Store, actor: Actor, floor_id: str, job_id: str) -> Mapping[str, Any] | None:
    """What a search found, as JSON; None while it goes on.

    Raises NotFound, Forbidden; Invalid where it failed, was stopped, or the plan is another one by now.
    """
    with store.read() as books:
        floor, job = _search(books, actor, floor_id, job_id)
        if job.state is JobState.FAILED:
            raise Invalid(job.trouble)
        if job.state is JobState.STOPPED:
            raise Invalid(_STOPPED)
        if job.document["plan"] != _plan(floor):
            raise Invalid(_CHANGED)
        made = books.print_jobs.file(job.id)
    return None if made is None else dict(json.loads(made))


def found_for(store: Store, job: PrintJob) -> bytes:
    """Look for the rooms of a job, in the child that reads uploads. For whoever has taken it.

    Raises NotFound where the floor is gone; Invalid, TooLarge or Busy as ``tracing.find_rooms`` does.
    """
    with store.read() as books:
        floor = books.floors.get(str(job.document["floor"])).floor
        if job.document["plan"] != _plan(floor):
            raise Invalid(_CHANGED)
        look = rooms_of(books, floor, _wish_from(job.document["wish"]), new_id=lambda: uuid.uuid4().hex)
    return json.dumps(proposal_document(look())).encode()


def forget_searches(store: Store, now: datetime) -> None:
    """Let go of what was found an hour ago."""
    with store.begin() as books:
        _forget(books, now)


def proposal_document(found: Proposal) -> dict[str, Any]:
    """Proposals as the editor reads them."""
    return {
        "rooms": [room_document(room) for room in found.rooms],
        "doors": [door_document(door) for door in found.doors],
        "unsure": sorted(found.unsure),
        "there": found.there,
        "unfit": found.unfit,
        "texts": found.texts,
        "warnings": list(found.warnings),
    }


def proposal_from(value: Mapping[str, Any]) -> Proposal:
    """The reverse of ``proposal_document``."""
    return Proposal(
        rooms=tuple(room_from(room) for room in value["rooms"]),
        doors=tuple(door_from(door) for door in value["doors"]),
        unsure=frozenset(value["unsure"]),
        there=value["there"],
        unfit=value["unfit"],
        texts=value["texts"],
        warnings=tuple(value["warnings"]),
    )


def _search(books: Books, actor: Actor, floor_id: str, job_id: str) -> tuple[Floor, PrintJob]:
    floor = require_floor(books, actor, Permission.DRAW_PLANS, floor_id).floor
    job = books.print_jobs.get(floor.facility_id, job_id)
    if not job.is_search or job.document["floor"] != floor_id:
        raise NotFound(_GONE)
    return floor, job


def _forget(books: Books, now: datetime) -> None:
    books.print_jobs.forget(before=now - KEPT, kept_most=KEPT_MOST, searches=True)


def _plan(floor: Floor) -> list[Any]:
    """What a search is void without: the picture, and how large it is."""
    picture, scale = floor.picture, floor.scale
    return [None if picture is None else picture.id, None if scale is None else scale.metres_per_pixel]


def _mark(floor: Floor, document: Mapping[str, Any]) -> str:
    """Names the result: what is found fits beside what is drawn, so that counts too."""
    drawn = [[room_document(room) for room in floor.rooms], [door_document(door) for door in floor.doors]]
    return hashlib.sha256(json.dumps([document, drawn], sort_keys=True).encode()).hexdigest()


def _wish_document(wish: Wish) -> dict[str, Any]:
    return {
        "crop": None if wish.crop is None else list(wish.crop),
        "darkness": wish.darkness,
        "deskew": wish.deskew,
        "layers": None if wish.layers is None else sorted(wish.layers),
        "from_picture": wish.from_picture,
    }


def _wish_from(value: Mapping[str, Any]) -> Wish:
    crop, layers = value["crop"], value["layers"]
    return Wish(
        crop=None if crop is None else (crop[0], crop[1], crop[2], crop[3]),
        darkness=value["darkness"],
        deskew=value["deskew"],
        layers=None if layers is None else frozenset(layers),
        from_picture=value["from_picture"],
    )
