"""Finding rooms over HTTP: proposals for the editor, the page without scripts, lists of rooms, models of buildings."""

from __future__ import annotations

import time
from io import BytesIO
from typing import Any

import pytest

from tests.plan_files import LABELS, dxf, geojson, svg


@pytest.fixture
def manager(sign_in):
    return sign_in("manager")


@pytest.fixture
def plans(stored_facility) -> str:
    return f"/facilities/{stored_facility.id}/plans/"


@pytest.fixture
def drawing(manager, plans, store) -> str:
    """The address of a floor with a vector plan whose scale is set: two centimetres a unit of the file."""
    where = manager.post(plans, {"name": "Second", "level": "1", "plan": (BytesIO(svg()), "plan.svg")})
    address = where.removesuffix("/scale")
    form = {"ax": "285.8", "ay": "1000", "bx": str(285.8 + 12 * 50 * 5.714), "by": "1000", "length": "12 m"}
    manager.post(f"{address}/scale", form)
    return address


def asked(page: Any, address: str, question: dict[str, Any], expect: int = 200) -> dict[str, Any]:
    answer = page.client.post(address, json=question, headers={"X-CSRF-Token": page.token})
    while answer.status_code == 202:  # it takes longer than a moment: asked again, as the editor does
        time.sleep(0.05)
        answer = page.client.get(answer.get_json()["later"], headers={"Accept": "application/json"})
    assert answer.status_code == expect, answer.text
    return dict(answer.get_json())


def newest(store, address: str):
    with store.read() as books:
        return books.floors.get(address.split("/")[2])


def test_rooms_doors_and_numbers_are_proposed_and_nothing_is_kept(manager, drawing, store):
    before = newest(store, drawing).version
    found = asked(manager, f"{drawing}/trace", {})
    assert {room["number"] for room in found["rooms"]} == set(LABELS)
    assert len(found["doors"]) == 2
    assert (found["there"], found["texts"]) == (0, True)
    assert newest(store, drawing).version == before

    (room, *_) = asked(manager, f"{drawing}/trace/at", {"point": [4.0, 5.5]})["rooms"]
    assert room["number"] == "101"
    change = {"version": before, "changes": [{"put": "room", "value": room}]}
    asked(manager, f"{drawing}/draft", change)

    again = asked(manager, f"{drawing}/trace", {"layers": ["A-WALL"]})
    assert again["there"] == 1
    assert {each["number"] for each in again["rooms"]} == {"100", "102"}


def test_what_can_not_be_looked_for_gets_a_sentence(manager, drawing):
    for question, sentence in (
        ({"crop": [0, 0, 0, 5]}, "The box has no size"),
        ({"layers": []}, "No wall layer is ticked"),
        ({"darkness": 7}, "could not be read"),
        ({"crop": [50, 50, 60, 60]}, "No room was found"),
    ):
        assert sentence in asked(manager, f"{drawing}/trace", question, expect=400)["error"]


def test_a_floor_without_a_plan_or_scale_is_not_traced(manager, plans):
    where = manager.post(plans, {"name": "Third", "level": "2", "plan": (BytesIO(svg()), "plan.svg")})
    error = asked(manager, where.replace("/scale", "/trace"), {}, expect=400)["error"]
    assert "Set the scale first" in error


def test_without_scripts_a_page_finds_the_rooms_and_keeps_them(manager, drawing, store):
    page = manager.get(f"{drawing}/find")
    version = page.one("[name=version]").attributes["value"]
    form = {"version": version, "look_at": "lines", "deskew": "y", "labels": "y"}
    found = manager.post(f"{drawing}/find", form, expect=200)
    while jobs := found.all("[name=job]"):
        time.sleep(0.05)
        found = manager.post(f"{drawing}/find", {**form, "job": jobs[0].attributes["value"]}, expect=200)
    assert found.h1 == "3 rooms found"
    assert len(found.all(".found-plan polygon")) == 3
    assert newest(store, drawing).floor.rooms == ()

    assert manager.post(f"{drawing}/find", {**form, "keep": "1"}).startswith(f"{drawing}/")
    floor = newest(store, drawing).floor
    assert {room.number for room in floor.rooms} == set(LABELS)
    assert sorted(door.number for door in floor.doors) == ["1", "2"]


def test_a_list_gives_names_by_number_and_changes_nothing_itself(manager, stored_floor, store):
    rooms = stored_floor.rooms
    numbered = next(room for room in rooms if room.number)
    rows = f"Number,Name,Department\n{numbered.number},Quiet room,Nursing\n999,Nowhere,\n".encode()
    answer = manager.client.post(
        f"/floors/{stored_floor.id}/room-list",
        data={"list": (BytesIO(rows), "rooms.csv")},
        headers={"X-CSRF-Token": manager.token},
    ).get_json()
    (fill,) = answer["fills"]
    assert (fill["id"], fill["name"], fill["department"]) == (numbered.id, "Quiet room", "Nursing")
    assert answer["unmatched"] == ["999 Nowhere"]
    with store.read() as books:
        assert books.floors.get(stored_floor.id).floor == stored_floor


def test_the_floors_of_a_model_are_chosen_and_come_with_rooms_doors_and_scale(manager, plans, store, stored_facility):
    model = geojson("Ground", "Upper")
    where = manager.post(plans, {"name": "", "level": "", "plan": (BytesIO(model), "building.geojson")})
    page = manager.get(where)
    boxes = page.all("[name=floors]")
    assert len(boxes) == 2
    assert "Tick at least one floor." in manager.post(where, {}, expect=400).wrong
    assert manager.post(where, {"floors": boxes[1].attributes["value"]}) == plans
    with store.read() as books:
        (saved,) = books.floors.list(stored_facility.id)
    assert (saved.floor.level, len(saved.floor.rooms), len(saved.floor.doors)) == (1, 2, 1)
    assert saved.floor.scale is not None
    manager.get(where, expect=404)  # the model is gone
    tile = manager.client.get(f"/pictures/{saved.floor.picture.id}/0/0/0.png")
    assert tile.status_code == 200


def test_a_second_model_waits_beside_the_first_and_both_are_found_again(manager, plans, store, stored_facility):
    def upload(*floors: str, **more: int):
        given = {"name": "", "level": "", "plan": (BytesIO(geojson(*floors)), "building.geojson")}
        return manager.post(plans, given, **more)

    first, second = upload("Ground"), upload("Annex")
    page = manager.get(second)
    assert "what you uploaded before" in page.text
    assert len(page.all("path.floor-rooms")) == len(page.all("[name=floors]"))
    page = manager.get(plans)
    assert {link.attributes["href"] for link in page.all("main a[href^='/models/']")} == {first, second}
    upload("Third")
    refused = upload("Fourth", expect=400)
    assert "3 models of yours wait already" in refused.text
    assert manager.post(second, {"none": "1"}) == plans
    manager.get(second, expect=404)
    assert manager.post(first, {"floors": manager.get(first).one("[name=floors]").attributes["value"]}) == plans
    with store.read() as books:
        assert len(books.floors.list(stored_facility.id)) == 1


def test_what_the_file_says_of_its_scale_is_asked_and_taken_with_one_click(manager, plans, store):
    where = manager.post(plans, {"name": "Fourth", "level": "3", "plan": (BytesIO(dxf()), "plan.dxf")})
    assert "The file says that 1 unit is 1 mm" in manager.get(where).text
    assert newest(store, where).floor.scale is None
    assert manager.post(where, {"claim": "1"}) == where.replace("scale", "")
    floor = newest(store, where).floor
    assert 12 < floor.picture.width_px * floor.scale.metres_per_pixel < 14
