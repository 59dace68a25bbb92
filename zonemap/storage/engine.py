"""The connection to the database: SQLite in the data folder, or PostgreSQL by URL."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from zonemap.errors import Busy, Invalid
from zonemap.settings import Settings
from zonemap.storage.cipher import cipher_module, key_of, require_fitting, unlock

DATABASE_NAME = "zonemap.db"
BUSY_TIMEOUT_MS = 10_000
_FILE = "zonemap_file"
_MOVED = (
    "The database is not where it was: somebody moved, removed or replaced its file while zonemap runs. Nothing was "
    "saved. Put it back, or ask whoever runs this computer to start zonemap again."
)

_log = logging.getLogger("zonemap.storage")


def sqlite_module() -> ModuleType:
    """The newest SQLite at hand: the build of the pysqlite3 package, else the one inside Python."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        import sqlite3 as dbapi2
    module: ModuleType = dbapi2
    return module


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug (3.7.0 to 3.51.2; repaired in 3.51.3 and in 3.50.7)."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51)


def sqlite_is_safe() -> bool:
    """Whether the SQLite at hand is."""
    return wal_is_safe(sqlite_module().sqlite_version_info)


def engine_for(settings: Settings) -> Engine:
    """The engine. Raises Invalid for a URL or a key that cannot be used."""
    key = key_of(settings)
    if settings.database_url:
        return _postgresql(settings.database_url)
    return _sqlite(settings.data, key, settings.read_only)


def _postgresql(text: str) -> Engine:
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise Invalid("ZONEMAP_DATABASE_URL must look like postgresql://user:password@host/name.") from error
    if url.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise Invalid("ZONEMAP_DATABASE_URL must start with postgresql://. Leave it empty to use SQLite.")
    try:
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            pool_size=8,
            max_overflow=16,
            pool_timeout=10,
            connect_args={"connect_timeout": 5},
        )
    except ImportError as error:
        raise Invalid("PostgreSQL needs one more package: pip install 'zonemap[postgresql]'.") from error


def _sqlite(folder: Path, key: str | None, read_only: bool) -> Engine:
    module = sqlite_module() if key is None else cipher_module()
    path = _there(folder) if read_only else _private_file(folder)
    require_fitting(path, key)
    wal = wal_is_safe(module.sqlite_version_info)
    if not wal:
        _log.warning(
            "SQLite %s can damage its write-ahead log; zonemap uses the slower, safe rollback journal instead.",
            module.sqlite_version,
        )
    engine = create_engine(
        # rw: a file that somebody has moved away is not made anew, empty, behind their back.
        URL.create("sqlite+pysqlite", database=f"file:{quote(str(path))}", query={"mode": "rw", "uri": "true"}),
        module=module,
        pool_size=8,
        max_overflow=16,
        pool_timeout=10,
        connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False},
    )
    event.listen(engine, "connect", _when_connected(wal, key))
    event.listen(engine, "begin", _begin)
    return engine


def _when_connected(wal: bool, key: str | None) -> Any:
    def pragmas(connection: Any, record: Any) -> None:
        if key is not None:
            unlock(connection, key)
        connection.isolation_level = None  # the transactions are begun by _begin, not guessed by the driver
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            f"journal_mode = {'WAL' if wal else 'DELETE'}",
            f"synchronous = {'FULL' if wal else 'EXTRA'}",  # EXTRA also syncs the folder when a journal is removed
            "foreign_keys = ON",
            "trusted_schema = OFF",
        ):
            connection.execute(f"PRAGMA {pragma}").close()
        record.info[_FILE] = _file_of(connection)

    return pragmas


def _file_of(connection: Any) -> tuple[str, int]:
    """The file that a connection has open, and its number on the disk."""
    cursor = connection.execute("PRAGMA database_list")
    name = str(cursor.fetchone()[2])
    cursor.close()
    return name, os.stat(name).st_ino


def _require_in_place(connection: Connection) -> None:
    """Raise Busy where the file was moved, removed or replaced: what is written into it now would be lost to all."""
    name, number = connection.info[_FILE]
    try:
        there = os.stat(name).st_ino == number
    except OSError:
        there = False
    if not there:
        raise Busy(_MOVED)


def _begin(connection: Connection) -> None:
    reads = bool(connection.get_execution_options().get("zonemap_read"))
    if not reads:
        _require_in_place(connection)
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reads else 'OFF'}")
    # IMMEDIATE: a writer waits at the door, instead of failing in the middle when somebody else wrote first.
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _there(folder: Path) -> Path:
    """The database's path. Raises Invalid where there is none: in read-only mode none is made."""
    path = folder / DATABASE_NAME
    if not path.is_file():
        raise Invalid(f"There is no database in {folder}, and in read-only mode none is made. Check ZONEMAP_DATA.")
    return path


def _private_file(folder: Path) -> Path:
    """The database's path, in a folder and a file that only their owner can open."""
    path = folder / DATABASE_NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _close_folder(folder, ours=path.exists() or not any(folder.iterdir()))
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise Invalid(
            f"zonemap cannot write to its data folder {folder} ({error.strerror}). "
            "Give ZONEMAP_DATA the path of a folder that you own."
        ) from error
    return path


def _close_folder(folder: Path, *, ours: bool) -> None:
    if not stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return
    if ours:
        folder.chmod(0o700)
    else:
        _log.warning("Others can look into the data folder %s. An own, empty folder is safer.", folder)
