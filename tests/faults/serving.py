"""Servers that start in a blink: forked from a process that has imported everything already."""

from __future__ import annotations

import multiprocessing
import os
import socket
import time
from contextlib import closing
from importlib import import_module
from multiprocessing.process import BaseProcess
from pathlib import Path

from zonemap.settings import settings_from
from zonemap.storage.store import Store
from zonemap.web.app import BLUEPRINTS
from zonemap.web.serve import serve

for _name in BLUEPRINTS:
    import_module(f"zonemap.web.{_name}")
for _name in ("desk", "plans", "prints", "serving"):
    import_module(f"zonemap.cli.{_name}")
PRELOADED = (__name__,)  # one process is forked from, for servers and commands alike

_PATIENCE_S = 30


def start_server(data: Path, port: int, workers: int = 1, database_url: str = "") -> BaseProcess:
    """The real server in a process of its own, once it answers. ``kill()`` sends SIGKILL: no handler runs."""
    process = fork_server(data, port, data.parent / f"serve-{port}.log", workers, database_url)
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until and process.is_alive():
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.01)
    raise AssertionError("The server did not start.")


def fork_server(data: Path, port: int, log: Path, workers: int = 1, database_url: str = "") -> BaseProcess:
    """The same, at once; what it prints goes to the end of ``log``."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*PRELOADED])
    process = context.Process(target=_serve, args=(data, port, log, workers, database_url), daemon=workers == 1)
    process.start()
    return process


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(data: Path, port: int, log: Path, workers: int, database_url: str) -> None:
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(file, 1)
    os.dup2(file, 2)
    given = {"ZONEMAP_DATA": str(data), "ZONEMAP_PORT": str(port), "ZONEMAP_WORKERS": str(workers)}
    settings = settings_from(given | {"ZONEMAP_DATABASE_URL": database_url})
    with closing(Store.open(settings)) as store:
        serve(settings, store, lambda line: print(line, flush=True))  # noqa: T201 - as the command does
