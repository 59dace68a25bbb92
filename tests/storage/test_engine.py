"""The connection: private files, safe pragmas, plain sentences."""

from __future__ import annotations

import logging
import stat

import pytest

from zonemap.errors import Invalid
from zonemap.settings import settings_from
from zonemap.storage import engine
from zonemap.storage.engine import DATABASE_NAME, engine_for, sqlite_module, wal_is_safe
from zonemap.storage.store import Store


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_and_database_are_for_their_owner_alone(tmp_path):
    folder = tmp_path / "some where" / "data"
    store = Store.open(settings_from({"ZONEMAP_DATA": str(folder)}))

    assert mode(folder) == 0o700
    assert {mode(path) for path in folder.iterdir()} == {0o600}
    store.close()


def test_a_folder_made_beforehand_is_closed_but_one_with_other_things_is_left_alone(tmp_path, caplog):
    empty, full = tmp_path / "empty", tmp_path / "full"
    for folder in (empty, full):
        folder.mkdir(mode=0o755)
        folder.chmod(0o755)
    (full / "letter.txt").touch()

    for folder in (empty, full):
        engine_for(settings_from({"ZONEMAP_DATA": str(folder)})).dispose()

    assert (mode(empty), mode(full)) == (0o700, 0o755)
    assert mode(full / DATABASE_NAME) == 0o600
    assert "Others can look into the data folder" in caplog.text


def pragma(opened: Store, name: str) -> object:
    with opened.engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_sqlite_keeps_what_it_acknowledged(store):
    found = {name: pragma(store, name) for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    assert pragma(store, "mmap_size") == 0
    assert wal_is_safe(sqlite_module().sqlite_version_info)


@pytest.mark.parametrize(
    ("version", "safe"),
    [((3, 40, 1), False), ((3, 50, 6), False), ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True)],
)
def test_versions_that_can_damage_their_log_are_known(version, safe):
    assert wal_is_safe(version) is safe


def test_such_a_version_works_with_the_rollback_journal_and_says_so(settings, monkeypatch, caplog):
    monkeypatch.setattr(engine, "wal_is_safe", lambda _version: False)
    with caplog.at_level(logging.WARNING):
        opened = Store.open(settings)

    assert pragma(opened, "journal_mode") == "delete"
    assert pragma(opened, "synchronous") == 3
    assert "rollback journal" in caplog.text
    opened.close()


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(Invalid, match="Give ZONEMAP_DATA the path of a folder that you own"):
        engine_for(settings_from({"ZONEMAP_DATA": str(tmp_path / "file" / "data")}))


@pytest.mark.parametrize("url", ["mysql://somewhere/zonemap", "sqlite:///x.db", "not a url"])
def test_a_url_that_is_not_postgresql_is_said_in_words(url):
    with pytest.raises(Invalid, match="ZONEMAP_DATABASE_URL must"):
        engine_for(settings_from({"ZONEMAP_DATABASE_URL": url}))
