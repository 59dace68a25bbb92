"""A process that makes packs is killed in the middle of one: another finishes it; of many, each pack has one maker."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.work.clinic import CLINIC, add_clinic
from zonemap.model.pack import PackChoice
from zonemap.model.print_job import JobState
from zonemap.model.sign import SignKind, SignOptions
from zonemap.settings import Settings, environment_of, settings_from
from zonemap.storage.store import Store
from zonemap.web.guard import utc_now
from zonemap.web.makers import Processes
from zonemap.work.packs import choose_pack, pack_pdf
from zonemap.work.print_jobs import HELD, ask_for_pack, made_pack, make_next, pack_job

OPTIONS = SignOptions(languages=("en",))
PATIENCE_S = 60


@pytest.fixture
def opened(any_settings, actor):
    """A clinic, and somebody who prints."""
    store = Store.open(any_settings)
    add_clinic(store)
    yield store, actor("manager")
    store.close()


def ask(store, ana, number: int, form: str = "pdf", **choice):
    wanted = PackChoice(**choice)
    pack = choose_pack(store, ana, CLINIC.id, OPTIONS, wanted)
    return ask_for_pack(store, ana, pack, OPTIONS, wanted, form, job_id=f"{number:032x}", now=utc_now())


def state(store, ana, job):
    return pack_job(store, ana, CLINIC.id, job.id).state


def until(store, ana, job, *states: JobState) -> JobState:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if (now := state(store, ana, job)) in states:
            return now
        time.sleep(0.002)
    raise AssertionError(f"the pack is {state(store, ana, job)}")


def test_a_maker_that_is_killed_in_the_middle_of_a_pack_leaves_it_to_another_who_finishes_it(opened, any_settings):
    store, ana = opened
    job = ask(store, ana, 1)
    command = [sys.executable, "-m", "zonemap", "jobs"]
    with subprocess.Popen(command, env=environment_of(any_settings), cwd=Path(__file__).parents[2]) as maker:
        assert until(store, ana, job, JobState.RUNNING, JobState.DONE) is JobState.RUNNING
        maker.send_signal(signal.SIGKILL)
    assert state(store, ana, job) is JobState.RUNNING, "nobody has finished it"
    assert not make_next(store, maker="too soon", clock=utc_now)

    assert make_next(store, maker="another", clock=lambda: utc_now() + HELD + timedelta(seconds=1))

    again, made = made_pack(store, ana, CLINIC.id, job.id)
    assert again.is_again
    assert made == pack_pdf(choose_pack(store, ana, CLINIC.id, OPTIONS, PackChoice()), OPTIONS)


def test_of_many_makers_on_one_database_each_pack_has_one(opened):
    store, ana = opened
    jobs = [ask(store, ana, 1, "csv"), ask(store, ana, 2, "csv", kinds=(SignKind.NOTICE,), maps=False)]
    at_once, made = threading.Barrier(6), []

    def work(maker: str) -> None:
        at_once.wait(PATIENCE_S)
        while make_next(store, maker=maker, clock=lambda: NOW):
            made.append(maker)

    threads = [threading.Thread(target=work, args=(f"maker {number}",)) for number in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert len(made) == len(jobs)
    assert [pack_job(store, ana, CLINIC.id, job.id).attempts for job in jobs] == [1, 1]


def test_the_server_starts_a_maker_for_what_was_asked_and_it_ends_when_nothing_is_left(store, settings, actor):
    add_clinic(store)
    ana = actor("manager")
    job = ask(store, ana, 1, "csv")
    makers = Processes(settings)

    makers.see_to(job)
    child = makers._child
    makers.see_to(job)

    assert makers._child is child, "one at a time"
    assert until(store, ana, job, JobState.DONE, JobState.FAILED) is JobState.DONE
    assert child.wait(PATIENCE_S) == 0
    makers.close()


def test_a_maker_that_a_timer_starts_without_any_input_makes_what_there_is(store, settings, actor):
    add_clinic(store)
    ana = actor("manager")
    job = ask(store, ana, 1, "csv")

    command = [sys.executable, "-m", "zonemap", "jobs", "--until-idle"]
    where = {"env": environment_of(settings), "cwd": Path(__file__).parents[2]}
    subprocess.run(command, stdin=subprocess.DEVNULL, check=True, timeout=PATIENCE_S, **where)

    assert state(store, ana, job) is JobState.DONE


def test_a_maker_ends_with_whoever_started_it(settings, store):
    starts = "from zonemap.web.makers import Processes; from zonemap.settings import settings_from; import os"
    says = "it = Processes(settings_from()); it.wake(); print(it._child.pid, flush=True); os.kill(os.getpid(), 9)"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", f"{starts}; {says}"],
        env=environment_of(settings),
        cwd=root,
        capture_output=True,
        text=True,
    )
    pid = int(done.stdout)

    end = time.monotonic() + PATIENCE_S
    while Path(f"/proc/{pid}").exists() and time.monotonic() < end:
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            break
        time.sleep(0.01)
    else:
        assert not Path(f"/proc/{pid}").exists()


def test_another_process_gets_every_setting(settings):
    given = Settings(
        data=settings.data, share=settings.share, behind_proxy=True, workers=3, backup_folder=settings.data / "b"
    )

    assert settings_from(environment_of(given)) == given
