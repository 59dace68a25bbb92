"""The queue that saves: what is sent, what is kept, and what stops it."""

from __future__ import annotations

import json

import pytest

from tests.geometry.floors import lobby_floor
from tests.journeys.plan_scripts import EDITS, Run, document

pytestmark = pytest.mark.journey

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
