"""The real server in a child process, as a person starts it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_S = 30


class Server:
    """``zonemap serve`` on a free port, its data in ``data``. ``link`` is the one-time link it printed, if it did."""

    def __init__(self, data: Path, *options: str) -> None:
        self.data = data
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.link: str | None = None
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self._log = data.parent / f"serve-{self.port}.log"

    def start(self) -> Self:
        environment = os.environ | {"ZONEMAP_DATA": str(self.data), "ZONEMAP_PORT": str(self.port)}
        command = [sys.executable, "-m", "zonemap", "serve", *self._options]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        self._wait()
        found = re.search(r"http\S*/first/\S+", self._log.read_text())
        self.link = found[0] if found else None
        return self

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

    def _wait(self) -> None:
        """Until it answers, and has printed what it prints at the start."""
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            if self._process is not None and self._process.poll() is not None:
                break
            try:
                with urlopen(f"{self.url}/signin", timeout=5):  # noqa: S310 - our own server
                    return
            except (URLError, OSError):
                time.sleep(0.05)
        raise AssertionError(f"The server did not start: {self._log.read_text()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
