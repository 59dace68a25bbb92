"""``python -m bench.load``: 200 clerks, 20 managers who save and 5 packs that print, together, against the real server.

The server is ``zonemap serve --workers 2``, on SQLite or ``--postgresql``. Each clerk takes a step every 5 seconds and
each manager saves every 3; as soon as a pack is made its facility asks for another. In the same run somebody asks for
an empty route of that server: what a page waits is told as a ratio to it, too, because the machine may have other
things to do. ``--share 0.25`` lets a quarter of these people come.

``--flood`` opens more connections than the server can take, all at once. ``--soak 30`` goes on for minutes and tells
memory, open files and threads of all its processes at the start and at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import time
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

from bench.desk_load import EMPTY, STEPS, Clerk, start_server
from bench.sites import database, family
from bench.sites_load import count_all, load, site_id
from tests.geometry.floors import box
from zonemap.model.person import Account, Role
from zonemap.settings import Settings, environment_of
from zonemap.storage.store import Store
from zonemap.work.sessions import begin_session

CLERKS, MANAGERS, PACKS = 200, 20, 5
CLERK_EVERY_S, SAVE_EVERY_S, EMPTY_EVERY_S = 5.0, 3.0, 0.25
SITES = 25
WARM_S = 10.0
FLOOD, FLOOD_S = 1000, 20.0
DESK_GOAL_S, SAVE_GOAL_S = 0.3, 0.8
PACK = {"chosen": "1", "paper": "letter", "form": "pdf"}


@dataclass
class Heard:
    """What everybody waited, in seconds, by kind; and what went wrong. Counted from ``since`` on."""

    since: float
    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)

    def add(self, kind: str, seconds: float) -> None:
        """Keep one wait, unless the server is still warming up."""
        if time.monotonic() >= self.since:
            self.took[kind].append(seconds)


class Browser(Clerk):
    """A clerk's browser that can send JSON, too, and keeps what came."""

    async def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes, str, float]:
        """One exchange: status, body, where to go on, seconds."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Cookie: {self.cookie}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        lines.append(f"Content-Length: {len(body)}")
        began = time.perf_counter()
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"(?i)content-length: (\d+)", head)
        found = await reader.readexactly(int(length[1]) if length else 0)
        on = re.search(r"(?i)location: (\S+)", head)
        return int(head.split()[1]), found, on[1] if on else "", time.perf_counter() - began


async def clerk(browser: Browser, desk: str, heard: Heard, until: float) -> None:
    """Visit after visit."""
    chance = random.Random(browser.cookie)  # noqa: S311 - not a secret
    await asyncio.sleep(chance.uniform(0, CLERK_EVERY_S))
    said: dict[str, str] = {}
    while time.monotonic() < until:
        for step in STEPS:
            said = {**said, **step} if step else {}
            try:
                heard.add("a step of the desk", await browser.ask(desk, said if step else None))
            except (RuntimeError, OSError, asyncio.IncompleteReadError) as error:
                heard.wrong.append(f"desk: {error!r}")
                browser._streams = None
            await asyncio.sleep(chance.uniform(0.5, 1.5) * CLERK_EVERY_S)
            if time.monotonic() >= until:
                return


async def manager(browser: Browser, floor_id: str, heard: Heard, until: float) -> None:
    """Draw the same room anew, again and again."""
    chance = random.Random(browser.cookie)  # noqa: S311 - not a secret
    _, page, _, _ = await browser.send("GET", f"/floors/{floor_id}/")
    token = re.search(rb'name="csrf-token" content="([^"]+)"', page)
    _, draft, _, _ = await browser.send("GET", f"/floors/{floor_id}/draft")
    if token is None:
        heard.wrong.append("save: the editor did not open")
        return
    version, number = json.loads(draft)["version"], 0
    while time.monotonic() < until:
        await asyncio.sleep(chance.uniform(0.5, 1.5) * SAVE_EVERY_S)
        number += 1
        ring = [list(point) for point in box(200, 0, 4, 4 + number % 5)]
        room = {"id": "drawn", "name": f"Exam {number}", "class": "private", "ring": ring}
        body = json.dumps({"version": version, "changes": [{"put": "room", "value": room}]}).encode()
        headers = {"X_CSRF_Token": token[1].decode(), "Content_Type": "application/json"}
        status, said, _, seconds = await browser.send("POST", f"/floors/{floor_id}/draft", body, **headers)
        if status != 200:
            heard.wrong.append(f"save: {status} {said[:80]!r}")
            continue
        version = json.loads(said)["version"]
        heard.add("a save", seconds)


async def printer(browser: Browser, facility_id: str, heard: Heard, until: float) -> None:
    """Ask for a pack, look each second how far it is, fetch it; then for another."""
    packs, number = f"/facilities/{facility_id}/packs/", 0
    while time.monotonic() < until:
        number += 1
        await browser.ask(packs)
        fields = {**PACK, "policy_number": f"P-{number}", "csrf_token": browser.token}
        body = "&".join(f"{name}={value}" for name, value in fields.items()).encode()
        form = {"Content_Type": "application/x-www-form-urlencoded"}
        status, said, on, seconds = await browser.send("POST", packs, body, **form)
        if status != 303:
            heard.wrong.append(f"pack: {status} {said[:80]!r}")
            await asyncio.sleep(2)
            continue
        heard.add("asking for a pack", seconds)
        began, state = time.monotonic(), "running"
        path = on.partition(f":{browser.port}")[2] or on
        while state == "running":
            await asyncio.sleep(1)
            _, said, _, seconds = await browser.send("GET", path, Accept="application/json")
            state = json.loads(said)["state"]
            heard.add("looking at a pack", seconds)
        if state != "done":
            heard.wrong.append(f"pack: {state}")
            continue
        heard.add("a pack of about 120 sheets", time.monotonic() - began)
        status, _, _, seconds = await browser.send("GET", f"{path}/file")
        heard.add("fetching a pack", seconds)


async def nothing(browser: Browser, heard: Heard, until: float) -> None:
    """Ask for the empty route."""
    while time.monotonic() < until:
        heard.add("an empty route", await browser.ask(EMPTY))
        await asyncio.sleep(EMPTY_EVERY_S)


def prepared(settings: Settings) -> list[str]:
    """Sites, and somebody signed in for everybody: the cookies."""
    now = datetime.now(UTC)
    with closing(Store.open(settings)) as store:
        load(store, 0, SITES)
        count_all(store, now, SITES, for_real=SITES)
        people = CLERKS + MANAGERS + PACKS + 1
        with store.begin() as books:
            for number in range(people):
                role = Role.DESK if number < CLERKS else Role.MANAGER
                account = Account(f"{number:032x}", f"Person {number}", f"p{number}@c.example", frozenset({role}))
                books.accounts.add(account, None)
                begin_session(books, account.id, f"person-{number}", now)
    return [f"zonemap=person-{number}" for number in range(people)]


async def together(port: int, cookies: list[str], heard: Heard, until: float, share: float) -> None:
    """Everybody at once, or a share of them."""
    browsers = [Browser(port, cookie) for cookie in cookies]
    desk = f"/facilities/{site_id(0)}/desk/"
    clerks, savers, printers = (max(1, round(many * share)) for many in (CLERKS, MANAGERS, PACKS))
    work = [clerk(each, desk, heard, until) for each in browsers[:clerks]]
    managers = browsers[CLERKS : CLERKS + savers]
    work += [manager(each, f"b0{at:030x}", heard, until) for at, each in enumerate(managers)]
    work += [
        printer(each, site_id(MANAGERS + at), heard, until)
        for at, each in enumerate(browsers[CLERKS + MANAGERS : CLERKS + MANAGERS + printers])
    ]
    work.append(nothing(browsers[-1], heard, until))
    for found in await asyncio.gather(*work, return_exceptions=True):
        if isinstance(found, BaseException):
            heard.wrong.append(repr(found))


@dataclass
class Flood:
    """What a flood was answered, by status; what the desk waited meanwhile."""

    port: int
    cookie: str
    over: float
    said: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    desk: list[float] = field(default_factory=list)

    async def press(self) -> None:
        """One of very many who press again and again, each time on a new connection."""
        while time.monotonic() < self.over:
            began = time.perf_counter()
            try:
                status, _, _, _ = await asyncio.wait_for(Browser(self.port, self.cookie).send("GET", "/"), FLOOD_S + 5)
                what = str(status)
            except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
                what = type(error).__name__
            self.said[what].append(time.perf_counter() - began)
            await asyncio.sleep(random.uniform(0, 1))  # noqa: S311 - not a secret

    async def at_desk(self) -> None:
        """A clerk meanwhile, on a connection that was there before."""
        clerk = Browser(self.port, self.cookie)
        while time.monotonic() < self.over:
            try:
                self.desk.append(await clerk.ask(f"/facilities/{site_id(0)}/desk/"))
            except (RuntimeError, OSError, asyncio.IncompleteReadError) as error:
                self.said[f"desk {error}"].append(0.0)
                clerk._streams = None
            await asyncio.sleep(0.1)


async def flooded(port: int, cookie: str) -> None:
    """More connections than the server takes, all at once, for some seconds; then one that asks as always."""
    flood = Flood(port, cookie, time.monotonic() + FLOOD_S)
    await asyncio.gather(flood.at_desk(), *(flood.press() for _ in range(FLOOD)))
    for what, took in sorted(flood.said.items()):
        print(f"  flood: {what:20} {len(took):6} answers, half of them within {statistics.median(took) * 1000:.0f} ms")
    if flood.desk:
        print(f"  flood: the desk meanwhile: {len(flood.desk)} steps, the slowest {max(flood.desk) * 1000:.0f} ms")
    began = time.perf_counter()
    while True:
        try:
            if await Browser(port, cookie).ask("/") < 1:
                break
        except (RuntimeError, OSError, asyncio.IncompleteReadError):
            await asyncio.sleep(0.05)
    print(f"  flood: a page as always {time.perf_counter() - began:.2f} s after its end")


def held(process: int) -> str:
    """Memory, open files and threads of the server's processes; those that make packs come and go, and are left out."""
    memory = files = threads = count = 0
    for each in family(process):
        try:
            if b"jobs" in Path(f"/proc/{each}/cmdline").read_bytes():
                continue
            status = Path(f"/proc/{each}/status").read_text()
            files += len(list(Path(f"/proc/{each}/fd").iterdir()))
        except OSError:
            continue
        memory += int(re.search(r"VmRSS:\s+(\d+)", status)[1])  # type: ignore[index]
        threads += int(re.search(r"Threads:\s+(\d+)", status)[1])  # type: ignore[index]
        count += 1
    return f"{count} processes, {memory / 1024:.0f} MB, {files} open files, {threads} threads"


def told(heard: Heard) -> None:
    """A line for each kind, and whether the goals were met."""
    empty = heard.took["an empty route"]
    null = statistics.quantiles(empty, n=100) if len(empty) > 1 else [float("nan")] * 99
    p99s = {}
    for kind, took in sorted(heard.took.items()):
        if len(took) < 2:
            continue
        parts = statistics.quantiles(took, n=100)
        p99s[kind] = parts[98]
        print(
            f"  {kind:28} {len(took):6}  p50 {parts[49] * 1000:8.1f} ms  p99 {parts[98] * 1000:8.1f} ms  "
            f"{parts[49] / null[49]:6.1f} and {parts[98] / null[98]:5.1f} times the empty route"
        )
    print(f"  {len(heard.wrong)} errors", *sorted(set(heard.wrong))[:5], sep="\n    ")
    desk, save = p99s.get("a step of the desk", 0.0), p99s.get("a save", 0.0)
    goals = (("the desk's p99", desk, DESK_GOAL_S), ("that of saves", save, SAVE_GOAL_S))
    print("  goals:", ", ".join(f"{what} {'met' if found <= goal else 'missed'}" for what, found, goal in goals))


def told_between(process: int, lasts_s: float) -> None:
    """What is held every five minutes, so that what grows is told apart from what is made once."""
    for minutes in range(5, int(lasts_s / 60), 5):
        time.sleep(300)
        print(f"  after {minutes:2} min: {held(process)}", flush=True)


def started(settings: Settings) -> tuple[Any, int]:
    """The server in a process of its own, and its port."""
    variables = {name: value for name, value in environment_of(settings).items() if name.startswith("ZONEMAP_")}
    return start_server(variables | {"ZONEMAP_WORKERS": "2"})


def main() -> None:
    """Start the server, let everybody work, tell what they waited."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--postgresql", action="store_true")
    options.add_argument("--seconds", type=float, default=60.0)
    options.add_argument("--soak", type=float, default=0.0, metavar="MINUTES")
    options.add_argument("--share", type=float, default=1.0, help="of the people")
    options.add_argument("--flood", action="store_true")
    chosen = options.parse_args()
    with database(postgresql=chosen.postgresql) as settings:
        cookies = prepared(settings)
        process, port = started(settings)
        try:
            print("PostgreSQL" if chosen.postgresql else "SQLite", f"{datetime.now(UTC):%Y-%m-%d %H:%M}", flush=True)
            if chosen.flood:
                asyncio.run(flooded(port, cookies[-1]))
                return
            begun = time.monotonic()
            heard = Heard(begun + WARM_S)
            lasts = chosen.soak * 60 or chosen.seconds
            if chosen.soak:
                asyncio.run(
                    together(port, cookies, Heard(begun), begun + 60, chosen.share)
                )  # what is made once, is made
                print(f"  at the start: {held(process.pid)}", flush=True)
                Thread(target=told_between, args=(process.pid, lasts), daemon=True).start()
            asyncio.run(together(port, cookies, heard, time.monotonic() + WARM_S + lasts, chosen.share))
            if chosen.soak:
                time.sleep(10)
                print(f"  at the end:   {held(process.pid)}", flush=True)
            told(heard)
            print(f"  load of the computer {os.getloadavg()[0]:.1f}")
        finally:
            process.terminate()
            process.join()


if __name__ == "__main__":
    main()
