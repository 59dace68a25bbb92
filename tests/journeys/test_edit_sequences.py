"""A thousand runs of random work with every command: no room comes to lie on another, and undo gives the beginning."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.plan_scripts import CHANCE, EDITS, RESHAPE, Run, floor_with
from zonemap.geometry.cover import overlaps
from zonemap.geometry.rings import valid_floor

pytestmark = pytest.mark.journey

RUNS, STEPS = 1000, 20
DEEDS = (Path(__file__).parent / "random_edits.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def work(run: Run) -> dict[str, Any]:
    """What came out of each run: the rooms at the end, and whether undo gave the floor it began with."""
    return dict(
        run(
            CHANCE
            + EDITS
            + RESHAPE
            + DEEDS
            + """
            const ends = [];
            const labels = {};
            let undone = 0;
            for (let i = 0; i < given.runs; i++) {
                plan.load(randomFloor());
                history.clear();
                const before = state();
                for (let step = 0; step < given.steps; step++) {
                    randomDeed();
                    const label = history.undoLabel?.split(" ")[0];
                    if (label) labels[label] = (labels[label] ?? 0) + 1;
                }
                ends.push(plan.rooms);
                while (history.undo());
                undone += state() === before;
            }
            return { ends, undone, labels };
            """,
            {"floor": {"rooms": [], "doors": []}, "seed": 20, "runs": RUNS, "steps": STEPS},
        )
    )


def test_a_thousand_runs_of_random_work_undo_to_the_very_beginning(work: dict[str, Any]) -> None:
    assert work["undone"] == RUNS
    # every command was made, not only tried
    assert {"drawing", "moving", "adding", "removing", "splitting", "joining", "squaring", "closing"} <= set(
        work["labels"]
    )


def test_after_a_thousand_runs_of_random_work_no_room_lies_on_another(work: dict[str, Any]) -> None:
    """By the server's measure: over 1 cm2; and each outline is one that the server takes as it stands."""
    for rooms in work["ends"]:
        floor = valid_floor(floor_with(rooms))
        assert overlaps(floor) == ()
