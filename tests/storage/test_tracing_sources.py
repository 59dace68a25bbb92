"""Lines beside a picture, and models that wait: how long they last, and what goes with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import NOW, add_account
from zonemap.errors import NotFound
from zonemap.model.line_source import LineSource
from zonemap.model.model_import import ModelImport
from zonemap.model.plan import Picture

LINES = LineSource(
    b"\x1f\x8bpacked",
    (2.0, 0.0, 5.0, 0.0, -2.0, 9.0),
    layers=("A-WALL", "A-DOOR"),
    wall_layers=("A-WALL",),
    strokes=7,
    texts=3,
    metres_per_unit=0.001,
    is_guess=True,
)


def test_lines_come_out_as_they_were_and_go_with_their_picture(any_store, facility, floor):
    under = replace(floor, picture=Picture("p1", 9, 9))
    with any_store.begin() as books:
        books.facilities.add(facility)
        books.floors.add(under, saved_at=NOW, saved_by="Ana")
        books.pictures.add("p1", facility.id, b"png", {})
        books.line_sources.add("p1", LINES)
        assert books.line_sources.find("p1") == LINES
        books.floors.remove(under.id)
        assert books.line_sources.find("p1") is None


def waiting(import_id, facility, account, floor, *pictures, at=NOW):
    floors = tuple(replace(floor, id=f"f{name}", name=name, picture=Picture(name, 9, 9)) for name in pictures)
    return ModelImport(import_id, facility.id, account.id, at, floors)


def test_of_a_model_that_waits_only_the_chosen_pictures_stay(any_store, facility, floor):
    account = add_account(any_store, "manager")
    with any_store.begin() as books:
        books.facilities.add(facility)
        for name in "abcd":
            books.pictures.add(name, facility.id, b"png", {(0, 0, 0): b"tile"})
        books.model_imports.put(waiting("one", facility, account, floor, "a"))
        made = waiting("two", facility, account, floor, "b", "c")
        books.model_imports.put(made)

        assert books.model_imports.get("two") == made
        assert {each.id for each in books.model_imports.of(account.id)} == {"one", "two"}, (
            "neither takes the other's place"
        )
        books.model_imports.take("one", frozenset())
        books.model_imports.take("two", frozenset("c"))

        for gone in ("one", "two"):
            with pytest.raises(NotFound, match="Upload it again"):
                books.model_imports.get(gone)
        for name, there in (("a", False), ("b", False), ("c", True), ("d", True)):
            assert has_picture(books, name) is there, name


def test_a_model_that_waited_too_long_is_gone_with_its_pictures(any_store, facility, floor):
    account = add_account(any_store, "manager")
    with any_store.begin() as books:
        books.facilities.add(facility)
        books.pictures.add("a", facility.id, b"png", {})
        books.model_imports.put(waiting("one", facility, account, floor, "a"))
        books.model_imports.remove_before(NOW)
        assert has_picture(books, "a")
        books.model_imports.remove_before(NOW + timedelta(seconds=1))
        assert not has_picture(books, "a")


def has_picture(books, picture_id: str) -> bool:
    try:
        return bool(books.pictures.png(picture_id))
    except NotFound:
        return False
