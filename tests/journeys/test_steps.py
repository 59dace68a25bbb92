"""What a page remembers: steps that outlive a reload, work that is not saved, two tabs; and what is measured."""

from __future__ import annotations

from typing import Any

import pytest

from tests.geometry.floors import lobby_floor
from tests.journeys.plan_scripts import EDITS, Run, document

pytestmark = pytest.mark.journey

STEPS = (
    EDITS
    + """
    const { Fingerprint } = await import("/fingerprint.js");
    const { StepStore } = await import("/step_store.js");
    sessionStorage.clear();
    /** A page on the floor: its history goes on from what is kept, where the drawing is the one that it belongs to. */
    const page = (floor, storage = sessionStorage) => {
        const plan = new Plan(floor);
        const history = new History(plan);
        const fingerprint = new Fingerprint(plan);
        const store = new StepStore("f", { history, fingerprint, version: () => 1, storage });
        const kept = store.find();
        const fits = kept?.print === fingerprint.value;
        store.follow();
        if (fits) history.restore(kept);
        const edits = new Edits(plan, history, selection, () => {});
        const name = (name) => edits.change("room", "lobby", { name }, `naming it ${name}`);
        const now = () => structuredClone({ ...floor, rooms: plan.rooms, doors: plan.doors });
        return { plan, history, fingerprint, store, fits, name, now };
    };
"""
)


def floor() -> dict[str, Any]:
    return {"floor": document(lobby_floor())}


def test_two_hundred_steps_can_be_undone_and_done_again_after_a_reload(run: Run) -> None:
    found = run(
        STEPS
        + """
        const one = page(given.floor);
        for (let i = 0; i < 230; i++) one.name(`N${i}`);
        for (let i = 0; i < 10; i++) one.history.undo();
        const two = page(one.now());
        const again = two.history.redo();
        let undone = 0;
        while (two.history.undo()) undone++;
        return [two.fits, again, undone, JSON.stringify(two.now()) === JSON.stringify(given.floor)];
        """,
        floor(),
    )
    assert found == [True, "naming it N220", 221, True]


def test_a_step_after_undoing_forgets_what_was_undone_also_after_a_reload(run: Run) -> None:
    found = run(
        STEPS
        + """
        const one = page(given.floor);
        for (const name of ["A", "B", "C"]) one.name(name);
        one.history.undo();
        one.name("D");
        const two = page(one.now());
        return [two.history.redoLabel, two.history.undoLabel, Object.keys(sessionStorage).length];
        """,
        floor(),
    )
    assert found == [None, "naming it D", 4]


def test_steps_of_another_drawing_are_not_taken_up(run: Run) -> None:
    found = run(
        STEPS
        + """
        const one = page(given.floor);
        one.name("A");
        const theirs = one.now();
        theirs.rooms[1] = { ...theirs.rooms[1], name: "Theirs" };
        return page(theirs).fits;
        """,
        floor(),
    )
    assert found is False


def test_a_storage_that_is_full_loses_the_oldest_steps_only(run: Run) -> None:
    found = run(
        STEPS
        + """
        const room = {};
        const small = {
            getItem: (name) => room[name] ?? null,
            removeItem: (name) => delete room[name],
            setItem: (name, text) => {
                const size = Object.values({ ...room, [name]: text }).reduce((sum, each) => sum + each.length, 0);
                if (size > 20000) throw new Error("full");
                room[name] = text;
            },
        };
        const one = page(given.floor, small);
        for (let i = 0; i < 120; i++) one.name(`N${i}`);
        const two = page(one.now(), small);
        return [two.fits, two.history.length, two.history.undo()];
        """,
        floor(),
    )
    assert found[0] is True
    assert 10 < found[1] < 120
    assert found[2] == "naming it N119"


def test_the_fingerprint_follows_the_drawing_and_not_the_way_to_it(run: Run) -> None:
    found = run(
        STEPS
        + """
        const one = page(given.floor);
        const start = one.fingerprint.value;
        const value = { ...one.plan.room.get("lobby"), name: "A" };
        const ahead = one.fingerprint.after([{ drop: "room", id: "lobby" }, { put: "room", value }]);
        one.name("B");
        one.name("A");
        const there = one.fingerprint.value;
        const turned = one.now();
        turned.rooms = turned.rooms.map((each) => Object.fromEntries(Object.entries(each).reverse())).reverse();
        while (one.history.undo());
        const back = one.fingerprint.value;
        return [ahead === there, there !== start, page(turned).fingerprint.value === there, back === start];
        """,
        floor(),
    )
    assert found == [True, True, True, True]


def test_what_is_unsaved_is_kept_page_by_page_and_found_where_its_tab_is_gone(run: Run) -> None:
    found = run(
        """
        const { Unsent } = await import("/unsent.js");
        localStorage.clear();
        const change = (id, name) => ({ put: "room", value: { id, name } });
        const page = (id, living) => new Unsent("f", { id, living: new Set(living) });
        const mine = page("one", ["one", "two"]);
        const other = page("two", ["one", "two"]);
        mine.keep({ version: 1, changes: [change("a", "mine")] });
        other.keep({ version: 1, changes: [change("a", "other"), change("b", "other")] });
        const both = Object.keys(localStorage).length;
        const third = page("three", ["one", "two", "three"]).find();
        await new Promise((done) => setTimeout(done, 5));
        const reloaded = page("one", ["one", "two"]);
        const left = reloaded.find();
        reloaded.keep({ version: 1, changes: [change("c", "new")] });
        const still = localStorage.length;
        reloaded.drop(left);
        const orphans = page("four", ["four"]).find().changes.map(({ value }) => value.id).sort();
        localStorage.clear();
        return [both, third, left.changes.map(({ value }) => value.name), still, orphans];
        """
    )
    assert found == [2, None, ["mine"], 3, ["a", "b", "c"]]


def test_what_is_measured_is_told_in_metres_and_in_feet(run: Run) -> None:
    found = run(
        """
        const { measured } = await import("/lengths.js");
        return [[], [[0, 0]], [[0, 0], [3.2, 0]], [[0, 0], [4, 0], [4, 3]]].map(measured);
        """
    )
    assert found == [
        "",
        "",
        "3.20 m (10 ft 6 in).",
        "7.00 m (23 ft 0 in) in 2 pieces. Closed, it is 6.0 m² (65 sq ft).",
    ]
