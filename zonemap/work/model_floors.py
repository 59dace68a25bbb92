"""The floors of a building model: kept for an hour, until somebody has chosen which of them are added."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from zonemap.errors import Invalid
from zonemap.geometry.proposals import fitted, on_walls
from zonemap.geometry.rings import check_size, grid_point
from zonemap.intake.sheet import Floors, ModelFloor
from zonemap.model.draft import DraftDoor, DraftRoom
from zonemap.model.model_import import ModelImport
from zonemap.model.person import Actor
from zonemap.model.plan import Door, Floor, FloorVersion, Picture, Room, Scale
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, require, require_own
from zonemap.work.zones import DOOR_NUMBER_MOST, ROOM_NAME_MOST, ROOM_NUMBER_MOST, fit_floor

KEPT = timedelta(hours=1)
NO_MODEL = "No model waits here: one is kept for an hour. Upload it again."
WAIT_MOST = 3  # models of one person that wait at once
LEVEL_LEAST, LEVEL_MOST = -20, 200
NAME_MOST = 60

NewId = Callable[[], str]


def kept(books: Books, actor: Actor, facility_id: str, found: Floors, new_id: NewId, now: datetime) -> ModelImport:
    """Keep the floors of a model, drawn and ready to be added. Raises Invalid where it holds none."""
    books.model_imports.remove_before(now - KEPT)
    if len(books.model_imports.of(actor.account_id)) >= WAIT_MOST:
        raise Invalid(f"{WAIT_MOST} models of yours wait already. Add their floors, or drop one of them, on this page.")
    if not found.floors:
        raise Invalid("This model holds no floors with rooms. Save it again with its rooms (spaces), and upload that.")
    floors = drawn_floors(found, facility_id, new_id)
    for model, floor in zip(found.floors, floors, strict=True):
        if floor.picture is not None:
            books.pictures.add(floor.picture.id, facility_id, model.sheet.png, model.sheet.tiles)
    waiting = ModelImport(new_id(), facility_id, actor.account_id, now, floors)
    books.model_imports.put(waiting)
    return waiting


def drawn_floors(found: Floors, facility_id: str, new_id: NewId) -> tuple[Floor, ...]:
    """The floors of a model as floors of a facility, their pictures not yet kept. Raises Invalid, TooLarge."""
    names = _names([floor.draft.name for floor in found.floors])
    return tuple(
        (_floor if model.exact is None else _exact)(model, name, facility_id, new_id)
        for model, name in zip(found.floors, names, strict=True)
    )


def waiting(store: Store, actor: Actor, import_id: str, *, now: datetime) -> ModelImport:
    """The model that waits. Raises NotFound when there is none, or its hour is over."""
    with store.read() as books:
        return _in_time(books, actor, import_id, now)


def waiting_models(store: Store, actor: Actor, facility_id: str, *, now: datetime) -> tuple[ModelImport, ...]:
    """The models of this facility that a person uploaded and has not decided about, the newest first."""
    require(actor, Permission.DRAW_PLANS, at=facility_id)
    with store.read() as books:
        found = books.model_imports.of(actor.account_id)
    return tuple(each for each in found if each.facility_id == facility_id and each.uploaded_at >= now - KEPT)


def drop_model(store: Store, actor: Actor, import_id: str, *, now: datetime) -> None:
    """Add none of a model's floors, and forget it. Raises NotFound when there is none, or its hour is over."""
    with store.begin() as books:
        _in_time(books, actor, import_id, now)
        books.model_imports.take(import_id, frozenset())


def add_floors(
    store: Store, actor: Actor, import_id: str, chosen: Collection[str], *, now: datetime
) -> tuple[FloorVersion, ...]:
    """Add the chosen floors (by id) with picture, scale, rooms and doors, all or none, and forget the model.

    A name that another floor of the facility has gets a number behind it.
    """
    with store.begin() as books:
        model = _in_time(books, actor, import_id, now)
        floors = [floor for floor in model.floors if floor.id in chosen]
        if not floors:
            raise Invalid("Tick at least one floor.", fields={"floors": "Tick at least one floor."})
        taken = [saved.floor.name for saved in books.floors.list(model.facility_id)]
        names = _names([floor.name for floor in floors], taken)
        pictures = frozenset(floor.picture.id for floor in floors if floor.picture is not None)
        books.model_imports.take(import_id, pictures)
        return tuple(
            books.floors.add(replace(floor, name=name), saved_at=now, saved_by=actor.name)
            for floor, name in zip(floors, names, strict=True)
        )


def _in_time(books: Books, actor: Actor, import_id: str, now: datetime) -> ModelImport:
    model = books.model_imports.get(import_id)
    require_own(actor, model.facility_id if model.uploaded_at >= now - KEPT else None, NO_MODEL)
    require(actor, Permission.DRAW_PLANS, at=model.facility_id)
    return model


def _names(given: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """The names, each once: one that was there before gets a number behind it."""
    seen = {name.casefold() for name in taken}
    names = []
    for wanted in given:
        plain = wanted.strip()[:NAME_MOST] or "Floor"
        name, count = plain, 2
        while name.casefold() in seen:
            name, count = f"{plain[: NAME_MOST - 5]} ({count})", count + 1
        seen.add(name.casefold())
        names.append(name)
    return names


def _floor(model: ModelFloor, name: str, facility_id: str, new_id: NewId) -> Floor:
    sheet, draft = model.sheet, model.draft
    ids = {room.id: new_id() for room in draft.rooms}
    rooms = fitted((), [_room(room, ids[room.id]) for room in draft.rooms]).rooms
    there = {room.id for room in rooms}
    standing = {drafted: room for drafted, room in ids.items() if room in there}
    doors = [door for each in draft.doors if (door := _door(each, standing, new_id)) is not None]
    floor = Floor(
        id=new_id(),
        facility_id=facility_id,
        name=name,
        level=min(max(draft.level, LEVEL_LEAST), LEVEL_MOST),
        picture=Picture(new_id(), sheet.width_px, sheet.height_px),
        scale=Scale(model.metres_per_pixel),
        rooms=rooms,
        doors=_numbered(on_walls(doors, rooms, ())),
    )
    check_size(floor)
    return floor


def _exact(model: ModelFloor, name: str, facility_id: str, new_id: NewId) -> Floor:
    """A floor that another zonemap wrote: all of it, under ids of its own, if it is fit to be kept."""
    assert model.exact is not None  # noqa: S101 - chosen so
    floor = model.exact
    picture = None if floor.picture is None else replace(floor.picture, id=new_id())
    level = min(max(floor.level, LEVEL_LEAST), LEVEL_MOST)
    return fit_floor(replace(floor, id=new_id(), facility_id=facility_id, name=name, level=level, picture=picture))


def _room(draft: DraftRoom, room_id: str) -> Room:
    return Room(
        room_id,
        tuple(grid_point(x, y) for x, y in draft.ring),
        number=draft.number[:ROOM_NUMBER_MOST].strip(),
        name=draft.name[:ROOM_NAME_MOST].strip(),
        zone_class=draft.zone_class,
        holes=tuple(tuple(grid_point(x, y) for x, y in hole) for hole in draft.holes),
        department=draft.department,
        category=draft.category,
    )


def _door(draft: DraftDoor, rooms: dict[str, str], new_id: NewId) -> Door | None:
    """The door between rooms that are there; None where it leads nowhere. Outdoors is never the first of its rooms."""
    if any(room is not None and room not in rooms for room in draft.rooms):
        return None
    here, there = sorted((None if room is None else rooms[room] for room in draft.rooms), key=lambda room: room is None)
    if here is None or here == there:
        return None
    (ax, ay), (bx, by) = draft.jambs
    mark = draft.mark if len(draft.mark) <= DOOR_NUMBER_MOST else ""
    return Door(new_id(), (grid_point(ax, ay), grid_point(bx, by)), (here, there), number=mark, kind=draft.kind)


def _numbered(doors: Iterable[Door]) -> tuple[Door, ...]:
    """The doors with the marks of the file where no other door has the same, else the next free number."""
    given = list(doors)
    marks = [door.number for door in given if door.number]
    taken = {mark for mark in marks if marks.count(mark) == 1}
    free = (str(number) for number in range(1, 2 * len(given) + len(taken) + 2) if str(number) not in taken)
    return tuple(door if door.number in taken else replace(door, number=next(free)) for door in given)
