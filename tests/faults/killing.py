"""Somebody's work is begun in a process of its own, and that process is killed: what is there afterwards?

A rehearsal without a kill tells what the database holds after each commit. After a kill it must hold what it held when
the last acknowledged intention was done, or what one of the commits of the next intention made of it: nothing else, so
nothing is lost and nothing is half there.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import random
import signal
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import event

from tests.faults.grounds import Ground
from tests.faults.paths import PATHS, SLOW_PATHS, Act
from zonemap.storage.engine import engine_for
from zonemap.storage.store import Store

INTENTIONS = 2  # of each run
COMMIT_S = 0.003  # a commit is over by then
COMMIT, DONE = b"c", b"d"
ACTS = PATHS | SLOW_PATHS
PRELOADED = ("tests.faults.serving", __name__)


@dataclass
class Rehearsal:
    """What a run without a kill gave."""

    states: list[str] = field(default_factory=list)  # after each commit that changed something
    after: list[int] = field(default_factory=list)  # which of them stood after so many intentions
    commits: int = 0
    seconds: float = 0.0  # of one intention

    def allowed(self, acknowledged: int) -> list[str]:
        """What may be there when so many intentions were acknowledged."""
        end = self.after[min(acknowledged + 1, len(self.after) - 1)]
        return self.states[self.after[acknowledged] : end + 1]


def rehearse(store: Store, ground: Ground, act: Act) -> Rehearsal:
    """Do all intentions on that ground."""
    made = Rehearsal()

    def look() -> None:
        now = ground.digest()
        if not made.states or made.states[-1] != now:
            made.states.append(now)

    def before_commit(connection: Any) -> None:
        if writes(connection):
            made.commits += 1
            look()

    event.listen(store.engine, "commit", before_commit)
    look()
    made.after.append(0)
    begun = time.perf_counter()
    for number in range(1, INTENTIONS + 1):
        act(store, number)
        look()
        made.after.append(len(made.states) - 1)
    made.seconds = (time.perf_counter() - begun) / INTENTIONS
    event.remove(store.engine, "commit", before_commit)
    return made


def writes(connection: Any) -> bool:
    return not connection.get_execution_options().get("zonemap_read")


# --- the anvil: a process that has done it all before, and forks those that are killed ---------------------------


def anvil(orders: Connection) -> None:
    """Rehearse, or fork a process that works, whichever is ordered, until nobody orders any more."""
    ground, name = orders.recv()
    engine = engine_for(ground.settings)  # one for all, as it knows their queries by then
    orders.send(rehearse(Store(engine), ground, ACTS[name]))
    gc.collect()
    gc.freeze()  # what is collected in a fork is copied first
    while True:
        engine.dispose()
        try:
            pipe = orders.recv()
        except EOFError:
            return
        process = os.fork()
        if process == 0:
            gc.disable()
            _work(Store(engine), name, pipe)
        orders.send(process)
        os.waitpid(process, 0)


def _work(store: Store, name: str, pipe: Path) -> None:
    """Do all intentions; tell of each commit that begins and each intention that is done; never come back."""
    status = 1
    try:
        tell = os.open(pipe, os.O_WRONLY)
        event.listen(store.engine, "commit", lambda each: writes(each) and os.write(tell, COMMIT))
        for number in range(1, INTENTIONS + 1):
            ACTS[name](store, number)
            os.write(tell, DONE)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


class Killer:
    """Kills one kind of work, again and again, each time on fresh ground. ``pipe`` is where it hears of the work."""

    def __init__(self, ground: Ground, pipe: Path, name: str, seed: int) -> None:
        self.ground, self.pipe = ground, pipe
        self.chance = random.Random(seed)  # noqa: S311 - moments to kill at
        os.mkfifo(pipe)
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(PRELOADED))
        self._orders, theirs = context.Pipe()
        self._anvil = context.Process(target=anvil, args=(theirs,), daemon=True)
        self._anvil.start()
        theirs.close()
        ground.renew()
        self._orders.send((ground, name))
        self.rehearsal: Rehearsal = self._orders.recv()

    def close(self) -> None:
        self._orders.close()
        self._anvil.join()
        self.pipe.unlink()
        self.ground.remove()

    def kill(self) -> int:
        """Let it be worked on, kill that at a random moment, and give how many intentions had been acknowledged.

        Half of the kills aim at a commit: they come within the milliseconds that one takes.
        """
        wanted, count, wait = self._moment()
        self.ground.renew()
        self._orders.send(self.pipe)
        told = b""
        with self.pipe.open("rb", buffering=0) as hears:
            process = self._orders.recv()
            while told.count(wanted) < count and (more := hears.read(1)):
                told += more
            time.sleep(wait)
            with suppress(ProcessLookupError):  # it was done before
                os.kill(process, signal.SIGKILL)
            told += hears.read()  # until the pipe has no writer: the process is gone
        self.ground.settle()
        return told.count(DONE)

    def _moment(self) -> tuple[bytes, int, float]:
        if self.chance.random() < 0.5:
            return COMMIT, self.chance.randint(1, self.rehearsal.commits), self.chance.uniform(0, COMMIT_S)
        return DONE, self.chance.randrange(INTENTIONS), self.chance.uniform(0, 1.2 * self.rehearsal.seconds)
