"""Deny by default: every route, method and role; every unsafe request without its token, or from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import inspect, select, table, text
from werkzeug.routing import Rule

from tests.conftest import NOW
from tests.journeys.server import share_tables
from tests.web.routes import DECLARED, ROUTES
from zonemap.model.facility import Contact, ContactRole, Designation
from zonemap.model.person import Role
from zonemap.model.sign import SeenLanguage, SignPlan
from zonemap.web.app import create_app
from zonemap.web.guard import declared, needs, open_to_all
from zonemap.work.permissions import Permission

UNSAFE = [route for route in ROUTES if not route.startswith("GET ")]
_LETTERS = {role: role.value[0].upper() for role in Role}


def rules(app: Flask) -> Iterator[tuple[str, Rule]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield f"{method} {rule.rule}", rule


def address(route: str, **ids: str) -> tuple[str, str]:
    """The method and an address of a route; ids that are not given are of nobody."""
    method, rule = route.split(" ")
    numbered = re.sub(r"<int:\w+>", "1", rule)
    return method, re.sub(r"<(?:\w+:)?(\w+)>", lambda found: ids.get(found[1], "0" * 32), numbered)


def test_every_route_is_in_the_table_and_the_table_lists_no_other(app):
    assert {route for route, _ in rules(app)} == set(ROUTES)


def test_the_table_says_what_the_views_declare(app):
    for route, rule in rules(app):
        assert declared(app, rule.endpoint) in DECLARED[ROUTES[route]], route


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_the_table_says_and_is_refused_all_else(sign_in, role):
    page = sign_in(role)
    for route, who in ROUTES.items():
        if route == "POST /signout":
            continue
        method, url = address(route)
        response = page.client.open(url, method=method, data={"csrf_token": page.token} if method == "POST" else None)
        if _LETTERS[role] in who:
            assert response.status_code in (200, 303, 400, 404), route
            assert "/signin" not in response.headers.get("Location", ""), route
        else:
            assert response.status_code == 403, route
            assert "Ask an administrator" in response.text, route


def test_who_is_not_signed_in_is_asked_to_and_nothing_else_happens(page):
    for route, who in ROUTES.items():
        method, url = address(route)
        response = page.client.open(url, method=method, data={"csrf_token": page.token} if method == "POST" else None)
        if "-" in who:
            assert response.status_code in (200, 303, 400, 404), route
        else:
            assert response.status_code == 303, route
            assert response.headers["Location"].startswith("/signin"), route


def test_a_script_that_is_not_signed_in_is_told_so_as_json(page):
    response = page.client.get("/floors/1/draft", headers={"Accept": "application/json"})

    assert response.status_code == 401
    assert "Nothing is lost" in response.json["error"]


def test_a_view_without_a_permission_stops_the_start(app):
    def view() -> str:
        return ""

    app.view_functions["forgotten"] = view
    with pytest.raises(RuntimeError, match="forgotten declares neither"):
        declared(app, "forgotten")
    assert declared(app, "forgotten") is None if open_to_all(view) is None else True
    needs(Permission.USE_DESK)(view)
    assert declared(app, "forgotten") is Permission.USE_DESK


# --- tokens and other sites --------------------------------------------------------------------------------------


def dump(store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with store.engine.connect() as connection:
        rows = {name: select(text("*")).select_from(table(name)) for name in inspect(connection).get_table_names()}
        return {name: sorted(map(tuple, connection.execute(query)), key=repr) for name, query in rows.items()}


@pytest.fixture
def ids(store, stored_facility, stored_floor) -> dict[str, str]:
    """Something real behind every id of an address."""
    with store.begin() as books:
        books.contacts.replace(
            stored_facility.id, (Contact("c" * 32, stored_facility.id, ContactRole.RESPONDER, "Dana", "555-0142"),)
        )
        spanish = SeenLanguage("es", "Ana", NOW.date())
        books.sign_plans.save(stored_facility.id, SignPlan(seen=(spanish,)), saved_at=NOW, saved_by="Ana")
        books.designations.add(Designation("d" * 32, stored_facility, stored_floor, 1, 1, NOW, "Ana"))
    return {
        "facility_id": stored_facility.id,
        "floor_id": stored_floor.id,
        "picture_id": "91c0" * 8,
        "contact_id": "c" * 32,
        "sheet": "map",
        "filename": "css/base.css",
    }


def everybody(sign_in):
    return sign_in(*Role)


@pytest.mark.parametrize(
    ("token", "headers"),
    [
        (None, {}),
        ("", {}),
        ("0" * 64, {}),
        ("another's", {}),
        ("right", {"Sec-Fetch-Site": "cross-site"}),
        ("right", {"Sec-Fetch-Site": "same-site"}),
        ("right", {"Origin": "https://elsewhere.example"}),
        ("right", {"Origin": "http://localhost.elsewhere.example"}),
    ],
)
def test_every_unsafe_route_refuses_without_its_own_token_and_from_another_site(sign_in, store, ids, token, headers):
    page, other = everybody(sign_in), everybody(sign_in)
    given = {"right": page.token, "another's": other.token}.get(token, token)
    before = dump(store)
    for route in UNSAFE:
        method, url = address(route, **ids)
        response = page.client.open(
            url, method=method, data={} if given is None else {"csrf_token": given}, headers=headers
        )
        assert response.status_code == 403, route
        assert "nothing was done" in response.text, route

    assert dump(store) == before


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {"Origin": "null"}]
)
def test_our_own_pages_pass_with_their_token(sign_in, headers):
    page = sign_in("manager")

    page.post("/facilities/new", {}, expect=400, headers=headers)


def test_a_method_that_no_view_declares_is_refused_everywhere_and_does_nothing(sign_in, store, ids):
    page = everybody(sign_in)
    before = dump(store)
    for rule in {route.split(" ")[1] for route in ROUTES}:
        for method in ("PUT", "PATCH", "DELETE"):
            if f"{method} {rule}" not in ROUTES:
                url = address(f"{method} {rule}", **ids)[1]
                response = page.client.open(url, method=method, headers={"X-CSRF-Token": page.token})
                assert response.status_code == 405, f"{method} {rule}"

    assert dump(store) == before


def test_scripts_send_the_token_in_a_header(sign_in, stored_floor):
    page = sign_in("manager")
    url = f"/floors/{stored_floor.id}/draft"

    assert page.client.post(url, json={}).status_code == 403
    assert page.send(url, {}).status_code == 400


def test_looking_changes_nothing(sign_in, store, settings, ids):
    share_tables(settings.data)
    page = everybody(sign_in)
    before = dump(store)
    for route in ROUTES:
        method, url = address(route, **ids)
        if method == "GET":
            for look in (page.client.get, page.client.head, page.client.options):
                with look(url) as response:  # closed: a static file would stay open
                    assert response.status_code in (200, 303, 404), route

    after = dump(store)
    for rows in (before, after):  # when a session was last seen is noted once a minute, whatever is looked at
        rows["session"] = [row[:-1] for row in rows["session"]]
        for counted in ("site_readiness", "site_change"):  # what follows from the rest, counted when it is looked at
            del rows[counted]
    assert after == before


# --- transport ---------------------------------------------------------------------------------------------------


def test_plain_http_from_another_computer_is_refused(page):
    response = page.client.get("/signin", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})

    assert response.status_code == 403
    assert "begins with https" in response.text


def test_behind_a_proxy_with_https_the_cookies_are_secure_and_bound_to_the_host(settings, store):
    from dataclasses import replace

    client = create_app(replace(settings, behind_proxy=True), store).test_client()
    forwarded = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}

    response = client.get("/signin", headers=forwarded)

    assert response.status_code == 200
    (cookie,) = response.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-zonemap-form=")
    assert "Secure" in cookie
    assert "Domain" not in cookie
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_without_a_proxy_nobody_believes_forwarded_headers(page):
    response = page.client.get("/signin", headers={"X-Forwarded-Proto": "https"})

    assert response.headers.getlist("Set-Cookie")[0].startswith("zonemap-form=")


def test_a_body_that_is_too_large_is_refused_before_it_is_read(sign_in):
    page = sign_in("manager")
    token = {"X-CSRF-Token": page.token}

    large = page.client.post("/facilities/new", data="x" * 4_000_001, headers=token, content_type="text/plain")

    assert large.status_code == 413
    parts = {f"f{number}": "x" for number in range(460)}
    many = page.client.post("/facilities/new", data=parts, headers=token, content_type="multipart/form-data")
    assert many.status_code == 413
