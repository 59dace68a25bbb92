"""The database is gone, another one, or can only be read: the desk goes on from memory, and a save says what to do."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults.paths import ANA, prepare
from tests.faults.small_disk import small_disk
from tests.page import PageClient
from tests.work.clinic import CLINIC, FIRST
from zonemap.errors import Busy
from zonemap.model.change import Drop
from zonemap.settings import Settings
from zonemap.storage.engine import DATABASE_NAME
from zonemap.storage.store import Store
from zonemap.web.app import create_app
from zonemap.work.desk import facility_desk
from zonemap.work.sessions import begin_session
from zonemap.work.zones import mark

DESK, DRAFT = f"/facilities/{CLINIC.id}/desk/", f"/floors/{FIRST.id}/draft"


def browser_of(settings: Settings, store: Store) -> PageClient:
    """Ana's, who has opened the desk once."""
    prepare(store)
    with store.begin() as books:
        begin_session(books, ANA.account_id, "token", datetime.now(UTC))
    client = PageClient(create_app(settings, store))
    client.client.set_cookie("zonemap", "token", domain="localhost")
    client.get(DESK)
    return client


def the_desk_answers(browser: PageClient) -> None:
    """Its first question, and what follows from an answer."""
    first = browser.get(DESK)
    token = first.one("meta[name=csrf-token]").attributes["content"]
    answered = browser.client.post(DESK, data={"csrf_token": token, "danger_now": "yes"})
    assert answered.status_code == 200


def refused(browser: PageClient, token: str) -> str:
    """What a save is told."""
    answer = browser.client.post(
        DRAFT, json={"version": 1, "changes": [{"drop": "door", "id": "d1"}]}, headers={"X-CSRF-Token": token}
    )
    assert answer.status_code == 503, answer.text
    return str(answer.get_json()["error"])


def token_of(browser: PageClient) -> str:
    return str(browser.get(DESK).one("meta[name=csrf-token]").attributes["content"])


def saved(store: Store) -> int:
    with store.read() as books:
        version = books.floors.get(FIRST.id).version
    return mark(store, ANA, FIRST.id, version, [Drop("door", "d2")], now=datetime.now(UTC)).version


@pytest.mark.parametrize("how", ["moved", "another in its place", "a folder in its place"])
def test_with_the_file_gone_the_desk_answers_and_nothing_is_written_where_nobody_would_find_it(
    settings: Settings, store: Store, tmp_path: Path, how: str
) -> None:
    browser, database = browser_of(settings, store), settings.data / DATABASE_NAME
    token = token_of(browser)
    for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm"):
        (settings.data / name).rename(tmp_path / name)
    if "another" in how:
        shutil.copy(tmp_path / DATABASE_NAME, database)
    elif "folder" in how:
        database.mkdir()

    the_desk_answers(browser)
    assert "not where it was" in refused(browser, token)
    assert database.exists() == (how != "moved"), "none is made anew"

    if database.is_dir():
        database.rmdir()
    for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm"):
        (tmp_path / name).replace(settings.data / name)
    assert saved(store) == 2, "put back, it is the same one"


def test_on_a_disk_that_can_only_be_read_the_desk_answers_and_a_save_says_so(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        settings = Settings(data=disk / "data", share=Path(__file__).parents[2])
        with closing(Store.open(settings)) as store:
            browser = browser_of(settings, store)
            token = token_of(browser)
            store.close()  # no file may be open while the disk is turned
            _remount(disk, "ro")
            the_desk_answers(browser)
            assert "nothing was saved" in refused(browser, token)
            store.close()
            _remount(disk, "rw")
            assert saved(store) == 2


def _remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


def test_with_postgresql_gone_the_desk_answers_and_a_save_says_so(
    postgresql_store: Store, postgresql_server: str, settings: Settings
) -> None:
    import psycopg

    browser = browser_of(settings, postgresql_store)
    token, name = token_of(browser), postgresql_store.engine.url.database
    with psycopg.connect(postgresql_server, autocommit=True) as boss:
        boss.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        boss.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))

        the_desk_answers(browser)
        assert "does not answer" in refused(browser, token)

        boss.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert saved(postgresql_store) == 2


def test_a_desk_that_nobody_has_opened_yet_says_that_the_database_is_gone(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    prepare(store)
    store.close()
    (settings.data / DATABASE_NAME).rename(tmp_path / "away")

    with pytest.raises(Busy, match="does not answer"):
        facility_desk(store, CLINIC.id, datetime.now(UTC))
