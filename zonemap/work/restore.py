"""Restoring a backup: everything is opened and checked before anything is touched, and what was there is kept."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from zonemap.errors import Busy, Invalid
from zonemap.settings import Settings
from zonemap.storage import restoring
from zonemap.storage.backup_rows import revision, sound
from zonemap.storage.read_only import require_changes
from zonemap.storage.sealed import Manifest, identities_from, unseal
from zonemap.storage.store import plain_errors
from zonemap.storage.workroom import room_for_work


def restore_backup(settings: Settings, file: Path, key: Path, *, replace: bool, now: datetime) -> list[str]:
    """Put a backup in place; give what was done, in lines.

    Raises Invalid for a wrong key, a damaged file or one of a newer zonemap, Conflict where there are data already and
    ``replace`` was not said, Busy where zonemap still runs. Nothing is changed then.
    """
    require_changes(settings.read_only)
    identities = identities_from(key)
    with room_for_work(settings) as folder:
        manifest = unseal(file, identities, folder)
        _check(manifest, folder, file)
        with plain_errors():
            restoring.bring_up_to_date(folder)
            kept = _put_in_place(settings, folder, replace=replace, now=now)
    lines = [f"Restored: the backup of {manifest.made_at[:16].replace('T', ' ')} UTC, {manifest.rows} rows."]
    if kept is not None:
        lines.append(f"What was there before is kept as {kept.name}, in the data folder. Remove it when all is well.")
    return [*lines, "Everybody signs in again. Start zonemap as usual."]


def _check(manifest: Manifest, folder: Path, file: Path) -> None:
    if manifest.revision > revision():
        raise Invalid("A newer zonemap made this backup. Bring this one up to date, then restore.")
    if not sound(folder):
        raise Invalid(f"{file.name} is damaged: the database in it is not whole. Take another backup.")


def _put_in_place(settings: Settings, folder: Path, *, replace: bool, now: datetime) -> Path | None:
    if settings.database_url:
        restoring.fill_server(settings, folder)
        return None
    try:
        return restoring.move_in(settings, folder, replace=replace, aside=f"zonemap.db.before-{now:%Y%m%d-%H%M%S}")
    except OSError as error:
        raise Busy(f"The database could not be put in place: {os.strerror(error.errno or 0)}. Try again.") from error
