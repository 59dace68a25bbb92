"""Work that nobody waits for on a page: packs to print, rooms to find, sites to count. Done by processes of their own.

What there is to do stands in the database, so any number of such processes on any number of servers share it. One that
is killed leaves nothing half done: what it held becomes free after a while.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Event

from zonemap.errors import Busy
from zonemap.storage.store import Store
from zonemap.work.print_jobs import make_next, waits
from zonemap.work.roll_up import count_due
from zonemap.work.room_search import forget_searches

_LOOK_EVERY_S = 1.0
_ROUNDS_FORGET = 200  # ten minutes: what searches found goes although nobody asks again
_SITES_AT_ONCE = 10  # a pack is taken before more of them
_PAGES_COUNT = 8  # sites that the process of the pages counts by itself: a process of its own takes a second to start


def work_off(
    store: Store, *, clock: Callable[[], datetime], new_id: Callable[[], str], over: Event, until_idle: bool = False
) -> None:
    """Do what there is to do, until told that it is over, or until nothing is left."""
    while not over.is_set():
        try:
            busy = make_next(store, maker=new_id(), clock=clock) or count_due(store, clock(), most=_SITES_AT_ONCE)
        except Busy:
            busy = False
        if not busy:
            if until_idle:
                return
            over.wait(_LOOK_EVERY_S)


def keep_looking(
    store: Store, wake: Callable[[], None], *, clock: Callable[[], datetime], over: Event, every_s: float = 3.0
) -> None:
    """Count the few sites that have changed; for more of them, and for packs whose maker is gone, ``wake`` others."""
    rounds = 0
    while not over.wait(every_s):
        rounds += 1
        try:
            if rounds % _ROUNDS_FORGET == 0:
                forget_searches(store, clock())
            if waits(store, clock()) or count_due(store, clock(), most=_PAGES_COUNT) == _PAGES_COUNT:
                wake()
        except Busy:
            continue
