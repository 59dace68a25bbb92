from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.conftest import NOW
from tests.geometry.floors import box, door, lobby_floor, room
from zonemap.errors import Conflict, Forbidden, Invalid, NotFound
from zonemap.model.change import Change, Drop, Put, Refusal, WaitingSpot, change_from
from zonemap.model.facility import Designation, Facility
from zonemap.model.hours import Spell
from zonemap.model.person import Actor
from zonemap.model.plan import Door, DoorControl, Floor, FloorVersion
from zonemap.model.zone import ZoneClass
from zonemap.storage.store import Store
from zonemap.work.zones import beside, drawn_floor, fit_to_copy, mark, shafts_of

ANA = "manager"


@pytest.fixture
def floor(store: Store, facility: Facility) -> Floor:
    drawn = replace(lobby_floor(), id="f" * 32, facility_id=facility.id)
    with store.begin() as books:
        books.facilities.add(facility)
        books.floors.add(drawn, saved_at=NOW, saved_by="Bo")
    return drawn


@pytest.fixture
def save(store: Store, floor: Floor, actor: Callable[..., Actor]) -> Callable[..., FloorVersion]:
    """Saves changes on top of a version, as a manager."""
    return lambda *changes, base=1: mark(store, actor(ANA), floor.id, base, changes, now=NOW)


def refusals(error: pytest.ExceptionInfo[Invalid]) -> list[Refusal]:
    return list(error.value.data["refused"])


def test_a_room_is_added_as_the_next_version_in_the_name_of_who_drew_it(save: Callable[..., FloorVersion]) -> None:
    saved = save(Put(room("lab", box(20, 0, 4, 4))))
    assert (saved.version, saved.saved_by, saved.saved_at) == (2, "Ana Ruiz", NOW)
    assert [each.id for each in saved.floor.rooms] == ["lobby", "exam", "store", "chart", "lab"]


def test_a_room_that_is_put_again_keeps_its_place_among_the_rooms(save: Callable[..., FloorVersion]) -> None:
    saved = save(Put(room("exam", box(0, 4, 3, 3), ZoneClass.RECORDS)))
    assert [each.id for each in saved.floor.rooms] == ["lobby", "exam", "store", "chart"]
    assert saved.floor.rooms[1].zone_class is ZoneClass.RECORDS


def test_saving_what_is_there_already_makes_no_version(save: Callable[..., FloorVersion], floor: Floor) -> None:
    assert save(Put(floor.rooms[0])).version == 1


def test_coordinates_come_to_lie_on_the_millimetre_grid(save: Callable[..., FloorVersion]) -> None:
    saved = save(Put(room("lab", ((20.00049, 0), (24, 0.00051), (24, 4)))))
    assert saved.floor.rooms[-1].ring == ((20.0, 0.0), (24.0, 0.001), (24.0, 4.0))


def test_a_ring_that_crosses_itself_is_refused_with_its_place_and_nothing_is_kept(
    save: Callable[..., FloorVersion], store: Store, floor: Floor, actor: Callable[..., Actor]
) -> None:
    bow = room("bow", ((20, 0), (24, 4), (24, 0), (20, 4)))
    with pytest.raises(Invalid) as error:
        save(Put(room("fine", box(30, 0, 4, 4))), Put(bow))
    assert [(each.kind, each.id, each.place) for each in refusals(error)] == [("room", "bow", (22.0, 2.0))]
    assert drawn_floor(store, actor(ANA), floor.id).saved.version == 1


def test_every_refusal_is_told_at_once(save: Callable[..., FloorVersion]) -> None:
    with pytest.raises(Invalid, match="3 of the changes") as error:
        save(
            Put(room("line", ((0, 0), (1, 1), (2, 2)))),
            Put(replace(room("long", box(30, 0, 4, 4)), name="x" * 81)),
            Put(door("d9", ((1, 0), (2, 0)), "lobby", "nowhere")),
        )
    assert {each.id for each in refusals(error)} == {"line", "long", "d9"}


@pytest.mark.parametrize(
    ("jambs", "rooms"),
    [
        (((1, 4), (2, 4)), ("lobby", "lobby")),
        (((1, 4), (float("nan"), 4)), ("lobby", "exam")),
        (((1, 4), (9e9, 4)), ("lobby", "exam")),
    ],
)
def test_a_door_that_cannot_be_is_refused(
    save: Callable[..., FloorVersion], jambs: object, rooms: tuple[str, str | None]
) -> None:
    with pytest.raises(Invalid) as error:
        save(Put(Door("d9", jambs, rooms, "9")))  # type: ignore[arg-type]
    assert [each.id for each in refusals(error)] == ["d9"]


def test_a_new_door_gets_the_next_free_number_and_keeps_it(save: Callable[..., FloorVersion]) -> None:
    new = Door("new", ((2, 0), (2.9, 0)), ("lobby", None), "")
    saved = save(Put(new))
    assert saved.floor.doors[-1].number == "6"
    again = save(Put(replace(new, jambs=((2.1, 0), (3, 0)))), base=2)
    assert again.floor.doors[-1].number == "6"


def test_a_number_that_hangs_on_a_wall_is_never_given_to_another_door(
    save: Callable[..., FloorVersion], store: Store, floor: Floor, facility: Facility
) -> None:
    with store.begin() as books:
        books.designations.add(Designation("d" * 32, facility, floor, 1, 1, NOW, "Bo"))
    save(Drop("door", "d5"))
    saved = save(Put(Door("new", ((2, 0), (2.9, 0)), ("lobby", None), "")), base=2)
    assert saved.floor.doors[-1].number == "6"


def test_two_doors_cannot_have_one_number_but_may_swap_theirs(save: Callable[..., FloorVersion], floor: Floor) -> None:
    first, second = floor.doors[0], floor.doors[1]
    with pytest.raises(Invalid, match="number 2"):
        save(Put(replace(first, number="2")))
    saved = save(Put(replace(first, number="2")), Put(replace(second, number="1")))
    assert [each.number for each in saved.floor.doors[:2]] == ["2", "1"]


def test_a_room_that_is_dropped_takes_its_doors_along(save: Callable[..., FloorVersion]) -> None:
    saved = save(Drop("room", "exam"))
    assert [each.id for each in saved.floor.doors] == ["d2", "d3", "d4", "d5"]


def test_dropping_what_is_gone_is_no_error(save: Callable[..., FloorVersion]) -> None:
    assert save(Drop("room", "never"), Drop("door", "never")).version == 1


def test_who_is_behind_gets_both_sides_and_nothing_is_overwritten(save: Callable[..., FloorVersion]) -> None:
    save(Put(room("lab", box(20, 0, 4, 4))))
    with pytest.raises(Conflict, match="Nothing is lost") as error:
        save(Put(room("lab", box(30, 0, 4, 4))), base=1)
    assert error.value.data["current"].version == 2
    assert error.value.data["base_version"] == 1


def test_without_a_scale_nothing_can_be_drawn(save: Callable[..., FloorVersion], store: Store, floor: Floor) -> None:
    with store.begin() as books:
        books.floors.save(replace(floor, scale=None), 1, saved_at=NOW, saved_by="Bo")
    with pytest.raises(Invalid, match="Set the scale first"):
        save(Drop("room", "exam"), base=2)


@pytest.mark.parametrize("role", ["responder", "desk"])
def test_only_those_who_draw_plans_can_change_them(
    store: Store, floor: Floor, actor: Callable[..., Actor], role: str
) -> None:
    with pytest.raises(Forbidden):
        mark(store, actor(role), floor.id, 1, [Drop("room", "exam")], now=NOW)


def test_a_floor_that_is_not_there(store: Store, actor: Callable[..., Actor]) -> None:
    with pytest.raises(NotFound):
        mark(store, actor(ANA), "nothing", 1, [], now=NOW)


def test_rooms_can_be_copied_to_the_other_floors_that_have_a_scale(
    store: Store, floor: Floor, actor: Callable[..., Actor]
) -> None:
    upper = replace(floor, id="e" * 32, name="Second floor", level=1, rooms=(), doors=())
    blank = replace(upper, id="d" * 32, name="Third floor", level=2, scale=None)
    with store.begin() as books:
        for each in (upper, blank):
            books.floors.add(each, saved_at=NOW, saved_by="Bo")
    assert fit_to_copy(beside(store, actor(ANA), floor)) == [(upper.id, "Second floor")]


@pytest.mark.parametrize("bad_id", ["", "a b", "x" * 65, "../etc"])
def test_an_id_that_could_mean_something_else_is_refused(save: Callable[..., FloorVersion], bad_id: str) -> None:
    with pytest.raises(Invalid):
        save(Put(replace(room("lab", box(20, 0, 4, 4)), id=bad_id)))


@pytest.mark.parametrize(
    "value", [None, [], {}, {"put": "wall", "value": {}}, {"put": "room"}, {"drop": "room"}, {"drop": "room", "id": 3}]
)
def test_a_change_that_says_nothing_is_told_so(value: object) -> None:
    with pytest.raises(Invalid):
        change_from(value)


def test_changes_are_read_from_json() -> None:
    changes: list[Change] = [
        change_from({"put": "room", "value": {"id": "r", "ring": [[0, 0], [1, 0], [1, 1]], "class": "public"}}),
        change_from({"drop": "door", "id": "d"}),
    ]
    assert [(each.kind, each.id) for each in changes] == [("room", "r"), ("door", "d")]


@pytest.mark.parametrize("changes", [{"department": "x" * 201}, {"category": "x" * 201}, {"shaft": "x" * 201}])
def test_what_a_list_says_of_a_room_has_a_limit(
    store: Store, actor: Callable[..., Actor], floor: Floor, changes: dict[str, str]
) -> None:
    with pytest.raises(Invalid, match="200 is the most"):
        mark(store, actor(ANA), floor.id, 1, [Put(replace(floor.rooms[0], **changes))], now=NOW)  # type: ignore[arg-type]


def test_a_room_and_a_door_have_seven_hours_at_most(store: Store, actor: Callable[..., Actor], floor: Floor) -> None:
    many = tuple(Spell((day % 7,), 0, 60, ZoneClass.PRIVATE) for day in range(8))
    locked = tuple(Spell((day % 7,), 0, 60, DoorControl.LOCK) for day in range(8))
    for value in (replace(floor.rooms[0], hours=many), replace(floor.doors[0], hours=locked)):
        with pytest.raises(Invalid, match="At most 7 hours"):
            mark(store, actor(ANA), floor.id, 1, [Put(value)], now=NOW)


def test_the_waiting_spot_is_put_moved_and_dropped_like_any_change(save: Callable[..., FloorVersion]) -> None:
    assert save(Put(WaitingSpot((1.00049, 2.0)))).floor.waiting_spot == (1.0, 2.0)
    assert save(Put(WaitingSpot((3.0, 2.0))), base=2).floor.waiting_spot == (3.0, 2.0)
    moved = save(Put(room("lab", box(20, 0, 4, 4))), base=3)
    assert moved.floor.waiting_spot == (3.0, 2.0), "a change of something else leaves it"
    assert save(Drop("spot", "waiting"), base=4).floor.waiting_spot is None
    with pytest.raises(Invalid, match="off the sheet"):
        save(Put(WaitingSpot((math.inf, 2.0))), base=5)


@pytest.mark.parametrize("value", [{}, {"at": [1]}, {"at": None}, {"at": ["a", "b"]}])
def test_a_waiting_spot_without_its_place_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(Invalid, match="lacks its place"):
        change_from({"put": "spot", "value": value})


def test_stairs_of_other_floors_are_told_with_the_floors_they_stop_at(
    store: Store, floor: Floor, actor: Callable[..., Actor]
) -> None:
    above = replace(floor, id="e" * 32, name="Second", level=1, rooms=(replace(floor.rooms[0], shaft="North stairs"),))
    with store.begin() as books:
        books.floors.add(replace(above, doors=()), saved_at=NOW, saved_by="Bo")
    assert shafts_of(beside(store, actor(ANA), floor)) == {"North stairs": ("Second",)}
    assert shafts_of(beside(store, actor(ANA), above)) == {}
