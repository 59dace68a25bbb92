"""Putting the database of a backup in place: as the file of SQLite, or row by row into PostgreSQL."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from sqlalchemy.exc import OperationalError

from zonemap.errors import Busy, Conflict, Invalid
from zonemap.settings import Settings
from zonemap.storage.backup_rows import copy_rows, database_in, is_empty, settle
from zonemap.storage.cipher import cipher_module, is_open, key_of, put_sealed, require_fitting
from zonemap.storage.engine import engine_for
from zonemap.storage.migrations import migrate
from zonemap.storage.whole_files import put_in_place

_THERE_ARE_DATA = (
    "There are data already. To put the backup in their place, say --replace: what is there now is kept beside it."
)


def bring_up_to_date(folder: Path) -> None:
    """Bring the SQLite database of that folder, made by this or an older zonemap, to the newest revision."""
    engine = engine_for(Settings(data=folder))
    try:
        migrate(engine)
        settle(engine)
    finally:
        engine.dispose()


def fill_server(settings: Settings, folder: Path) -> None:
    """Copy the rows into the database of the settings, in one transaction. Raises Conflict where that is not empty."""
    source, target = engine_for(Settings(data=folder)), engine_for(settings)
    try:
        migrate(target)
        if not is_empty(target):
            raise Conflict("There are data already in this database. Restore into an empty one: createdb makes it.")
        with source.connect() as rows, target.begin() as connection:
            copy_rows(rows, connection)
    except OperationalError as error:
        raise Busy("The database does not answer. Start it, then restore again; nothing was changed.") from error
    finally:
        source.dispose()
        target.dispose()


def move_in(settings: Settings, folder: Path, *, replace: bool, aside: str) -> Path | None:
    """Move the file to its place. What was there, if it held anything, goes aside under that name, which is given.

    Raises Conflict where there are data and ``replace`` is not said, Busy where another program has them open.
    """
    place = database_in(settings.data)
    if not place.exists():
        _put(settings, folder, place)
        return None
    empty = _let_go(settings)
    if not empty and not replace:
        raise Conflict(_THERE_ARE_DATA)
    kept = settings.data / aside
    if kept.exists():
        raise Invalid(f"{aside} is there already. Wait a second, then try again.")
    if not empty:
        kept.hardlink_to(place)
    _put(settings, folder, place)
    return None if empty else kept


def _put(settings: Settings, folder: Path, place: Path) -> None:
    key = key_of(settings)
    if key is None:
        put_in_place(database_in(folder), place)
    else:
        put_sealed(database_in(folder), place, key)


def encrypt(settings: Settings) -> list[Path]:
    """Encrypt the database where it lies; give what else lies there in the open, from before.

    Raises Invalid where there is no key or nothing to encrypt, Busy where zonemap still runs. Nothing is changed then.
    """
    key, place = key_of(settings), database_in(settings.data)
    if key is None:
        raise Invalid("Name where the key is, or is to be made: ZONEMAP_KEY_FILE, outside the data folder.")
    cipher_module()
    if place.exists() and place.stat().st_size and not is_open(place):
        require_fitting(place, key)
        raise Invalid("The database is encrypted already, with this key.")
    if is_open(place):
        _let_go(dataclasses.replace(settings, key_file=None, key_command=""))
        put_sealed(place, place, key)
    return [path for path in sorted(settings.data.glob(f"{place.name}.*")) if is_open(path)]


def _let_go(settings: Settings) -> bool:
    """Put everything of the old database into its one file; say whether it is empty. Raises Busy where it is in use."""
    engine = engine_for(settings)
    try:
        migrate(engine)
        empty = is_empty(engine)
        engine.dispose()  # this program's other connections, or the file would seem to be in use
        settle(engine)
    except Exception as error:
        if "locked" in str(error):
            raise Busy("zonemap is still running. Stop it, then try again: nothing was changed.") from error
        raise
    finally:
        engine.dispose()
    return empty
