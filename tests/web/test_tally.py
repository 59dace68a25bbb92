"""Counts of several processes, added up in memory that they share."""

from __future__ import annotations

import os

from zonemap.web.tally import Shared


def said(shared: Shared) -> str:
    return "\n".join(shared.lines())


def in_another_process(work) -> None:
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_what_other_processes_count_is_added_up():
    shared = Shared(3)
    for part in range(3):
        in_another_process(lambda part=part: shared.counts(part).add("GET", "/desk/", 200, 0.02))
    shared.counts(0).add("POST", "/desk/", 303, 0.3)

    assert 'zonemap_answers_total{method="GET",route="/desk/",status="200"} 3' in said(shared)
    assert 'zonemap_answers_total{method="POST",route="/desk/",status="303"} 1' in said(shared)
    assert 'zonemap_answer_seconds_bucket{le="0.025"} 3' in said(shared)
    assert "zonemap_answer_seconds_sum 0.360000" in said(shared)
    assert "zonemap_answer_seconds_count 4" in said(shared)


def test_a_process_that_takes_the_place_of_another_goes_on_counting():
    shared = Shared(2)
    first, second = shared.take("first"), shared.take("second")
    in_another_process(lambda: shared.counts(first).add("GET", "/", 200, 0.1))
    shared.let_go("first")

    third = shared.take("third")
    in_another_process(lambda: shared.counts(third).add("GET", "/", 200, 0.1))

    assert (first, second, third) == (0, 1, 0)
    assert 'route="/",status="200"} 2' in said(shared)
    assert shared.take("one too many") == 1


def test_more_routes_than_there_is_room_for_are_counted_as_one():
    shared = Shared(1)
    counts = shared.counts()
    for number in range(1600):
        counts.add("GET", f"/{number}", 200, 0.1)
    counts.add("GET", "/" + "x" * 200, 200, 0.1)

    assert 'zonemap_answers_total{method="",route="more",status="0"} 101' in said(shared)
    assert "zonemap_answer_seconds_count 1601" in said(shared)
