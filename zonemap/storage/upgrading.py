"""The way back from an upgrade: before the schema is changed, what is there is kept as it is.

Of SQLite the file is copied beside itself, encrypted if it is. Of PostgreSQL a sealed backup is made, where backups are
set up; it is of the old schema, so an older zonemap can restore it.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from zonemap import __version__
from zonemap.errors import Busy, Invalid
from zonemap.settings import Settings
from zonemap.storage.backup_rows import database_in, is_empty, snapshot_of_old
from zonemap.storage.engine import BUSY_TIMEOUT_MS
from zonemap.storage.migrations import newest, revision_in
from zonemap.storage.sealed import Manifest, digest_of, recipients_from, seal
from zonemap.storage.whole_files import PART, put_in_place
from zonemap.storage.workroom import room_for_work

_TRIES, _PATIENCE_MS = 3, 500  # for whoever still looks at what was before
_COPY = re.compile(r"\.before-\d{4}")
_NEWER = (
    "A newer zonemap has written this database. Start that version; or put back what was kept before the upgrade: "
    "docs/running.md of the newer one says how."
)
_OPEN = "zonemap is still running somewhere, with the version before. Stop it, then start again: nothing was changed."
_NO_ROOM = "There is no room for a copy of the database, and without one it is not brought up to date. Make room first."

_log = logging.getLogger("zonemap.storage")


def keep_before(engine: Engine, settings: Settings) -> Path | None:
    """Keep what an upgrade is about to change; give where. None where nothing is to be changed, or nothing is there.

    Raises Invalid for a database of a newer zonemap, and where there is no room; Busy where it is in use.
    """
    before = revision_in(engine)
    if before is None or before == newest():
        return None
    if before > newest():
        raise Invalid(_NEWER)
    if is_empty(engine):
        return None
    if engine.dialect.name == "sqlite":
        kept = _copied(engine, database_in(settings.data), before)
    else:
        kept = _sealed(engine, settings, before)
    if kept is not None:
        _log.warning("The database is brought up to date. What was there before (%s) is kept: %s.", before, kept.name)
    return kept


def _copied(engine: Engine, place: Path, before: str) -> Path | None:
    """A copy of the file, taken while nobody writes. None where another process has brought it up to date meanwhile."""
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        for _ in range(_TRIES):
            raw.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}").close()
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
            raw.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}").close()
            raw.execute("BEGIN IMMEDIATE").close()  # nobody writes from here on
            try:
                if raw.execute("SELECT version_num FROM alembic_version").fetchone()[0] != before:
                    return None
                if _all_is_in(place):
                    return _copy(place, before)
            finally:
                raw.execute("ROLLBACK").close()
    raise Busy(_OPEN)


def _all_is_in(place: Path) -> bool:
    """Whether the one file holds everything, and nothing waits in the log beside it."""
    log = place.with_name(f"{place.name}-wal")
    return not log.exists() or log.stat().st_size == 0


def _copy(place: Path, before: str) -> Path:
    copy = place.with_name(f"{place.name}.before-{before}")
    part = copy.with_name(copy.name + PART)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        shutil.copyfile(place, part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        put_in_place(part, copy)
    except OSError as error:
        raise Invalid(_NO_ROOM) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    for older in place.parent.glob(f"{place.name}.before-*"):  # one way back is enough, and old data are to go
        if _COPY.fullmatch(older.name.removeprefix(place.name)) and older != copy:
            older.unlink(missing_ok=True)
    return copy


def _sealed(engine: Engine, settings: Settings, before: str) -> Path | None:
    if settings.backup_folder is None:
        _log.warning(
            "The database is brought up to date, and no backup was made before: ZONEMAP_BACKUP_FOLDER is not set."
        )
        return None
    sealed_for = recipients_from(settings.backup_to.split())
    out = settings.backup_folder / f"zonemap-before-{before}.zonemap.age"
    with room_for_work(settings) as folder:
        rows = snapshot_of_old(engine, folder, before)
        if rows is None:
            return None
        database = database_in(folder)
        made_at = _now(engine).isoformat()
        seal(
            folder,
            Manifest(made_at, __version__, before, rows, database.stat().st_size, digest_of(database)),
            out,
            sealed_for,
        )
    return out


def _now(engine: Engine) -> datetime:
    """The database's own clock."""
    with engine.connect() as connection:
        return datetime.fromtimestamp(
            float(connection.execute(text("SELECT extract(epoch FROM now())")).scalar_one()), UTC
        )
