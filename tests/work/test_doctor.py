"""The doctor: every kind of problem is provoked once, named, and comes with what to do about it."""

from __future__ import annotations

import json
import shutil
from collections import namedtuple
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.faults.paths import prepare, wall_photo
from zonemap.settings import Settings, settings_from
from zonemap.storage import engine
from zonemap.storage.engine import sqlite_module
from zonemap.storage.examine import is_whole_png
from zonemap.storage.store import Store
from zonemap.work.backup import make_backup, make_key
from zonemap.work.desk_table import table_hash
from zonemap.work.doctor import FIXES, Problem, problems
from zonemap.work.sample import load_sample


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """A folder with a clinic's data, and one backup of them."""
    home = tmp_path_factory.mktemp("doctor")
    (home / "backups").mkdir(mode=0o700)
    (home / "data").mkdir(mode=0o700)
    shutil.copy(migrated_sqlite, home / "data" / "zonemap.db")
    (home / "data" / "zonemap.db").chmod(0o600)
    settings = settings_in(home, make_key(home / "key.txt"))
    with closing(Store.open(settings)) as store:
        prepare(store)
        load_sample(store, settings.floorplans, now=NOW)
        wall_photo(store, 1)
        back_up(store, settings)
    return home


def settings_in(home: Path, public: str) -> Settings:
    return replace(settings_from({}), data=home / "data", backup_folder=home / "backups", backup_to=public)


@pytest.fixture
def settings(made: Path, tmp_path: Path) -> Settings:
    for name in ("data", "backups"):
        shutil.copytree(made / name, tmp_path / name)
    return settings_in(tmp_path, "")


@pytest.fixture
def clinic(settings: Settings) -> Iterator[Store]:
    with closing(Store.open(settings)) as store:
        yield store


def back_up(store: Store, settings: Settings) -> Path:
    assert settings.backup_folder is not None
    out = settings.backup_folder / "zonemap-20261124-090000.zonemap.age"
    make_backup(store, settings, out, [settings.backup_to], made_id="b" * 32, clock=lambda: NOW)
    return out


def found(store: Store, settings: Settings, *, now: object = NOW) -> list[Problem]:
    return list(problems(store, settings, now))  # type: ignore[arg-type]


def file_of(store: Store) -> str:
    with store.engine.connect() as connection:
        return str(connection.exec_driver_sql("PRAGMA database_list").one()[2])


def sql(store: Store, statement: str, **given: object) -> None:
    """Behind everybody's back: no key is looked after."""
    with closing(sqlite_module().connect(file_of(store))) as connection:
        connection.execute(statement, given)
        connection.commit()
    store.engine.dispose()


def flipped(store: Store, table: str, column: str) -> None:
    """One bit of a blob."""
    with store.engine.connect() as connection:
        number, data = connection.exec_driver_sql(f"SELECT rowid, {column} FROM {table} LIMIT 1").one()  # noqa: S608
    changed = bytearray(data)
    changed[len(data) // 2] ^= 4
    sql(store, f"UPDATE {table} SET {column} = :new WHERE rowid = :number", new=bytes(changed), number=number)  # noqa: S608


def other_name(store: Store, *_: object) -> None:
    sql(store, "UPDATE floor_version SET document = replace(document, 'First floor', 'Forst floor')")


def a_cut_picture(store: Store, *_: object) -> None:
    sql(store, "UPDATE tile SET png = substr(png, 1, length(png) - 3) WHERE rowid = 1")


def lines_beside(store: Store, *_: object) -> None:
    row = "INSERT INTO line_source (picture_id, facts, packed) SELECT id, '{}', :packed FROM picture LIMIT 1"
    sql(store, row, packed=b"\x1f\x8b nothing")


def a_page(store: Store, settings: Settings) -> None:
    with store.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    store.close()
    with (settings.data / "zonemap.db").open("r+b") as file:
        file.seek(4096 * 20)
        file.write(b"\xff" * 4096)


def without_its_floor(store: Store, *_: object) -> None:
    sql(store, "UPDATE contact SET facility_id = 'nobody'")


def another_version(store: Store, *_: object) -> None:
    sql(store, "UPDATE alembic_version SET version_num = '0001'")


def opened_to_others(_: Store, settings: Settings) -> None:
    settings.data.chmod(0o755)


def left_behind(_: Store, settings: Settings) -> None:
    (settings.data / "backup-gone").mkdir()


def a_table(settings: Settings) -> Path:
    """One as the desk keeps them, but small."""
    made = {"questions": {"danger_now": ["yes", "no"]}, "unsure_most": 3}
    file = settings.data / "desk-tables" / "small.json"
    file.parent.mkdir()
    file.write_text(json.dumps(made | {"hash": table_hash(made)}))
    return file


def a_changed_table(_: Store, settings: Settings) -> None:
    file = a_table(settings)
    file.write_text(file.read_text().replace("danger", "danker"))


def backup_file(settings: Settings) -> Path:
    assert settings.backup_folder is not None
    return next(settings.backup_folder.glob("*.age"))


def a_flipped_backup(_: Store, settings: Settings) -> None:
    data = bytearray(backup_file(settings).read_bytes())
    data[len(data) // 2] ^= 1
    backup_file(settings).write_bytes(data)


def a_backup_gone(_: Store, settings: Settings) -> None:
    backup_file(settings).unlink()


PROVOKED: dict[str, Callable[[Store, Settings], None]] = {
    "pages": a_page,
    "dangling": without_its_floor,
    "schema": another_version,
    "floor": other_name,
    "picture": a_cut_picture,
    "lines": lines_beside,
    "wall_photo": lambda store, _: flipped(store, "wall_photo", "jpeg"),
    "folder": opened_to_others,
    "leftover": left_behind,
    "desk_table": a_changed_table,
    "backup_changed": a_flipped_backup,
    "backup_gone": a_backup_gone,
}
ELSEWHERE = {"room", "sqlite", "backup_old", "clock"}  # provoked below


def test_every_kind_of_problem_is_provoked_and_each_has_a_fix() -> None:
    assert PROVOKED.keys() | ELSEWHERE == FIXES.keys()
    assert all(fix.endswith((".", ")", "does.")) and len(fix) > 20 for fix in FIXES.values())


def test_where_nothing_is_wrong_nothing_is_named(clinic: Store, settings: Settings) -> None:
    a_table(settings)

    assert found(clinic, settings) == []


@pytest.mark.parametrize("kind", PROVOKED)
def test_a_problem_is_named_with_its_fix(clinic: Store, settings: Settings, kind: str) -> None:
    PROVOKED[kind](clinic, settings)

    named = [problem for problem in found(clinic, settings) if problem.kind == kind]

    assert named
    assert all(problem.line.endswith(FIXES[kind]) for problem in named)


def test_little_room_an_unsafe_sqlite_old_backups_and_a_clock_behind_are_named(
    clinic: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = namedtuple("disk", "total used free")(10**9, 10**9 - 10**6, 10**6)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: disk)
    monkeypatch.setattr(engine, "wal_is_safe", lambda _: False)

    late = {problem.kind for problem in found(clinic, settings, now=NOW + timedelta(days=30))}
    early = {problem.kind for problem in found(clinic, settings, now=NOW - timedelta(days=1))}

    assert late == {"room", "sqlite", "backup_old"}
    assert early == {"room", "sqlite", "backup_old", "clock"}


def test_a_picture_is_whole_to_its_last_byte(clinic: Store) -> None:
    with clinic.engine.connect() as connection:
        png = bytes(connection.exec_driver_sql("SELECT png FROM tile LIMIT 1").scalar_one())

    assert is_whole_png(png)
    assert not is_whole_png(png[:-1])
    assert not is_whole_png(png + b"\0")
