"""Every migration up, down and with data, on SQLite and PostgreSQL; and the newest revision is what the tables say."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from tests.conftest import NOW, add_account, database_url
from zonemap.model.facility import Contact, ContactRole, Designation
from zonemap.storage import migrations
from zonemap.storage.engine import engine_for
from zonemap.storage.migrations import go_back, migrate, newest
from zonemap.storage.store import Store
from zonemap.storage.tables import metadata


def config() -> Config:
    made = Config()
    made.set_main_option("path_separator", "os")
    made.set_main_option("script_location", str(next(iter(migrations.__path__))))
    return made


def revisions() -> list[str]:
    """All of them, oldest first."""
    return [each.revision for each in ScriptDirectory.from_config(config()).walk_revisions()][::-1]


@pytest.fixture(scope="module", autouse=True)
def read_once():
    """The revisions are read from their files once, not for each of the hundreds of steps."""
    read = ScriptDirectory.from_config(config())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScriptDirectory, "from_config", lambda _: read)
        yield


@pytest.fixture
def engine(any_settings):
    opened = engine_for(any_settings)
    yield opened
    opened.dispose()


def schema(engine) -> dict[str, object]:
    """Tables, columns, indexes and constraints, as the database reports them: asked for all tables at once."""
    look = inspect(engine)
    columns, indexes = look.get_multi_columns(), look.get_multi_indexes()
    keys, uniques = look.get_multi_foreign_keys(), look.get_multi_unique_constraints()
    return {
        str(table[1]): (
            [(column["name"], str(column["type"]), column["nullable"]) for column in columns[table]],
            sorted(index["name"] for index in indexes.get(table, ())),
            sorted(str(key["name"]) for key in keys.get(table, ())),
            sorted(str(unique["name"]) for unique in uniques.get(table, ())),
        )
        for table in columns
    }


def test_revisions_form_one_line_and_are_numbered_in_order():
    assert revisions() == [f"{number:04d}" for number in range(1, len(revisions()) + 1)]
    assert newest() == revisions()[-1]


def test_a_database_at_the_newest_revision_is_opened_without_alembic(store, settings):
    opens = "import sys; from zonemap.settings import settings_from; from zonemap.storage.store import Store"
    says = "Store.open(settings_from()).close(); print('alembic' in sys.modules)"
    environment = {**os.environ, "ZONEMAP_DATA": str(settings.data)}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", f"{opens}; {says}"], cwd=root, env=environment, capture_output=True, text=True
    )
    assert done.stdout == "False\n", done.stderr


def test_the_newest_revision_is_what_the_tables_say(engine):
    migrate(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_each_step_up_can_be_taken_back_and_leaves_the_schema_as_it_was(engine):
    before, here = "base", schema(engine)
    for revision in revisions():
        migrate(engine, to=revision)
        there = schema(engine)
        assert there != here, revision
        go_back(engine, to=before)
        left = schema(engine)
        assert {name: left[name] for name in left if name != "alembic_version"} == {
            name: here[name] for name in here if name != "alembic_version"
        }
        migrate(engine, to=revision)
        assert schema(engine) == there
        before, here = revision, there


def test_the_way_down_leaves_nothing_behind(engine):
    migrate(engine)
    go_back(engine, to="base")

    assert inspect(engine).get_table_names() == ["alembic_version"]
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            functions = "SELECT count(*) FROM pg_proc WHERE proname LIKE 'designation%'"
            assert connection.execute(text(functions)).scalar_one() == 0


@pytest.fixture
def with_data(any_settings, facility, floor):
    """A store with something in it, and the proof that all of it is in a store."""
    opened = Store.open(any_settings)
    account = add_account(opened, "administrator", "desk", password_hash="x")  # noqa: S106
    contact = Contact("c" * 32, facility.id, ContactRole.RESPONDER, "Dana", "555-0142", "always", 1)
    made = Designation("d" * 32, facility, floor, 1, 1, NOW, "Ana")
    under = floor.picture
    with opened.begin() as books:
        books.facilities.add(facility)
        books.contacts.replace(facility.id, (contact,))
        books.floors.add(floor, saved_at=NOW, saved_by="Ana")
        books.floors.save(replace(floor, name="Later"), 1, saved_at=NOW, saved_by="Bo")
        books.pictures.add("1" * 32, facility.id, b"png", {(0, 0, 0): b"tile"})
        books.designations.add(made)
        books.pictures.add(under.id, facility.id, b"png", {})

    def all_is_there(store: Store) -> None:
        with store.read() as books:
            assert books.accounts.get(account.id) == account
            assert books.facilities.list() == [facility]
            assert books.contacts.list(facility.id) == [contact]
            assert books.floors.get(floor.id).floor == replace(floor, name="Later")
            assert books.pictures.tile("1" * 32, 0, 0, 0) == b"tile"
            assert books.pictures.facility_of(under.id) == facility.id, "found again by its floor"
            assert books.designations.list(facility.id) == [made]

    yield opened, all_is_there
    opened.close()


def test_data_survives_every_step_down_to_the_first_revision_and_up_again(with_data):
    opened, all_is_there = with_data
    for revision in reversed(revisions()[:-1]):
        go_back(opened.engine, to=revision)
    migrate(opened.engine)

    all_is_there(opened)
    with opened.read() as books:
        assert books.pictures.facility_of("1" * 32) is None, "a picture that no floor has is nobody's"
    with pytest.raises(Exception, match="never changed or removed"), opened.engine.begin() as connection:
        connection.execute(text("DELETE FROM designation"))


@pytest.mark.long
def test_a_database_of_every_earlier_revision_is_brought_up_with_its_data(with_data, any_settings, request, tmp_path):
    """Each on a copy: a file, or a database made from this one as its template."""
    opened, all_is_there = with_data
    for revision in reversed(revisions()[:-1]):
        go_back(opened.engine, to=revision)
        opened.close()  # nobody may have a template open
        if any_settings.database_url:
            server, name = request.getfixturevalue("postgresql_server"), opened.engine.url.database
            url = database_url(server, f"{name}_{revision}", make=True, template=name)
            copy = replace(any_settings, database_url=url)
        else:
            copy = replace(any_settings, data=tmp_path / revision)
            shutil.copytree(any_settings.data, copy.data)
        brought_up = Store.open(copy)
        all_is_there(brought_up)
        brought_up.close()


def test_two_servers_that_start_at_once_migrate_once(any_settings):
    stores: list[Store] = []
    threads = [threading.Thread(target=lambda: stores.append(Store.open(any_settings))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(stores) == 3
    for opened in stores:
        with opened.read() as books:
            assert books.facilities.list() == []
        opened.close()


def test_foreign_keys_are_on_again_after_migrating(settings):
    opened = Store.open(settings)
    for _ in range(3):  # whichever connection of the pool it is
        with opened.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    opened.close()
