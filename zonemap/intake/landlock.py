"""Landlock (Linux 5.13 and later): this process reads nothing but the program itself, and reaches nobody.

So a parser that was taken over can't read the database, though it runs under the same account. The numbers are those
of linux/landlock.h; a kernel without it, or with less of it, keeps what it has and lacks the rest.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # system calls, the same on all machines that matter
_ASK_VERSION, _PATH_BENEATH, _NO_NEW_PRIVILEGES = 1, 1, 38
_EXECUTE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 2, 1 << 3
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}  # how many bits there are from this version on
_NET_RIGHTS_FROM, _SCOPES_FROM = 4, 6  # TCP bind and connect; sockets and signals beyond this process
_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache")


def read_only_the_program() -> bool:
    """Give up every other file, TCP and signals for good. False where the system has no Landlock."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    if version < 1:
        return False
    attributes = _attributes(version)
    ruleset = libc.syscall(_CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    for path in _program():
        _allow(libc, ruleset, path)
    done = bool(libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0 and libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    os.close(ruleset)
    return done


def _attributes(version: int) -> bytes:
    """What is forbidden unless allowed: every right on files that this version knows, TCP, reaching others."""
    bits = max(count for since, count in _FILE_RIGHTS.items() if since <= version)
    words = [(1 << bits) - 1]
    if version >= _NET_RIGHTS_FROM:
        words.append(0b11)
    if version >= _SCOPES_FROM:
        words.append(0b11)
    return struct.pack(f"={len(words)}Q", *words)


def _program() -> Iterator[str]:
    """Python, the packages beside it, this package, and the system's libraries."""
    yield from {sys.prefix, sys.base_prefix, str(Path(__file__).resolve().parents[1]), *_SYSTEM}


def _allow(libc: ctypes.CDLL, ruleset: int, path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rights = _EXECUTE | _READ_FILE | (_READ_FOLDER if Path(path).is_dir() else 0)
        libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, place), 0)
        os.close(place)
