"""Searches for rooms on the queue: once for the same, void by another plan, for nobody else, gone after an hour."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import NOW
from tests.work.clinic import CLINIC
from tests.work.traced_floor import FLOOR, add_floor, set_scale
from zonemap.errors import Invalid, NotFound
from zonemap.model.person import Actor
from zonemap.model.print_job import JobState, PrintJob
from zonemap.storage.store import Store
from zonemap.work.print_jobs import make_next, pack_job
from zonemap.work.room_search import KEPT, ask_for_rooms, forget_searches, found_by, search, stop_search
from zonemap.work.tracing import Wish


@pytest.fixture
def opened(any_store: Store, actor: Callable[..., Actor]) -> tuple[Store, Actor]:
    add_floor(any_store)
    return any_store, actor("manager")


def ask(store: Store, ana: Actor, number: int = 1, wish: Wish | None = None) -> PrintJob:
    return ask_for_rooms(store, ana, FLOOR.id, wish or Wish(), job_id=f"{number:032x}", now=NOW)


def make(store: Store) -> bool:
    return make_next(store, maker="m", clock=lambda: NOW)


def test_the_same_search_runs_once_and_what_it_found_goes_after_an_hour(opened):
    store, ana = opened
    job = ask(store, ana)
    assert ask(store, ana, 2).id == job.id
    assert ask(store, ana, 3, Wish(darkness=0.4)).id != job.id
    assert found_by(store, ana, FLOOR.id, job.id) is None

    assert make(store)

    assert len(found_by(store, ana, FLOOR.id, job.id)["rooms"]) == 2
    assert ask(store, ana, 4).id == job.id
    with store.read() as books:
        assert books.floors.get(FLOOR.id).floor.rooms == (), "nothing is kept until somebody says so"

    forget_searches(store, NOW + 2 * KEPT)
    with pytest.raises(NotFound):
        found_by(store, ana, FLOOR.id, job.id)
    with store.read() as books:
        assert books.print_jobs.file(job.id) is None


def test_a_plan_replaced_meanwhile_makes_a_search_void(opened):
    store, ana = opened
    job = ask(store, ana)
    set_scale(store, 0.03)

    assert make(store)

    assert search(store, ana, FLOOR.id, job.id).state is JobState.FAILED
    with pytest.raises(Invalid, match="was changed meanwhile"):
        found_by(store, ana, FLOOR.id, job.id)


def test_what_was_found_on_a_plan_is_void_when_the_plan_is_another_one(opened):
    store, ana = opened
    job = ask(store, ana)
    make(store)
    set_scale(store, 0.03)

    with pytest.raises(Invalid, match="was changed meanwhile"):
        found_by(store, ana, FLOOR.id, job.id)


def test_a_search_that_is_stopped_is_not_made_and_says_so(opened):
    store, ana = opened
    job = ask(store, ana)
    stop_search(store, ana, FLOOR.id, job.id)

    assert not make(store)
    with pytest.raises(Invalid, match="was stopped"):
        found_by(store, ana, FLOOR.id, job.id)
    assert ask(store, ana, 2).id != job.id


def test_another_facilitys_people_get_nothing(opened, actor):
    store, ana = opened
    job = ask(store, ana)
    other = actor("manager", at="0" * 32)

    for deed in (found_by, search, stop_search):
        with pytest.raises(NotFound):
            deed(store, other, FLOOR.id, job.id)
    with pytest.raises(NotFound):
        pack_job(store, ana, CLINIC.id, job.id)
    assert search(store, ana, FLOOR.id, job.id).state is JobState.WAITING
