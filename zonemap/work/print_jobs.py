"""Packs in the making: asked for on a queue in the database, made by whichever server takes them. Searches likewise.

A maker holds its job for a while, and holds it anew while at it. Where a maker is killed, that time passes, and the
pack is made again by the next one: the same choice gives the same bytes under the same mark. Makers are processes of
their own (``work/jobs``); where there are none, a thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from zonemap.errors import Busy, Invalid, NotFound, ZonemapError
from zonemap.model.pack import Pack, PackChoice
from zonemap.model.person import Actor
from zonemap.model.print_job import PrintJob, asked_document
from zonemap.model.sign import SignOptions
from zonemap.storage.store import Books, Store
from zonemap.work.packs import Progress, pack_csv, pack_of, pack_pdf, pack_zip
from zonemap.work.permissions import Permission, require
from zonemap.work.room_search import BROKEN_SEARCH, LOST_SEARCH, found_for

OPEN_MOST, OPEN_MOST_HERE, KEPT_MOST = 40, 2, 40  # on all servers; of one facility; of those that have ended
KEPT = timedelta(hours=1)
HELD = timedelta(seconds=20)  # how long a job waits for a maker of which nothing is heard
_BEAT_S = 5.0
_TOLD_EVERY = timedelta(seconds=0.5)
_ATTEMPTS_MOST = 3
_BROKEN = "The pack could not be made. Try again; if it happens again, choose fewer sheets."
_LOST = "The server stopped while this pack was made, three times. Choose fewer sheets, and ask whoever runs it why."
_CHANGED = "The plans or the signs were changed before this pack was made. Choose its sheets again."

Clock = Callable[[], datetime]
Make = Callable[[Pack, SignOptions, Progress], bytes]
MAKERS: dict[str, tuple[str, Make]] = {
    "pdf": ("application/pdf", pack_pdf),
    "zip": ("application/zip", pack_zip),
    "csv": ("text/csv", lambda pack, _options, _progress: pack_csv(pack)),
}


class _Stop(Exception):
    """Not an error: somebody asked for it, or another server makes the pack."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a maker needs to know."""

    store: Store
    job: PrintJob
    maker: str
    clock: Clock


def ask_for_pack(
    store: Store,
    actor: Actor,
    pack: Pack,
    options: SignOptions,
    choice: PackChoice,
    form: str,
    *,
    job_id: str,
    now: datetime,
) -> PrintJob:
    """Put a pack on the queue, or hand out the job that makes or has made the same. Raises Busy where many wait."""
    require(actor, Permission.PRINT_SIGNS, at=pack.facility.id)
    name = f"{pack.name}.{form}"
    asked = asked_document(options, choice)
    new = PrintJob(job_id, pack.facility.id, pack.mark, name, asked, len(pack.lines), now, actor.name)
    with store.begin() as books:
        books.print_jobs.wait(new.facility_id)
        books.print_jobs.forget(before=now - KEPT, kept_most=KEPT_MOST)
        if known := books.print_jobs.same(new):
            return known
        if books.print_jobs.count_open(new.facility_id) >= OPEN_MOST_HERE:
            raise Busy("Two packs of this facility are being made just now. Wait until one is done, then try again.")
        if books.print_jobs.count_open() >= OPEN_MOST:
            raise Busy("Many packs are being made just now. Wait some minutes, then try again.")
        books.print_jobs.add(new)
    return new


def pack_job(store: Store, actor: Actor, facility_id: str, job_id: str) -> PrintJob:
    """How far a pack is. Raises NotFound."""
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    with store.read() as books:
        return _pack(books, facility_id, job_id)


def stop_pack(store: Store, actor: Actor, facility_id: str, job_id: str) -> None:
    """Stop a pack; its maker leaves off after the part that is being set. One that is done stays done."""
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    with store.begin() as books:
        books.print_jobs.stop(_pack(books, facility_id, job_id).id)


def made_pack(store: Store, actor: Actor, facility_id: str, job_id: str) -> tuple[PrintJob, bytes]:
    """A finished pack and its file. Raises NotFound, Invalid where it is not finished."""
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    with store.read() as books:
        job = _pack(books, facility_id, job_id)
        made = books.print_jobs.file(job.id)
    if made is None:
        raise Invalid("This pack is not made yet. Open its page and wait until it is.")
    return job, made


def _pack(books: Books, facility_id: str, job_id: str) -> PrintJob:
    job = books.print_jobs.get(facility_id, job_id)
    if job.is_search:
        raise NotFound("There is no such pack.")
    return job


def see_to(store: Store, job: PrintJob, *, maker: str, clock: Clock) -> threading.Thread | None:
    """Make it in a thread of its own where nobody else is at it; ``maker`` names this attempt alone."""
    if not job.is_free(clock()):
        return None
    thread = threading.Thread(
        target=make_pack, args=(store, job), kwargs={"maker": maker, "clock": clock}, daemon=True, name=f"pack-{job.id}"
    )
    thread.start()
    return thread


def make_pack(store: Store, job: PrintJob, *, maker: str, clock: Clock) -> None:
    """Take the job and make the pack; nothing where somebody else is faster."""
    now = clock()
    with store.begin() as books:
        if not books.print_jobs.take(job.id, maker=maker, now=now, until=now + HELD):
            return
    _make_taken(_Asked(store, job, maker, clock))


def make_next(store: Store, *, maker: str, clock: Clock) -> bool:
    """Take the job that has waited longest, and make its pack. Whether there was one."""
    now = clock()
    with store.begin() as books:
        job = books.print_jobs.take_next(maker=maker, now=now, until=now + HELD)
    if job is not None:
        _make_taken(_Asked(store, job, maker, clock))
    return job is not None


def waits(store: Store, now: datetime) -> bool:
    """Whether there is a pack to make that nobody is at."""
    with store.read() as books:
        return books.print_jobs.is_any_free(now)


def _make_taken(asked: _Asked) -> None:
    store, job, maker = asked.store, asked.job, asked.maker
    with store.begin() as books:
        if job.attempts >= _ATTEMPTS_MOST:
            books.print_jobs.fail(job.id, maker=maker, trouble=LOST_SEARCH if job.is_search else _LOST)
            return
    over = threading.Event()
    beat = threading.Thread(target=_beat, args=(asked, over), daemon=True, name=f"beat-{job.id}")
    beat.start()
    try:
        _make(asked)
    finally:
        over.set()
        beat.join()


def _make(asked: _Asked) -> None:
    store, job = asked.store, asked.job
    try:
        made = found_for(store, job) if job.is_search else _pack_made(asked)
        with store.begin() as books:
            books.print_jobs.finish(job.id, maker=asked.maker, made=made)
    except _Stop:
        return
    except ZonemapError as error:
        _end(asked, error.message)
    except Exception:
        _end(asked, BROKEN_SEARCH if job.is_search else _BROKEN)
        raise  # the thread's own hook writes it down


def _pack_made(asked: _Asked) -> bytes:
    job = asked.job
    with asked.store.read() as books:
        pack = pack_of(books, books.facilities.get(job.facility_id), job.options, job.choice)
    if pack.mark != job.mark:
        raise Invalid(_CHANGED)
    return MAKERS[job.form][1](pack, job.options, _Teller(asked))


class _Teller:
    """Says how far a pack is, not oftener than somebody looks. Stops the making where nobody wants it any more."""

    def __init__(self, asked: _Asked) -> None:
        self._asked, self._next = asked, asked.clock()

    def __call__(self, done: int) -> None:
        asked, now = self._asked, self._asked.clock()
        if now < self._next:
            return
        self._next = now + _TOLD_EVERY
        with asked.store.begin() as books:
            if not books.print_jobs.hold(asked.job.id, maker=asked.maker, until=now + HELD, done=done):
                raise _Stop


def _beat(asked: _Asked, over: threading.Event) -> None:
    """Hold the job while a part of it takes long."""
    while not over.wait(_BEAT_S):
        try:
            with asked.store.begin() as books:
                books.print_jobs.hold(asked.job.id, maker=asked.maker, until=asked.clock() + HELD)
        except Busy:
            continue  # the database is busy: the next beat is early enough


def _end(asked: _Asked, trouble: str) -> None:
    with asked.store.begin() as books:
        books.print_jobs.fail(asked.job.id, maker=asked.maker, trouble=trouble)
