"""Revisions of the binder, on SQLite and on PostgreSQL."""

from __future__ import annotations

from tests.conftest import NOW
from zonemap.model.binder import BinderRevision
from zonemap.model.facility import Facility
from zonemap.storage.store import Store


def test_revisions_stand_from_the_newest(any_store: Store, facility: Facility) -> None:
    first = BinderRevision(facility.id, 1, "a" * 64, NOW, "Ana")
    second = BinderRevision(facility.id, 2, "b" * 64, NOW, "Bo")
    with any_store.begin() as books:
        books.facilities.add(facility)
        books.binders.wait(facility.id)
        books.binders.add(first)
        books.binders.add(second)

    with any_store.read() as books:
        assert books.binders.list(facility.id) == (second, first)
        assert books.binders.list("0" * 32) == ()
