"""What goes into the books comes out the same, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.conftest import NOW
from zonemap.errors import Busy, Conflict, Invalid, NotFound
from zonemap.model.facility import Contact, ContactRole, Designation
from zonemap.settings import settings_from
from zonemap.storage.store import Store


@pytest.fixture
def with_floor(any_store, facility, floor):
    with any_store.begin() as books:
        books.facilities.add(facility)
        books.floors.add(floor, saved_at=NOW, saved_by="Ana")
    return any_store


def test_a_facility_comes_out_as_it_went_in(any_store, facility):
    with any_store.begin() as books:
        books.facilities.add(facility)

    with any_store.read() as books:
        assert books.facilities.get(facility.id) == facility
        assert books.facilities.list() == [facility]
        assert books.facilities.find("0" * 32) is None
        with pytest.raises(NotFound):
            books.facilities.get("0" * 32)


def test_a_facility_is_changed_or_not_found(any_store, facility):
    with any_store.begin() as books:
        books.facilities.add(facility)
        books.facilities.save(replace(facility, suite=""))

    with any_store.read() as books:
        assert books.facilities.get(facility.id).suite == ""
    with pytest.raises(NotFound), any_store.begin() as books:
        books.facilities.save(replace(facility, id="0" * 32))


def test_contacts_stand_in_the_order_of_calling(any_store, facility):
    def contact(number: int, role: ContactRole, position: int) -> Contact:
        return Contact(f"{number:032x}", facility.id, role, f"Name {number}", "555-0142", "", position)

    security = contact(1, ContactRole.SECURITY, 0)
    second, first = contact(2, ContactRole.RESPONDER, 2), contact(3, ContactRole.RESPONDER, 1)
    with any_store.begin() as books:
        books.facilities.add(facility)
        books.contacts.replace(facility.id, (security, second, first))

    with any_store.read() as books:
        assert books.contacts.list(facility.id) == [first, second, security]
    with any_store.begin() as books:
        books.contacts.replace(facility.id, ())
        assert books.contacts.list(facility.id) == []


def test_a_contact_of_another_facility_is_refused(any_store, facility):
    with any_store.begin() as books:
        books.facilities.add(facility)
        with pytest.raises(ValueError):
            books.contacts.replace(facility.id, (Contact("c", "other", ContactRole.COUNSEL, "Lee", "1"),))


def test_a_floor_comes_out_as_it_went_in(with_floor, floor):
    with with_floor.read() as books:
        saved = books.floors.get(floor.id)

    assert saved.floor == floor
    assert (saved.version, saved.saved_at, saved.saved_by) == (1, NOW, "Ana")
    assert saved.saved_at.tzinfo is UTC


def test_floors_stand_from_the_lowest_then_by_name(with_floor, facility, floor):
    cellar = replace(floor, id="2" * 32, level=-1, name="Cellar")
    east = replace(floor, id="3" * 32, level=0, name="East wing")
    with with_floor.begin() as books:
        for each in (cellar, east):
            books.floors.add(each, saved_at=NOW, saved_by="Ana")
        books.floors.save(replace(cellar, name="Basement"), 1, saved_at=NOW, saved_by="Ana")

    with with_floor.read() as books:
        names = [each.floor.name for each in books.floors.list(facility.id)]
    assert names == ["Basement", "East wing", "First floor"]


def test_a_floor_of_no_facility_is_refused_by_the_database(any_store, floor):
    with pytest.raises(DBAPIError), any_store.begin() as books:
        books.floors.add(floor, saved_at=NOW, saved_by="Ana")


def test_the_second_editor_gets_a_conflict_with_the_newer_floor_and_nothing_is_lost(with_floor, floor):
    theirs, mine = replace(floor, name="Theirs"), replace(floor, name="Mine")
    with with_floor.begin() as books:
        books.floors.save(theirs, 1, saved_at=NOW, saved_by="Bo")

    with pytest.raises(Conflict) as raised, with_floor.begin() as books:
        books.floors.save(mine, 1, saved_at=NOW, saved_by="Ana")

    current = raised.value.data["current"]
    assert (current.floor, current.version, current.saved_by) == (theirs, 2, "Bo")
    assert "Bo saved this floor" in raised.value.message
    with with_floor.read() as books:
        assert books.floors.get(floor.id).floor == theirs


def test_saving_a_floor_that_is_not_there_is_not_found(with_floor, floor):
    with pytest.raises(NotFound), with_floor.begin() as books:
        books.floors.save(replace(floor, id="0" * 32), 1, saved_at=NOW, saved_by="Ana")


def test_of_many_who_save_at_once_each_version_has_one_author_and_all_acknowledged_ones_are_there(with_floor, floor):
    acknowledged: list[int] = []

    def editor(number: int) -> None:
        done = 0
        while done < 5:
            with with_floor.read() as books:
                base = books.floors.get(floor.id)
            try:
                with with_floor.begin() as books:
                    saved = books.floors.save(base.floor, base.version, saved_at=NOW, saved_by=f"editor {number}")
            except Conflict:
                continue
            acknowledged.append(saved.version)
            done += 1

    threads = [threading.Thread(target=editor, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(acknowledged) == list(range(2, 22))
    with with_floor.read() as books:
        assert books.floors.get(floor.id).version == 21


def test_only_the_newest_versions_are_kept(with_floor, floor, monkeypatch):
    monkeypatch.setattr("zonemap.storage.floors.VERSIONS_KEPT", 3)
    for base in range(1, 6):
        with with_floor.begin() as books:
            books.floors.save(floor, base, saved_at=NOW, saved_by="Ana")

    with with_floor.engine.connect() as connection:
        kept = connection.execute(text("SELECT version FROM floor_version ORDER BY version")).scalars().all()
    assert kept == [4, 5, 6]


def test_pictures_and_tiles_come_out_byte_for_byte(any_store, facility):
    with any_store.begin() as books:
        books.facilities.add(facility)
        books.pictures.add("1" * 32, facility.id, b"\x89PNG\x00whole", {(0, 0, 0): b"\x00tile", (1, 2, 3): b"\xff"})

    with any_store.read() as books:
        assert books.pictures.png("1" * 32) == b"\x89PNG\x00whole"
        assert books.pictures.tile("1" * 32, 1, 2, 3) == b"\xff"
        for missing in (lambda: books.pictures.png("2" * 32), lambda: books.pictures.tile("1" * 32, 9, 0, 0)):
            with pytest.raises(NotFound):
                missing()


# --- designations ------------------------------------------------------------------------------------------------


def designation(facility, floor, number: int = 1, floor_version: int = 1) -> Designation:
    return Designation(f"{number:032x}", facility, floor, number, floor_version, NOW + timedelta(days=number), "Ana")


def test_a_designation_keeps_the_facility_and_the_floor_as_they_were(with_floor, facility, floor):
    made = designation(facility, floor)
    with with_floor.begin() as books:
        books.designations.add(made)
        books.facilities.save(replace(facility, name="New name"))
        books.floors.save(replace(floor, name="New floor"), 1, saved_at=NOW, saved_by="Ana")

    with with_floor.read() as books:
        assert books.designations.get(made.id) == made
        assert books.designations.latest(floor.id) == made


def test_designations_are_numbered_and_listed_newest_first(with_floor, facility, floor):
    with with_floor.begin() as books:
        assert books.designations.next_number(floor.id) == 1
        assert books.designations.latest(floor.id) is None
        for number in (1, 2):
            books.designations.add(designation(facility, floor, number))
        assert books.designations.next_number(floor.id) == 3

    with with_floor.read() as books:
        assert [each.number for each in books.designations.list(facility.id)] == [2, 1]
        assert books.designations.latest(floor.id).number == 2
        with pytest.raises(NotFound):
            books.designations.get("f" * 32)


def test_two_designations_of_a_floor_cannot_have_the_same_number(with_floor, facility, floor):
    with with_floor.begin() as books:
        books.designations.add(designation(facility, floor))

    with pytest.raises(DBAPIError), with_floor.begin() as books:
        books.designations.add(replace(designation(facility, floor), id="e" * 32))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE designation SET designated_by = 'somebody else'",
        "UPDATE designation SET document = '{}'",
        "DELETE FROM designation",
        "DELETE FROM floor",
        "DELETE FROM facility",
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_a_designation(with_floor, facility, floor, statement):
    made = designation(facility, floor)
    with with_floor.begin() as books:
        books.designations.add(made)

    with pytest.raises(DBAPIError), with_floor.engine.begin() as connection:
        connection.execute(text(statement))

    with with_floor.read() as books:
        assert books.designations.get(made.id) == made


# --- transactions ------------------------------------------------------------------------------------------------


def failing(books, facility) -> None:
    books.facilities.add(facility)
    raise KeyError


def test_an_error_undoes_the_whole_transaction(any_store, facility):
    with pytest.raises(KeyError), any_store.begin() as books:
        failing(books, facility)

    with any_store.read() as books:
        assert books.facilities.list() == []


def test_a_look_at_the_data_cannot_write(any_store, facility):
    with pytest.raises((Busy, DBAPIError)), any_store.read() as books:
        books.facilities.add(facility)

    with any_store.begin() as books:
        books.facilities.add(facility)  # the next transaction can


def test_moments_need_a_zone_and_come_back_in_utc(any_store, facility, floor):
    chicago = datetime(2026, 11, 24, 3, 0, tzinfo=timezone(timedelta(hours=-6)))
    with any_store.begin() as books:
        books.facilities.add(facility)
        saved = books.floors.add(floor, saved_at=chicago, saved_by="Ana")
        assert books.floors.get(floor.id).saved_at == chicago == saved.saved_at

    with any_store.read() as books:
        assert books.floors.get(floor.id).saved_at.isoformat() == "2026-11-24T09:00:00+00:00"
    with pytest.raises(Exception, match="time zone"), any_store.begin() as books:
        books.floors.save(floor, 1, saved_at=datetime(2026, 1, 1), saved_by="Ana")  # noqa: DTZ001


def test_a_character_that_postgresql_cannot_keep_is_said_in_words(postgresql_store, facility):
    with pytest.raises(Invalid, match="character"), postgresql_store.begin() as books:
        books.facilities.add(replace(facility, name="a\x00b"))


def test_what_was_acknowledged_is_there_when_the_store_is_opened_again(settings, store, facility):
    with store.begin() as books:
        books.facilities.add(facility)
    store.close()

    again = Store.open(settings)
    with again.read() as books:
        assert books.facilities.list() == [facility]
    again.close()


def test_a_database_that_is_gone_is_said_in_words(postgresql_server):
    with pytest.raises(Busy, match="does not answer"):
        Store.open(settings_from({"ZONEMAP_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}))
