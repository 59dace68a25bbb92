"""Taking away the records of visits whose time is over: none under a legal hold, none by a clock that is wrong.

What is purged is gone. So the database has to show by itself that the time has passed: somebody, if only the backup of
each night, has written something every few weeks since the visit. A clock that was set ahead, or that stood in the past
when the visit was written down, leaves a silence there, and then a person has to say that the clock is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from zonemap.model.facility import Facility
from zonemap.model.visit import PurgedVisit, Visit, VisitRule
from zonemap.storage.store import Books, Store
from zonemap.work.facilities import facility_named

SILENCE_MOST = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Purge:
    """What was taken away; and what was left because the clock is in doubt: so many, for a silence since a moment."""

    gone: tuple[PurgedVisit, ...] = ()
    doubtful: int = 0
    silent_since: datetime | None = None


def purge_visits(store: Store, facility_id: str, *, by: str, now: datetime, clock_is_right: bool = False) -> Purge:
    """Take away the closed visits whose time is over; none while a legal hold is on. For the command line.

    Raises NotFound.
    """
    with store.begin() as books:
        books.facilities.get(facility_id)
        rule = books.visits.rule(facility_id)
        if rule.hold_reason or not rule.keep_months:
            return Purge()
        over = list(_over(books, rule, now))
        silences = {} if clock_is_right else {each.id: _silence(books, each, now) for each in over}
        sure = [each for each in over if silences.get(each.id) is None]
        gone = tuple(PurgedVisit(each.id, facility_id, now, by, each.entries, each.head) for each in sure)
        for each in gone:
            books.visits.purge(each)
    return Purge(gone, len(over) - len(sure), min((each for each in silences.values() if each), default=None))


def _over(books: Books, rule: VisitRule, now: datetime) -> Iterator[Visit]:
    for each in books.visits.of_facility(rule.facility_id):
        if each.closed_at and months_later(_last_change(each), rule.keep_months) <= now:
            yield each


def _silence(books: Books, visit: Visit, now: datetime) -> datetime | None:
    """When the silence began that makes it doubtful whether the visit's time is over; None where there is none."""
    longest, since = books.clock.longest_silence(_last_change(visit), now)
    return since if longest > SILENCE_MOST else None


def purge_lines(store: Store, facility_ref: str | None, *, now: datetime, clock_is_right: bool = False) -> list[str]:
    """Purge one facility or all, and what was taken away, in lines. Raises NotFound."""
    with store.read() as books:
        chosen = [facility_named(books, facility_ref)] if facility_ref else books.facilities.list()
        rules = {each.id: books.visits.rule(each.id) for each in chosen}
    lines: list[str] = []
    for each in chosen:
        done = purge_visits(store, each.id, by="zonemap purge", now=now, clock_is_right=clock_is_right)
        lines += _lines(each, rules[each.id], done, now)
    return lines


def _lines(facility: Facility, rule: VisitRule, done: Purge, now: datetime) -> Iterator[str]:
    if rule.hold_reason:
        yield f"{facility.name}: a legal hold is on ({rule.hold_reason}). Nothing was taken away."
    elif not rule.keep_months:
        yield f"{facility.name}: records are kept for good. Nothing was taken away."
    else:
        yield f"{facility.name}: {len(done.gone)} taken away, older than {rule.keep_months} months."
    if done.silent_since is not None:
        yield (
            f"{facility.name}: {done.doubtful} kept, because the clock is in doubt: nothing was written for more than "
            f"{SILENCE_MOST.days} days after {done.silent_since:%Y-%m-%d}, and today is {now:%Y-%m-%d} by this "
            "computer. If that is so, say --clock-is-right."
        )


def months_later(moment: datetime, months: int) -> datetime:
    """The same day so many months later; the last of the month where there is no such day."""
    year, month = divmod(moment.month - 1 + months, 12)
    for day in range(moment.day, moment.day - 4, -1):
        try:
            return moment.replace(year=moment.year + year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _last_change(found: Visit) -> datetime:
    return max([found.closed_at or found.opened_at, *(each.at for each in found.amendments)])
