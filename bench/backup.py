"""``python -m bench.backup [MB]``: a backup and a restore of a large store, beside what copying and sealing cost alone.

The store is made here: plans with their tiles, versions of floors, visits; what it holds is random, so that
nothing gets smaller by packing. Each part runs in a process of its own, whose memory at its peak is told.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pyrage
from sqlalchemy import Connection, insert

from zonemap.settings import Settings, settings_from
from zonemap.storage.engine import DATABASE_NAME
from zonemap.storage.sealed import digest_of
from zonemap.storage.store import Store
from zonemap.storage.tables import account, facility, floor, floor_version, picture, picture_site, tile, visit
from zonemap.work.backup import make_backup, make_key
from zonemap.work.restore import restore_backup

MEGABYTES = 1000
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TILE_BYTES, TILES, ROOMS = 40_000, 20, 150  # of a tile; tiles of a plan; rooms of a floor
Row = dict[str, object]


def fill(store: Store, megabytes: int) -> int:
    """Put that much into a store, a site of two floors after another; give the number of sites."""
    dice, size, sites = random.Random(1), 0, 0  # noqa: S311 - filling
    with store.engine.begin() as connection:
        who = {"id": "a" * 32, "name": "Ana", "email": "ana@clinic.example", "active": True}
        connection.execute(insert(account).values(who))
        while size < megabytes * 1_000_000:
            size += _site(connection, dice, sites)
            sites += 1
    return sites


def _site(connection: Connection, dice: random.Random, number: int) -> int:
    site = f"{number:032x}"
    place = {"street": "1 Elm St", "city": "Salem", "state": "IL", "postcode": "62881", "site_kind": "clinic"}
    connection.execute(insert(facility).values(id=site, name=f"Site {number}", **place))
    size = 0
    for level in range(2):
        of = f"{2 * number + level:032x}"
        connection.execute(insert(picture).values(id=of, png=dice.randbytes(TILE_BYTES * 4)))
        connection.execute(insert(picture_site).values(picture_id=of, facility_id=site))
        tiles = [{"picture_id": of, "z": 0, "x": x, "y": 0, "png": dice.randbytes(TILE_BYTES)} for x in range(TILES)]
        connection.execute(insert(tile), tiles)
        connection.execute(insert(floor).values(id=of, facility_id=site, name=f"Floor {level}", level=level, version=5))
        connection.execute(insert(floor_version), list(_versions(dice, of)))
        size += TILE_BYTES * (TILES + 4)
    visit_id = f"{number:032x}"
    opened = {"id": visit_id, "facility_id": site, "opened_by": "a" * 32, "opened_at": NOW}
    connection.execute(insert(visit).values(opened))
    return size


def _versions(dice: random.Random, floor_id: str) -> Iterator[Row]:
    for version in range(1, 6):
        rooms = [{"id": f"r{n}", "ring": [[dice.random(), dice.random()] for _ in range(6)]} for n in range(ROOMS)]
        document = {"id": floor_id, "rooms": rooms, "picture": None}
        yield {"floor_id": floor_id, "version": version, "saved_at": NOW, "saved_by": "Ana", "document": document}


def in_a_process(act: Callable[[], object]) -> tuple[float, float]:
    """How many seconds it takes, and how many MB it has at its peak more than at its beginning."""
    begun = time.perf_counter()
    process = os.fork()
    if process == 0:
        status = 1
        try:
            act()
            status = 0
        finally:
            os._exit(status)
    _, status, used = os.wait4(process, 0)
    if status:
        raise SystemExit("It went wrong.")
    return time.perf_counter() - begun, used.ru_maxrss / 1024


def copied(source: Path, out: Path) -> None:
    """What cp and sync do."""
    with source.open("rb") as here, out.open("wb") as there:
        shutil.copyfileobj(here, there, 1 << 20)
        there.flush()
        os.fsync(there.fileno())
    out.unlink()


def sealed(source: Path, out: Path) -> None:
    """What age does."""
    with source.open("rb") as here, out.open("wb") as there:
        pyrage.encrypt_io(here, there, [pyrage.x25519.Identity.generate().to_public()])
        os.fsync(there.fileno())
    out.unlink()


def backed_up(settings: Settings, out: Path, public: str) -> None:
    """A backup, sealed and read back."""
    with closing(Store.open(settings)) as store:
        make_backup(store, settings, out, [public], made_id="b" * 32, clock=lambda: NOW)


def main(megabytes: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory(prefix="zonemap-bench-") as name:
        home = Path(name)
        settings = settings_from({"ZONEMAP_DATA": str(home / "data")})
        with closing(Store.open(settings)) as store:
            sites = fill(store, megabytes)
        database = settings.data / DATABASE_NAME
        public = make_key(home / "key.txt")
        elsewhere = settings_from({"ZONEMAP_DATA": str(home / "elsewhere")})
        load = os.getloadavg()[0]
        print(f"{database.stat().st_size / 1e6:,.0f} MB, {sites} sites of two floors. Load {load:.1f}.", flush=True)

        def restored() -> None:
            restore_backup(elsewhere, home / "b.age", home / "key.txt", replace=False, now=NOW)

        floor_s = 0.0
        for what, act in (
            ("an empty process", lambda: None),
            ("cp, with sync", lambda: copied(database, home / "copy")),
            ("SHA-256", lambda: digest_of(database)),
            ("age alone", lambda: sealed(database, home / "copy.age")),
            ("backup, read back", lambda: backed_up(settings, home / "b.age", public)),
            ("restore", restored),
        ):
            seconds, peak = in_a_process(act)
            floor_s += seconds if what in ("cp, with sync", "age alone") else 0.0
            against = f", {seconds / floor_s:.1f} times cp and age" if what in ("backup, read back", "restore") else ""
            print(f"{what:18} {seconds:6.1f} s, {peak:5.0f} MB{against}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MEGABYTES)
