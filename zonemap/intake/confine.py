"""The child locks itself in before it reads a byte: little memory and time, no files but the program's, no network.

It does so itself because the parent has threads, in which nothing may run between fork and exec. Linux has all of
it; where the system lacks a part (macOS has no network namespaces) that part is left out, and the rest holds.
"""

from __future__ import annotations

import ctypes
import os
import sys

from zonemap.intake.landlock import read_only_the_program

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # linux/sched.h


def confine(*, cpu_seconds: int, memory_bytes: int) -> None:
    """Limit this process for good."""
    _leave_network()
    read_only_the_program()
    if sys.platform == "win32":
        return
    import resource

    limits = {
        "RLIMIT_CPU": cpu_seconds,
        "RLIMIT_AS": memory_bytes,
        "RLIMIT_FSIZE": 0,  # pipes are no files: the answer still gets out
        "RLIMIT_NOFILE": 32,
        "RLIMIT_NPROC": 0,  # no further process or thread (root is exempt from it)
        "RLIMIT_CORE": 0,  # a crash leaves no copy of somebody's plan
    }
    for name, most in limits.items():
        _limit(resource, name, most)


def _limit(resource: object, name: str, most: int) -> None:
    which = getattr(resource, name, None)
    if which is None:
        return
    try:
        resource.setrlimit(which, (most, most))  # type: ignore[attr-defined]
    except (ValueError, OSError):  # already lower, or macOS, which refuses RLIMIT_AS
        return


def _leave_network() -> bool:
    """Move into a network namespace with nothing in it. False where the system does not let us."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    as_root = os.geteuid() == 0 and libc.unshare(_NEW_NETWORK) == 0
    return as_root or bool(libc.unshare(_NEW_USER | _NEW_NETWORK) == 0)
