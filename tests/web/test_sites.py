"""Nothing of one facility shows to who belongs to another: every route, every id."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.conftest import add_account
from tests.journeys.server import share_tables
from tests.page import PageClient
from tests.web.routes import ROUTES
from tests.web.test_guard import address, dump
from tests.web.two_sites import Site, add_site
from zonemap.model.person import Role
from zonemap.work.sessions import begin_session

NOBODYS = "0" * 32
_OF_A_SITE = re.compile(r"<(?:facility_id|floor_id|picture_id|import_id)>")
_CHANGING = re.compile(r"[0-9a-f]{64}|[0-9a-f]{8}-?[0-9A-F]{4}")  # tokens of forms, numbers of errors


@pytest.fixture
def ours(store, facility, floor) -> Site:
    return add_site(store, facility, floor, "b", "Ourown")


@pytest.fixture
def theirs(store, facility, floor) -> Site:
    return add_site(store, facility, floor, "a", "Quokka")


def signed_in(app, store, account) -> PageClient:
    client = PageClient(app)
    with store.begin() as books:
        begin_session(books, account.id, f"token-of-{account.id}", datetime.now(UTC))
    client.client.set_cookie("zonemap", f"token-of-{account.id}", domain="localhost")
    return client


def opened(page: PageClient, route: str, ids: dict[str, str]):
    method, url = address(route, **ids)
    return page.client.open(url, method=method, data={"csrf_token": page.token} if method == "POST" else None)


def said(response, ids: dict[str, str]) -> str:
    """The answer without what differs from one to the next anyway: ids of the address, tokens, numbers of errors."""
    text = response.get_data().decode(errors="replace")
    for each in sorted(ids.values(), key=len, reverse=True):
        text = text.replace(each, "ID")
    return _CHANGING.sub("", text)


def test_every_route_of_another_facility_answers_as_for_one_that_does_not_exist(app, store, ours, theirs):
    page = signed_in(app, store, ours.manager)
    before = rows_of(store, theirs)
    nobodys = {
        name: value if name in ("sheet", "kind", "file_format") else NOBODYS for name, value in theirs.ids.items()
    }
    for route in ROUTES:
        if not _OF_A_SITE.search(route):
            continue
        answer, unknown = opened(page, route, theirs.ids), opened(page, route, nobodys)
        assert answer.status_code == unknown.status_code == 404, route
        assert said(answer, theirs.ids) == said(unknown, nobodys), route
        assert_silent(answer, theirs, route)

    assert rows_of(store, theirs) == before


@pytest.mark.parametrize("role", list(Role))
def test_each_role_of_one_facility_is_refused_at_each_route_of_another(app, store, ours, theirs, role):
    """404, as for no such facility, where the role opens such pages at its own; 403 where it opens them nowhere."""
    page = signed_in(app, store, add_account(store, role, at=ours.facility.id))
    before = rows_of(store, theirs)
    cells = 0
    for route, who in ROUTES.items():
        if not _OF_A_SITE.search(route):
            continue
        answer = opened(page, route, theirs.ids)
        assert answer.status_code == (404 if role.value[0].upper() in who else 403), route
        assert_silent(answer, theirs, route)
        cells += 1

    assert cells > 150
    assert rows_of(store, theirs) == before


def test_an_id_of_another_facility_below_ones_own_opens_and_changes_nothing(app, store, settings, ours, theirs):
    share_tables(settings.data)
    page = signed_in(app, store, ours.manager)
    before = rows_of(store, theirs)
    mixed = {**theirs.ids, "facility_id": ours.facility.id}
    for route in ROUTES:
        if "<facility_id>" in route and len(re.findall(r"<\w+_id>", route)) > 1:
            answer = opened(page, route, mixed)
            assert answer.status_code == 404 or (route.startswith("POST ") and answer.status_code == 400), route
            assert_silent(answer, theirs, route)

    assert rows_of(store, theirs) == before


def test_no_page_of_ones_own_shows_anything_of_another_facility(app, store, settings, ours, theirs):
    share_tables(settings.data)
    page = signed_in(app, store, ours.manager)
    seen = 0
    for route in ROUTES:
        if not route.startswith("GET ") or "<filename>" in route or "<path:" in route:
            continue
        answer = opened(page, route, {**ours.ids, "account_id": theirs.manager.id})
        assert answer.status_code in (200, 303, 400, 403, 404), route
        assert_silent(answer, theirs, route)
        seen += answer.status_code == 200 and "Ourown" in answer.get_data().decode(errors="replace")
    assert seen > 40, "pages of the own facility were looked at"


def test_the_lists_hold_the_own_facility_only(app, store, ours, theirs):
    page = signed_in(app, store, ours.manager)

    home, people = page.get("/"), page.get("/people/")

    assert "Ourown Clinic" in home.text
    assert "Ourown Manager" in people.text
    assert page.get(f"/people/{ours.manager.id}").all("input[name=roles]") == [], "no role for all facilities to give"
    for answer in (home.response, people.response):
        assert_silent(answer, theirs, "list")
    assert "Add a facility" not in home.response.text, "a manager of one site adds no other"
    assert page.client.get("/facilities/new").status_code == 403


def test_a_code_of_another_facility_is_of_no_designation(app, store, ours, theirs):
    page = signed_in(app, store, ours.manager)
    with store.read() as books:
        codes = {site.facility.id: books.designations.latest(site.floor.id).code for site in (ours, theirs)}

    mine = page.client.get("/codes/", query_string={"code": codes[ours.facility.id]})
    other = page.client.get("/codes/", query_string={"code": codes[theirs.facility.id]})

    assert mine.status_code in (200, 303)
    assert "No designation here has the code" in other.text
    assert_silent(other, theirs, "code")


def test_who_has_another_role_at_another_facility_has_only_that_one_there(app, store, ours, theirs):
    clerk = replace(
        ours.manager, site_roles=frozenset({(ours.facility.id, Role.MANAGER), (theirs.facility.id, Role.DESK)})
    )
    with store.begin() as books:
        books.accounts.save(clerk)
    page = signed_in(app, store, clerk)

    page.get(f"/facilities/{ours.facility.id}/plans/")
    page.get(f"/facilities/{theirs.facility.id}/plans/", expect=403)
    desk = page.get(f"/facilities/{theirs.facility.id}/")
    assert "Floors and plans" not in desk.text
    assert desk.all(f"a[href='/facilities/{theirs.facility.id}/plans/']") == []
    page.get(f"/floors/{theirs.floor.id}/", expect=403)


def assert_silent(response, site: Site, route: str) -> None:
    text = response.get_data().decode(errors="replace")
    address_of = response.request.path
    for word in site.words:
        assert word not in text or word in address_of, f"{route} shows {word}"


def rows_of(store, site: Site) -> dict[str, list[tuple[object, ...]]]:
    """Every row that names the facility, or anything of it."""
    known = set(site.ids.values())
    return {
        name: [row for row in rows if known & {each for each in row if isinstance(each, str)}]
        for name, rows in dump(store).items()
        if name not in ("session",)
    }
