"""The disk is full: a sentence, nothing half there, the desk goes on, and with room again everything works."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import NOW
from tests.faults.grounds import digest
from tests.faults.paths import ANA, PATHS, prepare, upload
from tests.faults.small_disk import fill, make_room, small_disk
from tests.page import PageClient
from tests.work.clinic import CLINIC, FIRST
from zonemap.errors import Invalid, NoRoom
from zonemap.settings import Settings, settings_from
from zonemap.storage.backup_rows import sound
from zonemap.storage.engine import DATABASE_NAME
from zonemap.storage.store import Store
from zonemap.web.app import create_app
from zonemap.work.backup import make_backup, make_key
from zonemap.work.export import export_facility
from zonemap.work.record import doctor_lines
from zonemap.work.restore import restore_backup
from zonemap.work.sessions import begin_session

DESK = f"/facilities/{CLINIC.id}/desk/"


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """A database with a clinic in it, to copy."""
    folder = tmp_path_factory.mktemp("full") / "data"
    folder.mkdir(mode=0o700)
    shutil.copy(migrated_sqlite, folder / DATABASE_NAME)
    with closing(Store.open(settings_from({"ZONEMAP_DATA": str(folder)}))) as store:
        prepare(store)
    return folder / DATABASE_NAME


@pytest.fixture
def disk(tmp_path: Path, at_work: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as there:
        (there / "data").mkdir(mode=0o700)
        shutil.copy(at_work, there / "data" / DATABASE_NAME)
        yield there


@pytest.fixture
def settings(disk: Path) -> Settings:
    return settings_from({"ZONEMAP_DATA": str(disk / "data")})


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with closing(Store.open(settings)) as opened:
        yield opened


@pytest.fixture
def app(settings: Settings, store: Store) -> Flask:
    return create_app(settings, store)


@pytest.fixture
def browser(app: Flask, store: Store) -> PageClient:
    """Ana's."""
    with store.begin() as books:
        begin_session(books, ANA.account_id, "token", datetime.now(UTC))
    client = PageClient(app)
    client.client.set_cookie("zonemap", "token", domain="localhost")
    return client


def test_what_is_written_while_the_disk_is_full_is_refused_in_a_sentence_and_works_once_there_is_room(
    disk: Path, settings: Settings, at_work: Path
) -> None:
    database = settings.data / DATABASE_NAME
    for name, act in (PATHS | {"upload": upload}).items():
        for left in settings.data.iterdir():
            left.unlink()
        shutil.copy(at_work, database)
        with closing(Store.open(settings)) as store:
            before = digest(database)
            fill(disk)
            with pytest.raises(NoRoom, match="Make room on the disk"):
                act(store, 1)
            assert digest(database) == before, f"{name} left something half done"
            make_room(disk)
            act(store, 1)
            assert digest(database) != before, name
            assert doctor_lines(store, None, None)[1]
        assert sound(settings.data)


def test_with_a_full_disk_pages_are_read_the_desk_answers_and_a_save_says_what_to_do(
    disk: Path, browser: PageClient
) -> None:
    page = browser.get(f"/facilities/{CLINIC.id}/")
    fill(disk)

    assert browser.get(DESK).text
    assert browser.get(f"/facilities/{CLINIC.id}/").text
    token = page.one("meta[name=csrf-token]").attributes["content"]
    refused = browser.client.post(
        f"/floors/{FIRST.id}/draft",
        json={"version": 1, "changes": [{"drop": "door", "id": "d1"}]},
        headers={"X-CSRF-Token": str(token)},
    )
    assert refused.status_code == 507
    assert "Make room on the disk" in refused.get_json()["error"]
    assert refused.headers["Retry-After"]

    make_room(disk)
    saved = browser.client.post(
        f"/floors/{FIRST.id}/draft",
        json={"version": 1, "changes": [{"drop": "door", "id": "d1"}]},
        headers={"X-CSRF-Token": str(token)},
    )
    assert saved.status_code == 200


@pytest.mark.parametrize("what", ["backup", "restore", "export", "key"])
def test_files_are_whole_or_absent_on_a_full_disk(
    disk: Path, store: Store, settings: Settings, tmp_path: Path, what: str
) -> None:
    public = make_key(tmp_path / "key.txt")

    def backup(out: Path) -> None:
        make_backup(store, settings, out, [public], made_id=out.stem.rjust(32, "0"), clock=lambda: NOW)

    backup(tmp_path / "1.age")
    elsewhere = settings_from({"ZONEMAP_DATA": str(disk / "elsewhere")})
    works: dict[str, tuple[Path, Callable[[], object]]] = {
        "backup": (disk / "2.age", lambda: backup(disk / "2.age")),
        "restore": (
            elsewhere.data / DATABASE_NAME,
            lambda: restore_backup(elsewhere, tmp_path / "1.age", tmp_path / "key.txt", replace=False, now=NOW),
        ),
        "export": (disk / "plan.json", lambda: export_facility(store, CLINIC.id, disk / "plan.json")),
        "key": (disk / "key.txt", lambda: make_key(disk / "key.txt")),
    }
    out, do = works[what]
    fill(disk)
    with pytest.raises((NoRoom, Invalid), match=r"full|room|No space"):
        do()
    assert not out.exists()
    assert [path.name for path in disk.rglob("*.part")] == []

    make_room(disk)
    do()
    assert out.stat().st_size
