"""Finding rooms on a floor's plan. What comes out are proposals: nothing is stored until somebody keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib.util import find_spec

from zonemap.errors import Invalid
from zonemap.geometry.affine import Box, after, inverse, moved, moved_box
from zonemap.geometry.proposals import fitted, on_walls
from zonemap.geometry.rings import grid_point
from zonemap.intake import guard
from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.model.line_source import LineSource
from zonemap.model.linework import Affine
from zonemap.model.person import Actor
from zonemap.model.plan import Door, Floor, Picture, Point, Ring, Room, Scale
from zonemap.model.traced import Traced
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, require_floor
from zonemap.work.zones import ROOM_NAME_MOST, ROOM_NUMBER_MOST

SURE = 0.6  # outlines that the tracing is less sure of are shown to be looked at

NewId = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Wish:
    """How rooms are to be found. ``crop`` in metres of the sheet; ``layers`` None: those whose names say walls."""

    crop: Box | None = None
    darkness: float | None = None
    deskew: bool = True
    layers: frozenset[str] | None = None
    from_picture: bool = False  # although there are lines


@dataclass(frozen=True, slots=True)
class Ways:
    """What a floor's plan can be traced from: its picture always, and the lines of its file where there were any."""

    lines: LineSource | None

    @property
    def has_lines(self) -> bool:
        """Whether rooms are found from lines unless somebody wishes otherwise."""
        return self.lines is not None and self.lines.is_drawing

    @property
    def has_texts(self) -> bool:
        """Whether the file's own texts can be read, so that no letter has to be guessed."""
        return self.lines is not None and self.lines.texts > 0

    @property
    def reads_labels(self) -> bool:
        """Whether numbers and names can be read: from the file's texts, or from the picture by the extra ``ocr``."""
        return self.has_texts or find_spec("rapidocr") is not None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Rooms and doors that fit beside what is drawn, in metres of the sheet.

    ``unsure`` holds ids of rooms whose outlines should be looked at; ``there`` counts those found that are drawn
    already, ``unfit`` those whose outlines could not be rooms. ``texts`` says whether letters were looked for.
    """

    rooms: tuple[Room, ...]
    doors: tuple[Door, ...] = ()
    unsure: frozenset[str] = frozenset()
    there: int = 0
    unfit: int = 0
    texts: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A floor ready to be traced: its source, and the way from there to metres on the sheet and back."""

    floor: Floor
    source: bytes
    to_sheet: Affine
    metres_per_unit: float
    is_lines: bool

    def options(self, wish: Wish) -> TraceOptions:
        """The wish in the units of the source."""
        crop = None if wish.crop is None else moved_box(wish.crop, inverse(self.to_sheet))
        layers = wish.layers if self.is_lines else None
        return TraceOptions(self.metres_per_unit, crop, wish.darkness, wish.deskew, layers)


def ways(store: Store, actor: Actor, floor_id: str) -> Ways:
    """What a floor can be traced from. Raises NotFound."""
    with store.read() as books:
        picture = require_floor(books, actor, Permission.SEE_PLANS, floor_id).floor.picture
        return Ways(None if picture is None else books.line_sources.find(picture.id))


def find_rooms(store: Store, actor: Actor, floor_id: str, wish: Wish, *, new_id: NewId) -> Proposal:
    """All rooms and doors of a floor, as proposals. Letters of a picture are left to ``read_labels``: they are slow.

    Raises Invalid where the floor has no scale, or nothing can be found; TooLarge; Busy.
    """
    sheet = _sheet(store, actor, floor_id, from_picture=wish.from_picture)
    return _found_on(sheet, wish, new_id)


def rooms_of(books: Books, floor: Floor, wish: Wish, *, new_id: NewId) -> Callable[[], Proposal]:
    """The same for whoever makes what was allowed before: what is to be done once the books are closed. Raises so."""
    sheet = _sheet_of(books, floor, from_picture=wish.from_picture)
    return lambda: _found_on(sheet, wish, new_id)


def traceable(floor: Floor) -> tuple[Picture, Scale]:
    """The plan of a floor and its scale. Raises Invalid where it lacks one."""
    if floor.picture is None:
        raise Invalid("This floor has no plan yet. Upload one first.")
    if floor.scale is None:
        raise Invalid("This floor has no scale yet. Set the scale first: it says how large a room is.")
    return floor.picture, floor.scale


def _found_on(sheet: _Sheet, wish: Wish, new_id: NewId) -> Proposal:
    traced = guard.trace(sheet.source, sheet.options(wish), texts=False)
    return _proposal(sheet, traced, new_id)


def rooms_at(store: Store, actor: Actor, floor_id: str, point: Point, wish: Wish, *, new_id: NewId) -> tuple[Room, ...]:
    """What the room around a point may be, the best first; without those that are drawn already."""
    sheet = _sheet(store, actor, floor_id, from_picture=wish.from_picture)
    found = guard.candidates(sheet.source, moved(point, inverse(sheet.to_sheet)), sheet.options(wish))
    return fitted(sheet.floor.rooms, [_room(sheet, draft, new_id()) for draft in found]).rooms


def read_labels(store: Store, actor: Actor, floor_id: str, rooms: tuple[Room, ...]) -> tuple[Room, ...]:
    """The rooms with the numbers and names that stand in them on the plan; as they were where nothing does."""
    sheet = _sheet(store, actor, floor_id, for_texts=True)
    back = inverse(sheet.to_sheet)
    drafts = tuple(
        DraftRoom(room.id, _ring(room.ring, back), tuple(_ring(h, back) for h in room.holes)) for room in rooms
    )
    read = {room.id: room for room in guard.label(sheet.source, drafts, sheet.options(Wish())).rooms}
    return tuple(_labelled(room, read.get(room.id)) for room in rooms)


def _sheet(store: Store, actor: Actor, floor_id: str, *, from_picture: bool = False, for_texts: bool = False) -> _Sheet:
    with store.read() as books:
        floor = require_floor(books, actor, Permission.DRAW_PLANS, floor_id).floor
        return _sheet_of(books, floor, from_picture=from_picture, for_texts=for_texts)


def _sheet_of(books: Books, floor: Floor, *, from_picture: bool = False, for_texts: bool = False) -> _Sheet:
    picture, scale = traceable(floor)
    found = Ways(books.line_sources.find(picture.id))
    metres = scale.metres_per_pixel
    to_sheet: Affine = (metres, 0.0, 0.0, 0.0, -metres, picture.height_px * metres)
    usable = found.has_texts if for_texts else found.has_lines and not from_picture
    if found.lines is not None and usable:
        whole = after(found.lines.to_picture, to_sheet)
        return _Sheet(floor, found.lines.packed, whole, metres * found.lines.pixels_per_unit, is_lines=True)
    return _Sheet(floor, books.pictures.png(picture.id), to_sheet, metres, is_lines=False)


def _proposal(sheet: _Sheet, traced: Traced, new_id: NewId) -> Proposal:
    if not traced.rooms:
        raise Invalid(" ".join((_nothing(sheet), *traced.warnings)))
    ids = {draft.id: new_id() for draft in traced.rooms}
    fit = fitted(sheet.floor.rooms, [_room(sheet, draft, ids[draft.id]) for draft in traced.rooms])
    unsure = {ids[draft.id] for draft in traced.rooms if draft.confidence < SURE}
    standing = {room.id: room.id for room in fit.rooms} | fit.taken
    doors = _doors(sheet, traced, {draft: standing.get(room) for draft, room in ids.items()}, new_id)
    there = sum(1 for room in fit.taken.values() if room is not None)
    return Proposal(
        rooms=fit.rooms,
        doors=on_walls(doors, (*fit.rooms, *sheet.floor.rooms), sheet.floor.doors),
        unsure=frozenset(unsure & {room.id for room in fit.rooms}),
        there=there,
        unfit=len(fit.taken) - there,
        texts=bool(traced.texts) or sheet.is_lines,
        warnings=traced.warnings,
    )


def _nothing(sheet: _Sheet) -> str:
    other = "another choice of wall layers" if sheet.is_lines else "another darkness of the walls"
    return (
        f"No room was found. Try {other}, or a box around the plan itself, without its frame and title. "
        "Drawing the rooms by hand always works."
    )


def _doors(sheet: _Sheet, traced: Traced, rooms: dict[str, str | None], new_id: NewId) -> Iterable[Door]:
    """The doors between rooms that are there; the first of a door's rooms is never outdoors."""
    for draft in traced.doors:
        known = [None if room is None else rooms.get(room) for room in draft.rooms]
        if any(room is not None and there is None for room, there in zip(draft.rooms, known, strict=True)):
            continue  # one of its rooms was left out
        here, there = sorted(known, key=lambda room: room is None)
        if here is None or here == there:
            continue
        first, second = (grid_point(*moved(jamb, sheet.to_sheet)) for jamb in draft.jambs)
        yield Door(new_id(), (first, second), (here, there), number="", kind=draft.kind)


def _room(sheet: _Sheet, draft: DraftRoom, room_id: str) -> Room:
    ring = _ring(draft.ring, sheet.to_sheet)
    holes = tuple(_ring(hole, sheet.to_sheet) for hole in draft.holes)
    return _labelled(Room(room_id, ring, holes=holes), draft)


def _labelled(room: Room, draft: DraftRoom | None) -> Room:
    """The room with what was read for it, cut to what a sign holds."""
    if draft is None:
        return room
    number, name = draft.number[:ROOM_NUMBER_MOST].strip(), draft.name[:ROOM_NAME_MOST].strip()
    return replace(room, number=number or room.number, name=name or room.name)


def _ring(ring: Ring, affine: Affine) -> Ring:
    return tuple(moved(point, affine) for point in ring)
