"""One server for each data folder with SQLite: a second one says so in a sentence, and does not start.

On one computer two would do no harm to the data, but somebody who starts zonemap twice means something else; and on a
folder that two computers share, SQLite's log does not keep them apart. The folder itself is locked: no file is left
behind, and the lock ends with the process, however that ends. Commands work beside a server: they take no lock.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from zonemap.errors import Busy
from zonemap.settings import Settings

fcntl: Any
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

_PATIENCE_S, _LOOK_EVERY_S = 3.0, 0.05  # one that is just ending may take a moment
_RUNS = (
    "zonemap is already running on the data in {folder}. Use that one; or stop it (Ctrl-C, or systemctl stop zonemap) "
    "and start again. For other data choose another folder with ZONEMAP_DATA. Several servers on the same data take "
    "PostgreSQL: see docs/running.md."
)


@contextmanager
def only_server(settings: Settings) -> Iterator[None]:
    """Be the only server on these data meanwhile. Raises Busy where another one runs."""
    held = hold_data(settings)
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def hold_data(settings: Settings) -> int | None:
    """The same until the process ends, and those forked from it, or until what this gives is closed. Raises Busy.

    None where there is nothing to hold: PostgreSQL is made for many servers, one that only reads is in nobody's way,
    and some file systems cannot lock a folder.
    """
    if fcntl is None or settings.database_url or settings.read_only:
        return None
    with suppress(OSError):  # what is wrong with the folder is said by whoever opens the database in it
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _hold(settings)
    return None


def _hold(settings: Settings) -> int:
    opened = os.open(settings.data, os.O_RDONLY)
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < until:
                time.sleep(_LOOK_EVERY_S)
                continue
            os.close(opened)
            raise Busy(_RUNS.format(folder=settings.data)) from None
        except OSError:
            os.close(opened)
            raise
        return opened
