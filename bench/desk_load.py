"""``python -m bench.desk_load``: 200 clerks at once at the desk of the real server, against an empty route of it.

What "200 clerks at once" can mean, each with its own figure:

- **at a counter** (the default): all 200 have a visit at the same time. Each reads, asks and presses, every 5 seconds
  on average (``--every``): 40 steps a second.
- ``--burst``: all 200 press in the same moment, ten times.
- ``--nonstop``: all 200 press again as soon as the page is there. Nobody can; the wait is then 200 divided by what the
  server manages in a second, whatever it is.

What a clerk waits is measured where the clerk is, on connections that stay open. The clerks take their share of the
same cores, so the figures are pessimistic. Milliseconds of the processor for each step do not depend on what else the
computer does. ``--workers 2`` lets two processes answer.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import multiprocessing
import os
import random
import re
import socket
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from zonemap.model.person import Account, Role
from zonemap.settings import settings_from
from zonemap.storage.store import Store
from zonemap.web import serve as serving
from zonemap.web.app import create_app
from zonemap.web.guard import open_to_all
from zonemap.work.sample import load_sample
from zonemap.work.sessions import begin_session

CLERKS = 200
EVERY_S = 5.0  # between two answers of one clerk, on average
WARM_S, RUN_S = 6.0, 30.0
EMPTY = "/empty"
# One visit, question by question: an immigration officer's warrant, then the answer with its map.
STEPS: tuple[dict[str, str], ...] = (
    {},
    {"danger_now": "no", "paper": "paper"},
    {"top_heading": "dhs"},
    {"title": "warrant_for_arrest_of_alien"},
    {"signer_label": "immigration_officer"},
)


def empty() -> str:
    """The empty route: what the framework, the guard and the server cost by themselves."""
    return "ok"


def serve_with_empty(variables: dict[str, str]) -> None:
    """The real server with those settings, and an empty route beside its own."""
    settings = settings_from(variables)
    made = serving.create_app

    def with_empty(*given: Any) -> Flask:
        app = made(*given)
        app.add_url_rule(EMPTY, "empty", open_to_all(empty))
        app.extensions["zonemap_permissions"]["empty"] = None
        return app

    serving.create_app = with_empty
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with closing(Store.open(settings)) as store:
        serving.serve(settings, store, lambda _: None)


def prepared(data: Path) -> tuple[str, list[str]]:
    """The sample clinic, and a session for each clerk: the desk's address, and the cookies."""
    settings = settings_from({"ZONEMAP_DATA": str(data)})
    now = datetime.now(UTC)
    with closing(Store.open(settings)) as store:
        create_app(settings, store)
        load_sample(store, settings.floorplans, now=now)
        with store.begin() as books:
            facility_id = books.facilities.list()[0].id
            for number in range(CLERKS):
                account = Account(f"{number:032x}", "Desk", f"desk{number}@clinic.example", frozenset({Role.DESK}))
                books.accounts.add(account, None)
                begin_session(books, account.id, f"clerk-{number}", now)
    return f"/facilities/{facility_id}/desk/", [f"zonemap=clerk-{number}" for number in range(CLERKS)]


class Clerk:
    """One browser on one connection."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie
        self.token = ""
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, fields: dict[str, str] | None = None) -> float:
        """One page: how many seconds it took. Raises RuntimeError for anything but a page."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        body = urlencode({**fields, "csrf_token": self.token}).encode() if fields is not None else b""
        method = "GET" if fields is None else "POST"
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\n"
        if body:
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        began = time.perf_counter()
        writer.write(f"{head}\r\n".encode() + body)
        status = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"(?i)content-length: (\d+)", status)
        page = await reader.readexactly(int(length[1]) if length else 0)
        took = time.perf_counter() - began
        if " 200 " not in status.split("\r\n", 1)[0]:
            raise RuntimeError(status.split("\r\n", 1)[0])
        found = re.search(rb'csrf_token" value="([0-9a-f]+)"', page)
        self.token = found[1].decode() if found else self.token
        return took


async def at_work(clerk: Clerk, work: Work, took: list[float]) -> None:
    """Visit after visit until the time is over; what came while the server was still warming up is not counted."""
    chance = random.Random(clerk.cookie)  # noqa: S311 - not a secret
    began = time.perf_counter()
    await asyncio.sleep(chance.uniform(0, work.every_s))
    said: dict[str, str] = {}
    while True:
        for step in STEPS:
            said = {**said, **step} if step else {}
            seconds = await (clerk.ask(EMPTY) if work.null else clerk.ask(work.desk, said if step else None))
            now = time.perf_counter() - began
            if now > WARM_S:
                took.append(seconds)
            if now > WARM_S + RUN_S:
                return
            await asyncio.sleep(chance.uniform(0.5, 1.5) * work.every_s)


@dataclass(frozen=True)
class Work:
    """What the clerks do."""

    port: int
    desk: str
    cookies: Sequence[str]
    every_s: float
    null: bool = False


async def measured(work: Work) -> list[float]:
    """The waits of all clerks."""
    took: list[float] = []
    clerks = [Clerk(work.port, cookie) for cookie in work.cookies]
    await asyncio.gather(*(at_work(each, work, took) for each in clerks))
    return took


async def burst(work: Work) -> list[float]:
    """All press at the same moment, ten times."""
    clerks = [Clerk(work.port, cookie) for cookie in work.cookies]
    for each in clerks:
        await each.ask(work.desk)
    took: list[float] = []
    for _ in range(10):
        took += await asyncio.gather(
            *(each.ask(EMPTY) if work.null else each.ask(work.desk, STEPS[1]) for each in clerks)
        )
        await asyncio.sleep(0.5)
    return took


def processor_s(process: int) -> float:
    """Seconds of the processor that a process and those it started have used (Linux); not a number elsewhere."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + sum(
        processor_s(int(each)) for each in children
    )


def told(what: str, work: Work, server: int, *, many: Any) -> float:
    """One line, and its p99."""
    used, began = processor_s(server), time.perf_counter()
    took = asyncio.run(many(work))
    seconds, used = time.perf_counter() - began, processor_s(server) - used
    parts = statistics.quantiles(took, n=100)
    rate = len(took) / (seconds - (WARM_S if many is measured else 0))
    warmed = seconds / (seconds - WARM_S) if many is measured else 1.0  # the pages while it warmed up took time as well
    print(
        f"{what:20} {len(took):6} pages {rate:6.0f}/s  p50 {parts[49] * 1000:7.1f} ms  p99 {parts[98] * 1000:7.1f} ms  "
        f"processor {used / (len(took) * warmed) * 1000:5.2f} ms each"
    )
    return parts[98]


def start_server(variables: dict[str, str]) -> tuple[Any, int]:
    """The server with those settings in a process of its own, once it answers; and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    told_to = variables | {"ZONEMAP_PORT": str(port)}
    process = multiprocessing.get_context("spawn").Process(target=serve_with_empty, args=(told_to,))
    process.start()
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    time.sleep(2)  # all processes
    return process, port


def main() -> None:
    """Start the server, let the clerks work, print two lines and the ratio."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--burst", action="store_true", help="all at one moment")
    options.add_argument("--nonstop", action="store_true", help="each again at once, without thinking")
    options.add_argument("--every", type=float, default=EVERY_S, help="seconds between two steps of one clerk")
    options.add_argument("--workers", type=int, default=1, help="processes that answer")
    chosen = options.parse_args()
    many = burst if chosen.burst else measured
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        desk, cookies = prepared(data)
        told_to = {"ZONEMAP_DATA": str(data), "ZONEMAP_WORKERS": str(chosen.workers)}
        process, port = start_server(told_to)
        work = Work(port, desk, cookies, 0.0 if chosen.nonstop else chosen.every)
        null = told("an empty route", replace(work, null=True), int(process.pid or 0), many=many)
        ours = told("a step of the desk", work, int(process.pid or 0), many=many)
        print(
            f"{'':20} p99 {ours / null:.1f} times that of an empty route; load of the computer {os.getloadavg()[0]:.1f}"
        )
        process.terminate()
        process.join()


if __name__ == "__main__":
    main()
