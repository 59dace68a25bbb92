"""Who makes the packs that pages ask for: a process of its own with a low priority, so that no page waits for it."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import Protocol, cast

from flask import current_app

from zonemap.model.print_job import PrintJob
from zonemap.settings import Settings, environment_of
from zonemap.storage.store import Store
from zonemap.web.guard import new_id, utc_now
from zonemap.work import print_jobs


class Makers(Protocol):
    """Whoever sees to a job."""

    def see_to(self, job: PrintJob) -> None:
        """See that somebody makes it, unless somebody is at it."""


class Threads:
    """A thread of this process for each: where no other process is to be started, such as in a test."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def see_to(self, job: PrintJob) -> None:
        """Make it in a thread."""
        print_jobs.see_to(self._store, job, maker=new_id(), clock=utc_now)


class Processes:
    """One process beside this one (``zonemap jobs``) at a time; it ends when nothing is left, or when this one does."""

    def __init__(self, settings: Settings) -> None:
        self._environment = environment_of(settings)
        self._child: subprocess.Popen[bytes] | None = None
        self._one = threading.Lock()

    def see_to(self, job: PrintJob) -> None:
        """Start the process where it is not there; it looks for itself what there is to do."""
        if job.is_free(utc_now()):
            self.wake()

    def wake(self) -> None:
        """The same, for whatever there is to do."""
        with self._one:
            if self._child is not None and self._child.poll() is None:
                return
            self._let_go()
            # It reads its standard input, and ends when that does: when this process is gone, however it ended.
            self._child = subprocess.Popen(
                [sys.executable, "-m", "zonemap", "jobs", "--until-idle", "--with-input"],
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
            )

    def close(self) -> None:
        """End the process; what it holds becomes free after a while."""
        with self._one:
            self._let_go()

    def _let_go(self) -> None:
        if self._child is not None and self._child.stdin is not None:
            self._child.stdin.close()
            self._child.wait()
            self._child = None


def makers() -> Makers:
    """Those of this app."""
    return cast(Makers, current_app.extensions["zonemap_makers"])
