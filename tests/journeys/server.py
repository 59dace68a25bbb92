"""The real server in a child process.

``Server`` starts as a person starts it, by ``zonemap serve``, where options are given; without any it is forked from a
process that has imported everything already: the same code, a second sooner.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from urllib.error import URLError
from urllib.request import urlopen

from tests.faults.serving import fork_server, free_port

ROOT = Path(__file__).resolve().parents[2]
TABLES = "desk-tables"
_PATIENCE_S = 30
_TRIES = 5  # for a port that somebody else took between being found free and being listened on


def share_tables(data: Path) -> None:
    """Let a data folder keep the desk's tables where all tests keep them: each takes seconds to make.

    Their names are hashes of the rules that they are made from, so none is ever out of date.
    """
    shared, own = ROOT / ".cache" / TABLES, data / TABLES
    if own.is_symlink():
        return
    shared.mkdir(parents=True, exist_ok=True)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.rmtree(own, ignore_errors=True)
    own.symlink_to(shared, target_is_directory=True)


class Server:
    """A server on a free port, its data in ``data``. ``link`` is the one-time link it printed, if it did."""

    def __init__(self, data: Path, *options: str) -> None:
        self.data = data
        self.port = 0
        self.link: str | None = None
        self._options = options
        self._process: _Process | None = None
        self._log = data.parent / "serve.log"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Self:
        """Start it; once more after ``kill`` on the port it had."""
        share_tables(self.data)
        tries = 1 if self.port else _TRIES
        for _ in range(tries):
            self.port = free_port() if tries > 1 else self.port
            self._log.write_bytes(b"")
            self._process = self._typed() if self._options else _Forked(self.data, self.port, self._log)
            if self._answers():
                found = re.search(r"http\S*/first/\S+", self._log.read_text())
                self.link = found[0] if found else None
                return self
        raise AssertionError(f"The server did not start: {self._log.read_text()}")

    def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def _typed(self) -> subprocess.Popen[bytes]:
        environment = os.environ | {"ZONEMAP_DATA": str(self.data), "ZONEMAP_PORT": str(self.port)}
        command = [sys.executable, "-m", "zonemap", "serve", *self._options]
        with self._log.open("wb") as log:
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def _answers(self) -> bool:
        """Until it answers and has printed what it prints at the start; or is gone."""
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            try:
                if "http" in self._log.read_text():
                    with urlopen(f"{self.url}/signin", timeout=5):  # noqa: S310 - our own server
                        return True
            except (URLError, OSError):
                pass
            if self._process is None or self._process.poll() is not None:
                return False
            time.sleep(0.02)
        self.kill()
        return False


class _Process(Protocol):
    """What a server's process can do, however it was started."""

    def kill(self) -> None: ...
    def terminate(self) -> None: ...
    def wait(self) -> object: ...
    def poll(self) -> int | None: ...


class _Forked:
    """A forked server, spoken to as if it had been started by a command."""

    def __init__(self, data: Path, port: int, log: Path) -> None:
        self._process = fork_server(data, port, log)
        self.kill = self._process.kill
        self.terminate = self._process.terminate
        self.wait = self._process.join

    def poll(self) -> int | None:
        return self._process.exitcode
