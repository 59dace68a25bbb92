"""Read-only mode: everything can be read and printed, the desk answers, and no change is made, by no way."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from tests.conftest import NOW
from tests.faults.paths import ANA, PATHS, SLOW_PATHS, prepare
from tests.page import PageClient
from tests.web.routes import ROUTES
from tests.work.clinic import CLINIC, FIRST
from zonemap.errors import Invalid, ReadOnly
from zonemap.settings import Settings
from zonemap.storage.backup_rows import LEFT_OUT, kept_tables
from zonemap.storage.store import Store
from zonemap.web.app import create_app
from zonemap.work.passwords import hash_password
from zonemap.work.restore import restore_backup
from zonemap.work.sample import load_sample
from zonemap.work.sessions import begin_session
from zonemap.work.sign_plans import acknowledge

DESK, DRAFT = f"/facilities/{CLINIC.id}/desk/", f"/floors/{FIRST.id}/draft"
PASSWORD = "horse battery staple lamp"  # noqa: S105
PASSING = {"session", "print_job"}  # what these two write is no part of a backup


@pytest.fixture
def frozen(store: Store, settings: Settings) -> Settings:
    """A clinic, and settings that let nothing change."""
    prepare(store)
    acknowledge(store, ANA, CLINIC.id, ["es"], now=NOW)
    with store.begin() as books:
        books.accounts.set_password(ANA.account_id, hash_password(PASSWORD))
        begin_session(books, ANA.account_id, "token", datetime.now(UTC))
    store.close()
    return replace(settings, read_only=True)


@pytest.fixture
def browser(frozen: Settings) -> PageClient:
    client = PageClient(create_app(frozen))
    client.client.set_cookie("zonemap", "token", domain="localhost")
    return client


def lasting(store: Store) -> list[str]:
    with store.engine.connect() as connection:
        return sorted(repr((t.name, tuple(row))) for t in kept_tables() for row in connection.execute(t.select()))


def test_every_way_of_writing_is_refused_in_a_sentence_and_changes_nothing(frozen: Settings) -> None:
    with closing(Store.open(frozen)) as store:
        before = lasting(store)
        for name, act in (PATHS | SLOW_PATHS).items():
            if name in PASSING:
                act(store, 1)
            else:
                with pytest.raises(ReadOnly, match="being upgraded or moved"):
                    act(store, 1)
            assert lasting(store) == before, name
        with pytest.raises(ReadOnly):
            load_sample(store, frozen.floorplans, now=NOW)
        assert lasting(store) == before


def test_every_page_opens_as_it_does_without_and_says_that_nothing_can_be_changed(
    browser: PageClient, store: Store, settings: Settings
) -> None:
    usual = PageClient(create_app(settings, store))
    usual.client.set_cookie("zonemap", "token", domain="localhost")
    for address in (f"/facilities/{CLINIC.id}/", "/people/", f"/facilities/{CLINIC.id}/signs/", f"/floors/{FIRST.id}/"):
        assert "Nothing can be changed for the moment" in browser.get(address).response.text
        assert "Nothing can be changed" not in usual.get(address).response.text
    looked = [route for route in ROUTES if route.startswith("GET ") and "<" not in route]
    for route in looked:
        with browser.client.get(route[4:]) as here, usual.client.get(route[4:]) as there:
            assert here.status_code == there.status_code, route


def test_the_desk_answers_a_pack_is_made_and_a_save_gets_503_with_the_sentence(browser: PageClient) -> None:
    token = browser.get(DESK).one("meta[name=csrf-token]").attributes["content"]
    assert browser.client.post(DESK, data={"csrf_token": token, "danger_now": "yes"}).status_code == 200
    assert browser.client.get(f"/facilities/{CLINIC.id}/signs/{FIRST.id}/d1.pdf?lang=en").data.startswith(b"%PDF")

    refused = browser.client.post(
        DRAFT, json={"version": 1, "changes": [{"drop": "door", "id": "d1"}]}, headers={"X-CSRF-Token": str(token)}
    )

    assert refused.status_code == 503
    assert "read-only mode" in refused.get_json()["error"]


def test_people_sign_in_and_out_as_ever(frozen: Settings) -> None:
    guest = PageClient(create_app(frozen))
    guest.get("/signin")

    guest.post("/signin", {"email": "ana@clinic.example", "password": PASSWORD})

    assert guest.get("/account").h1 == "Your account"
    guest.post("/signout", {})
    assert guest.client.get("/account").status_code == 303


def test_no_schema_is_changed_no_database_made_and_no_backup_put_in_place(
    frozen: Settings, store: Store, tmp_path
) -> None:
    with pytest.raises(ReadOnly):
        restore_backup(frozen, tmp_path / "b.age", tmp_path / "key.txt", replace=True, now=NOW)
    with pytest.raises(Invalid, match="none is made"):
        Store.open(replace(frozen, data=tmp_path / "nothing"))
    assert not (tmp_path / "nothing").exists()
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    with pytest.raises(Invalid, match="revision 0004"):
        Store.open(frozen)


def test_what_may_be_written_is_just_what_no_backup_keeps(frozen: Settings) -> None:
    with closing(Store.open(frozen)) as store:
        for table in kept_tables():
            assert table.name not in LEFT_OUT
            with pytest.raises(ReadOnly), store.begin() as books:
                books.clock._connection.execute(table.insert().values({}))


def test_postgresql_is_held_the_same_way(postgresql_store: Store, settings: Settings) -> None:
    prepare(postgresql_store)
    url = postgresql_store.engine.url.render_as_string(hide_password=False)
    frozen = Settings(data=settings.data, database_url=url.replace("+psycopg", ""), read_only=True)
    with closing(Store.open(frozen)) as store, pytest.raises(ReadOnly):
        PATHS["floor_save"](store, 1)
