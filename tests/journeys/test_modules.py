"""The plan as a value, its history, shared walls and doors: the parts that draw nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.geometry.floors import CLINIC, lobby_floor
from tests.journeys.plan_scripts import CHANCE, EDITS, Run, document, floor_with
from zonemap.geometry.cover import overlaps
from zonemap.geometry.doors import door_problem
from zonemap.geometry.rings import valid_ring
from zonemap.geometry.thresholds import signed_doors
from zonemap.model.floor_document import door_from
from zonemap.model.plan import Floor, Room, Scale
from zonemap.model.zone import ZoneClass

pytestmark = pytest.mark.journey

# --- the plan and its history ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_any_run_of_edits_undoes_to_the_very_beginning_and_redoes_to_the_very_end(run: Run, seed: int) -> None:
    found = run(
        CHANCE
        + EDITS
        + """
        const deeds = [
            () => edits.addRoom(rectangle([chance() * 20, 10 + chance() * 8], [chance() * 20, 10 + chance() * 8])),
            () => { const room = pick(plan.rooms); const corner = pick(room.ring);
                    edits.moveCorner(corner, [corner[0] + chance() - 0.5, corner[1] + chance() - 0.5]); },
            () => { const room = pick(plan.rooms); edits.insertCorner(room.id, 0, [chance() * 9, chance() * 9]); },
            () => { const room = pick(plan.rooms); edits.removeCorner(room, 0); },
            () => edits.moveRooms([pick(plan.rooms)], [chance() - 0.5, chance() - 0.5]),
            () => edits.setClass([pick(plan.rooms)], pick(["public", "private", "records"])),
            () => edits.change("room", pick(plan.rooms).id, { name: String(chance()) }, "naming"),
            () => { const found = doorAt(plan.rooms, [chance() * 8, chance() * 7], 1);
                    if (found.jambs) edits.addDoor(found); },
            () => { if (plan.rooms.length < 3) return;
                    selection.select("room", pick(plan.rooms).id); edits.removeSelected(); },
        ];
        const before = state();
        for (let i = 0; i < 60; i++) pick(deeds)();
        const after = state();
        const count = history.length;
        while (history.undo());
        const back = state();
        while (history.redo());
        return { before, back, after, again: state(), count };
        """,
        {"floor": document(lobby_floor()), "seed": seed},
    )
    assert found["count"] > 30
    assert found["back"] == found["before"]
    assert found["again"] == found["after"]


def test_two_hundred_steps_can_be_undone(run: Run) -> None:
    found = run(
        EDITS
        + """
        const before = state();
        for (let i = 0; i < 200; i++) edits.change("room", "lobby", { name: `Name ${i}` }, "naming");
        let undone = 0;
        while (history.undo()) undone++;
        return [undone, state() === before];
        """,
        {"floor": document(lobby_floor())},
    )
    assert found == [200, True]


def test_letters_typed_one_after_another_are_one_step(run: Run) -> None:
    found = run(
        EDITS
        + """
        for (const name of ["L", "La", "Lab"]) edits.change("room", "lobby", { name }, "naming", "name lobby");
        history.close();
        edits.change("room", "lobby", { name: "Labs" }, "naming", "name lobby");
        history.undo();
        const between = plan.room.get("lobby").name;
        history.undo();
        return [between, plan.room.get("lobby").name];
        """,
        {"floor": document(lobby_floor())},
    )
    assert found == ["Lab", "Room lobby"]


def test_a_number_that_was_given_once_survives_undo_and_redo(run: Run) -> None:
    found = run(
        EDITS
        + """
        edits.addDoor(doorAt(plan.rooms, [4, 0], 1));
        const { id } = plan.doors.at(-1);
        plan.giveNumbers({ [id]: "7" });
        history.undo();
        history.redo();
        return plan.door.get(id).number;
        """,
        {"floor": document(lobby_floor())},
    )
    assert found == "7"


# --- shared walls ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(10))
def test_rooms_drawn_against_slanted_walls_leave_no_overlap(run: Run, seed: int) -> None:
    """Each new room takes corners that snapped to walls of others; rounding to the millimetre must leave no slivers."""
    rooms = run(
        CHANCE
        + EDITS
        + """
        const angle = chance();
        const turn = ([x, y]) => [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];
        edits.addRoom([[0, 0], [30, 0], [30, 4], [0, 4]].map(turn));
        for (let x = 0; x < 28; ) {
            const wide = 1.5 + chance() * 3;
            const high = 2 + chance() * 3;
            const end = Math.min(30, x + wide);
            const ring = [[x, 4], [end, 4], [end, 4 + high], [x, 4 + high]].map(turn);
            edits.addRoom(ring.map((corner) => snapTo(plan.rooms, corner, 0.05).at));
            x = end;
        }
        for (let i = 0; i < 30; i++) {
            const corner = pick(pick(plan.rooms).ring);
            edits.moveCorner(corner, [corner[0] + (chance() - 0.5) / 5, corner[1] + (chance() - 0.5) / 5]);
            if (plan.rooms.some(({ ring }) => crossesItself(ring))) history.undo(); // the server would refuse it
        }
        return plan.rooms;
        """,
        {"floor": {"rooms": [], "doors": []}, "seed": seed},
    )
    assert len(rooms) > 6
    for room in rooms:
        valid_ring(room["ring"])
    assert overlaps(floor_with(rooms)) == ()


def test_a_corner_on_a_neighbours_wall_becomes_a_corner_of_the_neighbour(run: Run) -> None:
    rings = run(
        EDITS
        + """
        edits.addRoom([[0, 0], [10, 0.7], [10, 5], [0, 5]]);
        const on = snapTo(plan.rooms, [4, 0.3], 0.2).at;
        edits.addRoom([on, [4, -3], [0, -3], [0, 0]]);
        return [on, ...plan.rooms.map(({ ring }) => ring)];
        """,
        {"floor": {"rooms": [], "doors": []}},
    )
    on, upper, lower = rings
    assert on in upper
    assert on in lower


# --- doors -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gap", [0.0, 0.12, 0.4])
def test_a_door_that_the_editor_places_is_one_that_the_server_takes(run: Run, gap: float) -> None:
    floor = lobby_floor(gap)
    doors = run(
        CHANCE
        + EDITS
        + """
        const found = [];
        for (let i = 0; i < 200; i++) {
            const at = doorAt(plan.rooms, [chance() * 9 - 0.5, chance() * 9 - 0.5], 1);
            if (at.jambs) found.push({ id: `n${i}`, number: "", kind: "door", ...at });
        }
        return found;
        """,
        {"floor": document(floor)},
    )
    assert len(doors) > 100
    problems = [problem for door in doors if (problem := door_problem(floor, door_from(door)))]
    assert problems == []
    assert {frozenset(door["rooms"]) for door in doors} >= {
        frozenset({"lobby", "exam"}),
        frozenset({"lobby", "chart"}),
        frozenset({"lobby", None}),
    }


def test_a_door_between_two_rooms_is_found_without_a_pointer(run: Run) -> None:
    floor = lobby_floor(0.2)
    found = run(
        EDITS
        + """
        const { doorBetween, neighbours } = await import("/doors.js");
        const lobby = plan.room.get("lobby");
        const near = neighbours(plan.rooms, lobby);
        const door = (id) => doorBetween(lobby, plan.room.get(id) ?? null, plan.rooms);
        return [near, near.map((id) => ({ id: "n", number: "", kind: "door", ...door(id) }))];
        """,
        {"floor": document(floor)},
    )
    near, doors = found
    assert set(near) == {"exam", "store", "chart", None}
    for other, door in zip(near, doors, strict=True):
        assert set(door["rooms"]) == {"lobby", other}
        assert door_problem(floor, door_from(door)) is None


@pytest.mark.parametrize("turn", range(len(ZoneClass)))
def test_the_editor_says_of_the_same_doors_that_they_get_a_sign_as_the_signs_do(run: Run, turn: int) -> None:
    classes, plain = list(ZoneClass), lobby_floor()
    turned = [replace(room, zone_class=classes[(at * 2 + turn) % 6]) for at, room in enumerate(plain.rooms)]
    floor = replace(plain, rooms=tuple(turned))
    found = run(
        """
        const { getsSign } = await import("/classes.js");
        const rooms = new Map(given.floor.rooms.map((room) => [room.id, room]));
        const signed = (door) => getsSign(door, ...door.rooms.map((id) => rooms.get(id)));
        return given.floor.doors.filter(signed).map(({ id }) => id);
        """,
        {"floor": document(floor)},
    )

    assert sorted(found) == sorted(each.door.id for each in signed_doors(floor))


@pytest.mark.shared
@pytest.mark.skipif(not CLINIC.exists(), reason="the floor plans that lie beside a checkout are not here")
def test_on_the_real_clinic_a_click_on_a_door_finds_its_two_rooms(run: Run) -> None:
    features = json.loads(CLINIC.read_text())["features"]
    rooms = [
        {
            "id": each["properties"]["id"],
            "ring": each["geometry"]["coordinates"][0][:-1],
            "number": "",
            "name": "",
            "class": "private",
        }
        for each in features
        if each["properties"]["kind"] == "room"
    ]
    doors = [
        each for each in features if each["properties"]["kind"] == "door" and len(each["properties"]["rooms"]) == 2
    ]
    clicks = [[sum(axis) / 2 for axis in zip(*each["geometry"]["coordinates"], strict=True)] for each in doors]
    found = run(
        EDITS + "return given.clicks.map((click) => doorAt(plan.rooms, click, 0.5));",
        {"floor": {"rooms": rooms, "doors": []}, "clicks": clicks},
    )
    right = [
        set(at.get("rooms", [])) == set(each["properties"]["rooms"]) for at, each in zip(found, doors, strict=True)
    ]
    assert sum(right) / len(right) >= 0.97, f"{sum(right)} of {len(right)}"
    floor = Floor("f", "c", "First", 0, None, Scale(0.01), tuple(map(_room, rooms)), ())
    placed = [{"id": str(n), "number": "", "kind": "door", **at} for n, at in enumerate(found) if "jambs" in at]
    assert [door_problem(floor, door_from(door)) for door in placed if door_problem(floor, door_from(door))] == []


def _room(value: dict[str, Any]) -> Room:
    return Room(value["id"], valid_ring(value["ring"]), zone_class=ZoneClass.PRIVATE)
