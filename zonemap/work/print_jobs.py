"""Packs in the making: each in a thread of its own, with how far it is, a way to stop it, and the file at the end.

Nothing of this is kept when the server stops. That costs nobody anything but time: the same choice gives the same bytes
under the same mark, so a download goes on where it stopped.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from zonemap.errors import Busy, NotFound, ZonemapError
from zonemap.work.packs import Progress

RUNNING_MOST, KEPT_MOST = 2, 6
KEPT = timedelta(hours=1)
_BROKEN = "The pack could not be made. Try again; if it happens again, choose fewer sheets."


class JobState(StrEnum):
    """Where a job stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class _Stop(Exception):
    """Not an error: somebody asked for it."""


@dataclass(eq=False)
class PrintJob:
    """One pack. ``mark`` names its bytes: a choice made again gives the same."""

    id: str
    facility_id: str
    mark: str
    name: str  # of the file
    total: int
    started_at: datetime
    done: int = 0
    state: JobState = JobState.RUNNING
    trouble: str = ""
    made: bytes = b""
    stopped: threading.Event = field(default_factory=threading.Event)

    def seconds_left(self, now: datetime) -> int | None:
        """About how long it still takes, by how long it took so far; None where that says nothing yet."""
        if not self.done or self.state is not JobState.RUNNING:
            return None
        return round((now - self.started_at).total_seconds() / self.done * (self.total - self.done))


class PrintJobs:
    """The jobs of this server. Safe to share between threads."""

    def __init__(self) -> None:
        self._jobs: dict[str, PrintJob] = {}
        self._lock = threading.Lock()

    def start(self, job: PrintJob, make: Callable[[Progress], bytes]) -> PrintJob:
        """Begin, or hand out the job that makes or has made the same. Raises Busy where two are being made."""
        with self._lock:
            self._forget(job.started_at)
            for other in self._jobs.values():
                same = (other.facility_id, other.mark, other.name) == (job.facility_id, job.mark, job.name)
                if same and other.state in (JobState.RUNNING, JobState.DONE):
                    return other
            if sum(each.state is JobState.RUNNING for each in self._jobs.values()) >= RUNNING_MOST:
                raise Busy("Two packs are being made just now. Wait until one is done, then try again.")
            self._jobs[job.id] = job
        threading.Thread(target=_run, args=(job, make), daemon=True, name=f"pack-{job.id[:8]}").start()
        return job

    def get(self, facility_id: str, job_id: str) -> PrintJob:
        """One of them. Raises NotFound."""
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None or job.facility_id != facility_id:
            raise NotFound("This pack is not there any more. Choose its sheets again: the same file is made.")
        return job

    def stop(self, facility_id: str, job_id: str) -> PrintJob:
        """Stop a job after the part that is being set. What is done already stays done."""
        job = self.get(facility_id, job_id)
        job.stopped.set()
        return job

    def _forget(self, now: datetime) -> None:
        ended = [each for each in self._jobs.values() if each.state is not JobState.RUNNING]
        ended.sort(key=lambda each: each.started_at)
        for place, job in enumerate(ended):
            if now - job.started_at > KEPT or len(ended) - place > KEPT_MOST:
                del self._jobs[job.id]


def _run(job: PrintJob, make: Callable[[Progress], bytes]) -> None:
    def progress(done: int) -> None:
        job.done = done
        if job.stopped.is_set():
            raise _Stop

    try:
        made = make(progress)
    except _Stop:
        job.state = JobState.STOPPED
    except ZonemapError as error:
        job.trouble, job.state = error.message, JobState.FAILED
    except Exception:
        job.trouble, job.state = _BROKEN, JobState.FAILED
        raise  # the thread's own hook writes it down
    else:
        job.made, job.state = made, JobState.DONE
