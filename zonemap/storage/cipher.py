"""Encryption at rest: SQLite's file sealed by SQLCipher, with a key that lies elsewhere.

Every page of the file and of its journal is encrypted (AES-256) and bears its own seal (HMAC). The key is 256 random
bits, so no password is stretched at each start. It comes from a file or from a command, never from the data folder.
"""

from __future__ import annotations

import os
import re
import secrets
import shlex
import subprocess
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from zonemap.errors import Invalid
from zonemap.settings import Settings
from zonemap.storage.whole_files import PART, put_in_place, write_new

_OPEN_HEAD = b"SQLite format 3\0"
_KEY = re.compile(r"[0-9a-fA-F]{64}")
_COMMAND_TAKES_MOST_S = 60
_WRONG_KEY = "This key does not open the database: it belongs to another one, or the file is damaged."
_IS_SEALED = (
    "The database is encrypted, or damaged. Name its key with ZONEMAP_KEY_FILE or ZONEMAP_KEY_COMMAND, "
    "or restore a backup."
)
_IS_OPEN = "There is a key, but the database is not encrypted yet. Stop zonemap, run zonemap encrypt, and start again."


def is_wanted(settings: Settings) -> bool:
    """Whether a key is named, so that nothing of the database may lie on a disk in the open."""
    return not settings.database_url and bool(settings.key_file or settings.key_command)


def key_of(settings: Settings) -> str | None:
    """The key, as 64 hex digits; None where none is named. Raises Invalid, naming the variable."""
    if settings.key_file and settings.key_command:
        raise Invalid("ZONEMAP_KEY_FILE and ZONEMAP_KEY_COMMAND both name a key. Set one of them.")
    if settings.database_url and (settings.key_file or settings.key_command):
        raise Invalid("A key is for SQLite alone. PostgreSQL is encrypted by its disk: unset ZONEMAP_KEY_FILE.")
    if settings.key_command:
        return _checked("ZONEMAP_KEY_COMMAND", _said_by(settings.key_command))
    if settings.key_file is None:
        return None
    _require_elsewhere(settings)
    try:
        return _checked("ZONEMAP_KEY_FILE", settings.key_file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"ZONEMAP_KEY_FILE: {settings.key_file} cannot be read.") from error


def _require_elsewhere(settings: Settings) -> None:
    file, data = (settings.key_file or Path()).resolve(), settings.data.resolve()
    if data in file.parents:
        raise Invalid("ZONEMAP_KEY_FILE must lie outside the data folder: who copies the folder would have both.")


def _checked(variable: str, text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if len(lines) != 1 or not _KEY.fullmatch(lines[0]):
        raise Invalid(f"{variable} gives no key. A key is one line of 64 hex digits.")
    return lines[0].lower()


@lru_cache(maxsize=4)
def _said_by(command: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - what the administrator has set, without a shell
            shlex.split(command), stdin=subprocess.DEVNULL, capture_output=True, timeout=_COMMAND_TAKES_MOST_S
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise Invalid("ZONEMAP_KEY_COMMAND cannot be run, or takes longer than a minute.") from error
    if done.returncode != 0:
        raise Invalid(f"ZONEMAP_KEY_COMMAND ended with {done.returncode} and gave no key.")
    return done.stdout.decode("utf-8", "replace")


def make_key_file(settings: Settings) -> bool:
    """Write a new key where the settings name a file that is not there; whether it was written. Raises Invalid."""
    file = settings.key_file
    if file is None or file.exists():
        return False
    _require_elsewhere(settings)
    text = f"# opens the database of zonemap; keep a copy of it in a safe place\n{secrets.token_hex(32)}\n"
    try:
        write_new(file, text.encode())
    except OSError as error:
        raise Invalid(f"ZONEMAP_KEY_FILE: {file} cannot be written ({error.strerror}).") from error
    return True


# --- opening -------------------------------------------------------------------------------------------------------


def cipher_module() -> ModuleType:
    """SQLite with SQLCipher. Raises Invalid where it is not installed."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise Invalid("An encrypted database needs one more part: make cipher (or zonemap[cipher]).") from error
    module: ModuleType = dbapi2
    return module


def unlock(connection: Any, key: str) -> None:
    """Give a new connection its key; before anything else is asked of it."""
    connection.execute(f"PRAGMA key = \"x'{key}'\"").close()


def require_fitting(path: Path, key: str | None) -> None:
    """Raise Invalid where the file is encrypted and there is no key, the other way round, or the key is a wrong one."""
    with path.open("rb") as file:
        head = file.read(len(_OPEN_HEAD))
    if not head:
        return  # nothing in it yet
    if key is None:
        if head != _OPEN_HEAD:
            raise Invalid(_IS_SEALED)
        return
    if head == _OPEN_HEAD:
        raise Invalid(_IS_OPEN)
    module = cipher_module()
    with closing(module.connect(str(path), timeout=10)) as connection:
        unlock(connection, key)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except module.OperationalError:
            return  # busy, or no room: whoever opens it hears of it
        except module.DatabaseError as error:
            raise Invalid(_WRONG_KEY) from error


# --- moving --------------------------------------------------------------------------------------------------------


def is_open(path: Path) -> bool:
    """Whether there is a database that anybody could read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_OPEN_HEAD)) == _OPEN_HEAD
    except OSError:
        return False


def put_sealed(source: Path, place: Path, key: str) -> None:
    """Put the database of a file that nobody has open in place, encrypted and read back whole. ``source`` stays, unless
    it is what was in that place. Raises Invalid.
    """
    module, part = cipher_module(), place.with_name(place.name + PART)
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(module.connect(str(source), isolation_level=None)) as connection:
            connection.execute(f"ATTACH DATABASE ? AS sealed KEY \"x'{key}'\"", (str(part),))
            connection.execute("SELECT sqlcipher_export('sealed')").fetchone()
            before = _counts(connection, "main")
            connection.execute("DETACH DATABASE sealed")
        with closing(module.connect(str(part))) as connection:
            unlock(connection, key)
            whole = [row[0] for row in connection.execute("PRAGMA integrity_check")] == ["ok"]
            whole = whole and not connection.execute("PRAGMA cipher_integrity_check").fetchall()
            if not whole or _counts(connection, "main") != before:
                raise Invalid("The encrypted database could not be read back as it was written. Nothing was changed.")
        with part.open("rb") as file:
            os.fsync(file.fileno())
        put_in_place(part, place)
    except (OSError, module.Error) as error:
        raise Invalid("The database could not be encrypted; nothing was changed. Is there room on the disk?") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _counts(connection: Any, schema: str) -> dict[str, int]:
    names = [row[0] for row in connection.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'")]  # noqa: S608
    return {name: connection.execute(f'SELECT count(*) FROM {schema}."{name}"').fetchone()[0] for name in names}  # noqa: S608
