"""What is killed while it writes files: a backup, a restore, an upgrade, the files of a command. Each says when it is
done, and what has to be there then."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
import traceback
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.conftest import NOW
from tests.faults.grounds import digest
from tests.faults.paths import prepare
from tests.work.clinic import CLINIC
from zonemap.errors import ZonemapError
from zonemap.settings import Settings, settings_from
from zonemap.storage.backup_rows import kept_tables, sound
from zonemap.storage.engine import DATABASE_NAME, engine_for, sqlite_module
from zonemap.storage.migrations import go_back
from zonemap.storage.store import Store
from zonemap.storage.whole_files import PART
from zonemap.storage.workroom import clear_leftovers
from zonemap.work.backup import make_backup, make_key
from zonemap.work.export import export_facility
from zonemap.work.restore import restore_backup


def at(folder: Path) -> Settings:
    return Settings(data=folder, share=settings_from({}).share)


def rows(folder: Path) -> list[str]:
    """Everything that a backup keeps, to compare: sorted, as a restore puts it in its own order."""
    with closing(sqlite_module().connect(folder / DATABASE_NAME)) as connection:
        names = [table.name for table in kept_tables()]
        return sorted(f"{name} {row!r}" for name in names for row in connection.execute(f'SELECT * FROM "{name}"'))  # noqa: S608


@dataclass
class Scene:
    """A folder in which everything lies that the work needs, and what is known of it."""

    home: Path
    known: dict[str, object] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.home / "data"


@dataclass(frozen=True)
class FileWork:
    """Work on files: how its scene is set, what is done, and what must hold afterwards, done or not."""

    set_up: Callable[[Scene], None]
    do: Callable[[Scene], None]
    check: Callable[[Scene, bool], None]


def _clinic(scene: Scene) -> None:
    with closing(Store.open(at(scene.data))) as store:
        prepare(store)


def _key(scene: Scene) -> None:
    scene.known["public"] = make_key(scene.home / "key.txt")


# --- a backup ----------------------------------------------------------------------------------------------------


def _set_backup(scene: Scene) -> None:
    _clinic(scene)
    _key(scene)
    scene.known["rows"] = rows(scene.data)


def _backup(scene: Scene, name: str = "b.age") -> None:
    with closing(Store(engine_for(at(scene.data)))) as store:
        sealed_for = [str(scene.known["public"])]
        made_id = os.urandom(16).hex()
        make_backup(store, at(scene.data), scene.home / name, sealed_for, made_id=made_id, clock=lambda: NOW)


def _check_backup(scene: Scene, done: bool) -> None:
    file = scene.home / "b.age"
    assert file.exists() or not done
    assert rows(scene.data) == scene.known["rows"]
    if file.exists():
        there = scene.home / "there"
        restore_backup(at(there), file, scene.home / "key.txt", replace=False, now=NOW)
        assert rows(there) == scene.known["rows"]
        file.unlink()
    _backup(scene)  # what the kill left behind is in nobody's way
    assert list(scene.data.glob("backup-*")) == []
    assert list(scene.home.glob(f"*{PART}")) == []


# --- a restore ---------------------------------------------------------------------------------------------------


def _set_restore(scene: Scene) -> None:
    _set_backup(scene)
    _backup(scene)
    with closing(Store.open(at(scene.data))) as store, store.begin() as books:
        books.facilities.save(replace(CLINIC, name="Changed"))
    scene.known["before"] = rows(scene.data)


def _restore(scene: Scene) -> None:
    restore_backup(at(scene.data), scene.home / "b.age", scene.home / "key.txt", replace=True, now=NOW)


def _check_restore(scene: Scene, done: bool) -> None:
    now = rows(scene.data)
    assert sound(scene.data)
    assert now == scene.known["rows"] or (now == scene.known["before"] and not done)
    clear_leftovers(at(scene.data))
    assert {path.name.partition("-")[0] for path in scene.data.iterdir()} <= {"zonemap.db", "zonemap.db.before"}
    if now == scene.known["rows"]:
        (kept,) = scene.data.glob("zonemap.db.before-*")
        (scene.home / "kept").mkdir()
        shutil.copy(kept, scene.home / "kept" / DATABASE_NAME)
        assert rows(scene.home / "kept") == scene.known["before"]
    else:  # a second try: the name of what is kept aside may be taken by the first
        with suppress(ZonemapError):
            _restore(scene)


# --- an upgrade --------------------------------------------------------------------------------------------------


def _set_upgrade(scene: Scene) -> None:
    _clinic(scene)
    engine = engine_for(at(scene.data))
    go_back(engine, to=str(scene.known.setdefault("from", "0004")))
    engine.dispose()
    shutil.copytree(scene.data, scene.home / "other")
    Store.open(at(scene.home / "other")).close()
    scene.known["digest"] = digest(scene.home / "other" / DATABASE_NAME)
    shutil.rmtree(scene.home / "other")


def _upgrade(scene: Scene) -> None:
    Store.open(at(scene.data)).close()


def _check_upgrade(scene: Scene, done: bool) -> None:
    if not done:
        _upgrade(scene)
    assert digest(scene.data / DATABASE_NAME) == scene.known["digest"]
    assert sound(scene.data)


# --- a file of a command -----------------------------------------------------------------------------------------


def _set_export(scene: Scene) -> None:
    _clinic(scene)
    _export(scene)
    scene.known["bytes"] = (scene.home / "plan.geojson").read_bytes()
    (scene.home / "plan.geojson").write_bytes(b"what was there before")


def _export(scene: Scene) -> None:
    with closing(Store(engine_for(at(scene.data)))) as store:
        export_facility(store, CLINIC.id, scene.home / "plan.geojson")


def _check_export(scene: Scene, done: bool) -> None:
    there = (scene.home / "plan.geojson").read_bytes()
    assert there == scene.known["bytes"] or (there == b"what was there before" and not done)


WORK: dict[str, FileWork] = {
    "backup": FileWork(_set_backup, _backup, _check_backup),
    "restore": FileWork(_set_restore, _restore, _check_restore),
    "upgrade": FileWork(_set_upgrade, _upgrade, _check_upgrade),
    "export": FileWork(_set_export, _export, _check_export),
}


def kill_file_work(name: str, home: Path, times: int, seed: int) -> int:
    """Kill it so many times, each on a fresh copy of its scene; give how often it had been done before the kill."""
    chance, work = random.Random(seed), WORK[name]  # noqa: S311 - moments to kill at
    set_up = Scene(home / "set-up")
    set_up.home.mkdir()
    work.set_up(set_up)
    seconds, done = 0.0, 0
    for number in range(times + 1):
        scene = Scene(home / "at-work", set_up.known)
        shutil.copytree(set_up.home, scene.home)
        begun = time.perf_counter()
        ended = _killed(work, scene, chance.uniform(0, 1.1 * seconds) if number else None)
        seconds = seconds or time.perf_counter() - begun  # the first run is not killed
        assert ended or number
        done += ended
        work.check(scene, ended)
        shutil.rmtree(scene.home)
    return done


def _killed(work: FileWork, scene: Scene, after: float | None) -> bool:
    """Do it in a process of its own, and kill that after so many seconds; whether it had said that it was done."""
    hears, tells = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            work.do(scene)
            os.write(tells, b"d")
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(tells)
    if after is not None:
        time.sleep(after)
        os.kill(process, signal.SIGKILL)
    with os.fdopen(hears, "rb") as said:
        done = said.read() == b"d"
    os.waitpid(process, 0)
    return done
