"""A process that looks for rooms is killed in the middle: another one finishes it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from tests.work.traced_floor import FLOOR, add_floor
from zonemap.model.print_job import JobState
from zonemap.settings import environment_of
from zonemap.storage.store import Store
from zonemap.web.guard import utc_now
from zonemap.work.print_jobs import HELD, make_next
from zonemap.work.room_search import ask_for_rooms, found_by, search
from zonemap.work.tracing import Wish

PATIENCE_S = 60


def test_a_maker_killed_in_the_middle_of_a_search_leaves_it_to_another(any_settings, actor):
    store, ana = Store.open(any_settings), actor("manager")
    add_floor(store)
    job = ask_for_rooms(store, ana, FLOOR.id, Wish(), job_id="1" * 32, now=utc_now())

    command = [sys.executable, "-m", "zonemap", "jobs"]
    with subprocess.Popen(command, env=environment_of(any_settings), cwd=Path(__file__).parents[2]) as maker:
        end = time.monotonic() + PATIENCE_S
        while search(store, ana, FLOOR.id, job.id).state is JobState.WAITING and time.monotonic() < end:
            time.sleep(0.002)
        maker.send_signal(signal.SIGKILL)
    assert search(store, ana, FLOOR.id, job.id).state is JobState.RUNNING, "nobody has finished it"
    assert not make_next(store, maker="too soon", clock=utc_now)

    assert make_next(store, maker="another", clock=lambda: utc_now() + HELD + timedelta(seconds=1))

    assert search(store, ana, FLOOR.id, job.id).is_again
    assert len(found_by(store, ana, FLOOR.id, job.id)["rooms"]) == 2
    store.close()
