"""Upgrade and the way back: what was there before is kept, and an older zonemap works on with it."""

from __future__ import annotations

import io
import os
import secrets
import shutil
import subprocess
import sys
import tarfile
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import NOW, add_account
from tests.storage.random_rows import fill
from tests.storage.test_backup import contents
from zonemap.errors import Busy, Invalid
from zonemap.settings import Settings
from zonemap.storage.backup_rows import kept_tables
from zonemap.storage.cipher import is_open
from zonemap.storage.engine import DATABASE_NAME, engine_for
from zonemap.storage.migrations import go_back, newest
from zonemap.storage.migrations import revision_in as revision_there
from zonemap.storage.store import Store
from zonemap.work.backup import make_key
from zonemap.work.restore import restore_backup

ROOT = Path(__file__).resolve().parents[2]
OLD = "0027"
# The last commit of revision 0026: a zonemap as somebody may have it.
OLDER_ZONEMAP, ITS_REVISION = "f51a868b540715e13b3dd535b25a57f574aa311c", "0026"


def at_revision(settings: Settings, revision: str) -> None:
    """Bring a database back to what an older zonemap would have."""
    engine = engine_for(settings)
    go_back(engine, to=revision)
    engine.dispose()


def revision_in(settings: Settings) -> str | None:
    engine = engine_for(settings)
    try:
        return revision_there(engine)
    finally:
        engine.dispose()


def some_data(settings: Settings, seed: int = 5) -> None:
    with closing(Store.open(settings)) as store:
        add_account(store, "administrator")
        with store.engine.begin() as connection:
            fill(connection, kept_tables(), seed)


def lying_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_before_an_upgrade_the_database_is_copied_and_the_copy_is_of_the_old_zonemap(settings):
    some_data(settings)
    at_revision(settings, OLD)

    with closing(Store.open(settings)) as store:
        after = contents(store)

    kept = settings.data / f"{DATABASE_NAME}.before-{OLD}"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert revision_in(settings) == newest()
    back = Settings(data=settings.data.parent / "back")
    back.data.mkdir()
    shutil.copy(kept, back.data / DATABASE_NAME)
    assert revision_in(back) == OLD
    with closing(Store.open(back)) as store:
        assert contents(store) == after

    at_revision(settings, "0028")
    Store.open(settings).close()
    assert lying_in(settings.data) == [DATABASE_NAME, f"{DATABASE_NAME}.before-0028"]  # one way back, not all of them


def test_of_an_empty_database_and_of_one_that_is_up_to_date_nothing_is_copied(settings):
    Store.open(settings).close()
    at_revision(settings, OLD)
    for _ in range(2):
        Store.open(settings).close()
    assert lying_in(settings.data) == [DATABASE_NAME]


def test_of_an_encrypted_database_the_copy_is_encrypted_too(tmp_path):
    pytest.importorskip("sqlcipher3", reason="pip install 'zonemap[cipher]' for the tests of encryption")
    (tmp_path / "key").write_text(secrets.token_hex(32))
    sealed = Settings(data=tmp_path / "sealed", key_file=tmp_path / "key")
    some_data(sealed)
    at_revision(sealed, OLD)
    Store.open(sealed).close()

    kept = sealed.data / f"{DATABASE_NAME}.before-{OLD}"
    assert not is_open(kept)
    kept.replace(sealed.data / DATABASE_NAME)
    assert revision_in(sealed) == OLD


def test_servers_that_start_at_once_keep_what_was_there_before_all_of_them(settings):
    some_data(settings)
    at_revision(settings, OLD)
    opened: list[Store] = []
    threads = [threading.Thread(target=lambda: opened.append(Store.open(settings))) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    for store in opened:
        store.close()

    assert len(opened) == 3
    (settings.data / f"{DATABASE_NAME}.before-{OLD}").replace(settings.data / DATABASE_NAME)
    assert revision_in(settings) == OLD


def test_a_database_that_an_older_zonemap_has_open_is_not_brought_up_to_date(settings):
    some_data(settings)
    at_revision(settings, OLD)
    older = engine_for(settings)
    with older.connect() as writing:
        writing.execute(text("UPDATE account SET name = 'Ana'"))
        writing.commit()
        with older.execution_options(zonemap_read=True).connect() as looking:
            looking.execute(text("SELECT count(*) FROM account")).scalar_one()
            writing.execute(text("UPDATE account SET name = 'Bo'"))
            writing.commit()  # waits in the log, as long as somebody looks at what was before
            with pytest.raises(Busy, match="still running"):
                Store.open(settings)
    older.dispose()
    assert revision_in(settings) == OLD


def test_a_database_of_a_newer_zonemap_is_left_alone(settings):
    some_data(settings)
    engine = engine_for(settings)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(Invalid, match="A newer zonemap has written this database"):
        Store.open(settings)


def test_of_postgresql_a_sealed_backup_is_made_that_the_older_zonemap_can_restore(postgresql_store, tmp_path, settings):
    with postgresql_store.engine.begin() as connection:
        fill(connection, kept_tables(), 6)
    url = postgresql_store.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    go_back(postgresql_store.engine, to=OLD)
    folder = tmp_path / "backups"
    folder.mkdir()
    key = tmp_path / "key"
    server = replace(settings, database_url=url, backup_folder=folder, backup_to=make_key(key))

    with closing(Store.open(server)) as upgraded:
        after = contents(upgraded)

    assert lying_in(folder) == [f"zonemap-before-{OLD}.zonemap.age"]
    elsewhere = Settings(data=tmp_path / "elsewhere")
    said = restore_backup(elsewhere, folder / f"zonemap-before-{OLD}.zonemap.age", key, replace=False, now=NOW)
    assert said[0].startswith("Restored")
    with closing(Store.open(elsewhere)) as restored:
        assert contents(restored) == after
    assert list(settings.data.glob("backup-*")) == []


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An older zonemap, from the history of this one."""
    git = ["git", "-C", str(ROOT), "archive", OLDER_ZONEMAP, "zonemap"]
    packed = subprocess.run(git, capture_output=True)
    if packed.returncode:
        pytest.skip("the history of this checkout does not reach back to an older zonemap")
    folder = tmp_path_factory.mktemp("older")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as box:
        box.extractall(folder, filter="data")
    return folder


def by_older(older: Path, settings: Settings, deed: str) -> subprocess.CompletedProcess[str]:
    """Let the older zonemap do something in a process of its own."""
    opened = (
        "from zonemap.settings import settings_from; from zonemap.storage.store import Store; "
        "from zonemap.model.facility import Facility, SiteKind; store = Store.open(settings_from())\n"
    )
    environment = os.environ | {"PYTHONPATH": str(older), "ZONEMAP_DATA": str(settings.data)}
    return subprocess.run(
        [sys.executable, "-c", opened + deed], cwd=older, env=environment, capture_output=True, text=True
    )


def test_an_older_zonemap_is_brought_up_to_date_and_works_on_after_the_way_back(older, settings, facility):
    add = (
        "with store.begin() as books:\n"
        "    books.facilities.add(Facility({0!r}, {1!r}, '1 A St', '', 'Salem', 'IL', '62881', SiteKind.CLINIC))\n"
        "store.close()\n"
        "import zonemap; print(zonemap.__file__)"
    )
    made = by_older(older, settings, add.format(facility.id, facility.name))
    assert str(older) in made.stdout, made.stderr
    assert revision_in(settings) == ITS_REVISION

    with closing(Store.open(settings)) as store, store.begin() as books:
        assert books.facilities.get(facility.id).name == facility.name
        books.facilities.add(replace(facility, id="f" * 32, name="Added after the upgrade"))

    (settings.data / f"{DATABASE_NAME}.before-{ITS_REVISION}").replace(settings.data / DATABASE_NAME)
    names = "with store.read() as books: print([each.name for each in books.facilities.list()])\nstore.close()"
    back = by_older(
        older, settings, f"{add.format('e' * 32, 'Added after the way back')}\n".replace("store.close()\n", "") + names
    )
    assert back.returncode == 0, back.stderr
    assert "['Added after the way back', 'Larkspur Clinic']" in back.stdout
    assert revision_in(settings) == ITS_REVISION
