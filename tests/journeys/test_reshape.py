"""Split, join, square, cut, fill and close: exact, one step each, and refused with a reason where they cannot be."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.geometry.floors import block_floor, box, door, floor, lobby_floor, room
from tests.journeys.plan_scripts import EDITS, RESHAPE, Run, document, floor_with
from zonemap.geometry.cover import overlaps
from zonemap.geometry.doors import door_problems
from zonemap.geometry.rings import room_area, valid_floor
from zonemap.model.floor_document import floor_from, room_from
from zonemap.model.plan import Floor

pytestmark = pytest.mark.journey

SAID = "let said = ''; edits.say = (words) => { said = words; };"
STATE = "return { said, problem, rooms: plan.rooms, doors: plan.doors, steps: history.length };"


def reshaped(run: Run, start: Floor, script: str) -> dict[str, Any]:
    return dict(run(EDITS + RESHAPE + SAID + script + STATE, {"floor": document(start)}))


def as_floor(start: Floor, found: dict[str, Any]) -> Floor:
    return valid_floor(floor_from(document(start) | {"rooms": found["rooms"], "doors": found["doors"]}))


def test_a_split_keeps_class_and_name_and_gives_each_door_to_the_part_it_touches(run: Run) -> None:
    start = lobby_floor()
    found = reshaped(
        run,
        start,
        """
        const lobby = plan.room.get("lobby");
        const problem = splitRoom(edits, lobby, straightAcross(shapeOf(lobby), 0, 5.5));
        """,
    )
    first, second = found["rooms"][0], found["rooms"][-1]
    assert found["problem"] is None
    assert found["steps"] == 1
    assert first["id"] == "lobby"
    assert (second["class"], second["name"], second["number"]) == ("public", "Room lobby", "")
    assert room_area(room_from(first)) == pytest.approx(22)
    assert room_area(room_from(second)) == pytest.approx(10)
    rooms = {each["id"]: set(each["rooms"]) for each in found["doors"]}
    assert rooms["d1"] == {"lobby", "exam"}
    assert rooms["d3"] == {"chart", second["id"]}
    after = as_floor(start, found)
    assert overlaps(after) == ()
    assert door_problems(after) == ()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[[1, 0], [1, 2]]", "ends inside"),
        ("[[20, 0], [20, 9]]", "does not run through"),
        ("[[0, 0], [0, 4]]", "does not run through"),
        ("[[0, 0.003], [8, 0.004]]", "would not leave two good rooms"),
    ],
)
def test_a_line_that_does_not_cut_the_room_in_two_is_refused_with_the_reason(run: Run, line: str, why: str) -> None:
    found = reshaped(run, lobby_floor(), f"const problem = splitRoom(edits, plan.room.get('lobby'), {line});")
    assert why in found["problem"]
    assert found["steps"] == 0


def test_a_corridor_around_a_block_is_cut_in_two_through_the_block_and_joined_again(run: Run) -> None:
    start = block_floor()
    found = reshaped(
        run,
        start,
        """
        let problem = splitRoom(edits, plan.room.get("corridor"), [[0, 5], [14, 5]]);
        const halves = [plan.room.get("corridor"), plan.rooms.at(-1)];
        const cut = halves.map((half) => shapeOf(half).length);
        problem ??= mergeRooms(edits, halves, halves[0]);
        said = JSON.stringify(cut);
        """,
    )
    assert found["problem"] is None
    assert found["said"] == "[1,1]"
    after = as_floor(start, found)
    assert [room_area(each) for each in after.rooms] == pytest.approx([80, 24, 36])
    assert len(after.rooms[0].holes) == 1
    assert overlaps(after) == ()


def test_joining_keeps_the_chosen_name_and_drops_the_doors_in_between(run: Run) -> None:
    start = lobby_floor()
    found = reshaped(
        run,
        start,
        """
        const rooms = ["lobby", "exam", "chart"].map((id) => plan.room.get(id));
        const problem = mergeRooms(edits, rooms, rooms[2]);
        """,
    )
    assert found["problem"] is None
    assert "2 doors between them are gone" in found["said"]
    assert [each["id"] for each in found["rooms"]] == ["store", "chart"]
    whole = found["rooms"][1]
    assert (whole["class"], whole["number"]) == ("records", "CHART")
    assert {each["id"] for each in found["doors"]} == {"d2", "d4", "d5"}
    assert overlaps(as_floor(start, found)) == ()


@pytest.mark.parametrize(
    ("rooms", "why"),
    [
        ([room("a", box(0, 0, 3, 3)), room("b", box(3.6, 0, 3, 3))], "shares no wall"),
        ([room("a", box(0, 0, 3, 3)), room("b", box(3, 3, 3, 3))], "shares no wall"),
    ],
)
def test_rooms_that_share_no_wall_are_not_joined(run: Run, rooms: list[Any], why: str) -> None:
    found = reshaped(run, floor(rooms), "const problem = mergeRooms(edits, plan.rooms, plan.rooms[0]);")
    assert why in found["problem"]
    assert found["steps"] == 0


def test_squaring_makes_nearly_right_angles_right_and_shared_corners_and_doors_move_together(run: Run) -> None:
    slanted = [
        room("a", ((0, 0), (4.06, 0.05), (4, 3.04), (0.03, 3))),
        room("b", ((4.06, 0.05), (8, 0), (8, 3), (4, 3.04))),
    ]
    start = floor(slanted, [door("d1", ((4.043, 1), (4.025, 1.9)), "a", "b")])
    found = reshaped(run, start, "const problem = squareRooms(edits, plan.rooms);")
    assert found["problem"] is None
    assert found["steps"] == 1
    after = as_floor(start, found)
    for each in after.rooms:
        xs, ys = zip(*each.ring, strict=True)
        assert room_area(each) == pytest.approx((max(xs) - min(xs)) * (max(ys) - min(ys)), abs=0.01)
    assert set(after.rooms[0].ring) & set(after.rooms[1].ring)
    assert overlaps(after) == ()
    assert door_problems(after) == ()
    (x1, _), (x2, _) = after.doors[0].jambs
    assert x1 == pytest.approx(x2, abs=0.002)


def test_what_lies_on_another_room_is_cut_off_by_a_choice_and_not_before(run: Run) -> None:
    start = floor([room("a", box(0, 0, 4, 4)), room("b", box(3, 1, 4, 2)), room("c", box(3.5, 3.5, 2, 2))])
    found = reshaped(
        run,
        start,
        """
        const before = findings(plan.rooms).map(({ kind, rooms }) => `${kind} ${[...rooms].sort()}`).sort();
        const problem = cutFrom(edits, plan.room.get("b"), plan.room.get("a"))
            ?? cutFrom(edits, plan.room.get("a"), plan.room.get("c"));
        said = JSON.stringify([before, findings(plan.rooms).filter(({ kind }) => kind === "overlap")]);
        """,
    )
    assert found["problem"] is None
    assert found["said"] == '[["overlap a,b","overlap a,c"],[]]'
    after = as_floor(start, found)
    assert [room_area(each) for each in after.rooms] == pytest.approx([15.75, 6, 4])
    assert overlaps(after) == ()


def test_gaps_open_and_enclosed_and_slivers_are_found_and_mended_by_a_choice(run: Run) -> None:
    start = floor(
        [
            room("a", box(0, 0, 4, 4)),
            room("b", box(4.05, 0, 4, 4)),
            room("c", box(0, 4, 8.05, 3)),
            room("d", box(0, 7, 4, 3)),
            room("e", ((4.1, 7), (8.05, 7), (8.05, 10), (4, 10), (4, 9.9))),
            room("thin", box(8.05, 0, 0.1, 4)),
        ]
    )
    found = reshaped(
        run,
        start,
        """
        const named = () => findings(plan.rooms).map(({ kind, rooms }) => `${kind} ${[...rooms].sort()}`).sort();
        const before = named();
        const gap = findings(plan.rooms).find(({ kind }) => kind === "gap");
        const problem = closeGap(edits, plan.room.get("b"), plan.room.get("a"))
            ?? giveTo(edits, plan.room.get("d"), gap.ring)
            ?? mergeRooms(edits, [plan.room.get("b"), plan.room.get("thin")], plan.room.get("b"));
        said = JSON.stringify([before, named()]);
        """,
    )
    assert found["problem"] is None
    assert found["said"] == '[["crack a,b","gap c,d,e","sliver thin"],[]]'
    assert overlaps(as_floor(start, found)) == ()


def test_rooms_drawn_to_the_faces_of_walls_have_no_gaps(run: Run) -> None:
    found = reshaped(run, lobby_floor(0.1), "const problem = findings(plan.rooms).length;")
    assert found["problem"] == 0


def test_a_gap_among_hundreds_of_rooms_is_found_and_still_there_after_an_edit_elsewhere(run: Run) -> None:
    found = run(
        EDITS
        + RESHAPE
        + """
        const rooms = [];
        for (let i = 0; i < 400; i++) {
            const [x, y] = [(i % 20) * 4, Math.floor(i / 20) * 4];
            const ring = rectangle([x + (i === 30 ? 0.01 : 0), y], [x + 4, y + 4]);
            rooms.push({ id: `r${i}`, number: "", name: "", class: "private", ring });
        }
        plan.load({ rooms, doors: [] });
        const first = findings(plan.rooms).map(({ kind }) => kind);
        const problem = edits.moveCorner([8, 8], [8.5, 8.5]);
        return [first, problem, findings(plan.rooms).map(({ kind }) => kind)];
        """,
        {"floor": {"rooms": [], "doors": []}},
    )
    assert found == [["gap"], None, ["gap"]]


def test_corners_of_a_hole_move_with_the_rooms_inside_it(run: Run) -> None:
    start = block_floor()
    found = reshaped(run, start, "const problem = edits.moveCorner([2, 2], [1.4, 1.6]);")
    assert found["problem"] is None
    rings = [found["rooms"][0]["holes"][0], found["rooms"][1]["ring"]]
    assert all([1.4, 1.6] in ring and [2, 2] not in ring for ring in rings)
    assert overlaps(as_floor(start, found)) == ()


def test_an_overlap_that_was_there_stays_until_somebody_mends_it_and_may_not_grow(run: Run) -> None:
    start = floor([room("a", box(0, 0, 4, 4)), room("b", box(3.9, 0, 4, 4))])
    found = run(
        EDITS
        + """
        const less = edits.moveCorner([3.9, 0], [3.95, 0]);
        const more = edits.moveCorner([3.95, 0], [3.5, 0]);
        return [less, more, plan.room.get("b").ring[0]];
        """,
        {"floor": document(start)},
    )
    assert found[0] is None
    assert "would lie on" in found[1]
    assert found[2] == [3.95, 0]
    assert len(overlaps(floor_with(document(start)["rooms"]))) == 1


def test_a_new_room_is_cut_to_fit_between_those_that_are_there(run: Run) -> None:
    start = floor([room("a", box(0, 0, 4, 4)), room("b", box(6, 0, 4, 4)), room("c", box(0, 4, 10, 2))])
    found = reshaped(
        run,
        start,
        """
        const { fitted } = await import("/reshape.js");
        const ring = rectangle([3.8, -0.5], [6.3, 4.4]);
        said = edits.addRoom(ring);
        const shape = fitted(plan, ring);
        const problem = edits.addRoom(shape[0], shape.slice(1));
        """,
    )
    assert found["problem"] is None
    assert overlaps(as_floor(start, found)) == ()
    assert room_area(room_from(found["rooms"][-1])) == pytest.approx(2 * 4 + 2.5 * 0.5)


def test_the_pointer_snaps_to_a_corner_then_to_where_walls_cross_then_to_a_wall(run: Run) -> None:
    start = floor([room("a", box(0, 0, 4, 4)), room("b", ((2, 3), (6, 3), (6, 6)))])
    found = run(
        EDITS + "return [[4.1, 0.1], [4.1, 3.1], [4.1, 2]].map((point) => snapTo(plan.rooms, point, 0.3));",
        {"floor": document(start)},
    )
    assert found == [
        {"at": [4, 0], "kind": "corner"},
        {"at": [4, 3], "kind": "crossing"},
        {"at": [4, 2], "kind": "wall"},
    ]


@pytest.mark.parametrize(("thick", "turned"), [(0.12, False), (0.5, False), (0.3, True)])
def test_rooms_that_a_thin_wall_parts_are_joined_with_the_strip_and_undo_gives_both_back(
    run: Run, thick: float, turned: bool
) -> None:
    here, there = box(0, 0, 4, 3), box(4 + thick, 1, 3, 4)
    if turned:  # a wall at 30 degrees
        here, there = (tuple(_turned(corner) for corner in ring) for ring in (here, there))
    start = floor([room("here", here), room("there", there), room("far", box(-9, -9, 2, 2))])
    found = reshaped(
        run,
        start,
        """
        const before = state();
        const problem = mergeRooms(edits, [plan.room.get("here"), plan.room.get("there")], plan.room.get("here"));
        said = JSON.stringify(plan.room.get("here").ring);
        history.undo();
        if (state() !== before) said = "undo left something";
        history.redo();
        """,
    )
    assert found["problem"] is None
    assert found["steps"] == 1
    assert [each["id"] for each in found["rooms"]] == ["here", "far"]
    assert room_area(room_from(found["rooms"][0])) == pytest.approx(12 + 12 + 2 * thick, abs=0.02)
    as_floor(start, found)


def _turned(corner: tuple[float, float]) -> tuple[float, float]:
    x, y = corner
    return (round(x * math.cos(0.5) - y * math.sin(0.5), 3), round(x * math.sin(0.5) + y * math.cos(0.5), 3))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"left": 4.6}, "no wall of at most half a metre parts them"),
        ({"left": 4.4, "between": True}, "would lie on"),
    ],
)
def test_a_thick_wall_or_one_with_a_room_in_it_is_not_joined_across(run: Run, more: dict[str, Any], why: str) -> None:
    rooms = [room("here", box(0, 0, 4, 3)), room("there", box(more["left"], 0, 3, 3))]
    if "between" in more:
        rooms.append(room("chase", box(4.1, 1, 0.3, 1)))
    found = reshaped(
        run,
        floor(rooms),
        "const problem = mergeRooms(edits, [plan.room.get('here'), plan.room.get('there')], plan.room.get('here'));",
    )
    assert why in found["problem"]
    assert found["steps"] == 0
