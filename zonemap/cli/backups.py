"""Commands for what is kept safe: backup-key, backup, restore, encrypt."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from zonemap.cli.opened import Commands, opened_store


def add(commands: Commands) -> None:
    """Say what can be typed."""
    _add_key(commands)
    _add_backup(commands)
    _add_restore(commands)
    _add_encrypt(commands)


def _add_key(commands: Commands) -> None:
    key = commands.add_parser("backup-key", help="make the key that opens backups, and tell its public part")
    key.add_argument("--out", required=True, type=Path, metavar="FILE", help="the secret key; keep it elsewhere")
    key.set_defaults(run=_key)


def _add_backup(commands: Commands) -> None:
    backup = commands.add_parser("backup", help="write a sealed backup, also while zonemap runs, and read it back")
    where = backup.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, metavar="FILE", help="the file to write; none is overwritten")
    where.add_argument("--into", type=Path, metavar="DIR", help="a folder; the file is called after the moment")
    backup.add_argument(
        "--to", action="append", default=[], metavar="KEY", help="the public key (age1...); more than one may open it"
    )
    backup.add_argument("--keep", type=int, metavar="N", help="with --into: let go of all but the newest N")
    backup.set_defaults(run=_backup)


def _add_restore(commands: Commands) -> None:
    restore = commands.add_parser("restore", help="put a backup in place; zonemap must be stopped")
    restore.add_argument("file", type=Path, metavar="FILE", help="the backup")
    restore.add_argument("--key", required=True, type=Path, metavar="FILE", help="the secret key that opens it")
    restore.add_argument("--replace", action="store_true", help="also where there are data: they are kept beside it")
    restore.set_defaults(run=_restore)


def _add_encrypt(commands: Commands) -> None:
    encrypt = commands.add_parser("encrypt", help="encrypt the database with the key of ZONEMAP_KEY_FILE")
    encrypt.set_defaults(run=_encrypt)


def _key(arguments: argparse.Namespace) -> None:
    from zonemap.work.backup import make_key

    print(make_key(arguments.out))
    print(
        f"{arguments.out} opens every backup sealed for it. Without it nobody can, not even you: print it or "
        "copy it to a stick, keep that in a safe place, and take it off this computer. "
        "The line above may be seen by anybody.",
        file=sys.stderr,
    )


def _backup(arguments: argparse.Namespace) -> None:
    from secrets import token_hex

    from zonemap.settings import settings_from
    from zonemap.work.backup import file_name, keep_newest, make_backup

    settings = settings_from()
    out = arguments.out or arguments.into / file_name(datetime.now(UTC))
    with opened_store() as store:
        keys = arguments.to or settings.backup_to.split()
        made = make_backup(store, settings, out, keys, made_id=token_hex(16), clock=lambda: datetime.now(UTC))
    print(out)
    print(f"{made.rows} rows, {made.size / 1e6:.1f} MB, read back whole.", file=sys.stderr)
    if arguments.into and arguments.keep:
        for gone in keep_newest(arguments.into, arguments.keep, datetime.now(UTC)):
            print(f"{gone.name} was let go.", file=sys.stderr)


def _restore(arguments: argparse.Namespace) -> None:
    from zonemap.settings import settings_from
    from zonemap.work.restore import restore_backup

    now = datetime.now(UTC)
    lines = restore_backup(settings_from(), arguments.file, arguments.key, replace=arguments.replace, now=now)
    print(*lines, sep="\n")


def _encrypt(_: argparse.Namespace) -> None:
    from zonemap.settings import settings_from
    from zonemap.work.encryption import encrypt_database

    print(*encrypt_database(settings_from()), sep="\n")
