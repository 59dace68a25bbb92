"""Packs and searches for rooms that were asked for, on a queue: one of several servers takes each, for a while."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, func, insert, not_, or_, select, update

from zonemap.errors import NotFound
from zonemap.model.print_job import HELD_MOST, SEARCH, JobState, PrintJob
from zonemap.storage.tables import facility, print_job, print_job_file

_OPEN = (JobState.WAITING.value, JobState.RUNNING.value)
_IS_SEARCH = print_job.c.name.endswith(f".{SEARCH}")
_FIELDS = tuple(name for name in PrintJob.__slots__ if name != "state")


class PrintJobs:
    """The jobs, and the files that came of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def wait(self, facility_id: str) -> None:
        """Wait until nobody else asks for a job of this facility: the same may be asked for twice at once."""
        query = select(facility.c.id).where(facility.c.id == facility_id)
        self._connection.execute(query.with_for_update())

    def add(self, job: PrintJob) -> None:
        """A new job."""
        values = {name: getattr(job, name) for name in _FIELDS}
        self._connection.execute(insert(print_job).values(values | {"state": job.state.value}))

    def get(self, facility_id: str, job_id: str) -> PrintJob:
        """One of a facility. Raises NotFound."""
        query = select(print_job).where(print_job.c.id == job_id, print_job.c.facility_id == facility_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound("This is not there any more. Ask for it again: the same is made.")
        return _job(row)

    def same(self, job: PrintJob) -> PrintJob | None:
        """The newest job that makes or has made the same file."""
        query = select(print_job).where(
            print_job.c.facility_id == job.facility_id,
            print_job.c.mark == job.mark,
            print_job.c.name == job.name,
            print_job.c.state.in_((*_OPEN, JobState.DONE.value)),
        )
        row = self._connection.execute(query.order_by(print_job.c.asked_at.desc()).limit(1)).mappings().one_or_none()
        return _job(row) if row is not None else None

    def count_open(self, facility_id: str | None = None, *, searches: bool = False) -> int:
        """How many packs (or searches) wait or are being made, on all servers: of all facilities, or of one."""
        query = select(func.count()).select_from(print_job).where(print_job.c.state.in_(_OPEN), _kind(searches))
        if facility_id is not None:
            query = query.where(print_job.c.facility_id == facility_id)
        return int(self._connection.execute(query).scalar_one())

    def is_any_free(self, now: datetime) -> bool:
        """Whether there is a job that nobody holds."""
        return self._connection.execute(select(print_job.c.id).where(_free(now)).limit(1)).first() is not None

    def take_next(self, *, maker: str, now: datetime, until: datetime) -> PrintJob | None:
        """Take the job that has waited longest and that nobody holds, as it was before; None where there is none.

        A search goes before packs: somebody sits before the plan and waits for it.

        Of several that ask at once each gets another one: PostgreSQL passes over what somebody is just taking.
        """
        oldest = (
            select(print_job)
            .where(_free(now))
            .order_by(_IS_SEARCH.desc(), print_job.c.asked_at, print_job.c.id)
            .limit(1)
        )
        row = self._connection.execute(oldest.with_for_update(skip_locked=True)).mappings().one_or_none()
        if row is None or not self.take(row["id"], maker=maker, now=now, until=until):
            return None
        return _job(row)

    def take(self, job_id: str, *, maker: str, now: datetime, until: datetime) -> bool:
        """Take a job that nobody holds. One update: of several that try at once, one gets it."""
        mine = {"maker": maker, "held_until": until, "state": JobState.RUNNING.value, "begun_at": now, "done": 0}
        free = and_(
            print_job.c.id == job_id,
            print_job.c.state.in_(_OPEN),
            or_(
                print_job.c.held_until.is_(None),
                print_job.c.held_until < now,
                print_job.c.held_until > now + HELD_MOST,
            ),
        )
        query = update(print_job).where(free).values(**mine, attempts=print_job.c.attempts + 1)
        return self._connection.execute(query).rowcount == 1

    def hold(self, job_id: str, *, maker: str, until: datetime, done: int | None = None) -> bool:
        """Hold it longer, and say how far it is. False where it is not this maker's any more, or was stopped."""
        values = {"held_until": until} | ({} if done is None else {"done": done})
        return self._connection.execute(update(print_job).where(_held(job_id, maker)).values(values)).rowcount == 1

    def finish(self, job_id: str, *, maker: str, made: bytes) -> bool:
        """Keep what came of it. False where it is not this maker's any more, or was stopped."""
        values = {"state": JobState.DONE.value, "held_until": None, "done": print_job.c.total}
        if self._connection.execute(update(print_job).where(_held(job_id, maker)).values(values)).rowcount != 1:
            return False
        self._connection.execute(insert(print_job_file).values(job_id=job_id, made=made))
        return True

    def stop(self, job_id: str) -> None:
        """Say that nobody wants it any more. One that has ended already stays as it is."""
        self._end(print_job.c.id == job_id, JobState.STOPPED, "")

    def fail(self, job_id: str, *, maker: str, trouble: str) -> None:
        """Say that nothing will come of it, and why; unless it is not this maker's any more."""
        self._end(_held(job_id, maker), JobState.FAILED, trouble)

    def _end(self, which: ColumnElement[bool], state: JobState, trouble: str) -> None:
        query = update(print_job).where(which, print_job.c.state.in_(_OPEN))
        self._connection.execute(query.values(state=state.value, trouble=trouble, held_until=None))

    def file(self, job_id: str) -> bytes | None:
        """The file of a job that is done."""
        query = select(print_job_file.c.made).where(print_job_file.c.job_id == job_id)
        found = self._connection.execute(query).scalar_one_or_none()
        return None if found is None else bytes(found)

    def forget(self, *, before: datetime, kept_most: int, searches: bool = False) -> None:
        """Let go of packs (or searches) asked for before that moment, and of all ended ones but the newest."""
        ended = and_(print_job.c.state.not_in(_OPEN), _kind(searches))
        newest = select(print_job.c.id).where(ended).order_by(print_job.c.asked_at.desc(), print_job.c.id)
        kept = list(self._connection.execute(newest.limit(kept_most)).scalars())
        old = or_(and_(print_job.c.asked_at < before, _kind(searches)), and_(ended, print_job.c.id.not_in(kept)))
        self._connection.execute(delete(print_job).where(old))


def _kind(searches: bool) -> ColumnElement[bool]:
    return _IS_SEARCH if searches else not_(_IS_SEARCH)


def _free(now: datetime) -> ColumnElement[bool]:
    unheld = or_(print_job.c.held_until.is_(None), print_job.c.held_until < now)
    return and_(print_job.c.state.in_(_OPEN), unheld)


def _held(job_id: str, maker: str) -> ColumnElement[bool]:
    return and_(print_job.c.id == job_id, print_job.c.maker == maker, print_job.c.state == JobState.RUNNING.value)


def _job(row: RowMapping) -> PrintJob:
    return PrintJob(**{name: row[name] for name in _FIELDS}, state=JobState(row["state"]))
