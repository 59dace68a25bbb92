"""The history of the schema, and how to walk along it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

_LOCK = 0x7A6F6E65  # "zone": any number, the same in every process


def newest() -> str:
    """The newest revision: files of revisions are named after them, r0001_first.py is 0001."""
    last = max(path.name for path in (Path(__file__).parent / "versions").glob("r[0-9]*_*.py"))
    return last[1:].partition("_")[0]


def migrate(engine: Engine, *, to: str = "head") -> None:
    """Bring the schema up to a revision, in one transaction; two servers that start at once take turns.

    Alembic takes a third of a start; it is asked only where there is something to do.
    """
    if to == "head" and revision_in(engine) == newest():
        return
    from alembic import command

    with engine.connect() as connection:
        _foreign_keys(connection, on=False)  # SQLite changes a table by making it anew
        try:
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                command.upgrade(_config(connection), to)
        finally:
            _foreign_keys(connection, on=True)


def go_back(engine: Engine, *, to: str) -> None:
    """Bring the schema down to a revision ("base" is the empty database)."""
    from alembic import command

    with engine.connect() as connection, connection.begin():
        command.downgrade(_config(connection), to)


def revision_in(engine: Engine) -> str | None:
    """The revision that a database is at; None for an empty one."""
    with engine.connect() as connection:
        return revision_of(connection)


def revision_of(connection: Connection) -> str | None:
    """The same, where a connection is at hand."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    if connection.dialect.name == "sqlite":
        # Outside a transaction: inside, SQLite ignores this pragma.
        raw = connection.connection.dbapi_connection
        assert raw is not None  # noqa: S101 - tells mypy
        raw.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}").close()
