"""With many sites no page asks the database more, or asks it to look at every row: read from its own plans."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bench.sites_load import ROOMS, count_all, load, site, site_id
from tests.conftest import add_account
from tests.explained import listening, scanned
from tests.page import PageClient
from zonemap.web.app import create_app
from zonemap.work.sessions import begin_session

# Tables of the organization itself, however many sites it has, and queues, which hold what waits.
SMALL = {"shared_contact", "shared_must_not", "shared_review", "shared_protocol_entry", "backup_made"} | {
    "print_job",
    "site_change",
}
PAGES = {
    "list": "/",
    "list, a search": "/?q=center+00001",
    "facility": "/facilities/{site}/",
    "plans": "/facilities/{site}/plans/",
    "signs": "/facilities/{site}/signs/",
    "designation": "/floors/{floor}/designations/1",
    "readiness": "/facilities/{site}/readiness/",
    "desk": "/facilities/{site}/desk/",
    "people": "/people/",
    "people, a search": "/people/?q=desk+00001",
    "what all share": "/organization/",
    "all sites": "/readiness/",
}


@pytest.fixture(scope="module")
def monkeypatch_rooms():
    """Small floors: what is counted here are queries, not rooms."""
    import bench.sites_load as loader

    loader.ROOMS = 12
    yield
    loader.ROOMS = ROOMS


@pytest.fixture
def many(any_store, settings, monkeypatch_rooms):
    """A browser of an administrator of everything; how to add sites; the statements of a page."""
    client = PageClient(create_app(settings, any_store))
    account = add_account(any_store, "administrator", "manager", "responder", "desk")
    with any_store.begin() as books:
        begin_session(books, account.id, "a-token", datetime.now(UTC))
    client.client.set_cookie("zonemap", "a-token", domain="localhost")
    return client


def grown(store, first: int, last: int) -> None:
    load(store, first, last)
    count_all(store, datetime.now(UTC), last, for_real=last)


def asked(store, page) -> dict[str, list[tuple[str, Any]]]:
    found = {}
    for name, address in PAGES.items():
        url = address.format(site=site_id(1), floor=f"b0{1:030x}")
        page.client.get(url)
        with listening(store) as sent:
            assert page.client.get(url).status_code == 200, name
            found[name] = [each for each in sent if each[0].lstrip().upper().startswith("SELECT")]
    return found


def test_no_page_asks_more_of_the_database_for_many_sites_and_each_query_finds_its_rows_by_an_index(any_store, many):
    grown(any_store, 0, 3)
    few = {name: len(sent) for name, sent in asked(any_store, many).items()}
    grown(any_store, 3, 60)

    statements = asked(any_store, many)

    more = {name: len(sent) - few[name] for name, sent in statements.items()}
    assert max(more.values()) <= 5, more  # who is signed in may be asked for again
    assert max(few.values()) <= 30
    for name, sent in statements.items():
        for statement, parameters in sent:
            assert scanned(any_store, statement, parameters) <= SMALL, (name, statement)


@pytest.mark.parametrize("any_store", ["sqlite"], indirect=True)
def test_a_list_is_cut_into_pages_and_searched(any_store, many):
    grown(any_store, 0, 60)

    first, second = many.get("/"), many.get("/?page=2")

    assert len(first.all(".list-item")) == 50
    assert len(second.all(".list-item")) == 10
    assert "51 to 60 of 60" in second.text
    found = many.get(f"/?q={site(7).name[-5:]}+{site(7).city.upper()}")
    assert [each.text().strip() for each in found.all(".list-item h2")] == [site(7).name]
    assert "None is called so" in many.get("/?q=%25").text
    assert "This page is empty" in many.get("/?page=9").text
    assert len(many.get("/readiness/").all("tbody tr")) == 50
    assert "of 241" in many.get("/people/?page=2").text
    assert len(many.get("/people/?q=desk+00007").all("tbody tr")) == 2


@pytest.mark.parametrize("any_store", ["sqlite"], indirect=True)
def test_of_many_facilities_those_for_a_persons_roles_are_found_by_name_and_what_is_ticked_stays(any_store, many):
    grown(any_store, 0, 60)
    form = many.get("/people/new")
    assert form.all("fieldset.site-roles") == []

    typed = {"name": "Dana", "email": "dana@clinic.example", "sites": f"{site_id(3)}:desk", "looked_for": "00007"}
    many.post("/people/new", typed | {"find": "yes"}, expect=200)
    asked_for = many.client.post("/people/new", data=typed | {"find": "yes", "csrf_token": many.token})
    assert site(3).name in asked_for.text
    assert site(7).name in asked_for.text
    assert f'value="{site_id(3)}:desk" checked' in asked_for.text
    assert "dana@clinic.example" not in many.get("/people/?q=dana").text, "looking adds nobody"

    many.post("/people/new", typed, expect=200)
    assert site(3).name in many.get("/people/?q=dana").text
