"""Where work is done that is killed: a data folder with SQLite, or a database of a PostgreSQL server.

Each kill begins on fresh ground, a copy of what was prepared. A ground is handed to other processes, so it holds names
and no connections.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.conftest import database_url
from zonemap.settings import Settings, settings_from
from zonemap.storage.engine import DATABASE_NAME, sqlite_module

_PATIENCE_S = 60.0


class Ground(Protocol):
    """Of either kind."""

    @property
    def settings(self) -> Settings: ...
    def renew(self) -> None: ...
    def settle(self) -> None: ...
    def digest(self) -> str: ...
    def remove(self) -> None: ...


@dataclass(frozen=True)
class FolderGround:
    """A data folder, copied from another."""

    prepared: Path
    folder: Path

    @property
    def settings(self) -> Settings:
        return Settings(data=self.folder, share=settings_from({}).share)

    def renew(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.prepared, self.folder)

    def settle(self) -> None:
        """With the process all is over."""

    def digest(self) -> str:
        return digest(self.folder / DATABASE_NAME)

    def remove(self) -> None:
        shutil.rmtree(self.folder)


@dataclass(frozen=True)
class DatabaseGround:
    """A database of PostgreSQL, copied from another of the same server."""

    server: str
    prepared: str
    name: str

    @property
    def settings(self) -> Settings:
        return settings_from({"ZONEMAP_DATABASE_URL": database_url(self.server, self.name)})

    def renew(self) -> None:
        self.remove()
        database_url(self.server, self.name, make=True, template=self.prepared)

    def settle(self) -> None:
        """Wait for the server to notice that whoever it worked for is gone: what was sent whole is still done."""
        import psycopg

        end = time.monotonic() + _PATIENCE_S
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        with psycopg.connect(self.server, autocommit=True) as boss:
            while boss.execute(asked, (self.name,)).fetchone() != (0,):
                assert time.monotonic() < end
                time.sleep(0.002)

    def digest(self) -> str:
        """A sum over all rows of all tables, of one moment."""
        import psycopg

        with psycopg.connect(database_url(self.server, self.name), autocommit=True) as connection:
            named = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
            ).fetchall()
            each = (f"SELECT '{name}' AS name, t::text AS said FROM \"{name}\" t" for (name,) in named)  # noqa: S608
            summed = "SELECT md5(string_agg(name || said, chr(10) ORDER BY name, said)) FROM"
            found = connection.execute(f"{summed} ({' UNION ALL '.join(each)}) AS a".encode()).fetchone()
        assert found is not None
        return str(found[0])

    def remove(self) -> None:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as boss:
            boss.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)".encode())


def digest(database: Path) -> str:
    """The SHA-256 of all rows of all tables of an SQLite file, read by a connection of its own."""
    found = hashlib.sha256()
    with closing(sqlite_module().connect(database)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        for (name,) in tables:
            found.update(name.encode())
            for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):  # noqa: S608 - a table of ours
                found.update(repr(row).encode())
    return found.hexdigest()
