"""Reads an upload in a child process, so that a hostile or broken file can hurt nothing but that child.

The child gets the bytes on its standard input and nothing else: an empty environment, an empty folder, limits on
memory and time, no network (``confine.py``). It hands back pictures that it encoded itself. A crash, a kill, a
timeout or an answer without sense become a sentence.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from typing import IO

from zonemap.errors import Busy, Invalid, TooLarge
from zonemap.intake.frames import result_from
from zonemap.intake.kinds import kind_of
from zonemap.intake.sheet import Pages, Sheet

MEGABYTE = 1_000_000
_MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use."""

    upload_bytes: int = 25 * MEGABYTE
    cpu_seconds: int = 10
    seconds: float = 30.0  # by the clock on the wall
    memory_bytes: int = 1536 * _MEBIBYTE
    answer_bytes: int = 200 * _MEBIBYTE
    patience_seconds: float = 10.0  # how long to wait for another child to end


LIMITS = Limits()
_ENDED_BY_LIMITS = (-24, -9)  # SIGXCPU, SIGKILL
_AT_ONCE = threading.BoundedSemaphore(2)

_TOO_SLOW = (
    "This plan takes too long to read: it holds too much. "
    "Save it again as PDF with one page, or export a PNG of 4000 to 8000 pixels, and upload that."
)
_TOO_LONG = (
    "This plan takes too much room as a picture. "
    "Scan or export it in grey with 4000 to 8000 pixels on the long side, and upload that."
)
_BROKEN = (
    "This file could not be read: it is damaged, or too intricate. "
    "Open it in the program that made it, save it again as PDF or PNG, and upload that."
)


def read(data: bytes, *, page: int | None = None, limits: Limits = LIMITS) -> Sheet | Pages:
    """The sheet in ``data``, or the pages to choose from where a PDF has several and ``page`` (from 1) is None.

    Raises Invalid or TooLarge, saying what to do, and Busy when too many plans are being read.
    """
    if len(data) > limits.upload_bytes:
        most, has = limits.upload_bytes / MEGABYTE, len(data) / MEGABYTE
        raise TooLarge(
            f"This file has {has:.1f} MB; the most is {most:.0f} MB. "
            "Save only the page with the floor plan, or scan it in grey at 200 dots per inch.",
            limit_bytes=limits.upload_bytes,
        )
    kind_of(data)  # refuses what is not read, without a child
    if not _AT_ONCE.acquire(timeout=limits.patience_seconds):
        raise Busy("Other plans are being read just now. Nothing was stored: upload yours again in a minute.")
    try:
        return _read_in_child(data, page, limits)
    finally:
        _AT_ONCE.release()


def _read_in_child(data: bytes, page: int | None, limits: Limits) -> Sheet | Pages:
    with tempfile.TemporaryDirectory(prefix="zonemap-") as empty:
        answer, code, killed = _ask(_command(page, limits), data, empty, limits)
    if killed:
        raise TooLarge(_TOO_SLOW)
    if len(answer) > limits.answer_bytes:
        raise TooLarge(_TOO_LONG)
    if code != 0:
        raise TooLarge(_TOO_SLOW) if code in _ENDED_BY_LIMITS else Invalid(_BROKEN)
    try:
        return result_from(answer)
    except ValueError as error:
        raise Invalid(_BROKEN) from error


def _command(page: int | None, limits: Limits) -> list[str]:
    numbers = (limits.cpu_seconds, limits.memory_bytes, page or 0)
    return [sys.executable, "-I", "-B", "-m", "zonemap.intake.child", *(str(number) for number in numbers)]


def _ask(command: list[str], data: bytes, folder: str, limits: Limits) -> tuple[bytes, int, bool]:
    """The child's answer (at most one byte over the limit), its exit code, and whether the clock killed it."""
    rang = threading.Event()
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell, numbers as arguments
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={},
        start_new_session=True,
    ) as child:
        assert child.stdin is not None  # noqa: S101 - for the type checker
        assert child.stdout is not None  # noqa: S101

        def ring() -> None:
            rang.set()
            _kill(child)

        clock = threading.Timer(limits.seconds, ring)
        writer = threading.Thread(target=_write, args=(child.stdin, data), daemon=True)
        clock.start()
        writer.start()
        try:
            answer = child.stdout.read(limits.answer_bytes + 1)
            if len(answer) > limits.answer_bytes:
                _kill(child)
            code = child.wait()
        finally:
            clock.cancel()
            _kill(child)
            writer.join()
    return answer, code, rang.is_set()


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it may have started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def _write(pipe: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(BrokenPipeError), pipe:
        pipe.write(data)
