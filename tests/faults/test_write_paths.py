"""kill -9 in the middle of everything that writes: nothing acknowledged is lost, and nothing is half there."""

from __future__ import annotations

import multiprocessing
import secrets
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.file_kills import WORK, kill_file_work
from tests.faults.grounds import FolderGround, digest
from tests.faults.killing import PRELOADED, Killer, Rehearsal
from tests.faults.paths import PATHS, SLOW_PATHS, prepare
from zonemap.settings import Settings, settings_from
from zonemap.storage.engine import DATABASE_NAME, sqlite_module
from zonemap.storage.store import Store
from zonemap.web.app import create_app
from zonemap.work.record import doctor_lines

TIMES, TIMES_LONG = 25, 500
LOOK_CLOSER = 25  # the doctor is asked, and the app started, after every so many kills


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """A data folder with a clinic at work."""
    folder = tmp_path_factory.mktemp("faults") / "data"
    folder.mkdir(mode=0o700)
    shutil.copy(migrated_sqlite, folder / DATABASE_NAME)
    with closing(Store.open(settings_from({"ZONEMAP_DATA": str(folder)}))) as store:
        prepare(store)
    return folder


def kill_often(data: Path, name: str, times: int) -> None:
    seed = secrets.randbits(32)
    print(f"{name}: {times} kills, seed {seed}")  # noqa: T201 - shown with a failure, and by make faults
    ground = FolderGround(data, data.parent / f"{data.name}-{name}-at-work")
    with closing(Killer(ground, ground.folder.with_suffix(".pipe"), name, seed)) as killer:
        for number in range(1, times + 1):
            acknowledged = killer.kill()
            closer = number % LOOK_CLOSER == 0
            look(ground.folder, killer.rehearsal, acknowledged, closer=closer)


def look(folder: Path, rehearsal: Rehearsal, acknowledged: int, *, closer: bool) -> None:
    database = folder / DATABASE_NAME
    assert digest(database) in rehearsal.allowed(acknowledged), acknowledged
    with closing(sqlite_module().connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    if closer:
        settings = Settings(data=folder, share=settings_from({}).share)
        with closing(Store.open(settings)) as store:
            lines, whole = doctor_lines(store, None, None)
            assert whole, lines
            assert create_app(settings, store).test_client().get("/health/ready").status_code == 200


@pytest.mark.parametrize("name", PATHS)
def test_a_kill_while_it_is_written_loses_nothing_and_leaves_nothing_half(data: Path, name: str) -> None:
    kill_often(data, name, TIMES)


@pytest.mark.parametrize("name", SLOW_PATHS)
def test_a_kill_while_a_file_comes_in_loses_nothing_and_leaves_nothing_half(data: Path, name: str) -> None:
    kill_often(data, name, TIMES)


@pytest.mark.long
@pytest.mark.parametrize("name", PATHS | SLOW_PATHS)
def test_five_hundred_kills_while_it_is_written_lose_nothing(data: Path, name: str) -> None:
    kill_often(data, name, TIMES_LONG)


def in_a_process(name: str, home: Path, times: int) -> None:
    """Beside pytest: a process that has threads should not fork."""
    seed = secrets.randbits(32)
    print(f"{name}: {times} kills, seed {seed}")  # noqa: T201 - as above
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    process = context.Process(target=kill_file_work, args=(name, home, times, seed))
    process.start()
    process.join()
    assert process.exitcode == 0


@pytest.mark.parametrize("name", WORK)
def test_a_kill_while_files_are_written_leaves_them_whole_or_absent(tmp_path: Path, name: str) -> None:
    in_a_process(name, tmp_path, TIMES)


@pytest.mark.long
@pytest.mark.parametrize("name", WORK)
def test_five_hundred_kills_while_files_are_written_leave_them_whole_or_absent(tmp_path: Path, name: str) -> None:
    in_a_process(name, tmp_path, TIMES_LONG)
