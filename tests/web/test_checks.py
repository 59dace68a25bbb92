"""The page of lacks with its remedies, and the advisor, over HTTP."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import NOW
from zonemap.model.plan import DoorControl
from zonemap.model.zone import ZoneClass

FLOOR = "f" * 32
CHECKS = f"/floors/{FLOOR}/checks"


@pytest.fixture
def floor(lobby):
    return lobby


@pytest.fixture
def manager(sign_in, floor):
    return sign_in("manager")


def saved(store):
    with store.read() as books:
        return books.floors.get(FLOOR)


def change(store, **changes):
    with store.begin() as books:
        current = books.floors.get(FLOOR)
        books.floors.save(replace(current.floor, **changes), current.version, saved_at=NOW, saved_by="Bo")


def test_the_page_names_what_is_missing_and_what_is_in_order(manager):
    page = manager.get(CHECKS)

    assert "Where do officers wait?" in page.text
    assert "Is STORE Room store open to anyone?" in page.text
    assert "Every door stands in a wall" in page.text
    assert page.all("svg.plan use[href='#plan']")


def test_officers_wait_in_the_public_room_that_is_chosen(manager, store, floor):
    public = next(room for room in floor.rooms if room.zone_class is ZoneClass.PUBLIC)
    sent = {"version": "1", "fix": "waiting", "target": public.id, "value": ""}
    page = manager.get(manager.post(CHECKS, sent))

    assert saved(store).floor.waiting_spot
    assert "Where do officers wait?" not in page.text
    assert "A place where officers wait is named" in page.text


def test_officers_do_not_wait_in_a_private_room(manager, store, floor):
    private = next(room for room in floor.rooms if room.zone_class.is_closed)
    page = manager.post(CHECKS, {"version": "1", "fix": "waiting", "target": private.id, "value": ""}, 400)

    assert "is not public" in page.text
    assert saved(store).floor.waiting_spot is None


def test_one_press_gives_a_room_its_class(manager, store, floor):
    rooms = (replace(floor.rooms[0], zone_class=ZoneClass.UNDECIDED), *floor.rooms[1:])
    change(store, rooms=rooms)
    page = manager.get(CHECKS)
    assert "to settle on" in page.h1
    manager.post(CHECKS, {"version": "2", "fix": "class", "target": rooms[0].id, "value": "public"})

    assert saved(store).floor.rooms[0].zone_class is ZoneClass.PUBLIC


def test_one_press_says_how_a_door_is_controlled(manager, store, floor):
    change(store, doors=tuple(replace(door, control=DoorControl.NONE) for door in floor.doors))
    assert "nothing says so" in manager.get(CHECKS).text
    for door in floor.doors:
        sent = {"version": str(saved(store).version), "fix": "control", "target": door.id, "value": "lock"}
        manager.post(CHECKS, sent)

    assert {door.control for door in saved(store).floor.doors} == {DoorControl.LOCK}
    assert "nothing says so" not in manager.get(CHECKS).text


def test_one_press_takes_an_overlap_from_either_room(manager, store, floor):
    exam = next(room for room in floor.rooms if room.id == "exam")
    grown = replace(exam, ring=tuple((x, y - 0.5 if y == min(b for _, b in exam.ring) else y) for x, y in exam.ring))
    change(store, rooms=tuple(grown if room is exam else room for room in floor.rooms))
    page = manager.get(CHECKS)
    assert "Take it from EXAM" in page.text
    manager.post(CHECKS, {"version": "2", "fix": "cut", "target": "exam", "value": "lobby"})

    assert sorted(saved(store).floor.room("exam").ring) == sorted(exam.ring)
    assert "overlap by" not in manager.get(CHECKS).text
    manager.post(CHECKS, {"version": "3", "fix": "cut", "target": "exam", "value": "gone"}, 400)


def test_a_room_that_would_be_in_pieces_is_left_as_it_is(manager, store, floor):
    lobby = next(room for room in floor.rooms if room.id == "lobby")
    across = replace(floor.rooms[-1], ring=((3.0, -1.0), (4.0, -1.0), (4.0, 5.0), (3.0, 5.0)), holes=())
    change(store, rooms=(lobby, across), doors=())

    page = manager.post(CHECKS, {"version": "2", "fix": "cut", "target": "lobby", "value": across.id}, 400)
    assert "in pieces" in page.text


def test_a_remedy_on_an_older_version_changes_nothing(manager, store, floor):
    change(store, name="Ground")
    page = manager.post(CHECKS, {"version": "1", "fix": "class", "target": floor.rooms[0].id, "value": "records"}, 409)

    assert "in the meantime" in page.text
    assert saved(store).version == 2


@pytest.mark.parametrize(
    "sent",
    [
        {"version": "x", "fix": "class", "target": "a", "value": "public"},
        {"version": "1", "fix": "open", "target": "a", "value": "public"},
        {"version": "1", "fix": "class", "target": "a", "value": "free"},
        {"version": "1", "fix": "control", "target": "gone", "value": "lock"},
    ],
)
def test_a_remedy_that_makes_no_sense_is_refused(manager, store, sent):
    manager.post(CHECKS, sent, 400)
    assert saved(store).version == 1


def test_many_undecided_rooms_are_offered_the_quick_ways(manager, store, floor):
    assert "You need not decide them one by one" not in manager.get(CHECKS).text
    many = tuple(
        replace(floor.rooms[0], id=f"m{place}", ring=tuple((x + 20 * place, y + 50) for x, y in floor.rooms[0].ring))
        for place in range(20)
    )
    change(store, rooms=tuple(replace(room, zone_class=ZoneClass.UNDECIDED) for room in many), doors=())

    assert "20 rooms are undecided" in manager.get(CHECKS).text
    assert "And 8 more." in manager.get(f"/floors/{FLOOR}/designate").text


# --- the advisor -------------------------------------------------------------------------------------------------


def advisor(facility):
    return f"/facilities/{facility.id}/advisor/"


def hidden(page, name):
    return page.all(f"input[name='{name}']")[0].attributes["value"]


def test_a_plan_is_taken_with_one_press_and_undone_with_one(manager, store, facility, floor):
    change(store, rooms=tuple(replace(room, zone_class=ZoneClass.UNDECIDED) for room in floor.rooms))
    before = saved(store).floor
    page = manager.get(advisor(facility))
    sent = {name: hidden(page, name) for name in ("plan", "versions", "pinned")}
    taken = manager.get(manager.post(advisor(facility), sent))
    assert "The plan is taken" in taken.text
    assert not {room.zone_class for room in saved(store).floor.rooms} & {ZoneClass.UNDECIDED}
    manager.post(f"{advisor(facility)}undo", {"undo": hidden(taken, "undo")})

    assert saved(store).floor == before


def test_what_is_pinned_stays_public(manager, facility, floor):
    room = floor.rooms[-1]
    page = manager.get(f"{advisor(facility)}?asked=1&pin={FLOOR}:{room.id}")

    assert page.all(f"input[value='{FLOOR}:{room.id}'][checked]")
    assert f"{FLOOR}:{room.id}" in hidden(page, "pinned")


def test_a_plan_for_drawings_that_have_changed_since_is_not_taken(manager, store, facility):
    page = manager.get(advisor(facility))
    sent = {name: hidden(page, name) for name in ("plan", "versions", "pinned")}
    change(store, name="Ground")

    manager.post(advisor(facility), sent, 409)
    assert saved(store).version == 2


def test_an_undo_after_somebody_has_drawn_on_is_refused(manager, store, facility, floor):
    change(store, name="Ground")

    manager.post(f"{advisor(facility)}undo", {"undo": f"{FLOOR}:1:1"}, 409)
    assert saved(store).floor.name == "Ground"


@pytest.mark.parametrize(("undo", "status"), [("", 400), ("x", 400), ("a:b:c", 400), (f"{'e' * 32}:1:1", 404)])
def test_an_undo_that_makes_no_sense_is_refused(manager, facility, floor, undo, status):
    manager.post(f"{advisor(facility)}undo", {"undo": undo}, status)


def test_a_facility_without_rooms_has_a_useful_empty_page(sign_in, stored_facility):
    assert "No room is drawn yet" in sign_in("manager").get(advisor(stored_facility)).text
