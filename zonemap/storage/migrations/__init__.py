"""The history of the schema, and how to walk along it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

_LOCK = 0x7A6F6E65  # "zone": any number, the same in every process


def migrate(engine: Engine, *, to: str = "head") -> None:
    """Bring the schema up to a revision, in one transaction; two servers that start at once take turns."""
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
    with engine.connect() as connection, connection.begin():
        command.downgrade(_config(connection), to)


def _config(connection: Connection) -> Config:
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
