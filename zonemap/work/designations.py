"""Designations: a floor frozen as a numbered revision. Signs, maps and the desk use these, never a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from zonemap.errors import Conflict, Invalid
from zonemap.geometry.boundary import boundary
from zonemap.geometry.cover import overlaps
from zonemap.geometry.doors import door_problems
from zonemap.geometry.thresholds import Entrance, SignedDoor, entrances, signed_doors
from zonemap.model.facility import Designation, Facility
from zonemap.model.person import Actor
from zonemap.model.plan import Door, Floor, FloorVersion, Point
from zonemap.model.review import ReviewNow
from zonemap.model.zone import ZoneClass
from zonemap.storage.store import Store
from zonemap.work.checks import spoken_area, unsettled
from zonemap.work.permissions import Permission, require_floor
from zonemap.work.reviews import check_rule, enter_approval, review_now


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing before a floor can be designated. ``room_id`` or ``door_id`` says where to look, where there is one."""

    kind: str  # no_scale, no_rooms, undecided, overlap, door, or one of ``checks``
    message: str
    room_id: str | None = None
    door_id: str | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """A floor before it is designated: what stands in the way, and the revisions so far, newest first.

    ``review`` is that of this draft, or of an earlier one; ``review_required`` where the facility asks for one.
    """

    facility: Facility
    saved: FloorVersion
    obstacles: tuple[Obstacle, ...]
    revisions: tuple[Designation, ...]
    review: ReviewNow | None = None
    review_required: bool = False

    @property
    def waits_for_review(self) -> bool:
        """Whether the floor can't be designated before somebody has approved it."""
        return self.review_required and not (self.review and self.review.is_approved)

    @property
    def is_unchanged(self) -> bool:
        """Whether the newest revision shows just this draft."""
        return bool(self.revisions) and _same(self.revisions[0], self.saved.floor, self.facility)

    @property
    def signed_doors(self) -> tuple[SignedDoor, ...]:
        """The doors of the draft that would get a sign."""
        return signed_doors(self.saved.floor)

    @property
    def public_entrances(self) -> tuple[Entrance, ...]:
        """The entrances of the draft that would get the notice."""
        return tuple(each for each in entrances(self.saved.floor) if each.is_public)

    @property
    def class_counts(self) -> dict[ZoneClass, int]:
        """How many rooms each class has; a class without rooms is left out."""
        counts = Counter(room.zone_class for room in self.saved.floor.rooms)
        return {kind: counts[kind] for kind in ZoneClass if counts[kind]}

    @property
    def sign_counts(self) -> tuple[int, ...]:
        """How many door signs each revision has."""
        return tuple(len(signed_doors(each.floor)) for each in self.revisions)


@dataclass(frozen=True, slots=True)
class Facts:
    """What follows from a drawing: the lines where public meets closed, and what is missing before designating."""

    boundary: tuple[tuple[Point, ...], ...]
    obstacles: tuple[Obstacle, ...]


def facts(store: Store, floor: Floor) -> Facts:
    """What the editor shows beside a drawing."""
    with store.read() as books:
        facility = books.facilities.get(floor.facility_id)
        others = [saved.floor for saved in books.floors.list(facility.id) if saved.floor.id != floor.id]
    return Facts(boundary(floor), (*obstacles(floor), *_ways(facility, [*others, floor], floor.id)))


def obstacles(floor: Floor) -> tuple[Obstacle, ...]:
    """What of its drawing stands in the way of designating the floor, each with its sentence."""
    return tuple(_obstacles(floor))


def _ways(facility: Facility, floors: Sequence[Floor], floor_id: str) -> tuple[Obstacle, ...]:
    """What stands in the way because of how people move between public and closed space."""
    found = unsettled(facility, floors, floor_id)
    return tuple(Obstacle(each.kind, each.text.message, each.room_id, each.door_id) for each in found)


def readiness(store: Store, actor: Actor, floor_id: str) -> Readiness:
    """What there is to know before designating a floor. Raises NotFound."""
    with store.read() as books:
        saved = require_floor(books, actor, Permission.SEE_PLANS, floor_id)
        facility = books.facilities.get(saved.floor.facility_id)
        floors = [each.floor for each in books.floors.list(facility.id)]
        revisions = tuple(each for each in books.designations.list(facility.id) if each.floor.id == floor_id)
        review = review_now(books, facility, saved.floor, revisions[0] if revisions else None)
        required = books.reviews.is_required(facility.id)
    found = (*obstacles(saved.floor), *_ways(facility, floors, floor_id))
    return Readiness(facility, saved, found, revisions, review, required)


def designate(store: Store, actor: Actor, floor_id: str, version: int, *, now: datetime, new_id: str) -> Designation:
    """Freeze the floor's draft ``version`` as its next numbered revision, with who and when.

    Raises Conflict when the draft has moved on since ``version`` was looked at, Invalid with ``obstacles`` where
    something stands in the way or nothing has changed since the last revision, NotFound.
    """
    with store.begin() as books:
        current = require_floor(books, actor, Permission.DESIGNATE, floor_id)
        if current.version != version:
            raise Conflict(
                f"{current.saved_by} changed this floor while you looked at it. Look at it again, then designate it.",
                current=current,
                base_version=version,
            )
        facility = books.facilities.get(current.floor.facility_id)
        floors = [each.floor for each in books.floors.list(facility.id)]
        latest = books.designations.latest(floor_id)
        _check(current.floor, facility, floors, latest)
        review = review_now(books, facility, current.floor, latest)
        check_rule(books, facility, review)
        number = books.designations.next_number(floor_id)
        made = books.designations.add(
            Designation(new_id, facility, current.floor, number, version, designated_at=now, designated_by=actor.name)
        )
        if review is not None and review.is_approved:
            enter_approval(books, made, review.review, actor)
        return made


def _check(floor: Floor, facility: Facility, floors: Sequence[Floor], latest: Designation | None) -> None:
    found = (*obstacles(floor), *_ways(facility, floors, floor.id))
    if found:
        things = "1 thing is" if len(found) == 1 else f"{len(found)} things are"
        raise Invalid(f"{things} to be settled before this floor can be designated.", obstacles=found)
    if latest is not None and _same(latest, floor, facility):
        raise Invalid(f"Nothing has changed since designation {latest.number}. It stays in force.", obstacles=())


def _same(designation: Designation, floor: Floor, facility: Facility) -> bool:
    return (designation.floor, designation.facility) == (floor, facility)


def _obstacles(floor: Floor) -> Iterator[Obstacle]:
    if floor.scale is None:
        yield Obstacle("no_scale", "The scale of the plan is not set.")
    if not floor.rooms:
        yield Obstacle("no_rooms", "No room is drawn yet.")
        return
    for room in floor.rooms:
        if room.zone_class is ZoneClass.UNDECIDED:
            yield Obstacle("undecided", f"Is {room.label} open to anyone? Choose a class.", room_id=room.id)
    labels = {room.id: room.label for room in floor.rooms}
    for overlap in overlaps(floor):
        pair = f"{labels[overlap.first_id]} and {labels[overlap.second_id]}"
        yield Obstacle("overlap", f"{pair} overlap by {spoken_area(overlap.area)}.", room_id=overlap.first_id)
    for door, problem in door_problems(floor):
        yield Obstacle("door", f"Door {door.number}: {problem}", door_id=door.id)
    yield from _numbering(floor)


def _numbering(floor: Floor) -> Iterator[Obstacle]:
    seen: dict[str, Door] = {}
    for door in floor.doors:
        if not door.number:
            yield Obstacle("door", "A door has no number. Give it one.", door_id=door.id)
        elif door.number in seen:
            yield Obstacle("door", f"Two doors have the number {door.number}. Give one another.", door_id=door.id)
        seen[door.number] = door
