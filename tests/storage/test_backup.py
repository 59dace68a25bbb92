"""Backups: everything that lasts comes back as it was; a wrong key and a changed file touch nothing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select

from tests.conftest import NOW, add_account, database_url
from tests.storage.random_rows import fill
from zonemap.errors import Busy, Conflict, Invalid
from zonemap.model.backup import BackupMade
from zonemap.settings import Settings, settings_from
from zonemap.storage.backup_rows import LEFT_OUT, kept_tables, sound
from zonemap.storage.engine import DATABASE_NAME
from zonemap.storage.store import Store
from zonemap.storage.tables import metadata
from zonemap.work.backup import backup_if_due, keep_newest, make_backup, make_key
from zonemap.work.restore import restore_backup


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that a backup keeps."""
    with store.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in kept_tables()
        }


@pytest.fixture
def key(tmp_path: Path) -> tuple[Path, str]:
    """The file with the secret key, and the public one."""
    return tmp_path / "key.txt", make_key(tmp_path / "key.txt")


def backed_up(store: Store, settings: Settings, out: Path, public: str) -> Path:
    make_backup(store, settings, out, [public], made_id="b" * 32, clock=lambda: NOW)
    return out


def restored(settings: Settings, file: Path, key: Path, *, replace: bool = False) -> list[str]:
    return restore_backup(settings, file, key, replace=replace, now=NOW)


@pytest.mark.parametrize("seed", range(3))
def test_random_stores_come_back_row_for_row(any_store, settings, tmp_path, key, seed):
    with any_store.engine.begin() as connection:
        filled = fill(connection, kept_tables(), seed)
    assert sum(count > 0 for count in filled.values()) > 0.9 * len(filled)
    before = contents(any_store)

    file = backed_up(any_store, settings, tmp_path / "b.age", key[1])
    elsewhere = settings_from({"ZONEMAP_DATA": str(tmp_path / "elsewhere")})
    said = restored(elsewhere, file, key[0])

    with closing(Store.open(elsewhere)) as again:
        assert contents(again) == before
    assert str(sum(map(len, before.values()))) in said[0]
    assert sound(elsewhere.data)
    assert [path.name for path in settings.data.glob("backup-*")] == []


def test_a_backup_of_sqlite_is_restored_into_an_empty_postgresql_and_not_into_a_full_one(
    store, settings, tmp_path, key, postgresql_server
):
    with store.engine.begin() as connection:
        fill(connection, kept_tables(), 7)
    file = backed_up(store, settings, tmp_path / "b.age", key[1])
    url = database_url(postgresql_server, "zonemap_restored", make=True)
    server = settings_from({"ZONEMAP_DATA": str(tmp_path / "server"), "ZONEMAP_DATABASE_URL": url})

    restored(server, file, key[0])

    with closing(Store.open(server)) as again:
        assert contents(again) == contents(store)
    with pytest.raises(Conflict, match="empty one"):
        restored(server, file, key[0], replace=True)


def test_nobody_is_signed_in_by_a_backup(store, settings, tmp_path, key):
    with store.engine.begin() as connection:
        fill(connection, metadata.sorted_tables, 3)
    elsewhere = settings_from({"ZONEMAP_DATA": str(tmp_path / "elsewhere")})

    restored(elsewhere, backed_up(store, settings, tmp_path / "b.age", key[1]), key[0])

    with closing(Store.open(elsewhere)) as again, again.engine.connect() as connection:
        for name in LEFT_OUT - {"site_change"}:  # which says that all sites are to be counted
            assert connection.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one() == 0, name


def test_a_backup_is_one_moment_while_others_save(store, settings, tmp_path, key, stored_floor):
    stop = threading.Event()

    def save_on() -> None:
        version = 1
        while not stop.is_set():
            with store.begin() as books:
                name = f"Save {version}"
                books.facilities.save(replace(books.facilities.get(stored_floor.facility_id), name=name))
                books.floors.save(replace(stored_floor, name=name), version, saved_at=NOW, saved_by="Bo")
            version += 1

    saving = threading.Thread(target=save_on)
    saving.start()
    try:
        file = backed_up(store, settings, tmp_path / "b.age", key[1])
    finally:
        stop.set()
        saving.join()
    elsewhere = settings_from({"ZONEMAP_DATA": str(tmp_path / "elsewhere")})
    restored(elsewhere, file, key[0])

    with closing(Store.open(elsewhere)) as again, again.read() as books:
        names = {books.facilities.list()[0].name, books.floors.get(stored_floor.id).floor.name}
    assert len(names) == 1 or names == {"Larkspur Clinic", "First floor"}


def test_a_wrong_key_touches_nothing(store, settings, tmp_path, key, stored_floor):
    file = backed_up(store, settings, tmp_path / "b.age", key[1])
    make_key(tmp_path / "other.txt")
    elsewhere = settings_from({"ZONEMAP_DATA": str(tmp_path / "elsewhere")})

    with pytest.raises(Invalid, match="sealed for another one"):
        restored(elsewhere, file, tmp_path / "other.txt")

    assert list(elsewhere.data.iterdir()) == []


@pytest.mark.parametrize("at", [0.0, 0.001, 0.5, 0.999])
@pytest.mark.parametrize("how", ["flipped", "cut"])
def test_a_changed_file_touches_nothing(store, settings, tmp_path, key, stored_floor, how, at):
    whole = backed_up(store, settings, tmp_path / "b.age", key[1]).read_bytes()
    place = int(at * (len(whole) - 1))
    changed = whole[:place] if how == "cut" else whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :]
    (tmp_path / "b.age").write_bytes(changed)
    elsewhere = settings_from({"ZONEMAP_DATA": str(tmp_path / "elsewhere")})

    with pytest.raises(Invalid, match=r"damaged|no backup"):
        restored(elsewhere, tmp_path / "b.age", key[0])

    assert list(elsewhere.data.iterdir()) == []


def test_what_is_there_is_replaced_only_when_said_and_kept_beside(store, settings, tmp_path, key, stored_floor):
    file = backed_up(store, settings, tmp_path / "b.age", key[1])
    with store.begin() as books:
        books.facilities.save(replace(books.facilities.get(stored_floor.facility_id), name="Later"))
    store.close()

    with pytest.raises(Conflict, match="--replace"):
        restored(settings, file, key[0])
    said = restored(settings, file, key[0], replace=True)

    with closing(Store.open(settings)) as again, again.read() as books:
        assert books.facilities.list()[0].name == "Larkspur Clinic"
    aside = next(settings.data.glob("zonemap.db.before-*"))
    assert aside.name in said[1]
    old = tmp_path / "old"
    old.mkdir(mode=0o700)
    aside.replace(old / DATABASE_NAME)
    with closing(Store.open(settings_from({"ZONEMAP_DATA": str(old)}))) as before, before.read() as books:
        assert books.facilities.list()[0].name == "Later"


def test_while_zonemap_runs_nothing_is_restored(store, settings, tmp_path, key, stored_floor):
    file = backed_up(store, settings, tmp_path / "b.age", key[1])

    with store.read(), pytest.raises(Busy, match="still running"):
        restored(settings, file, key[0], replace=True)

    with store.read() as books:
        assert books.floors.get(stored_floor.id).version == 1


def test_a_backup_of_a_newer_zonemap_is_refused(store, settings, tmp_path, key, monkeypatch):
    monkeypatch.setattr("zonemap.work.backup.revision", lambda: "9999")
    file = backed_up(store, settings, tmp_path / "b.age", key[1])
    monkeypatch.undo()

    with pytest.raises(Invalid, match="newer zonemap"):
        restored(settings_from({"ZONEMAP_DATA": str(tmp_path / "elsewhere")}), file, key[0])


def test_a_key_and_a_backup_are_never_overwritten_and_only_their_owner_opens_them(store, settings, tmp_path, key):
    file = backed_up(store, settings, tmp_path / "b.age", key[1])

    assert [path.stat().st_mode & 0o077 for path in (file, key[0])] == [0, 0]
    with pytest.raises(Invalid, match="never overwritten"):
        make_key(key[0])
    with pytest.raises(Invalid, match="never overwritten"):
        backed_up(store, settings, file, key[1])


@pytest.mark.parametrize(("text", "word"), [("age1nonsense", "no public key"), ("", "Say whom")])
def test_a_backup_is_sealed_for_somebody(store, settings, tmp_path, text, word):
    with pytest.raises(Invalid, match=word):
        make_backup(store, settings, tmp_path / "b.age", text.split(), made_id="b" * 32, clock=lambda: NOW)


def test_the_secret_key_is_not_taken_for_the_public_one(store, settings, tmp_path, key):
    secret = key[0].read_text().splitlines()[-1]

    with pytest.raises(Invalid, match="secret key") as refused:
        make_backup(store, settings, tmp_path / "b.age", [secret], made_id="b" * 32, clock=lambda: NOW)

    assert secret not in str(refused.value)


def test_a_folder_without_room_leaves_nothing_behind_and_the_trouble_is_noted(store, settings, key):
    out = settings.data / "zonemap.db" / "b.age"  # no folder

    with pytest.raises(Invalid, match="cannot be written"):
        backed_up(store, settings, out, key[1])

    with store.read() as books:
        (noted,) = books.backups.list()
        assert "cannot be written" in noted.trouble
        assert books.backups.newest_whole() is None
        assert not books.backups.begun_since(NOW - timedelta(hours=1), until=NOW, unfinished_since=NOW)


def test_each_night_one_is_made_by_one_of_the_servers_and_the_oldest_go(store, settings, tmp_path, key):
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "letter.age").write_text("not ours")
    nights = replace(settings, backup_folder=folder, backup_to=key[1], backup_keep=2)
    ids = iter(f"{number:032x}" for number in range(9))

    def night(number: int) -> object:
        moment = NOW + timedelta(hours=number)
        return backup_if_due(store, nights, clock=lambda: moment, new_id=lambda: next(ids))

    made = [night(hours) is not None for hours in (0, 1, 23, 25, 26, 51)]

    assert made == [True, False, False, True, False, True]
    assert sorted(path.name for path in folder.iterdir()) == [
        "letter.age",
        "zonemap-20261125-100000.zonemap.age",
        "zonemap-20261126-120000.zonemap.age",
    ]
    with store.read() as books:
        newest = books.backups.newest_whole()
    assert newest is not None
    assert newest.is_fresh(NOW + timedelta(days=7))
    assert not newest.is_fresh(NOW + timedelta(days=30))
    assert keep_newest(folder, 0, NOW) == []


def test_of_many_processes_that_look_at_once_one_makes_the_backup(any_store, settings, tmp_path, key):
    folder = tmp_path / "backups"
    folder.mkdir()
    nights = replace(settings, backup_folder=folder, backup_to=key[1])
    together = Barrier(4)

    def look(number: int) -> bool:
        together.wait()
        return backup_if_due(any_store, nights, clock=lambda: NOW, new_id=lambda: f"{number:032x}") is not None

    with ThreadPoolExecutor(4) as at_once:
        assert sum(at_once.map(look, range(4))) == 1
    assert len(list(folder.iterdir())) == 1


def test_a_backup_that_was_cut_off_is_made_again_after_a_while(store, settings, tmp_path, key):
    nights = replace(settings, backup_folder=tmp_path, backup_to=key[1])
    with store.begin() as books:
        books.backups.begin(BackupMade("c" * 32, NOW, "zonemap-cut-off"))

    def later(**wait: int) -> bool:
        moment = NOW + timedelta(**wait)
        return backup_if_due(store, nights, clock=lambda: moment, new_id=lambda: "d" * 32) is not None

    assert [later(hours=1), later(hours=3)] == [False, True]


def test_a_person_who_signs_in_after_a_restore_has_the_same_password(store, settings, tmp_path, key):
    account = add_account(store, "administrator", password_hash="kept")  # noqa: S106
    file = backed_up(store, settings, tmp_path / "b.age", key[1])
    elsewhere = settings_from({"ZONEMAP_DATA": str(tmp_path / "elsewhere")})

    restored(elsewhere, file, key[0])

    with closing(Store.open(elsewhere)) as again, again.read() as books:
        assert books.accounts.get(account.id) == account
        assert books.accounts.password_hash(account.id) == "kept"
