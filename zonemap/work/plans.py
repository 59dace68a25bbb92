"""Plans: floors and the pictures under them. Their scale is in ``scale.py``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from zonemap.errors import Invalid, NotFound
from zonemap.intake.guard import LIMITS, MEGABYTE, read
from zonemap.intake.kinds import kind_of
from zonemap.intake.sheet import Floors, Pages, Read, Sheet
from zonemap.model.facility import Designation, Facility
from zonemap.model.model_import import ModelImport
from zonemap.model.person import Actor
from zonemap.model.plan import Floor, FloorVersion, Picture
from zonemap.model.upload import Upload
from zonemap.storage.store import Books, Store
from zonemap.work.model_floors import LEVEL_LEAST, LEVEL_MOST, NAME_MOST, NewId, kept
from zonemap.work.permissions import Permission, Place, require, require_floor, require_own

UPLOAD_KEPT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class FloorState:
    """A floor as the list of plans shows it. ``waits_for_page`` is True while a PDF waits for somebody to choose."""

    saved: FloorVersion
    waits_for_page: bool
    designation: Designation | None

    @property
    def floor(self) -> Floor:
        """The floor as it is drawn now."""
        return self.saved.floor


def floors(store: Store, actor: Actor, facility_id: str) -> tuple[Facility, list[FloorState]]:
    """A facility and its floors, from the lowest. Raises NotFound."""
    require(actor, Permission.SEE_PLANS, at=facility_id)
    with store.read() as books:
        facility = books.facilities.get(facility_id)
        waiting = books.uploads.waiting()
        return facility, [
            FloorState(saved, saved.floor.id in waiting, books.designations.latest(saved.floor.id))
            for saved in books.floors.list(facility_id)
        ]


def floor(store: Store, actor: Actor, floor_id: str) -> tuple[Facility, FloorState]:
    """A floor with its facility. Raises NotFound."""
    with store.read() as books:
        saved = require_floor(books, actor, Permission.SEE_PLANS, floor_id)
        waits = books.uploads.find(floor_id) is not None
        state = FloorState(saved, waits, books.designations.latest(floor_id))
        return books.facilities.get(saved.floor.facility_id), state


def add_floor(
    store: Store,
    actor: Actor,
    new: Floor,
    data: bytes,
    *,
    picture_id: str,
    most_mb: int,
    new_id: NewId,
    now: datetime,
) -> FloorVersion | Upload | ModelImport:
    """Add a floor with its plan; an Upload comes back where somebody has to choose a page first.

    A model of a building names its floors itself: it comes back as a ModelImport, to choose among them.
    The file is read before anything is kept: one that can't be read (Invalid, TooLarge, Busy) leaves no floor behind.
    """
    require(actor, Permission.DRAW_PLANS, at=new.facility_id)
    limits = replace(LIMITS, upload_bytes=most_mb * MEGABYTE)
    if len(data) <= limits.upload_bytes and not (kind_of(data).is_model or kind_of(data).is_list):
        with store.read() as books:
            check_name(books, new)  # before the time is spent on reading
    result = read(data, limits=limits)
    with store.begin() as books:
        books.facilities.get(new.facility_id)
        if isinstance(result, Floors):
            return kept(books, actor, new.facility_id, result, new_id, now)
        check_name(books, new)
        saved = books.floors.add(new, saved_at=now, saved_by=actor.name)
        return _laid(books, actor, saved, result, data, picture_id, now)


def upload_plan(
    store: Store,
    actor: Actor,
    floor_id: str,
    data: bytes,
    *,
    picture_id: str,
    most_mb: int,
    remove_rooms: bool = False,
    now: datetime,
) -> FloorVersion | Upload:
    """Put another plan under a floor; an Upload comes back where somebody has to choose a page first.

    Rooms, doors and scale stay where the new picture has the size of the old. Else they would be lost, and Invalid
    says so unless ``remove_rooms``.
    """
    with store.read() as books:
        require_floor(books, actor, Permission.DRAW_PLANS, floor_id)  # before the time is spent on reading
    result = read(data, limits=replace(LIMITS, upload_bytes=most_mb * MEGABYTE))
    with store.begin() as books:
        saved = require_floor(books, actor, Permission.DRAW_PLANS, floor_id)
        return _laid(books, actor, saved, result, data, picture_id, now, remove_rooms=remove_rooms)


def pages_to_choose(store: Store, actor: Actor, floor_id: str, *, now: datetime) -> Upload:
    """The PDF that waits for a page to be chosen. Raises NotFound when there is none, or its hour is over."""
    with store.read() as books:
        require_floor(books, actor, Permission.DRAW_PLANS, floor_id)
        return _waiting(books, floor_id, now)


def page_picture(store: Store, actor: Actor, floor_id: str, number: int) -> bytes:
    """The small picture of a page, PNG. Raises NotFound."""
    with store.read() as books:
        require_floor(books, actor, Permission.DRAW_PLANS, floor_id)
        return books.uploads.thumbnail(floor_id, number)


def choose_page(
    store: Store,
    actor: Actor,
    floor_id: str,
    number: int,
    *,
    picture_id: str,
    remove_rooms: bool = False,
    now: datetime,
) -> FloorVersion:
    """Make a page of the waiting PDF the floor's plan, and forget the PDF. Raises as ``upload_plan`` does."""
    with store.read() as books:
        require_floor(books, actor, Permission.DRAW_PLANS, floor_id)
        data = _waiting(books, floor_id, now).data
    result = read(data, page=number, limits=replace(LIMITS, upload_bytes=max(len(data), 1)))
    with store.begin() as books:
        saved = require_floor(books, actor, Permission.DRAW_PLANS, floor_id)
        if not isinstance(result, Sheet):
            raise Invalid("Choose one page.")
        return _with_picture(books, actor, saved, result, picture_id, now, remove_rooms=remove_rooms)


def rename_floor(
    store: Store, actor: Actor, floor_id: str, *, name: str, level: int, north: float | None = None, now: datetime
) -> FloorVersion:
    """Give a floor another name and level, and say where north lies: degrees clockwise from the top of its plan."""
    with store.begin() as books:
        saved = require_floor(books, actor, Permission.DRAW_PLANS, floor_id)
        changed = replace(saved.floor, name=name.strip(), level=level, north=north)
        check_name(books, changed)
        return books.floors.save(changed, saved.version, saved_at=now, saved_by=actor.name)


def remove_floor(store: Store, actor: Actor, floor_id: str) -> Floor:
    """Remove a floor that was never designated, with its plan and rooms. Raises Invalid for a designated one."""
    with store.begin() as books:
        gone = require_floor(books, actor, Permission.DRAW_PLANS, floor_id).floor
        designation = books.designations.latest(floor_id)
        if designation is not None:
            raise Invalid(
                f"Signs and the desk use designation {designation.number} of this floor, so it stays. "
                "Draw it anew and designate it again, if it has changed."
            )
        books.floors.remove(floor_id)
        return gone


def picture(store: Store, actor: Actor, picture_id: str) -> bytes:
    """A whole picture, PNG. Raises NotFound."""
    with store.read() as books:
        _require_picture(books, actor, picture_id)
        return books.pictures.png(picture_id)


def picture_tile(store: Store, actor: Actor, picture_id: str, z: int, x: int, y: int) -> bytes:
    """One tile of a picture, PNG, as ``intake/tiles.py`` says. Raises NotFound."""
    with store.read() as books:
        _require_picture(books, actor, picture_id)
        return books.pictures.tile(picture_id, z, x, y)


def _require_picture(books: Books, actor: Actor, picture_id: str) -> None:
    facility_id = books.pictures.facility_of(picture_id)
    require_own(actor, facility_id, "There is no such picture.")
    require(actor, Permission.SEE_PLANS, at=facility_id or Place.ORGANIZATION)


def _laid(
    books: Books,
    actor: Actor,
    saved: FloorVersion,
    result: Read,
    data: bytes,
    picture_id: str,
    now: datetime,
    *,
    remove_rooms: bool = False,
) -> FloorVersion | Upload:
    """A read file under a floor: its picture, or its pages to choose from."""
    if isinstance(result, Floors):
        raise Invalid("This is a model of a building. Add it on the page of plans, where its floors are listed.")
    books.uploads.remove_before(now - UPLOAD_KEPT)
    if isinstance(result, Pages):
        upload = Upload(saved.floor.id, actor.account_id, now, data, result.pages)
        books.uploads.put(upload)
        return upload
    return _with_picture(books, actor, saved, result, picture_id, now, remove_rooms=remove_rooms)


def _with_picture(
    books: Books,
    actor: Actor,
    saved: FloorVersion,
    sheet: Sheet,
    picture_id: str,
    now: datetime,
    *,
    remove_rooms: bool,
) -> FloorVersion:
    new = Picture(picture_id, sheet.width_px, sheet.height_px, sheet.dpi)
    changed = _changed(saved.floor, new, remove_rooms)
    books.uploads.remove(saved.floor.id)
    if saved.floor.picture is not None:
        books.line_sources.remove(saved.floor.picture.id)  # what is traced must be what is seen
    books.pictures.add(picture_id, saved.floor.facility_id, sheet.png, sheet.tiles)
    if sheet.lines is not None:
        books.line_sources.add(picture_id, sheet.lines)
    return books.floors.save(changed, saved.version, saved_at=now, saved_by=actor.name)


def _changed(plan: Floor, new: Picture, remove_rooms: bool) -> Floor:
    """The floor on its new picture. Raises Invalid where rooms would be lost unasked."""
    old = plan.picture
    if old is None or (old.width_px, old.height_px) == (new.width_px, new.height_px):
        return replace(plan, picture=new)
    if plan.rooms and not remove_rooms:
        sentence = (
            f"The new plan has {new.width_px} x {new.height_px} pixels, the one there {old.width_px} x "
            f"{old.height_px}, so the {_rooms(len(plan.rooms))} drawn on it would not fit. Nothing was changed. "
            "Tick the box to remove them, or upload a plan of the same size."
        )
        raise Invalid(sentence, fields={"remove_rooms": sentence})
    return replace(plan, picture=new, scale=None, rooms=(), doors=())


def _rooms(count: int) -> str:
    return f"{count} room" if count == 1 else f"{count} rooms"


def _waiting(books: Books, floor_id: str, now: datetime) -> Upload:
    books.floors.get(floor_id)
    upload = books.uploads.find(floor_id)
    if upload is None or upload.uploaded_at < now - UPLOAD_KEPT:
        raise NotFound("No PDF waits for this floor: it is kept for one hour only. Upload it again.")
    return upload


def check_name(books: Books, plan: Floor) -> None:
    """Raise Invalid, by field, for a name or level that no floor may have, or a name that another one has."""
    if not plan.name or len(plan.name) > NAME_MOST:
        sentence = f"Give the floor a name of 1 to {NAME_MOST} letters, such as First floor."
        raise Invalid(sentence, fields={"name": sentence})
    if not LEVEL_LEAST <= plan.level <= LEVEL_MOST:
        sentence = f"The level must be a whole number from {LEVEL_LEAST} to {LEVEL_MOST}; 0 is the ground floor."
        raise Invalid(sentence, fields={"level": sentence})
    for other in books.floors.list(plan.facility_id):
        if other.floor.name.casefold() == plan.name.casefold() and other.floor.id != plan.id:
            sentence = f"There is a floor called {other.floor.name} already. Give this one another name."
            raise Invalid(sentence, fields={"name": sentence})
