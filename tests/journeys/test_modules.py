"""The plan as a value, its history, shared walls, doors and the queue that saves: the parts that draw nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.geometry.floors import CLINIC, lobby_floor
from zonemap.geometry.cover import overlaps
from zonemap.geometry.doors import door_problem
from zonemap.geometry.rings import valid_ring
from zonemap.model.floor_document import door_from, floor_document, room_from
from zonemap.model.plan import Floor, Room, Scale
from zonemap.model.zone import ZoneClass

pytestmark = pytest.mark.journey

Run = Callable[..., Any]

# A generator with a seed, so that what fails once fails again.
CHANCE = """
    const chance = ((seed) => () => {
        seed = (seed + 0x6d2b79f5) | 0;
        let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    })(given.seed ?? 1);
    const pick = (list) => list[Math.floor(chance() * list.length)];
"""

EDITS = """
    const { Plan } = await import("/plan.js");
    const { History } = await import("/history.js");
    const { Edits } = await import("/edits.js");
    const { Selection } = await import("/selection.js");
    const { rectangle, contains, crossesItself } = await import("/rings.js");
    const { snapTo } = await import("/snap.js");
    const { doorAt } = await import("/doors.js");
    const plan = new Plan(given.floor);
    const history = new History(plan);
    const selection = new Selection(plan);
    const edits = new Edits(plan, history, selection, () => {});
    const state = () => JSON.stringify({ rooms: plan.rooms, doors: plan.doors });
"""


def document(floor: Floor) -> dict[str, Any]:
    return json.loads(json.dumps(floor_document(floor)))


def floor_with(rooms: list[dict[str, Any]]) -> Floor:
    drawn = tuple(room_from(room) for room in rooms)
    return replace(lobby_floor(), rooms=drawn, doors=())


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
            () => edits.moveRoom(pick(plan.rooms), [chance() - 0.5, chance() - 0.5]),
            () => edits.setClass(pick(plan.rooms), pick(["public", "private", "records"])),
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


# --- saving ------------------------------------------------------------------------------------------------------

SAVER = (
    EDITS
    + """
    const { Saver } = await import("/saver.js");
    const sent = [];
    const kept = [];
    let answers = given.answers ?? [];
    const facts = { saved_at: "t", saved_by: "me", doors: {}, missing: [], boundary: [] };
    const ok = (version) => ({ status: 200, body: { version, ...facts } });
    const send = async (version, changes) => {
        sent.push({ version, changes: structuredClone(changes) });
        const answer = answers.shift();
        if (answer === "gone") throw new Error("no answer");
        return answer ?? ok(version + 1);
    };
    const saver = new Saver(plan, { send, keep: (state) => kept.push(state), version: 1, savedAt: "t", savedBy: "Bo" });
    const name = (id, name) => edits.change("room", id, { name }, "naming");
"""
)


def test_a_room_that_changes_twice_is_sent_once_as_it_is_at_the_end(run: Run) -> None:
    sent, state, kept = run(
        SAVER
        + """
        name("lobby", "A");
        name("lobby", "B");
        name("exam", "C");
        await saver.flush();
        return [sent, saver.state.name, kept];
        """,
        {"floor": document(lobby_floor())},
    )
    assert [[each["value"]["name"] for each in request["changes"]] for request in sent] == [["B", "C"]]
    assert state == "saved"
    assert kept[0]["changes"][0]["value"]["name"] == "A"
    assert kept[-1] is None


def test_what_changes_while_a_request_is_under_way_goes_with_the_next_on_its_version(run: Run) -> None:
    sent = run(
        SAVER
        + """
        name("lobby", "A");
        const first = saver.flush();
        name("lobby", "B");
        await first;
        await saver.flush();
        return sent;
        """,
        {"floor": document(lobby_floor())},
    )
    assert [(request["version"], request["changes"][0]["value"]["name"]) for request in sent] == [(1, "A"), (2, "B")]


def test_one_room_that_is_refused_does_not_hold_up_the_others(run: Run) -> None:
    refused = {"kind": "room", "id": "exam", "message": "It crosses itself.", "place": [1, 2]}
    sent, state, refusal, kept = run(
        SAVER
        + """
        name("lobby", "A");
        name("exam", "B");
        await saver.flush();
        return [sent, saver.state, saver.refusalOf("room:exam"), kept.at(-1)];
        """,
        {"floor": document(lobby_floor()), "answers": [{"status": 400, "body": {"error": "no", "refused": [refused]}}]},
    )
    assert [[each["value"]["id"] for each in request["changes"]] for request in sent] == [["lobby", "exam"], ["lobby"]]
    assert state == {"name": "refused", "count": 1}
    assert refusal["message"] == "It crosses itself."
    assert [each["value"]["id"] for each in kept["changes"]] == ["exam"]


def test_with_no_answer_everything_is_kept_and_sent_again(run: Run) -> None:
    states, sent = run(
        SAVER
        + """
        const states = [];
        saver.addEventListener("state", ({ detail }) => states.push(detail.name));
        name("lobby", "A");
        await saver.flush();
        states.push(saver.count);
        await saver.flush();
        return [states, sent.length];
        """,
        {"floor": document(lobby_floor()), "answers": ["gone"]},
    )
    assert states == ["saving", "saving", "unsent", 1, "saving", "saved"]
    assert sent == 2


def test_a_save_whose_answer_was_lost_is_no_conflict_with_oneself(run: Run) -> None:
    floor = document(lobby_floor())
    theirs = json.loads(json.dumps(floor))
    theirs["rooms"][0]["name"] = "A"
    body = {
        "floor": theirs,
        "version": 2,
        "saved_at": "t",
        "saved_by": "me",
        "doors": {},
        "missing": [],
        "boundary": [],
    }
    state, version = run(
        SAVER
        + """
        name("lobby", "A");
        await saver.flush();
        await saver.flush();
        return [saver.state.name, saver.version];
        """,
        {"floor": floor, "answers": ["gone", {"status": 409, "body": {"theirs": body}}]},
    )
    assert (state, version) == ("saved", 2)


def test_a_conflict_stops_the_queue_until_somebody_chose(run: Run) -> None:
    floor = document(lobby_floor())
    body = {"floor": floor, "version": 5, "saved_at": "t", "saved_by": "Bo", "doors": {}, "missing": [], "boundary": []}
    states = run(
        SAVER
        + """
        name("lobby", "A");
        await saver.flush();
        name("exam", "B");
        await saver.flush();
        const held = [saver.state.name, saver.count, sent.length];
        saver.resume(saver.state.theirs, saver.keys);
        await saver.flush();
        return [held, saver.state.name, sent.at(-1).version];
        """,
        {"floor": floor, "answers": [{"status": 409, "body": {"theirs": body}}]},
    )
    assert states == [["conflict", 2, 1], "saved", 5]
