from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.geometry.floors import box, door, lobby_floor, room
from zonemap.errors import Conflict, Forbidden, Invalid
from zonemap.model.facility import Designation, Facility
from zonemap.model.person import Actor
from zonemap.model.plan import Floor
from zonemap.model.zone import ZoneClass
from zonemap.storage.store import Store
from zonemap.work.designations import designate, obstacles, readiness


def decided(floor: Floor) -> Floor:
    """The floor with nothing left to decide."""
    rooms = tuple(
        replace(each, zone_class=ZoneClass.PRIVATE) if each.zone_class is ZoneClass.UNDECIDED else each
        for each in floor.rooms
    )
    return replace(floor, rooms=rooms)


@pytest.fixture
def floor(store: Store, facility: Facility) -> Floor:
    ready = replace(decided(lobby_floor()), id="f" * 32, facility_id=facility.id)
    with store.begin() as books:
        books.facilities.add(facility)
        books.floors.add(ready, saved_at=NOW, saved_by="Bo")
    return ready


@pytest.fixture
def freeze(store: Store, floor: Floor, actor: Callable[..., Actor]) -> Callable[..., Designation]:
    def frozen(version: int = 1, new_id: str = "d" * 32) -> Designation:
        return designate(store, actor("manager"), floor.id, version, now=NOW, new_id=new_id)

    return frozen


def test_a_designation_is_numbered_and_says_who_when_and_what(
    freeze: Callable[..., Designation], floor: Floor, facility: Facility, store: Store
) -> None:
    done = freeze()
    assert (done.number, done.version, done.designated_by, done.designated_at) == (1, 1, "Ana Ruiz", NOW)
    assert (done.floor, done.facility) == (floor, facility)
    with store.read() as books:
        assert books.designations.latest(floor.id) == done


def test_a_later_draft_leaves_the_designation_as_it_is_until_the_next_number(
    freeze: Callable[..., Designation], floor: Floor, store: Store
) -> None:
    first = freeze()
    with store.begin() as books:
        changed = replace(floor, rooms=(*floor.rooms, room("lab", box(20, 0, 4, 4))))
        books.floors.save(changed, 1, saved_at=NOW + timedelta(hours=1), saved_by="Bo")
    with store.read() as books:
        assert books.designations.latest(floor.id) == first
    second = freeze(2, "e" * 32)
    assert (second.number, len(second.floor.rooms)) == (2, 5)


def test_a_draft_that_moved_on_is_not_frozen_unseen(
    freeze: Callable[..., Designation], floor: Floor, store: Store
) -> None:
    with store.begin() as books:
        books.floors.save(replace(floor, name="Ground floor"), 1, saved_at=NOW, saved_by="Bo")
    with pytest.raises(Conflict, match="Bo changed this floor"):
        freeze(1)


def test_the_same_floor_is_not_designated_twice(freeze: Callable[..., Designation]) -> None:
    freeze()
    with pytest.raises(Invalid, match="Nothing has changed since designation 1"):
        freeze(1, "e" * 32)


def test_a_floor_that_is_not_ready_is_refused_with_every_reason(
    store: Store, floor: Floor, freeze: Callable[..., Designation]
) -> None:
    with store.begin() as books:
        rooms = (*lobby_floor().rooms, room("twice", box(1, 1, 2, 2)))
        books.floors.save(replace(floor, rooms=rooms), 1, saved_at=NOW, saved_by="Bo")
    with pytest.raises(Invalid, match="2 things are to be settled") as error:
        freeze(2)
    assert {each.kind for each in error.value.data["obstacles"]} == {"undecided", "overlap"}


def test_only_some_roles_designate(store: Store, floor: Floor, actor: Callable[..., Actor]) -> None:
    for role in ("responder", "desk"):
        with pytest.raises(Forbidden):
            designate(store, actor(role), floor.id, 1, now=NOW, new_id="d" * 32)


def test_an_undecided_room_is_named_and_can_be_gone_to() -> None:
    (found,) = obstacles(lobby_floor())
    assert found.room_id == "store"
    assert "Room store" in found.message


def test_a_floor_without_scale_or_rooms_says_both() -> None:
    empty = replace(lobby_floor(), scale=None, rooms=(), doors=())
    assert [each.kind for each in obstacles(empty)] == ["no_scale", "no_rooms"]


def test_an_overlap_of_more_than_a_square_centimetre_stands_in_the_way_and_less_does_not() -> None:
    floor = decided(lobby_floor())
    over = replace(floor, rooms=(*floor.rooms, room("new", box(7.98, 0, 3, 3))))
    (found,) = obstacles(over)
    assert found.kind == "overlap"
    assert found.message.endswith("overlap by 600 cm².")
    under = replace(floor, rooms=(*floor.rooms, room("new", ((8, 0), (11, 0), (11, 3), (7.99995, 3)))))
    assert obstacles(under) == ()


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (door("d1", ((1, 1), (1.9, 1)), "lobby", "exam"), "does not lie on a wall"),
        (door("d1", ((1, 4), (1.2, 4)), "lobby", "exam"), "wide"),
        (replace(door("d1", ((1, 4), (1.9, 4)), "lobby", "exam"), number="4"), "number 4"),
        (replace(door("d1", ((1, 4), (1.9, 4)), "lobby", "exam"), number=""), "no number"),
    ],
)
def test_a_door_with_something_wrong_is_named(broken: object, words: str) -> None:
    floor = decided(lobby_floor())
    (found,) = obstacles(replace(floor, doors=(broken, *floor.doors[1:])))  # type: ignore[arg-type]
    assert words in found.message


def test_the_readiness_page_lists_the_revisions_of_this_floor_only(
    store: Store, floor: Floor, freeze: Callable[..., Designation], actor: Callable[..., Actor]
) -> None:
    freeze()
    with store.begin() as books:
        other = replace(floor, id="a" * 32, name="Second floor")
        books.floors.add(other, saved_at=NOW, saved_by="Bo")
    assert readiness(store, actor("responder"), "a" * 32).revisions == ()
    assert [each.number for each in readiness(store, actor("responder"), floor.id).revisions] == [1]
