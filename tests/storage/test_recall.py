"""What the store remembers: until anybody writes, whoever it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from zonemap.model.facility import Facility
from zonemap.storage.recall import KEPT_MOST
from zonemap.storage.store import Books, Store

Names = Callable[[Books], tuple[str, ...]]


@pytest.fixture
def reads() -> list[int]:
    """How often the database was read."""
    return []


@pytest.fixture
def names(reads: list[int]) -> Names:
    def read(books: Books) -> tuple[str, ...]:
        reads.append(len(reads))
        return tuple(each.name for each in books.facilities.list())

    return read


def test_what_was_read_is_not_read_again_until_this_store_or_another_writes(
    any_store: Store, facility: Facility, names: Names, reads: list[int]
) -> None:
    assert [any_store.recall("names", names) for _ in range(3)] == [(), (), ()]
    assert len(reads) == 1

    with any_store.begin() as books:
        books.facilities.add(facility)
    assert any_store.recall("names", names) == any_store.recall("names", names) == (facility.name,)
    assert len(reads) == 2

    other = Store(any_store.engine)  # knows nothing of the first, as another process would
    with other.begin() as books:
        books.facilities.save(replace(facility, name="Renamed"))
    assert any_store.recall("names", names) == ("Renamed",)
    assert other.recall("names", names) == ("Renamed",)
    other.close()
    assert len(reads) == 4


def test_what_was_undone_or_only_read_changes_nothing(
    any_store: Store, facility: Facility, names: Names, reads: list[int]
) -> None:
    any_store.recall("names", names)

    def fail() -> None:
        with any_store.begin() as books:
            books.facilities.add(facility)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with any_store.read() as books:
        books.facilities.list()

    assert any_store.recall("names", names) == ()


def test_what_changes_while_it_is_read_is_read_again(any_store: Store, facility: Facility, names: Names) -> None:
    def slowly(books: Books) -> tuple[str, ...]:
        found = names(books)
        with any_store.begin() as others:
            others.facilities.add(facility)
        return found

    assert any_store.recall("names", slowly) == ()
    assert any_store.recall("names", names) == (facility.name,)


def test_two_names_are_two_things_and_an_error_is_not_remembered(any_store: Store) -> None:
    def fail(_: Books) -> int:
        raise ZeroDivisionError

    assert (any_store.recall(("a", 1), lambda _: 1), any_store.recall(("a", 2), lambda _: 2)) == (1, 2)
    with pytest.raises(ZeroDivisionError):
        any_store.recall("wrong", fail)
    assert any_store.recall("wrong", lambda _: 3) == 3


def test_no_more_is_remembered_than_fits(store: Store, names: Names, reads: list[int]) -> None:
    store.recall("names", names)
    for number in range(KEPT_MOST):
        store.recall(number, lambda _: None)

    store.recall("names", names)

    assert len(reads) == 2
