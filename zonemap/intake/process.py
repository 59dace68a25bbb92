"""The child process from the parent's side: start it, ask it, take its answer, end it.

The child gets a question on its standard input and nothing else: an empty folder, an environment that only says how
few threads to start, limits on memory and time, no network (``confine.py``). A crash, a kill, a timeout or an answer
without sense become a sentence.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any, TypeVar

from zonemap.errors import Busy, Invalid, TooLarge
from zonemap.intake.frames import packed

Answer = TypeVar("Answer")
MEGABYTE = 1_000_000
_MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use."""

    upload_bytes: int = 25 * MEGABYTE
    model_bytes: int = 60 * MEGABYTE  # of a building: 46 MB of IFC take 22 s of processor and 0.7 GB
    cpu_seconds: int = 10
    seconds: float = 30.0  # by the clock on the wall
    memory_bytes: int = 1536 * _MEBIBYTE
    answer_bytes: int = 200 * _MEBIBYTE
    patience_seconds: float = 10.0  # how long to wait for another child to end


@dataclass(frozen=True, slots=True)
class Sentences:
    """What a person is told where a child did not do its work."""

    too_slow: str
    too_long: str  # the answer
    broken: str
    busy: str


_ENDED_BY_LIMITS = (-24, -9)  # SIGXCPU, SIGKILL
_AT_ONCE = threading.BoundedSemaphore(2)
# Libraries for arrays would start a thread for each processor, which the child may not.
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def ask(
    job: str,
    values: Mapping[str, Any],
    data: bytes,
    answer_from: Callable[[bytes], Answer],
    limits: Limits,
    sentences: Sentences,
) -> Answer:
    """The answer of a child to one question. Raises Invalid or TooLarge with a sentence; Busy when two are at work."""
    if not _AT_ONCE.acquire(timeout=limits.patience_seconds):
        raise Busy(sentences.busy)
    try:
        with tempfile.TemporaryDirectory(prefix="zonemap-") as empty:
            answer, code, killed = _asked(packed({"job": job, **values}, [data]), empty, limits)
    finally:
        _AT_ONCE.release()
    if killed:
        raise TooLarge(sentences.too_slow)
    if len(answer) > limits.answer_bytes:
        raise TooLarge(sentences.too_long)
    if code != 0:
        raise TooLarge(sentences.too_slow) if code in _ENDED_BY_LIMITS else Invalid(sentences.broken)
    try:
        return answer_from(answer)
    except ValueError as error:
        raise Invalid(sentences.broken) from error


def _asked(question: bytes, folder: str, limits: Limits) -> tuple[bytes, int, bool]:
    """The child's answer (at most one byte over the limit), its exit code, and whether the clock killed it."""
    rang = threading.Event()
    numbers = (str(limits.cpu_seconds), str(limits.memory_bytes))
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell, numbers as arguments
        [sys.executable, "-I", "-B", "-m", "zonemap.intake.child", *numbers],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_ENVIRONMENT,
        start_new_session=True,
    ) as child:
        assert child.stdin is not None  # noqa: S101 - for the type checker
        assert child.stdout is not None  # noqa: S101

        def ring() -> None:
            rang.set()
            _kill(child)

        clock = threading.Timer(limits.seconds, ring)
        writer = threading.Thread(target=_write, args=(child.stdin, question), daemon=True)
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
