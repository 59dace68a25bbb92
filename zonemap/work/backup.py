"""Backups: made while zonemap runs, sealed, and read back; each night by itself where a folder is set."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from zonemap import __version__
from zonemap.errors import Invalid, ZonemapError
from zonemap.model.backup import BackupMade
from zonemap.model.person import Actor
from zonemap.settings import Settings
from zonemap.storage.backup_rows import database_in, revision
from zonemap.storage.sealed import Manifest, Recipients, digest_of, new_key, recipients_from, seal
from zonemap.storage.store import Books, Store
from zonemap.storage.whole_files import PART, write_new
from zonemap.storage.workroom import room_for_work
from zonemap.work.permissions import Permission, Place, require

EVERY = timedelta(hours=24)
_TAKES_MOST = timedelta(hours=2)  # one that has not ended by then was cut off, with the process that made it
_AHEAD = timedelta(hours=1)  # one begun later than that was begun while the clock was ahead
_LOOK_EVERY_S = 600.0
_ENDING = ".zonemap.age"
_OURS = re.compile(rf"zonemap-\d{{8}}-\d{{6}}{re.escape(_ENDING)}")

_log = logging.getLogger("zonemap.backup")


def make_key(file: Path) -> str:
    """Write a new key into a file that only its owner can open; give its public part. Raises Invalid."""
    secret, public = new_key()
    lines = f"# opens backups of zonemap; keep it away from them\n# public key: {public}\n{secret}\n"
    try:
        write_new(file, lines.encode())
    except FileExistsError as error:
        raise Invalid(f"{file} is there already, and a key is never overwritten. Choose another name.") from error
    except OSError as error:
        raise Invalid(f"The key cannot be written to {file}: {error.strerror}.") from error
    return public


def file_name(now: datetime) -> str:
    """What a backup of that moment is called: in the order of time, and told apart from other files."""
    return f"zonemap-{now:%Y%m%d-%H%M%S}{_ENDING}"


def make_backup(
    store: Store,
    settings: Settings,
    out: Path,
    recipients: Sequence[str],
    *,
    made_id: str,
    clock: Callable[[], datetime],
) -> BackupMade:
    """Make one, read it back, and note it. Raises Invalid with what to do; that is noted, too."""
    sealed_for = _sealed_for(out, recipients)
    made = BackupMade(made_id, clock(), out.name)
    with store.begin() as books:
        books.backups.begin(made)
    return _make(store, settings, made, out, sealed_for, clock)


def _sealed_for(out: Path, recipients: Sequence[str]) -> Recipients:
    sealed_for = recipients_from(recipients)
    if out.exists():
        raise Invalid(f"{out} is there already, and a backup is never overwritten. Choose another name.")
    return sealed_for


def _make(
    store: Store,
    settings: Settings,
    made: BackupMade,
    out: Path,
    sealed_for: Recipients,
    clock: Callable[[], datetime],
) -> BackupMade:
    """Make the one that has been noted as begun, and note how it went."""
    try:
        with room_for_work(settings) as folder:
            rows = store.snapshot(folder)
            size, digest = seal(folder, _manifest(folder, rows, made.begun_at), out, sealed_for)
    except ZonemapError as error:
        made = replace(made, trouble=error.message)
        raise
    except Exception:
        made = replace(made, trouble="The backup could not be made; the log of the server says why.")
        raise
    else:
        made = replace(made, verified_at=clock(), size=size, rows=rows, digest=digest)
        return made
    finally:
        with store.begin() as books:
            books.backups.end(made)


def _manifest(folder: Path, rows: int, begun: datetime) -> Manifest:
    database = database_in(folder)
    return Manifest(begun.isoformat(), __version__, revision(), rows, database.stat().st_size, digest_of(database))


def keep_newest(folder: Path, most: int, now: datetime) -> list[Path]:
    """Remove all but the newest backups of ours from a folder; give what was removed. Other files stay.

    Those that bear a later moment than now were made while the clock was ahead: they count as the oldest, or each new
    one would be taken for older than they are and be removed at once.
    """
    ahead = file_name(now + _AHEAD)
    ours = sorted(
        (path for path in folder.iterdir() if _OURS.fullmatch(path.name)),
        key=lambda path: (path.name <= ahead, path.name),
    )
    gone = ours[:-most] if most else []
    if ours:  # and what a kill left behind while an older one was written
        parts = (path for path in folder.iterdir() if path.suffix == PART and _OURS.fullmatch(path.stem))
        gone += [path for path in parts if path.stem < ours[-1].name]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def check_settings(settings: Settings) -> None:
    """Raise Invalid, naming the variable, where backups by night could not be made."""
    try:
        recipients_from(settings.backup_to.split())
    except Invalid as error:
        raise Invalid(f"ZONEMAP_BACKUP_TO: {error.message}") from error
    if settings.backup_folder is None or not settings.backup_folder.is_dir():
        raise Invalid(f"ZONEMAP_BACKUP_FOLDER: there is no folder {settings.backup_folder}. Make it, then start again.")


def backups(store: Store, actor: Actor) -> list[BackupMade]:
    """The last ones, newest first."""
    require(actor, Permission.SEE_BACKUPS, at=Place.ORGANIZATION)
    with store.read() as books:
        return books.backups.list()


def nightly(
    store: Store, settings: Settings, *, clock: Callable[[], datetime], new_id: Callable[[], str], stop: threading.Event
) -> None:
    """Until ``stop``: whenever the last backup is a day old, make one, and let go of the oldest."""
    while True:
        try:
            backup_if_due(store, settings, clock=clock, new_id=new_id)
        except ZonemapError as error:
            _log.warning("No backup was made: %s", error.message)
        except Exception:
            _log.exception("No backup was made.")
        if stop.wait(_LOOK_EVERY_S):
            return


def backup_if_due(
    store: Store, settings: Settings, *, clock: Callable[[], datetime], new_id: Callable[[], str]
) -> BackupMade | None:
    """Make a backup into the folder of the settings unless one was begun within a day, by whichever server."""
    if settings.backup_folder is None:
        return None
    now = clock()
    with store.read() as books:
        if _has_begun(books, now):
            return None
    out = settings.backup_folder / file_name(now)
    sealed_for = _sealed_for(out, settings.backup_to.split())
    made = BackupMade(new_id(), now, out.name)
    with store.begin() as books:
        books.backups.wait()
        if _has_begun(books, now):
            return None  # by another process, just now
        books.backups.begin(made)
    made = _make(store, settings, made, out, sealed_for, clock)
    keep_newest(settings.backup_folder, settings.backup_keep, now)
    return made


def _has_begun(books: Books, now: datetime) -> bool:
    return books.backups.begun_since(now - EVERY, until=now + _AHEAD, unfinished_since=now - _TAKES_MOST)
