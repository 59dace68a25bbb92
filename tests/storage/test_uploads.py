"""Files that wait for a page to be chosen, and the removal of floors, on SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import NOW, add_account
from zonemap.errors import NotFound
from zonemap.model.plan import Picture
from zonemap.model.upload import Page, Upload

PAGES = (Page(1, 215.9, 279.4, b"small"), Page(2, 431.8, 279.4, None))


@pytest.fixture
def books_of(any_store, facility, floor):
    """A store with a facility, three floors and two people."""
    people = [add_account(any_store, "manager").id for _ in range(2)]
    with any_store.begin() as books:
        books.facilities.add(facility)
        for number in range(5):
            books.floors.add(replace(floor, id=str(number) * 32, name=f"Floor {number}"), saved_at=NOW, saved_by="Ana")
    return any_store, people


def upload(floor_id: str, account_id: str, minutes: int = 0) -> Upload:
    return Upload(floor_id, account_id, NOW + timedelta(minutes=minutes), b"%PDF-" * 1000, PAGES)


def test_a_file_comes_back_as_it_was(books_of):
    store, (ana, _) = books_of
    with store.begin() as books:
        books.uploads.put(upload("1" * 32, ana))
    with store.read() as books:
        assert books.uploads.find("1" * 32) == upload("1" * 32, ana)
        assert books.uploads.find("2" * 32) is None
        assert books.uploads.waiting() == {"1" * 32}
        assert books.uploads.thumbnail("1" * 32, 1) == b"small"
        for number in (2, 3):
            with pytest.raises(NotFound):
                books.uploads.thumbnail("1" * 32, number)


def test_a_later_file_for_the_same_floor_takes_the_place_of_the_first(books_of):
    store, (ana, ben) = books_of
    with store.begin() as books:
        books.uploads.put(upload("1" * 32, ana))
        books.uploads.put(replace(upload("1" * 32, ben), pages=PAGES[:1]))
    with store.read() as books:
        assert books.uploads.find("1" * 32).account_id == ben
        assert len(books.uploads.find("1" * 32).pages) == 1


def test_of_one_person_the_newest_three_are_kept(books_of):
    store, (ana, ben) = books_of
    with store.begin() as books:
        books.uploads.put(upload("0" * 32, ben))
        for number in range(1, 5):
            books.uploads.put(upload(str(number) * 32, ana, number))
        assert books.uploads.waiting() == {"0" * 32, "2" * 32, "3" * 32, "4" * 32}


def test_files_older_than_a_moment_are_forgotten(books_of):
    store, (ana, _) = books_of
    with store.begin() as books:
        books.uploads.put(upload("1" * 32, ana))
        books.uploads.put(upload("2" * 32, ana, 30))
        books.uploads.remove_before(NOW + timedelta(minutes=30))
        assert books.uploads.waiting() == {"2" * 32}


def test_a_floor_is_removed_with_its_file_versions_and_pictures(books_of, floor):
    store, (ana, _) = books_of
    with store.begin() as books:
        books.uploads.put(upload("1" * 32, ana))
        for name in ("a", "b", "other"):
            books.pictures.add(name, floor.facility_id, b"png", {(0, 0, 0): b"tile"})
        for version, name in enumerate(("a", "b"), 1):
            changed = replace(floor, id="1" * 32, picture=Picture(name, 9, 9, 200.0))
            books.floors.save(changed, version, saved_at=NOW, saved_by="Ana")
    with store.begin() as books:
        assert books.floors.get("1" * 32).floor.picture == Picture("b", 9, 9, 200.0)
        books.floors.remove("1" * 32)
    with store.read() as books:
        assert books.floors.find("1" * 32) is None
        assert books.uploads.waiting() == frozenset()
        assert books.pictures.tile("other", 0, 0, 0) == b"tile"
        for name in ("a", "b"):
            with pytest.raises(NotFound):
                books.pictures.tile(name, 0, 0, 0)


def test_a_floor_that_is_not_there_can_not_be_removed(books_of):
    store, _ = books_of
    with store.begin() as books, pytest.raises(NotFound):
        books.floors.remove("9" * 32)
