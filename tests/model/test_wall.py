"""What the marks of a sheet make of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from zonemap.model.wall import WallEvent, WallMark, WallState, hanging, state_of

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
NEW, OLD = "new", "old"
P, H, M, R = WallEvent.PRINTED, WallEvent.POSTED, WallEvent.MISSING, WallEvent.REMOVED


def marks(*events: tuple[WallEvent, str]) -> list[WallMark]:
    return [
        WallMark(str(place), "f", "g", "d1", event, facts, 1, START + timedelta(minutes=place), START, "Ana")
        for place, (event, facts) in enumerate(events)
    ]


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], "planned"),
        ([(P, NEW)], "printed"),
        ([(P, OLD)], "planned"),
        ([(P, NEW), (H, NEW)], "posted"),
        ([(H, NEW)], "posted"),
        ([(P, OLD), (H, OLD)], "outdated"),
        ([(H, OLD), (P, NEW)], "printed"),
        ([(H, OLD), (P, NEW), (H, NEW)], "posted"),
        ([(H, NEW), (M, NEW)], "missing"),
        ([(P, NEW), (M, NEW)], "missing"),
        ([(M, NEW), (P, NEW)], "printed"),
        ([(H, NEW), (R, NEW)], "planned"),
        ([(H, OLD), (P, OLD)], "outdated"),
        ([(P, NEW), (H, OLD)], "outdated"),
    ],
)
def test_what_was_done_and_seen_makes_the_state_of_a_sheet(events, state):
    assert state_of(marks(*events), NEW) is WallState(state)


def test_marks_count_by_the_moment_of_the_tick_in_whatever_order_they_arrive():
    made = marks((P, NEW), (H, NEW), (M, NEW), (P, NEW))

    assert {state_of(each, NEW) for each in permutations(made)} == {WallState.PRINTED}


def test_a_sheet_hangs_until_it_is_missed_or_taken_down():
    assert hanging(marks((H, OLD), (P, NEW))).facts == OLD
    assert hanging(marks((H, OLD), (R, OLD))) is None
    assert hanging(marks((P, NEW))) is None
