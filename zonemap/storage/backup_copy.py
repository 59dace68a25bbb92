"""Rows from one SQLite file into another by SQLite itself: no value passes through Python, which would take longer."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table
from sqlalchemy.exc import OperationalError


def copy_in_sqlite(engine: Engine, target: Path, tables: Sequence[Table]) -> int:
    """Copy all rows of these tables, as of one moment; give their number.

    The target has the tables, and no journal: whatever happens to it while it is filled, it is thrown away. Raises
    OperationalError.
    """
    driver = engine.dialect.loaded_dbapi
    with closing(engine.raw_connection()) as pooled:
        raw = pooled.dbapi_connection
        assert raw is not None  # noqa: S101 - tells mypy
        try:
            _run(raw, "PRAGMA query_only = OFF", "PRAGMA foreign_keys = OFF")
            attach = "ATTACH DATABASE ? AS out" + (" KEY ''" if _is_cipher(raw) else "")
            raw.execute(attach, (str(target),)).close()
            _run(raw, "PRAGMA out.journal_mode = OFF", "PRAGMA out.synchronous = OFF", "BEGIN")
            return sum(_copied(raw, table) for table in tables)
        except driver.Error as error:
            raise OperationalError("a copy of the database", None, error) from error
        finally:
            _let_go(raw, driver)


def _copied(raw: Any, table: Table) -> int:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    copy = f'INSERT INTO out."{table.name}" ({names}) SELECT {names} FROM main."{table.name}"'  # noqa: S608 - ours
    with closing(raw.execute(copy)) as cursor:
        return int(cursor.rowcount)


def _is_cipher(raw: Any) -> bool:
    with closing(raw.execute("PRAGMA cipher_version")) as cursor:
        return cursor.fetchone() is not None


def _run(raw: Any, *statements: str) -> None:
    for statement in statements:
        raw.execute(statement).close()


def _let_go(raw: Any, driver: Any) -> None:
    """Leave the connection as the next one needs it."""
    for statement in ("COMMIT", "DETACH DATABASE out", "PRAGMA foreign_keys = ON"):
        try:
            _run(raw, statement)
        except driver.Error:
            continue  # it had not come so far
