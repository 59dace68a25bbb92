"""``python -m bench.desk_load``: 200 clerks at once at the desk of the real server, against an empty route of it.

Each clerk answers a question, thinks for some seconds, and answers the next, as at a counter; all of them at the same
time, on connections that stay open. What a clerk waits is measured where the clerk is. The client takes its share of
the same two cores, so the figures are pessimistic; read the ratio. ``--burst`` lets all of them press at one moment.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import multiprocessing
import random
import re
import socket
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from zonemap.model.person import Account, Role
from zonemap.settings import Settings, settings_from
from zonemap.storage.store import Store
from zonemap.web import serve as serving
from zonemap.web.app import create_app
from zonemap.web.guard import open_to_all
from zonemap.work.sample import load_sample
from zonemap.work.sessions import begin_session

CLERKS = 200
THINKS_S = (2.0, 6.0)  # between two answers
WARM_S, RUN_S = 5.0, 30.0
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


def _serve(data: Path, port: int) -> None:
    settings = settings_from({"ZONEMAP_DATA": str(data), "ZONEMAP_PORT": str(port)})
    made = serving.create_app

    def with_empty(settings: Settings, store: Store) -> Flask:
        app = made(settings, store)
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


async def at_work(clerk: Clerk, desk: str, until: float, started: float, took: list[float], *, null: bool) -> None:
    """Visit after visit until the time is over; what came while the server was still warming up is not counted."""
    chance = random.Random(clerk.cookie)  # noqa: S311 - not a secret
    await asyncio.sleep(chance.uniform(0, THINKS_S[1]))
    said: dict[str, str] = {}
    while time.perf_counter() < until:
        for step in STEPS:
            said = {**said, **step} if step else {}
            seconds = await (clerk.ask(EMPTY) if null else clerk.ask(desk, said if step else None))
            if time.perf_counter() > started:
                took.append(seconds)
            await asyncio.sleep(chance.uniform(*THINKS_S))


async def measured(port: int, desk: str, cookies: Sequence[str], *, null: bool) -> list[float]:
    """The waits of all clerks."""
    took: list[float] = []
    now = time.perf_counter()
    clerks = [Clerk(port, cookie) for cookie in cookies]
    await asyncio.gather(*(at_work(each, desk, now + WARM_S + RUN_S, now + WARM_S, took, null=null) for each in clerks))
    return took


async def burst(port: int, desk: str, cookies: Sequence[str], *, null: bool) -> list[float]:
    """All press at the same moment, ten times."""
    clerks = [Clerk(port, cookie) for cookie in cookies]
    for each in clerks:
        await each.ask(desk)
    took: list[float] = []
    for _ in range(10):
        took += await asyncio.gather(*(each.ask(EMPTY) if null else each.ask(desk, STEPS[1]) for each in clerks))
        await asyncio.sleep(0.5)
    return took


def told(what: str, took: list[float]) -> float:
    """One line, and its p99."""
    parts = statistics.quantiles(took, n=100)
    print(f"{what:28} {len(took):6} pages  p50 {parts[49] * 1000:7.1f} ms  p99 {parts[98] * 1000:7.1f} ms")
    return parts[98]


def main() -> None:
    """Start the server, let the clerks work, print two lines and the ratio."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--burst", action="store_true", help="all at one moment, without thinking")
    many: Any = burst if options.parse_args().burst else measured
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        desk, cookies = prepared(data)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        process = multiprocessing.get_context("spawn").Process(target=_serve, args=(data, port), daemon=True)
        process.start()
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        null = told("an empty route", asyncio.run(many(port, desk, cookies, null=True)))
        ours = told("a step of the desk", asyncio.run(many(port, desk, cookies, null=False)))
        print(f"{'':28} p99 {ours / null:.1f} times that of an empty route")
        process.terminate()
        process.join()


if __name__ == "__main__":
    main()
