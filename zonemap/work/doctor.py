"""What is wrong with an installation: each problem by name, with what to do about it. Changes nothing.

The chains of records are proved by ``work/record``; here is the rest: the files, the database as a whole, each picture
and floor in it, and the backups.
"""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from zonemap.model.backup import STALE_AFTER, BackupMade
from zonemap.settings import Settings
from zonemap.storage.backup_rows import database_in
from zonemap.storage.engine import sqlite_is_safe
from zonemap.storage.examine import examine
from zonemap.storage.sealed import digest_of
from zonemap.storage.store import Store
from zonemap.storage.whole_files import PART
from zonemap.storage.workroom import leftovers
from zonemap.work.desk_table import table_hash
from zonemap.work.desk_tables import FOLDER

_ROOM_LEAST = 200_000_000  # bytes
_AHEAD = timedelta(hours=1)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO

_RESTORE = "Stop zonemap, and restore the last backup that was made before (zonemap restore FILE --key KEY --replace)."
FIXES = {
    "pages": f"The file of the database is damaged. {_RESTORE} Test the disk before you use it again.",
    "dangling": f"Something that belonged together was taken apart. {_RESTORE}",
    "schema": "Start this zonemap once: it brings the database up to date. Make a backup before.",
    "floor": f"{_RESTORE} Or open the floor, go back to an earlier version of it, and draw what is missing.",
    "picture": "Upload the plan again (Plans, Another plan): rooms and doors stay. Or restore the last backup.",
    "lines": "Upload the drawing again (Plans, Another plan): rooms and doors stay.",
    "wall_photo": "Take the photo again on the next walk. Or restore the last backup.",
    "folder": "Close it to others: chmod 700 FOLDER, and chmod 600 for the files in it.",
    "room": "Make room on the disk: while it is full, nothing can be saved.",
    "sqlite": "Install the package pysqlite3: make does it. Until then zonemap uses a slower way that is safe.",
    "leftover": "Remove it, or start zonemap: it does.",
    "desk_table": "Remove the file: it is made again.",
    "backup_changed": "Do not rely on this file: remove it, and make a backup now (zonemap backup). Test that disk.",
    "backup_gone": "Look for it where backups are kept, or make one now (zonemap backup).",
    "backup_old": "Make one now (zonemap backup), and set ZONEMAP_BACKUP_FOLDER so that one is made each night.",
    "clock": "Set the clock of this computer right, and let it be kept right (timedatectl set-ntp true).",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it should be."""

    kind: str
    what: str

    @property
    def fix(self) -> str:
        """What to do about it."""
        return FIXES[self.kind]

    @property
    def line(self) -> str:
        """Both in one line."""
        return f"{self.what} {self.fix}"


def problems(store: Store, settings: Settings, now: datetime) -> Iterator[Problem]:
    """All of them, those of the database first."""
    for kind, what in examine(store.engine):
        yield Problem(kind, what)
    yield from file_problems(settings)
    with store.read() as books:
        made = books.backups.list(most=settings.backup_keep)
        last = books.clock.newest()
    yield from _of_backups(settings, made, now)
    if last is not None and last > now + _AHEAD:
        yield Problem("clock", f"Something was written at {last:%Y-%m-%d %H:%M} UTC, and now is {now:%Y-%m-%d %H:%M}.")


def file_problems(settings: Settings) -> Iterator[Problem]:
    """Those of the data folder, which need no database."""
    if not settings.database_url:
        yield from _of_sqlite(settings)
    for folder in leftovers(settings):
        yield Problem("leftover", f"{folder} was left behind by a backup or a restore that was cut off.")
    for file in sorted((settings.data / FOLDER).glob("*.json")):
        try:
            table = json.loads(file.read_bytes())
            whole = table["hash"] == table_hash({name: table[name] for name in table if name != "hash"})
        except (OSError, ValueError, KeyError, TypeError):
            whole = False
        if not whole:
            yield Problem("desk_table", f"{file} is not what was written.")
    if shutil.disk_usage(settings.data).free < _ROOM_LEAST:
        free = shutil.disk_usage(settings.data).free // 1_000_000
        yield Problem("room", f"Only {free} MB are free where {settings.data} lies.")


def _of_sqlite(settings: Settings) -> Iterator[Problem]:
    for path in (settings.data, database_in(settings.data)):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & _OTHERS:
            yield Problem("folder", f"Others on this computer can open {path}.")
    if not sqlite_is_safe():
        yield Problem("sqlite", "This SQLite can damage its write-ahead log.")


def _of_backups(settings: Settings, made: list[BackupMade], now: datetime) -> Iterator[Problem]:
    if settings.backup_folder is None:
        return
    if not any(each.is_fresh(now) for each in made):
        yield Problem("backup_old", f"No backup was made and read back whole in the last {STALE_AFTER.days} days.")
    for number, each in enumerate(each for each in made if each.verified_at):
        file = settings.backup_folder / each.name
        if file.exists() and digest_of(file) != each.digest:
            yield Problem("backup_changed", f"The backup {file} is not what was written.")
        elif not file.exists() and not number:
            yield Problem("backup_gone", f"The newest backup, {each.name}, is not in {settings.backup_folder}.")
    for part in sorted(settings.backup_folder.glob(f"*{PART}")):
        if not any(each.name == part.stem and each.verified_at is None and not each.trouble for each in made[:1]):
            yield Problem("leftover", f"{part} was left behind by a backup that was cut off.")
