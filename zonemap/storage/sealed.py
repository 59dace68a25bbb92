"""Backups as files: a manifest and the database in one tar, sealed by age for whoever holds the key.

The format is that of https://age-encryption.org/v1 (X25519, ChaCha20-Poly1305): the tool ``age`` opens it as well. Each
piece of 64 kB bears its own seal, so a flipped bit or a cut end is found, and nothing of a changed file is believed.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tarfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

import pyrage
from pyrage.x25519 import Identity, Recipient

from zonemap.errors import Invalid, NoRoom
from zonemap.storage.whole_files import PART, put_in_place

FORMAT = 1
_MANIFEST, _DATABASE = "manifest.json", "zonemap.db"
_BLOCK = 1 << 20
_FULL = (errno.ENOSPC, errno.EDQUOT)
Recipients = list[Recipient]
_MANIFEST_MOST = 100_000  # bytes
_PUBLIC = "age1"
_SECRET = "AGE-SECRET-KEY-1"  # noqa: S105 - how a key begins, not a key


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: the moment (ISO, UTC), the version that made it, the schema, the rows."""

    made_at: str
    version: str
    revision: str
    rows: int
    size: int
    digest: str  # SHA-256 of the database
    format: int = FORMAT


def new_key() -> tuple[str, str]:
    """A new key: what opens backups (secret), and what closes them (``age1...``, not secret)."""
    identity = Identity.generate()
    return str(identity), str(identity.to_public())


def recipients_from(texts: Sequence[str]) -> Recipients:
    """Whom to seal for. Raises Invalid where a text is no public key."""
    found = []
    for text in texts:
        if text.upper().startswith(_SECRET):
            raise Invalid("This is the secret key. Give the public one, which begins with age1.")
        try:
            found.append(Recipient.from_str(text))
        except pyrage.RecipientError as error:
            raise Invalid(
                f"{text[:20]} is no public key of a backup. One begins with {_PUBLIC}: zonemap backup-key makes one."
            ) from error
    if not found:
        raise Invalid("Say whom the backup is sealed for: zonemap backup-key makes a key and tells its public part.")
    return found


def identities_from(file: Path) -> list[Identity]:
    """The keys that a file holds, one a line. Raises Invalid."""
    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"The key file {file.name} cannot be read.") from error
    try:
        found = [Identity.from_str(line) for line in lines if line.upper().startswith(_SECRET)]
    except pyrage.IdentityError as error:
        raise Invalid(f"A key in {file.name} is damaged: a letter is missing or wrong.") from error
    if not found:
        raise Invalid(f"{file.name} holds no key. A key is one line that begins with {_SECRET}.")
    return found


def seal(folder: Path, manifest: Manifest, out: Path, recipients: Sequence[Recipient]) -> tuple[int, str]:
    """Write the database of a folder sealed to ``out``; read it back; give the size and SHA-256 of what was written.

    It is read back with a key that is made for this one file and forgotten, so that no lasting key lies here.
    Raises Invalid where it cannot be written, or is not read back as it was written: then nothing is left behind.
    """
    once = Identity.generate()
    part = out.with_name(out.name + PART)
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sealed:
            given = _Feed(folder / _DATABASE, manifest)
            with given.start() as tar:
                pyrage.encrypt_io(tar, sealed, [*recipients, once.to_public()])
            sealed.flush()
            os.fsync(sealed.fileno())
        if given.finish() != _read_back(part, once):
            raise Invalid(
                "The backup could not be read back as it was written, so it was thrown away. Try another disk."
            )
        size, digest = part.stat().st_size, digest_of(part)
        put_in_place(part, out)
    except OSError as error:
        raise Invalid(
            f"The backup cannot be written to {out.parent} ({error.strerror or 'it went wrong in the middle'}). "
            "Nothing was left behind. Choose a folder with enough room."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return size, digest


def unseal(file: Path, identities: Sequence[Identity], folder: Path) -> Manifest:
    """Open a backup into an empty folder and give its manifest.

    Raises Invalid, with what to do, for a wrong key and for a file that is cut, flipped, or no backup.
    """
    plain = folder / "backup.tar"
    try:
        with (
            file.open("rb") as sealed,
            os.fdopen(os.open(plain, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
        ):
            pyrage.decrypt_io(sealed, out, list(identities))
        manifest = _unpack(plain, folder)
    except pyrage.DecryptError as error:
        if "matching keys" in str(error):
            raise Invalid("This key does not open this backup: it was sealed for another one.") from error
        raise Invalid(f"{file.name} is no backup of zonemap, or its beginning is damaged. Take another one.") from error
    except FileNotFoundError as error:
        raise Invalid(f"There is no file {file.name}.") from error
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError, RecursionError) as error:
        if getattr(error, "errno", None) in _FULL or not _has_room(folder):
            raise NoRoom("The disk is full, so nothing was restored. Make room, then restore again.") from error
        raise Invalid(f"{file.name} is damaged: a part is not as it was written. Take another backup.") from error
    finally:
        plain.unlink(missing_ok=True)
    if manifest.digest != digest_of(folder / _DATABASE):
        raise Invalid(f"{file.name} is damaged: the database in it is not the one it tells of. Take another backup.")
    return manifest


def _has_room(folder: Path) -> bool:
    """Whether anything can be written there at all."""
    try:
        with TemporaryFile(dir=folder) as probe:
            probe.write(bytes(_BLOCK // 16))
            probe.flush()
    except OSError:
        return False
    return True


def _unpack(plain: Path, folder: Path) -> Manifest:
    with tarfile.open(plain, "r:") as box:  # as it is: what unpacks to more could fill the disk
        described, database = _piece(box, _MANIFEST, _MANIFEST_MOST), _piece(box, _DATABASE, plain.stat().st_size)
        manifest = _manifest(json.loads(described.read()))
        with os.fdopen(os.open(folder / _DATABASE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            while block := database.read(_BLOCK):
                out.write(block)
            out.flush()
            os.fsync(out.fileno())  # it is moved into its place, not copied
    return manifest


def _piece(box: tarfile.TarFile, name: str, most: int) -> IO[bytes]:
    """A plain file in the tar. Anybody can seal for a public key: it may be one of holes that claims to be vast."""
    info = box.getmember(name)
    piece = box.extractfile(info) if info.isreg() and not info.issparse() and info.size <= most else None
    if piece is None:
        raise ValueError("Something else than files.")
    return piece


def _manifest(values: Any) -> Manifest:
    if not isinstance(values, dict):
        raise TypeError("no manifest")
    if values.get("format") != FORMAT:
        raise Invalid("A newer zonemap made this backup. Bring this one up to date, then restore.")
    texts, numbers = ("made_at", "version", "revision", "digest"), ("rows", "size")
    fits = all(isinstance(values[name], str) for name in texts) and all(type(values[name]) is int for name in numbers)
    if not fits:
        raise TypeError("not what a manifest says")
    return Manifest(**values)


class _Feed:
    """The tar, written by a thread into a pipe, so that it never lies on the disk in the open."""

    def __init__(self, database: Path, manifest: Manifest) -> None:
        self._database, self._manifest = database, manifest
        self._seen = hashlib.sha256()
        self._trouble: list[OSError] = []
        self._thread = threading.Thread(target=self._write, daemon=True)

    def start(self) -> BinaryIO:
        read, self._end = os.pipe()
        self._thread.start()
        return os.fdopen(read, "rb")

    def finish(self) -> str:
        self._thread.join()
        if self._trouble:
            raise self._trouble[0]
        return self._seen.hexdigest()

    def write(self, data: bytes) -> int:
        self._seen.update(data)
        return self._out.write(data)

    def _write(self) -> None:
        described = json.dumps(asdict(self._manifest)).encode()
        try:
            with os.fdopen(self._end, "wb") as self._out, tarfile.open(fileobj=self, mode="w|") as box:  # type: ignore[call-overload]
                info = tarfile.TarInfo(_MANIFEST)
                info.size = len(described)
                box.addfile(info, BytesIO(described))
                info = tarfile.TarInfo(_DATABASE)
                info.size = self._database.stat().st_size
                with self._database.open("rb") as database:
                    box.addfile(info, database)
        except OSError as error:
            self._trouble.append(error)


class _Sum:
    """Something to write to that keeps only the SHA-256."""

    def __init__(self) -> None:
        self.sum = hashlib.sha256()

    def write(self, data: Any) -> int:
        self.sum.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""


def _read_back(file: Path, identity: Identity) -> str:
    seen = _Sum()
    with file.open("rb") as sealed:
        pyrage.decrypt_io(sealed, seen, [identity])
    return seen.sum.hexdigest()


def digest_of(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
