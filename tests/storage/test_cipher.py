"""Encryption at rest: nothing readable in the data folder, everything as before with the key, a sentence without it."""

from __future__ import annotations

import secrets
import shutil
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect

from tests.conftest import NOW, add_account, database_url
from tests.storage.random_rows import fill
from tests.storage.test_backup import contents
from zonemap.errors import Busy, Invalid
from zonemap.settings import Settings
from zonemap.storage import workroom
from zonemap.storage.backup_rows import kept_tables
from zonemap.storage.cipher import is_open, put_sealed
from zonemap.storage.engine import DATABASE_NAME, engine_for
from zonemap.storage.migrations import go_back, migrate, newest
from zonemap.storage.store import Store
from zonemap.work.backup import make_backup, make_key
from zonemap.work.encryption import encrypt_database
from zonemap.work.restore import restore_backup

pytest.importorskip("sqlcipher3", reason="pip install 'zonemap[cipher]' for the tests of encryption")
SAID = "Larkspur Clinic"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    file = tmp_path / "elsewhere" / "key"
    file.parent.mkdir()
    file.write_text(f"# a comment\n{secrets.token_hex(32)}\n")
    return file


@pytest.fixture
def sealed(tmp_path: Path, key_file: Path, migrated_sqlite: Path) -> Settings:
    """Settings of an empty, encrypted database at the newest revision."""
    settings = Settings(data=tmp_path / "sealed", key_file=key_file)
    settings.data.mkdir(mode=0o700)
    put_sealed(migrated_sqlite, settings.data / DATABASE_NAME, key_file.read_text().split()[-1])
    return settings


def filled(store: Store, seed: int) -> None:
    with store.engine.begin() as connection:
        fill(connection, kept_tables(), seed)


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_nothing_of_the_data_can_be_read_in_the_folder_and_all_of_it_with_the_key(sealed, facility):
    with closing(Store.open(sealed)) as store:
        with store.begin() as books:
            books.facilities.add(facility)
        assert (sealed.data / f"{DATABASE_NAME}-wal").stat().st_size > 0
        lying_there = on_disk(sealed.data)  # while it is open: journal and all
    lying_there += on_disk(sealed.data)

    for text in (SAID, "SQLite format 3", "CREATE TABLE", "facility", facility.id):
        assert text.encode() not in lying_there
    with closing(Store.open(sealed)) as store, store.read() as books:
        assert books.facilities.get(facility.id).name == SAID


def test_one_sees_at_once_what_another_process_wrote(sealed, facility):
    with closing(Store.open(sealed)) as one, closing(Store.open(sealed)) as other:
        assert one.recall("all", lambda books: len(books.facilities.list())) == 0
        with other.begin() as books:
            books.facilities.add(facility)
        assert one.recall("all", lambda books: len(books.facilities.list())) == 1


def test_a_database_is_encrypted_where_it_lies_and_keeps_every_row(store, settings, tmp_path):
    filled(store, 7)
    before = contents(store)
    store.close()
    (settings.data / f"{DATABASE_NAME}.before-20260101-000000").write_bytes(b"SQLite format 3\0 and more")
    named = replace(settings, key_file=tmp_path / "new-key")

    said = " ".join(encrypt_database(named))

    assert "A new key" in said
    assert "Not encrypted: zonemap.db.before-20260101-000000" in said
    assert (tmp_path / "new-key").stat().st_mode & 0o777 == 0o600
    assert (settings.data / DATABASE_NAME).stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in settings.data.iterdir()) == [
        DATABASE_NAME,
        f"{DATABASE_NAME}.before-20260101-000000",
    ]
    with closing(Store.open(named)) as opened:
        assert contents(opened) == before
        with opened.engine.connect() as connection:  # triggers came along: the record can still not be changed
            triggers = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
            assert connection.exec_driver_sql(triggers).scalar_one() >= 4
    with pytest.raises(Invalid, match="encrypted already"):
        encrypt_database(named)


def test_what_is_still_open_is_not_encrypted_under_somebody_s_hands(store, settings, key_file, facility):
    with store.begin() as books:
        books.facilities.add(facility)
        with pytest.raises(Busy, match="still running"):
            encrypt_database(replace(settings, key_file=key_file))
    with store.read() as books:
        assert books.facilities.list() == [facility]
    assert is_open(settings.data / DATABASE_NAME)


@pytest.mark.parametrize("missing", [True, False])
def test_without_the_key_or_with_another_there_is_one_sentence(sealed, tmp_path, missing):
    other = tmp_path / "other-key"
    other.write_text(secrets.token_hex(32))
    says = "is encrypted, or damaged. Name its key" if missing else "This key does not open the database"

    with pytest.raises(Invalid, match=says):
        Store.open(replace(sealed, key_file=None if missing else other))

    Store.open(sealed).close()


def test_a_key_beside_a_database_in_the_open_is_told_and_changes_nothing(store, settings, key_file):
    with pytest.raises(Invalid, match="not encrypted yet"):
        Store.open(replace(settings, key_file=key_file))


@pytest.mark.parametrize("text", ["", "abc", "g" * 64, f"{'a' * 64}\n{'b' * 64}"])
def test_what_is_no_key_is_told(sealed, key_file, text):
    key_file.write_text(text)
    with pytest.raises(Invalid, match="ZONEMAP_KEY_FILE gives no key"):
        Store.open(sealed)


def test_a_key_in_the_data_folder_or_for_postgresql_is_refused(sealed, tmp_path, key_file):
    inside = sealed.data / "key"
    shutil.copy(key_file, inside)
    link = tmp_path / "link"
    link.symlink_to(inside)
    for file in (inside, link):
        with pytest.raises(Invalid, match="must lie outside the data folder"):
            Store.open(replace(sealed, key_file=file))
    with pytest.raises(Invalid, match="A key is for SQLite alone"):
        Store.open(replace(sealed, database_url="postgresql://nobody@localhost/nothing"))


def test_a_command_may_give_the_key(sealed, key_file, tmp_path):
    by_command = replace(sealed, key_file=None, key_command=f"cat '{key_file}'")
    Store.open(by_command).close()

    with pytest.raises(Invalid, match="both name a key"):
        Store.open(replace(by_command, key_file=key_file))
    with pytest.raises(Invalid, match="cannot be run"):
        Store.open(replace(by_command, key_command="no-such-program-anywhere"))
    with pytest.raises(Invalid, match="ended with 3"):
        Store.open(replace(by_command, key_command=f"'{sys.executable}' -S -c 'raise SystemExit(3)'"))


def test_an_older_database_is_brought_up_to_date_under_its_key(sealed, facility):
    with closing(Store.open(sealed)) as store, store.begin() as books:
        books.facilities.add(facility)
    engine = engine_for(sealed)
    go_back(engine, to="0020")
    engine.dispose()

    with closing(Store.open(sealed)) as store:
        with store.read() as books:
            assert books.facilities.get(facility.id).name == SAID
        assert inspect(store.engine).has_table("sso_binding")
    assert SAID.encode() not in on_disk(sealed.data)


def test_a_backup_goes_from_and_to_encrypted_databases_and_never_lies_on_a_disk_in_the_open(
    sealed, tmp_path, monkeypatch, key_file
):
    public = make_key(tmp_path / "backup-key")
    with closing(Store.open(sealed)) as store:
        filled(store, 8)
        add_account(store, "administrator")
        before = contents(store)
        seen: list[Path] = []
        monkeypatch.setattr("zonemap.work.backup.room_for_work", watched(seen))
        made = make_backup(store, sealed, tmp_path / "b.age", [public], made_id="b" * 32, clock=lambda: NOW)
    assert made.verified_at is not None
    assert seen
    assert not any(sealed.data in folder.parents for folder in seen)
    assert not any(folder.exists() for folder in seen)

    elsewhere = tmp_path / "another" / "key"
    elsewhere.parent.mkdir()
    elsewhere.write_text(secrets.token_hex(32))
    for name, key in (("open", None), ("same", key_file), ("other", elsewhere)):
        goal = Settings(data=tmp_path / name, key_file=key)
        restore_backup(goal, tmp_path / "b.age", tmp_path / "backup-key", replace=False, now=NOW)
        assert (goal.data / DATABASE_NAME).read_bytes().startswith(b"SQLite format 3") is (key is None)
        assert sorted(path.name for path in goal.data.iterdir()) == [DATABASE_NAME]
        with closing(Store.open(goal)) as store:
            assert contents(store) == before


def watched(seen: list[Path]):
    from contextlib import contextmanager

    @contextmanager
    def room(settings: Settings):
        with workroom.room_for_work(settings) as folder:
            seen.append(folder)
            yield folder

    return room


def test_a_copy_in_memory_that_a_kill_left_is_removed_by_whoever_comes_next(sealed):
    with workroom.room_for_work(sealed) as folder:
        left = folder.parent / "backup-left"
        left.mkdir()
    assert workroom.clear_leftovers(sealed) == [left]
    assert not left.exists()


def test_an_encrypted_backup_fills_an_empty_postgresql(sealed, tmp_path, postgresql_server):
    public = make_key(tmp_path / "backup-key")
    with closing(Store.open(sealed)) as store:
        filled(store, 9)
        add_account(store, "administrator")
        before = contents(store)
        make_backup(store, sealed, tmp_path / "b.age", [public], made_id="b" * 32, clock=lambda: NOW)
    url = database_url(postgresql_server, "zonemap_from_sealed", make=True)
    goal = Settings(data=tmp_path / "unused", database_url=url)

    restore_backup(goal, tmp_path / "b.age", tmp_path / "backup-key", replace=False, now=NOW)

    with closing(Store.open(goal)) as store:
        assert contents(store) == before


def test_the_newest_revision_is_made_in_a_new_encrypted_database_too(tmp_path, key_file):
    engine = engine_for(Settings(data=tmp_path / "new", key_file=key_file))
    migrate(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == newest()
    engine.dispose()
    assert b"alembic" not in on_disk(tmp_path / "new")
