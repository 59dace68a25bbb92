"""All sites by how ready they are, from what was counted of each; a site is counted again once something has changed.

The database notes each change by itself (``storage/site_readiness``), whoever makes it. A page counts a few sites that
have changed before it is shown; the rest is counted beside it (``work/jobs``). So the page takes as long for ten
thousand sites as for ten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from zoneinfo import ZoneInfo

from zonemap import __version__
from zonemap.errors import Busy
from zonemap.model.facility import Facility
from zonemap.model.page import ON_A_PAGE, Page, first_of
from zonemap.model.person import Actor
from zonemap.model.readiness import OPENED_LATELY, Counted, Item, Line, RollUp, SiteLine, Standing
from zonemap.model.referral import FRESH_DAYS
from zonemap.rules.pack import pack_for, packs
from zonemap.rules.readiness import backup_line, readiness_of
from zonemap.rules.seal import seal
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, Place, require, sites_where
from zonemap.work.readiness import Look, facts_of, looked, numbers_of

_AT_ONCE = 8  # sites that a page counts before it is shown


def roll_up(store: Store, actor: Actor, *, now: datetime, page: int = 1) -> RollUp:
    """A page of the actor's sites, the one with most to do first."""
    require(actor, Permission.SEE_READINESS, at=Place.ANYWHERE)
    own = sites_where(actor, Permission.SEE_READINESS)
    with suppress(Busy):  # the database takes no writes just now: what was counted before is shown, and said to be so
        count_due(store, now, own)
    with store.read() as books:
        found = books.site_readiness.worst(own, first=first_of(page), most=ON_A_PAGE)
        whole = books.site_readiness.count(own)
        waiting = books.site_readiness.count_due(made_with(), now, own)
        backup = books.backups.newest_whole()
    last = backup_line(backup, backup is not None and backup.is_fresh(now))
    return RollUp(Page(tuple(_shown(each, last) for each in found), max(1, page), whole), waiting)


def _shown(counted: Counted, backup: Line) -> SiteLine:
    left = None if counted.next_item is None else Line(counted.next_item, Standing.TODO, counted.next_fact)
    return SiteLine(
        counted.facility_id, counted.name, counted.done + backup.done, left or (None if backup.done else backup)
    )


def count_due(store: Store, now: datetime, sites: Collection[str] | None = None, *, most: int = _AT_ONCE) -> int:
    """Count up to so many sites that have changed since; give how many. Two who count at once do no harm."""
    with store.read() as books:
        is_spread = books.site_readiness.is_spread()
    if not is_spread:
        with store.begin() as books:
            books.site_readiness.spread()
    with store.read() as books:
        due = books.site_readiness.due(made_with(), now, sites, most=most)
        if not due:
            return 0
        notes, turns = books.site_readiness.notes(due), books.site_readiness.turns(due)
        there = books.facilities.some(due)
        look = looked(store, books, there, now)
        counted = [_counted(store, books, each, look, now) for each in there]
    with store.begin() as books:
        for each in counted:
            books.site_readiness.keep(each, seen=turns.get(each.facility_id), notes=notes.get(each.facility_id, ()))
        for gone in set(due) - {each.id for each in there}:
            books.site_readiness.drop(notes.get(gone, ()))
    return len(due)


@cache
def made_with() -> str:
    """What stands for the rules and the program that count: another one, and all sites are counted again."""
    return sha256(repr((__version__, [seal(pack) for _, pack in sorted(packs().items())])).encode()).hexdigest()


def _counted(store: Store, books: Books, facility: Facility, look: Look, now: datetime) -> Counted:
    facts = facts_of(store, books, facility, look, now)
    lines = [line for line in readiness_of(facts).lines if line.item is not Item.BACKUP]
    left = next((line for line in lines if not line.done), None)
    turns_on = min(day for day in _turns(facility, look, facts.today) if day > facts.today)
    midnight = datetime.combine(turns_on, time.min, ZoneInfo(facility.clock)).astimezone(UTC)
    return Counted(
        facility_id=facility.id,
        name=facility.name,
        done=sum(line.done for line in lines),
        next_item=left.item if left else None,
        next_fact=left.fact if left else "",
        turns_at=midnight,
        made_with=made_with(),
    )


def _turns(facility: Facility, look: Look, today: date) -> Iterator[date]:
    """The days on which a line of the site may change by itself, in a year at the latest; some of them may be over."""
    yield today + timedelta(365)
    for statement in look.said.get(facility.id, {}).values():
        yield statement.ends()
    for number in numbers_of(facility, look):
        if number.verified_on is not None:
            yield number.verified_on + timedelta(FRESH_DAYS + 1)
    for day in look.computers.get(facility.id, ()):
        if day is not None:
            yield day + OPENED_LATELY + timedelta(1)
    trusted = pack_for(facility.state, facility.site_kind).trusted_until
    if trusted is not None:
        yield trusted + timedelta(1)
    if facility.id in look.with_trainees:  # what is due and what ends: many dates, so it is looked at each day
        yield today + timedelta(1)
