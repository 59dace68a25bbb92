"""The editor's pages and its drafts over HTTP."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import NOW
from tests.geometry.floors import box
from zonemap.model.floor_document import room_document
from zonemap.model.person import Role
from zonemap.model.plan import Room
from zonemap.model.zone import ZoneClass
from zonemap.work.sample import load_sample

FLOOR = "f" * 32
URL = f"/floors/{FLOOR}"


@pytest.fixture
def floor(lobby):
    return lobby


@pytest.fixture
def manager(sign_in, floor):
    return sign_in("manager")


def version(store):
    with store.read() as books:
        return books.floors.get(FLOOR).version


def put(room_id="lab", ring=None, **more):
    ring = [list(point) for point in ring or box(20, 0, 4, 4)]
    return {"put": "room", "value": {"id": room_id, "ring": ring, "class": "private", **more}}


# --- the page ----------------------------------------------------------------------------------------------------


def test_the_page_says_how_it_is_saved(manager):
    page = manager.get(f"{URL}/")
    assert page.h1 == "First floor"
    assert "draft 1, by Bo" in page.text


def test_a_floor_without_a_scale_leads_to_the_scale(manager, store, floor):
    with store.begin() as books:
        books.floors.save(replace(floor, scale=None), 1, saved_at=NOW, saved_by="Bo")
    page = manager.get(f"{URL}/")
    assert "The scale comes first" in page.text
    assert page.all(f"a[href='{URL}/scale']")
    assert not page.all("[data-editor]")


def test_who_may_only_see_gets_no_tools(sign_in, floor):
    page = sign_in("responder").get(f"{URL}/")
    assert page.all("[data-readonly]")
    assert not page.all("[data-tool]")
    assert not page.all("button[type=submit].btn-main")


def test_who_works_at_the_desk_does_not_see_the_plan(sign_in, floor):
    page = sign_in("desk")
    page.get(f"{URL}/", expect=403)
    assert page.client.get(f"{URL}/draft", headers={"Accept": "application/json"}).status_code == 403


def test_a_floor_that_is_not_there(manager):
    manager.get("/floors/none/", expect=404)


# --- drafts ------------------------------------------------------------------------------------------------------


def test_a_draft_holds_the_drawing_and_its_facts_the_boundary_and_what_is_missing(manager, floor):
    draft = manager.client.get(f"{URL}/draft").json
    assert draft["version"] == 1
    assert draft["saved_by"] == "Bo"
    assert draft["saved_at"] == "2026-11-24T09:00:00+00:00"
    assert [room["id"] for room in draft["floor"]["rooms"]] == ["lobby", "exam", "store", "chart"]
    facts = manager.client.get(f"{URL}/facts").json
    assert facts["version"] == 1
    assert facts["boundary"]
    assert [(each["kind"], each["room"]) for each in facts["missing"]] == [("undecided", "store")]


def test_changes_are_saved_on_top_of_the_version_they_name(manager, store):
    answer = manager.send(f"{URL}/draft", {"version": 1, "changes": [put(), {"drop": "door", "id": "d5"}]})
    assert answer.status_code == 200
    assert answer.json["version"] == 2
    assert answer.json["doors"] == {"d1": "1", "d2": "2", "d3": "3", "d4": "4"}
    assert "floor" not in answer.json
    assert version(store) == 2


def test_the_number_of_a_new_door_comes_back(manager):
    door = {"id": "new", "jambs": [[2, 0], [2.9, 0]], "rooms": ["lobby", None], "number": "", "kind": "door"}
    answer = manager.send(f"{URL}/draft", {"version": 1, "changes": [{"put": "door", "value": door}]})
    assert answer.json["doors"]["new"] == "6"


def test_a_ring_that_cannot_be_is_answered_with_its_room_sentence_and_place(manager, store):
    bow = put(ring=[[20, 0], [24, 4], [24, 0], [20, 4]])
    answer = manager.send(f"{URL}/draft", {"version": 1, "changes": [bow, put("fine", box(30, 0, 4, 4))]})
    assert answer.status_code == 400
    (refused,) = answer.json["refused"]
    assert (refused["kind"], refused["id"], refused["place"]) == ("room", "lab", [22.0, 2.0])
    assert "crosses or touches itself" in refused["message"]
    assert version(store) == 1


def test_a_conflict_is_answered_with_their_whole_drawing(manager):
    manager.send(f"{URL}/draft", {"version": 1, "changes": [put()]})
    answer = manager.send(f"{URL}/draft", {"version": 1, "changes": [put("other", box(30, 0, 4, 4))]})
    assert answer.status_code == 409
    assert answer.json["theirs"]["version"] == 2
    assert answer.json["theirs"]["floor"]["rooms"][-1]["id"] == "lab"
    assert "Nothing is lost" in answer.json["error"]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {"version": 1},
        {"version": "1", "changes": []},
        {"version": True, "changes": []},
        {"version": 1, "changes": {}},
        {"version": 1, "changes": [{"put": "room", "value": {"id": "x"}}]},
        {"version": 1, "changes": [{"put": "room", "value": {"id": "x", "ring": [[0, "a"]]}}]},
        {"version": 1, "changes": [{"put": "room", "value": {"id": "x", "ring": [], "class": "secret"}}]},
    ],
)
def test_what_is_no_change_is_refused_in_a_sentence(manager, store, sent):
    answer = manager.send(f"{URL}/draft", sent)
    assert answer.status_code == 400
    assert answer.json["error"].endswith(".")
    assert version(store) == 1


def test_a_draft_without_the_token_is_not_saved(manager, store):
    answer = manager.client.post(f"{URL}/draft", json={"version": 1, "changes": [put()]})
    assert answer.status_code == 403
    assert version(store) == 1


def test_text_with_controls_in_it_is_refused(manager, store):
    answer = manager.send(f"{URL}/draft", {"version": 1, "changes": [put(name="a\u202eb")]})
    assert answer.status_code == 400
    assert version(store) == 1


# --- the table without scripts -----------------------------------------------------------------------------------


def row(room: Room, **typed):
    values = {"number": room.number, "name": room.name, "zone_class": room.zone_class.value} | typed
    return {f"room-{room.id}-{name}": value for name, value in values.items()}


def test_the_table_saves_numbers_names_and_classes(manager, store, floor):
    manager.get(f"{URL}/?table=1")
    typed = {"version": "1"} | row(floor.rooms[1], name="Exam one") | row(floor.rooms[2], zone_class="records")
    assert manager.post(f"{URL}/?page=1&table=1", typed) == f"{URL}/?page=1&table=1"
    with store.read() as books:
        saved = books.floors.get(FLOOR)
    assert saved.version == 2
    assert [each.name for each in saved.floor.rooms] == ["Room lobby", "Exam one", "Room store", "Room chart"]
    assert saved.floor.rooms[2].zone_class is ZoneClass.RECORDS
    assert room_document(saved.floor.rooms[1])["ring"] == room_document(floor.rooms[1])["ring"]


def test_a_name_that_is_too_long_is_told_beside_it_and_nothing_is_saved(manager, store, floor):
    page = manager.post(f"{URL}/", {"version": "1"} | row(floor.rooms[1], name="x" * 81), expect=400)
    assert "Use at most 80 characters." in page.wrong
    assert "x" * 81 in page.response.text
    assert version(store) == 1


def test_somebody_who_was_slower_keeps_what_was_typed(manager, store, floor):
    manager.send(f"{URL}/draft", {"version": 1, "changes": [put()]})
    typed = {"version": "1"} | row(floor.rooms[1], name="Exam one")
    page = manager.post(f"{URL}/", typed, expect=409)
    assert "Nothing is lost" in " ".join(page.wrong)
    assert "Exam one" in page.response.text
    assert manager.post(f"{URL}/", typed | {"version": "2"})
    assert version(store) == 3


def test_who_may_only_see_cannot_save_the_table(sign_in, store, floor):
    sign_in("responder").post(f"{URL}/", {"version": "1"} | row(floor.rooms[1], name="Mine"), expect=403)
    assert version(store) == 1


def test_a_long_table_has_pages_of_a_hundred_rooms(manager, store, floor):
    rooms = tuple(Room(f"r{n}", box(n * 5, 100, 4, 4), str(n)) for n in range(120))
    with store.begin() as books:
        books.floors.save(replace(floor, rooms=rooms, doors=()), 1, saved_at=NOW, saved_by="Bo")
    page = manager.get(f"{URL}/?table=1&page=2")
    assert len(page.all("tbody tr")) == 20
    assert manager.post(f"{URL}/?table=1&page=2", {"version": "2"} | row(rooms[110], name="Last"))
    with store.read() as books:
        assert books.floors.get(FLOOR).floor.rooms[110].name == "Last"


# --- designating -------------------------------------------------------------------------------------------------


def decide(manager, floor):
    manager.send(f"{URL}/draft", {"version": 1, "changes": [put("store", floor.rooms[2].ring)]})


def test_what_is_missing_is_listed_with_links_to_it(manager):
    page = manager.get(f"{URL}/designate")
    assert page.h1 == "1 thing before First floor can be designated"
    (link,) = page.all(".obstacles a")
    assert link.attributes["href"] == f"{URL}/#room-store"
    assert not page.all("form[action$=designate]")


def test_designating_shows_what_will_be_frozen_and_freezes_it(manager, store, floor):
    decide(manager, floor)
    page = manager.get(f"{URL}/designate")
    assert "4 doors that get a sign" in page.text  # three between rooms, one from outdoors into the chart room
    assert "1 public entrance with the notice" in page.text
    where = manager.post(f"{URL}/designate", {"version": "2"})
    assert where == f"{URL}/designations#revision-1"
    assert "1 in force" in manager.get(f"{URL}/designations").text
    with store.read() as books:
        assert books.designations.latest(FLOOR).version == 2


def test_the_page_before_designating_counts_the_door_signs_that_the_signs_page_prints(sign_in, store, settings):
    facility_id = load_sample(store, settings.floorplans, now=NOW)
    with store.read() as books:
        (saved,) = books.floors.list(facility_id)
    manager = sign_in(Role.MANAGER)

    before = manager.get(f"/floors/{saved.floor.id}/designate").text
    after = manager.get(f"/floors/{saved.floor.id}/designations")
    signs = manager.get(f"/facilities/{facility_id}/signs/").h1

    assert "5 doors that get a sign" in before
    assert signs == "5 door signs and 1 entrance notice"
    assert after.all("tbody td")[-1].text() == "5"


def test_a_floor_that_moved_on_has_to_be_looked_at_again(manager, store, floor):
    decide(manager, floor)
    page = manager.post(f"{URL}/designate", {"version": "1"}, expect=409)
    assert any("changed this floor while you looked at it" in each for each in page.wrong)
    with store.read() as books:
        assert books.designations.latest(FLOOR) is None


def test_the_same_floor_twice_is_told_so(manager, floor):
    decide(manager, floor)
    manager.post(f"{URL}/designate", {"version": "2"})
    again = manager.get(f"{URL}/designate")
    assert "Nothing has changed since designation 1" in again.text
    assert not again.all("form[action$=designate]")
    page = manager.post(f"{URL}/designate", {"version": "2"}, expect=400)
    assert "Nothing has changed since designation 1. It stays in force." in page.wrong


def test_before_the_first_designation_the_list_says_what_to_do(manager):
    assert "Not designated yet" in manager.get(f"{URL}/designations").text


# --- suggested classes -------------------------------------------------------------------------------------------


@pytest.fixture
def suite(store, floor):
    """The floor with rooms that are not decided: two to examine, one to wait, one that says nothing."""
    names = ("Exam 1", "Exam 2", "Waiting", "Xyzzy")
    rooms = tuple(Room(f"s{n}", box(20 + 5 * n, 0, 4, 4), str(n), name) for n, name in enumerate(names))
    with store.begin() as books:
        return books.floors.save(replace(floor, rooms=rooms, doors=()), 1, saved_at=NOW, saved_by="Bo").floor


def classes(store):
    with store.read() as books:
        return [str(each.zone_class) for each in books.floors.get(FLOOR).floor.rooms]


def test_suggestions_come_by_kind_with_their_rooms_and_nothing_is_marked(manager, suite, store):
    answer = manager.client.get(f"{URL}/suggestions").json
    assert answer["version"] == 2
    assert [(each["name"], each["class"], each["rooms"]) for each in answer["suggestions"]] == [
        ("exam rooms", "private", ["s0", "s1"]),
        ("waiting room", "public", ["s2"]),
    ]
    assert answer["unrecognised"] == ["s3"]
    assert classes(store) == ["undecided"] * 4


def test_without_scripts_the_ticked_kinds_are_marked_and_no_other(manager, suite, store):
    page = manager.get(f"{URL}/?table=1")
    ticked = page.all("[name=accept]")
    assert not any("checked" in box.attributes for box in ticked)
    form = {"version": "2", "accept": [ticked[0].attributes["value"]]}
    assert "table=1" in manager.post(f"{URL}/suggestions?table=1", form)
    assert classes(store) == ["private", "private", "undecided", "undecided"]


@pytest.mark.parametrize(
    ("form", "status", "sentence"),
    [
        ({"version": "2"}, 400, "Nothing is ticked"),
        ({"version": "2", "accept": "exam_room-public-sure"}, 400, "not there any more"),
        ({"version": "1", "accept": "exam_room-private-sure"}, 409, "in the meantime"),
        ({"version": "two", "accept": "exam_room-private-sure"}, 400, "Load the page again"),
    ],
)
def test_suggestions_that_cannot_be_accepted_mark_nothing_and_say_why(manager, suite, store, form, status, sentence):
    page = manager.post(f"{URL}/suggestions?table=1", form, expect=status)
    assert sentence in page.text
    assert classes(store) == ["undecided"] * 4
