"""Every row from one database into another, SQLite or PostgreSQL: what a backup takes out, a restore puts in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, LargeBinary, MetaData, Table, delete, func, insert, select, text
from sqlalchemy.exc import DatabaseError

from zonemap.errors import Invalid
from zonemap.settings import Settings
from zonemap.storage.backup_copy import copy_in_sqlite
from zonemap.storage.engine import DATABASE_NAME, engine_for
from zonemap.storage.migrations import migrate, newest
from zonemap.storage.tables import metadata, site_change

# Who is signed in, and links that sign somebody in, end with the database they are of; packs are made again, and what
# was counted of the sites is counted again.
LEFT_OUT = frozenset(
    {"session", "half_session", "passkey_challenge", "link", "throttle", "known_address", "print_job"}
    | {"print_job_file", "backup_made", "site_change", "site_readiness"}
)
_ROWS_AT_ONCE, _LARGE_ROWS_AT_ONCE = 500, 20


def kept_tables() -> list[Table]:
    """The tables of a backup, those first that others point to."""
    return [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]


def copy_rows(source: Connection, target: Connection) -> int:
    """Copy all rows of all kept tables; give their number. Both are at the newest revision, the target is empty."""
    count = 0
    for table in kept_tables():
        large = any(isinstance(column.type, LargeBinary) for column in table.columns)
        query = select(table).execution_options(yield_per=_LARGE_ROWS_AT_ONCE if large else _ROWS_AT_ONCE)
        for rows in source.execute(query).mappings().partitions():
            target.execute(insert(table), [dict(row) for row in rows])
            count += len(rows)
    _note_all_sites(target)
    return count


def _note_all_sites(target: Connection) -> None:
    """The triggers have noted each row: one note of every site says as much."""
    target.execute(delete(site_change))
    target.execute(insert(site_change).values(facility_id=""))


def is_empty(engine: Engine) -> bool:
    """Whether nobody has an account and there is no facility: nothing that a restore could replace."""
    with engine.connect() as connection:
        return not any(
            connection.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one()
            for name in ("account", "facility")
        )


def snapshot(engine: Engine, folder: Path) -> int:
    """Copy a database, as it is at this moment, into an SQLite file in that folder; give the number of rows.

    Others read and write meanwhile: one look at the data is one moment of it.
    """
    target = engine_for(Settings(data=folder))
    try:
        migrate(target)
        if engine.dialect.name == "sqlite":
            settle(target)
            count = copy_in_sqlite(engine, database_in(folder), kept_tables())
            with target.begin() as connection:
                _note_all_sites(connection)
        else:
            with _one_moment(engine) as source, target.begin() as connection:
                count = copy_rows(source, connection)
        settle(target)
    finally:
        target.dispose()
    return count


def snapshot_of_old(engine: Engine, folder: Path, before: str) -> int | None:
    """The same of a PostgreSQL that is at an older revision, whose tables only the database itself still knows.

    None where it is not at that revision any more.
    """
    target = engine_for(Settings(data=folder))
    try:
        migrate(target, to=before)
        tables = MetaData()
        tables.reflect(target)
        kept = [table for table in tables.sorted_tables if table.name not in LEFT_OUT | {"alembic_version"}]
        with _one_moment(engine) as source, target.begin() as connection:
            if source.execute(text("SELECT version_num FROM alembic_version")).scalar_one() != before:
                return None
            count = sum(_copy_old(source, connection, table) for table in kept)
        settle(target)
    finally:
        target.dispose()
    return count


def _copy_old(source: Connection, target: Connection, table: Table) -> int:
    count = 0
    query = select(table).execution_options(yield_per=_LARGE_ROWS_AT_ONCE)
    for rows in source.execute(query).mappings().partitions():
        target.execute(insert(table), [{name: _as_kept(value) for name, value in row.items()} for row in rows])
        count += len(rows)
    return count


def _as_kept(value: object) -> object:
    """A moment as SQLite keeps it: in UTC, without saying so."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value


@contextmanager
def _one_moment(engine: Engine) -> Iterator[Connection]:
    options: dict[str, object] = {"zonemap_read": True}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.execution_options(**options).begin() as connection:
        yield connection


def settle(engine: Engine) -> None:
    """Put everything into the one file, so that it can be copied or moved.

    Raises sqlite's OperationalError where another program has the database open.
    """
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None  # noqa: S101 - tells mypy
        raw.execute("PRAGMA journal_mode = DELETE").close()


def sound(folder: Path) -> bool:
    """Whether the SQLite file in that folder is whole, as SQLite says."""
    try:
        engine = engine_for(Settings(data=folder))
    except Invalid:  # no database at all
        return False
    try:
        with engine.connect() as connection:
            return bool(connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok")
    except DatabaseError:
        return False
    finally:
        engine.dispose()


def revision() -> str:
    """The revision of the schema that this zonemap writes."""
    return newest()


def database_in(folder: Path) -> Path:
    """Where the SQLite file of a folder is."""
    return folder / DATABASE_NAME
