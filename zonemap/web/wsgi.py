"""For gunicorn on a server: what its first process does before the others are there, and what each answers with.

``docs/server/gunicorn.conf.py`` calls it. The first process brings the database up to date and holds no connection to
it while it forks: a connection must not be shared.
"""

from __future__ import annotations

import sys
from contextlib import closing
from functools import cache

from flask import Flask

from zonemap.settings import settings_from
from zonemap.storage.one_server import hold_data
from zonemap.storage.store import Store
from zonemap.storage.workroom import clear_leftovers
from zonemap.web.app import blueprints, create_app
from zonemap.web.makers import Processes
from zonemap.web.serve import SWITCH_S, begin_alerts, begin_jobs, begin_nightly_backups, welcome
from zonemap.web.tally import Shared
from zonemap.work.backup import check_settings


def begin() -> str:
    """In the first process, once: the line for the administrator. Raises Invalid or Busy with a sentence."""
    settings = settings_from()
    if settings.backup_folder is not None:
        check_settings(settings)
    _own.held = hold_data(settings)
    clear_leftovers(settings)
    shared()
    blueprints()  # what all processes would read, is read once; hence a new version needs a restart, not a reload
    with closing(Store.open(settings)) as store:
        return welcome(settings.public_address.rstrip("/") or "https://(this server)", store)


@cache
def shared() -> Shared:
    """What all processes count into: made by the first, and inherited by the others."""
    return Shared()


def count_in(part: int) -> None:
    """In each of the others, first: which part of the shared memory is its own."""
    _own.part = part


class _Own:
    part = 0
    held: int | None = None  # what says to a second server that this one runs: open as long as any of its processes


_own = _Own()


def application() -> Flask:
    """In each of the others: the app, over a store of its own.

    Each looks after backups, alerts and jobs: the database sees to it that each is made once.
    """
    settings = settings_from()
    sys.setswitchinterval(SWITCH_S)
    store = Store.open(settings)
    begin_nightly_backups(settings, store)
    begin_alerts(settings, store)
    makers = Processes(settings)
    begin_jobs(store, makers)
    return create_app(settings, store, shared().counts(_own.part), makers)
