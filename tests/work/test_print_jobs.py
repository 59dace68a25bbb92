"""Packs on the queue: one maker each, made again where a maker is lost, stopped, refused, forgotten."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.conftest import NOW
from tests.work.clinic import CLINIC, FIRST, add_clinic, designate
from zonemap.errors import Busy, Forbidden, Invalid, NotFound
from zonemap.model.pack import PackChoice
from zonemap.model.person import Actor
from zonemap.model.print_job import JobState, PrintJob, asked_document
from zonemap.model.sign import SignKind, SignOptions
from zonemap.storage.store import Store
from zonemap.work.packs import choose_pack, pack_pdf
from zonemap.work.print_jobs import HELD, KEPT, ask_for_pack, made_pack, make_pack, pack_job, see_to, stop_pack

ENGLISH = SignOptions(languages=("en",))
LATER = NOW + HELD + timedelta(seconds=1)


@pytest.fixture
def ana(actor: Callable[..., Actor]) -> Actor:
    return actor("manager")


@pytest.fixture
def clinic(any_store: Store) -> Store:
    add_clinic(any_store)
    return any_store


@pytest.fixture
def ask(clinic, ana):
    def asked(number: int, *, now: datetime = NOW, form: str = "pdf", **choice) -> PrintJob:
        wanted = PackChoice(**choice)
        pack = choose_pack(clinic, ana, CLINIC.id, ENGLISH, wanted)
        return ask_for_pack(clinic, ana, pack, ENGLISH, wanted, form, job_id=f"{number:032x}", now=now)

    return asked


def test_a_pack_that_was_asked_for_is_made_and_is_what_the_choice_gives(clinic, ana, ask):
    job = ask(1)
    make_pack(clinic, job, maker="one", clock=lambda: NOW)
    found, made = made_pack(clinic, ana, CLINIC.id, job.id)

    assert (found.state, found.done) == (JobState.DONE, found.total)
    assert made == pack_pdf(choose_pack(clinic, ana, CLINIC.id, ENGLISH, PackChoice()), ENGLISH)


def test_what_was_asked_for_is_kept_as_it_was_asked(clinic, ana, ask):
    job = ask(1, kinds=(SignKind.NOTICE,), maps=False)

    assert pack_job(clinic, ana, CLINIC.id, job.id) == job


def test_of_many_servers_that_want_a_job_one_gets_it(clinic, ask):
    job, got, at_once = ask(1), [], threading.Barrier(6)

    def want(maker: str) -> None:
        at_once.wait(10)
        with clinic.begin() as books:
            if books.print_jobs.take(job.id, maker=maker, now=NOW, until=NOW + HELD):
                got.append(maker)

    threads = [threading.Thread(target=want, args=(f"server {number}",)) for number in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert len(got) == 1


def test_a_job_is_left_to_its_maker_and_made_by_another_where_nothing_is_heard_of_it(clinic, ana, ask):
    asked = ask(1)
    with clinic.begin() as books:
        books.print_jobs.take(asked.id, maker="gone", now=NOW, until=NOW + HELD)
    job = pack_job(clinic, ana, CLINIC.id, f"{1:032x}")

    assert see_to(clinic, job, maker="two", clock=lambda: NOW) is None
    thread = see_to(clinic, job, maker="two", clock=lambda: LATER)
    thread.join()
    assert made_pack(clinic, ana, CLINIC.id, job.id)[0].is_again
    with clinic.begin() as books:
        assert not books.print_jobs.hold(job.id, maker="gone", until=LATER)
        assert not books.print_jobs.finish(job.id, maker="gone", made=b"late")


def test_a_job_whose_makers_are_lost_three_times_is_given_up(clinic, ana, ask):
    job, now = ask(1), NOW
    for number in range(3):
        with clinic.begin() as books:
            assert books.print_jobs.take(job.id, maker=str(number), now=now, until=now)
        now += timedelta(seconds=1)
    make_pack(clinic, pack_job(clinic, ana, CLINIC.id, job.id), maker="four", clock=lambda: now)

    given_up = pack_job(clinic, ana, CLINIC.id, job.id)
    assert given_up.state is JobState.FAILED
    assert "three times" in given_up.trouble


def test_a_pack_is_not_made_of_other_plans_than_those_it_was_asked_of(clinic, ana, ask):
    job = ask(1)
    rooms = tuple(replace(room, name="Another name") if not room.zone_class.is_closed else room for room in FIRST.rooms)
    designate(clinic, replace(FIRST, rooms=rooms), 2)
    make_pack(clinic, job, maker="one", clock=lambda: NOW)

    assert "were changed" in pack_job(clinic, ana, CLINIC.id, job.id).trouble


def test_somebody_who_stops_a_pack_is_obeyed(clinic, ana, ask):
    job = ask(1)
    with clinic.begin() as books:
        books.print_jobs.take(job.id, maker="one", now=NOW, until=NOW + HELD)
    stop_pack(clinic, ana, CLINIC.id, job.id)

    with clinic.begin() as books:
        assert not books.print_jobs.hold(job.id, maker="one", until=LATER, done=1)
    assert pack_job(clinic, ana, CLINIC.id, job.id).state is JobState.STOPPED
    with pytest.raises(Invalid, match="not made yet"):
        made_pack(clinic, ana, CLINIC.id, job.id)


def test_the_same_pack_is_asked_for_once_and_no_more_than_two_wait(ask):
    first = ask(1)

    assert ask(2) == first
    ask(3, maps=False, kinds=(SignKind.NOTICE,))
    with pytest.raises(Busy):
        ask(4, kinds=(SignKind.PRIVATE,))


def test_old_packs_are_forgotten_with_their_files(clinic, ana, ask):
    job = ask(1)
    make_pack(clinic, job, maker="one", clock=lambda: NOW)
    ask(2, form="csv", now=NOW + KEPT + timedelta(seconds=1))

    with pytest.raises(NotFound, match="not there any more"):
        made_pack(clinic, ana, CLINIC.id, job.id)
    with clinic.read() as books:
        assert books.print_jobs.file(job.id) is None


def test_the_time_left_is_told_by_the_time_it_took():
    job = PrintJob("1", "f", "m", "a.pdf", asked_document(ENGLISH, PackChoice()), 10, NOW)
    running = replace(job, state=JobState.RUNNING, begun_at=NOW, done=4)

    assert job.seconds_left(NOW) is None
    assert running.seconds_left(NOW + timedelta(seconds=8)) == 12


def test_only_who_may_print_asks(clinic, ask, actor):
    job, clerk = ask(1), actor("desk")

    for act in (pack_job, stop_pack, made_pack):
        with pytest.raises(Forbidden):
            act(clinic, clerk, CLINIC.id, job.id)
