"""Lists are searched by the beginnings of words, and each database finds them by an index."""

from __future__ import annotations

import pytest

from tests.conftest import add_account
from tests.explained import listening, scanned
from zonemap.model.facility import Facility, SiteKind
from zonemap.storage import words
from zonemap.storage.words import words_of

NAMES = ("Larkspur Health Center", "Müller-Straße Clinic", "St. Mary's (West)", "Łódź Center", "Larch 100% Center")


@pytest.fixture
def sites(any_store):
    """Five facilities of those names, each in its own street."""
    with any_store.begin() as books:
        for at, name in enumerate(NAMES):
            street = f"{at}07 Main Street"
            books.facilities.add(Facility(f"{at:032x}", name, street, "", "Salem", "OR", "97301", SiteKind.CLINIC))
    return any_store


def found(store, search: str, own=None) -> set[int]:
    with store.read() as books:
        rows = books.facilities.page(own, search, first=0, most=50)
        assert books.facilities.count(own, search) == len(rows)
        return {int(each.id, 16) for each in rows}


@pytest.mark.parametrize("few", [0, 200])
def test_each_word_of_a_search_begins_a_word_of_what_is_found(sites, few, monkeypatch):
    monkeypatch.setattr(words, "_FEW", few)

    assert found(sites, "lar") == {0, 4}
    assert found(sites, "  LAR  cent ") == {0, 4}
    assert found(sites, "larks 97301 salem main 007") == {0}
    assert found(sites, "muller strasse") == {1}
    assert found(sites, "MÜLLER") == {1}
    assert found(sites, "mary's west") == {2}
    assert found(sites, "spur") == set(), "what is in the middle of a word"
    assert found(sites, "% _ '") == set(), "no word at all"
    assert found(sites, "100%") == {4}
    assert found(sites, "") == {0, 1, 2, 3, 4}
    assert found(sites, "center", own=[f"{3:032x}"]) == {3}


def test_a_site_that_is_renamed_is_found_by_its_new_words_alone(sites):
    with sites.begin() as books:
        there = books.facilities.get(f"{0:032x}")
        books.facilities.save(Facility(there.id, "Juniper", "1 Oak", "", "Bend", "OR", "97701", SiteKind.CLINIC))

    assert found(sites, "juniper oak bend 977") == {0}
    assert found(sites, "larkspur") == set()


def test_people_are_found_by_name_and_email(any_store):
    one = add_account(any_store, "desk")

    with any_store.read() as books:
        for search in (one.name[:3], one.email, one.email.partition("@")[2], one.name.upper()):
            assert [each.id for each in books.accounts.page(None, search, first=0, most=9)] == [one.id], search
        assert books.accounts.count(None, "nobodycalledso") == 0


@pytest.mark.parametrize("few", [0, 200])
def test_no_search_reads_a_table_row_by_row(sites, few, monkeypatch):
    monkeypatch.setattr(words, "_FEW", few)
    add_account(sites, "desk")

    with listening(sites) as sent:
        found(sites, "center lark")
        with sites.read() as books:
            books.accounts.page(None, "desk a", first=0, most=50)

    asked = [each for each in sent if each[0].lstrip().startswith("SELECT")]
    assert len(asked) >= 5
    for statement, parameters in asked:
        assert scanned(sites, statement, parameters) == set(), statement


def test_a_search_that_fits_very_many_is_not_counted_to_its_end(sites, monkeypatch):
    monkeypatch.setattr(words, "FOUND_MOST", 2)

    with sites.read() as books:
        assert books.facilities.count(None, "center") == 2
        assert books.facilities.count(None, "") == 5


def test_words_are_small_bare_and_not_endless():
    assert words_of("Ana-María O'Neil", "ana@x.example") == ["ana", "example", "maria", "neil", "o", "x"]
    assert words_of("a" * 99) == ["a" * 40]
    assert words_of("", " - ") == []
