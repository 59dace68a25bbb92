"""Encrypting the database once; from then on it stays so for as long as the settings name a key."""

from __future__ import annotations

from zonemap.settings import Settings
from zonemap.storage.cipher import is_wanted, make_key_file
from zonemap.storage.restoring import encrypt
from zonemap.storage.store import plain_errors


def encrypt_database(settings: Settings) -> list[str]:
    """Encrypt it where it lies, with a key that is made if need be; give what was done, in lines.

    Raises Invalid, Busy where zonemap still runs. Nothing is changed then.
    """
    made = make_key_file(settings)
    with plain_errors():
        left = encrypt(settings)
    lines = []
    if made:
        lines.append(f"A new key: {settings.key_file}. Copy it to a safe place now: nothing else opens the database.")
    lines.append("The database is encrypted. Keep ZONEMAP_KEY_FILE or ZONEMAP_KEY_COMMAND set, and start zonemap.")
    lines.extend(f"Not encrypted: {path.name}, in the data folder, from before. Remove it." for path in left)
    return [*lines, "Who takes the disk apart may still find what lay there in the open: see docs/running.md."]


def encryption_lines(settings: Settings) -> list[str]:
    """Whether the database is encrypted, for whoever looks after it; nothing where that is not ours to know."""
    if settings.database_url:
        return []
    if is_wanted(settings):  # or it would not have been opened
        return ["The database is encrypted."]
    return ["The database is not encrypted: let the system encrypt the disk, or see docs/running.md."]
