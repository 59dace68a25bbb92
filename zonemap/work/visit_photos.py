"""Photos of papers in the record of a visit: their pixels alone, bound to the record by a hash, looked at one by one.

A photo is an entry of its own. It is kept in the facility's database, is never changed, and goes with its visit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from zonemap.errors import Invalid, NotFound
from zonemap.intake.photo import photo_of, photo_size
from zonemap.model.person import Actor
from zonemap.model.record import RecordKind
from zonemap.model.visit import VisitRead
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, require
from zonemap.work.visits import amendable, let_read

SIDE_MOST = 2_000  # pixels: small print on a sheet of letter paper is read at about 180 dots an inch
PHOTOS_MOST = 20


def add_photo(
    store: Store,
    actor: Actor,
    facility_id: str,
    visit_id: str,
    photo_id: str,
    data: bytes,
    *,
    reason: str = "",
    now: datetime,
) -> None:
    """Keep a photo (JPEG or PNG) under an id made where it was chosen: sent twice, it counts once.

    A closed record needs a ``reason``. Raises NotFound, Forbidden, Invalid, TooLarge, Busy.
    """
    with store.read() as books:
        if _known(books, actor, facility_id, visit_id, photo_id, reason):
            return
    jpeg = photo_of(data, side=SIDE_MOST)
    width, height = photo_size(jpeg)
    sha256 = hashlib.sha256(jpeg).hexdigest()
    told = {"id": photo_id, "sha256": sha256, "size": len(jpeg), "width": width, "height": height}
    body = {"photo": told} | ({"reason": reason.strip()} if reason.strip() else {})
    with store.begin() as books:
        if _known(books, actor, facility_id, visit_id, photo_id, reason):
            return
        kind = RecordKind.VISIT_PHOTO
        if not books.visits.append(visit_id, photo_id, kind, body, recorded_at=now, recorded_by=actor.name):
            raise Invalid("This photo was not kept. Load the page again, and choose it once more.")
        books.visits.put_photo(visit_id, photo_id, jpeg)


def photo(
    store: Store, actor: Actor, facility_id: str, visit_id: str, photo_id: str, *, read_id: str, now: datetime
) -> bytes:
    """A photo, JPEG. A look by somebody else than who opened the record is kept. Raises NotFound."""
    require(actor, Permission.RECORD_VISITS, at=facility_id)
    with store.begin() as books:
        opener = books.visits.opener(facility_id, visit_id)
        let_read(actor, facility_id, own=opener == actor.account_id, what="page")
        jpeg = books.visits.photo(visit_id, photo_id) if opener else None
        if jpeg is None:
            raise NotFound("There is no such photo in this record.")
        if opener != actor.account_id:
            books.visits.note_read(read_id, VisitRead(visit_id, actor.name, now, "photo"))
    return jpeg


def photos(store: Store, actor: Actor, facility_id: str, visit_id: str) -> Mapping[str, bytes]:
    """All photos of a visit by their ids, for a copy of it whose taking is kept already. Raises NotFound."""
    require(actor, Permission.READ_VISITS, at=facility_id)
    with store.read() as books:
        found = books.visits.get(facility_id, visit_id)
        kept = {each.id: books.visits.photo(visit_id, each.id) for each in found.photos}
    return {name: jpeg for name, jpeg in kept.items() if jpeg is not None}


def _known(books: Books, actor: Actor, facility_id: str, visit_id: str, photo_id: str, reason: str) -> bool:
    found = amendable(books, actor, facility_id, visit_id)
    if any(each.id == photo_id for each in found.photos):
        return True
    if found.closed_at and not reason.strip():
        sentence = "This record is closed. Say why it is amended, and choose the photo again."
        raise Invalid(sentence, fields={"reason": sentence})
    if len(found.photos) >= PHOTOS_MOST:
        raise Invalid(f"A record holds at most {PHOTOS_MOST} photos. Begin a second record.")
    return False
