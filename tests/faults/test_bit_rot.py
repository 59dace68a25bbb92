"""Bits that turn over on the disk: the doctor names what was hit where it matters, and no such backup is believed."""

from __future__ import annotations

import random
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.faults.paths import SLOW_PATHS, prepare
from zonemap.errors import Busy, Invalid, NoRoom
from zonemap.settings import Settings, settings_from
from zonemap.storage.engine import DATABASE_NAME, engine_for, sqlite_module
from zonemap.storage.store import Store
from zonemap.work.backup import make_backup, make_key
from zonemap.work.doctor import problems
from zonemap.work.record import doctor_lines
from zonemap.work.restore import restore_backup
from zonemap.work.sample import load_sample

# What bears a sum or lies in a chain. In other rows (names, numbers, roles) a turned letter is a letter.
PROVED = {"record", "visit_entry", "visit_photo", "protocol_entry", "floor_version", "picture", "tile", "wall_photo"}
FLIPS, FLIPS_LONG = 30, 1000


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """A data folder with everything in it, in one file."""
    folder = tmp_path_factory.mktemp("rot") / "data"
    folder.mkdir(mode=0o700)
    shutil.copy(migrated_sqlite, folder / DATABASE_NAME)
    settings = settings_from({"ZONEMAP_DATA": str(folder)})
    with closing(Store.open(settings)) as store:
        prepare(store)
        load_sample(store, settings.floorplans, now=NOW)
        for act in SLOW_PATHS.values():
            act(store, 1)
    return folder


def rows(database: Path) -> dict[str, list[tuple[object, ...]]] | None:
    """All rows by table, None where they cannot be read."""
    try:
        with closing(sqlite_module().connect(database)) as connection:
            connection.text_factory = lambda text: text.decode(errors="replace")  # a turned bit may be no letter
            names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}  # noqa: S608
    except (sqlite_module().DatabaseError, UnicodeDecodeError):
        return None


def is_named(settings: Settings) -> bool:
    """Whether the doctor finds anything."""
    try:
        with closing(Store(engine_for(settings))) as store:
            return not doctor_lines(store, None, None)[1] or any(problems(store, settings, NOW))
    except Exception:
        return True  # the command ends with what it could not read


def turn(file: Path, chance: random.Random) -> int:
    """Turn one bit over; give where."""
    at = chance.randrange(file.stat().st_size)
    with file.open("r+b") as data:
        data.seek(at)
        byte = data.read(1)[0]
        data.seek(at)
        data.write(bytes([byte ^ 1 << chance.randrange(8)]))
    return at


def flips(clinic: Path, tmp_path: Path, times: int) -> Iterator[tuple[int, bool, set[str] | None]]:
    """Where each bit was, whether it was named, and the tables whose rows it changed (None: they cannot be read)."""
    seed = secrets.randbits(32)
    print(f"seed {seed}")  # noqa: T201 - shown with a failure
    chance = random.Random(seed)  # noqa: S311 - places
    before, there = rows(clinic / DATABASE_NAME), tmp_path / "data"
    assert before is not None
    settings = settings_from({"ZONEMAP_DATA": str(there)})
    there.mkdir(mode=0o700)
    for _ in range(times):
        shutil.copy(clinic / DATABASE_NAME, there)
        at = turn(there / DATABASE_NAME, chance)
        after = rows(there / DATABASE_NAME)
        changed = None if after is None else {name for name in before if before[name] != after.get(name)}
        yield at, is_named(settings), changed
        for file in there.iterdir():
            if file.is_file():
                file.unlink()


def check_flips(clinic: Path, tmp_path: Path, times: int) -> None:
    named = harmless = letters = 0
    for at, is_found, changed in flips(clinic, tmp_path, times):
        if is_found:
            named += 1
        else:
            assert changed is not None, at
            assert not changed & PROVED, (at, changed)
            harmless += not changed
            letters += bool(changed)
    print(f"{times} bits: {named} named, {harmless} in free space, {letters} a letter in a list")  # noqa: T201
    assert named + harmless + letters == times


def test_a_turned_bit_is_named_wherever_a_record_a_plan_or_a_photo_is_hit(clinic: Path, tmp_path: Path) -> None:
    check_flips(clinic, tmp_path, FLIPS)


@pytest.mark.long
def test_of_a_thousand_turned_bits_each_is_named_wherever_it_matters(clinic: Path, tmp_path: Path) -> None:
    check_flips(clinic, tmp_path, FLIPS_LONG)


def check_backups(clinic: Path, tmp_path: Path, times: int) -> None:
    settings = settings_from({"ZONEMAP_DATA": str(clinic)})
    public = make_key(tmp_path / "key.txt")
    with closing(Store.open(settings)) as store:
        make_backup(store, settings, tmp_path / "b.age", [public], made_id=secrets.token_hex(16), clock=lambda: NOW)
    elsewhere = settings_from({"ZONEMAP_DATA": str(tmp_path / "elsewhere")})
    chance = random.Random(seed := secrets.randbits(32))  # noqa: S311 - places
    print(f"seed {seed}")  # noqa: T201 - shown with a failure
    for _ in range(times):
        shutil.copy(tmp_path / "b.age", tmp_path / "turned.age")
        turn(tmp_path / "turned.age", chance)
        with pytest.raises((Invalid, Busy)) as refused:
            restore_backup(elsewhere, tmp_path / "turned.age", tmp_path / "key.txt", replace=False, now=NOW)
        assert not isinstance(refused.value, NoRoom)
        assert list(elsewhere.data.iterdir()) == []


def test_a_backup_with_one_turned_bit_is_refused_before_anything_is_touched(clinic: Path, tmp_path: Path) -> None:
    check_backups(clinic, tmp_path, 10)


@pytest.mark.long
def test_three_hundred_backups_with_one_turned_bit_are_refused(clinic: Path, tmp_path: Path) -> None:
    check_backups(clinic, tmp_path, 300)
