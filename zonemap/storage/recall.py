"""What was read before, handed out again as long as nothing in the database has changed.

The database itself says whether it has, each time: SQLite counts what others wrote (``PRAGMA data_version``, asked on a
connection that never writes), PostgreSQL tells which transactions can be seen (``txid_current_snapshot()``; what is not
in it, nobody sees yet). So it does not matter who wrote: another thread, process or computer.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

from sqlalchemy import Engine, PoolProxiedConnection
from sqlalchemy.exc import OperationalError

Found = TypeVar("Found")

KEPT_MOST = 1000  # things read; the oldest go first


class Recall:
    """Things read, by name. Safe to share between threads. What is kept must not be changed by who gets it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asking: PoolProxiedConnection | None = None
        self._state: str = ""
        self._kept: dict[Hashable, Any] = {}
        self._one = Lock()

    def get(self, name: Hashable, read: Callable[[], Found]) -> Found:
        """What ``read`` gave, or gives now. The state is asked first, so that what changes meanwhile is read again."""
        with self._one:
            state = self._now()
            if state != self._state:
                self._state = state
                self._kept.clear()
            if name in self._kept:
                return cast(Found, self._kept[name])
        found = read()
        with self._one:
            if state == self._state:
                if len(self._kept) >= KEPT_MOST:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[name] = found
        return found

    def close(self) -> None:
        """Let go of the connection that asks."""
        with self._one:
            if self._asking is not None:
                self._asking.close()
                self._asking = None

    def _now(self) -> str:
        if self._engine.dialect.name == "sqlite":
            return self._counted()
        with self._engine.connect() as connection:
            quick = connection.execution_options(isolation_level="AUTOCOMMIT")
            return str(quick.exec_driver_sql("SELECT txid_current_snapshot()::text").scalar_one())

    def _counted(self) -> str:
        driver = self._engine.dialect.loaded_dbapi  # its errors come as they are: no SQLAlchemy stands between
        try:
            if self._asking is None:
                self._asking = self._engine.raw_connection()
            cursor = self._asking.cursor()
            cursor.execute("PRAGMA data_version")
            counted = str(cast("tuple[int]", cursor.fetchone())[0])
            cursor.close()
        except driver.Error as error:
            raise OperationalError("PRAGMA data_version", None, error) from error
        return counted
