"""Several processes that answer at one address: as many pages at once as the computer has cores.

The first process listens, starts the others by forking, and starts one again that is gone. What they share is the
database alone. SIGTERM or Ctrl-C ends all of them, each after what it has begun; when the first is killed, the others
notice by a pipe that nobody holds any more, and end too.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

Answer = Callable[[int, socket.socket, Callable[[], None]], None]  # which process, where, what to do once it answers

AGAIN_AFTER_S = 1.0  # one that ends at once is not started again faster than this
WAITING_MOST = 1024  # connections that nobody has taken yet
_ENDS = (signal.SIGTERM, signal.SIGINT)


def can_fork() -> bool:
    """Whether this system has what several processes need; Windows has not."""
    return hasattr(os, "fork")


def listening(host: str, port: int) -> socket.socket:
    """A socket at an address, for all processes. Raises OSError."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(WAITING_MOST)
        made.setblocking(False)
    except OSError:
        made.close()
        raise
    return made


def run_processes(number: int, at: socket.socket, answer: Answer, ready: Callable[[], None]) -> None:
    """Let so many processes answer until SIGTERM or Ctrl-C; ``ready`` is called once all of them do.

    Nothing may be open that cannot be shared by forking: no database, no thread.
    """
    family = _Family(at, answer)
    signal.signal(signal.SIGTERM, family.end)
    try:
        for which in range(number):
            family.start(which)
        family.wait_until_all_answer()
        ready()
        family.keep()
    except KeyboardInterrupt:
        family.end()
    finally:
        family.wait_for_the_last()


@dataclass(slots=True)
class _Family:
    """The processes, by their ids."""

    at: socket.socket
    answer: Answer
    which: dict[int, int] = field(default_factory=dict)  # by process id
    begun: dict[int, float] = field(default_factory=dict)
    said: int = 0  # where a process writes a byte once it answers
    heard: int = 0
    held: int = 0  # nobody writes here: it closes when the first process is gone
    lives: int = 0
    ending: bool = False

    def __post_init__(self) -> None:
        self.heard, self.said = os.pipe()
        self.lives, self.held = os.pipe()

    def start(self, which: int) -> None:
        """One process more. It must not hear of an end before it can tell its own from that of all."""
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)
        process = os.fork()
        if process == 0:
            self._answer(which)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDS)
        self.which[process] = which
        self.begun[process] = time.monotonic()

    def _answer(self, which: int) -> None:
        """In the new process: answer, and never come back."""
        status = 1
        try:
            signal.signal(signal.SIGTERM, _leave)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDS)
            os.close(self.held)
            threading.Thread(target=self._until_the_first_is_gone, daemon=True).start()
            self.answer(which, self.at, self._say)
            status = 0
        except (SystemExit, KeyboardInterrupt):
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    def _say(self) -> None:
        os.write(self.said, b"1")

    def _until_the_first_is_gone(self) -> None:
        os.read(self.lives, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def wait_until_all_answer(self) -> None:
        """Until each has said so. Raises ChildProcessError where one ends instead."""
        os.set_blocking(self.heard, False)
        missing = len(self.which)
        while missing and not self.ending:
            try:
                missing -= len(os.read(self.heard, missing))
            except BlockingIOError:
                gone, _ = os.waitpid(-1, os.WNOHANG)
                if gone:
                    self.which.pop(gone, None)
                    self.end()
                    raise ChildProcessError("A process ended before it answered.") from None
                time.sleep(0.01)

    def keep(self) -> None:
        """Start again what is gone, until the end."""
        while not self.ending:
            try:
                gone, _ = os.waitpid(-1, 0)
            except InterruptedError:
                continue
            which, begun = self.which.pop(gone, None), self.begun.pop(gone, 0.0)
            if which is None or self.ending:
                continue
            time.sleep(max(0.0, AGAIN_AFTER_S - (time.monotonic() - begun)))
            if not self.ending:
                self.start(which)

    def end(self, *_: object) -> None:
        """Ask all to end."""
        self.ending = True
        for process in list(self.which):
            try:
                os.kill(process, signal.SIGTERM)
            except ProcessLookupError:
                continue

    def wait_for_the_last(self) -> None:
        """Until all are gone."""
        for process in list(self.which):
            try:
                os.waitpid(process, 0)
            except ChildProcessError:
                continue
        self.at.close()


def _leave(*_: object) -> None:
    raise SystemExit(0)
