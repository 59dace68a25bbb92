"""The page of the rules: what it shows, and what an administrator records on it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.page import PageClient
from zonemap.model.facility import Facility
from zonemap.model.person import Role


@pytest.fixture
def admin(sign_in: Any) -> PageClient:
    found: PageClient = sign_in(Role.ADMINISTRATOR)
    return found


@pytest.fixture
def url(stored_facility: Facility) -> str:
    return f"/facilities/{stored_facility.id}/rules"


def test_the_page_shows_the_pack_what_is_open_and_that_nobody_has_read_it(admin: PageClient, url: str) -> None:
    text = admin.get(url).text

    assert "Nobody so far" in text
    assert "What is open" in text
    assert "Whom it binds" in text
    assert "Do not touch or push anyone" in text


def test_a_review_is_recorded_only_with_a_name_and_the_tick(admin: PageClient, url: str) -> None:
    seal = admin.get(url).one("input[name=seal]").attributes["value"]
    for lacking in ({"counsel": "Lee Park"}, {"has_read": "y"}):
        assert admin.post(f"{url}/review", {"seal": seal, **lacking}, expect=400).all(".errors")

    admin.post(f"{url}/review", {"seal": seal, "counsel": "Lee Park", "has_read": "y"}, expect=303)

    assert "Lee Park" in admin.get(url).one("[aria-labelledby=read]").text()
    assert "Read by Lee Park" in admin.get(url.removesuffix("rules")).text


def test_a_review_of_rules_that_changed_is_not_recorded(admin: PageClient, url: str) -> None:
    sent = {"seal": "0" * 64, "counsel": "Lee Park", "has_read": "y"}

    assert "have changed" in admin.post(f"{url}/review", sent, expect=400).text


def test_a_line_and_a_sealed_program_are_kept(admin: PageClient, url: str) -> None:
    assert "Begin with" in admin.post(f"{url}/must-not", {"line": "Run."}, expect=400).text
    admin.post(f"{url}/must-not", {"line": "Do not use the speakers."}, expect=303)
    admin.post(f"{url}/sealed", {"sealed": "yes"}, expect=303)

    text = admin.get(url).text
    assert "Do not use the speakers." in text
    assert "has a program under 42 CFR Part 2" in text


def test_who_may_not_record_sees_no_form(sign_in: Any, url: str) -> None:
    found = sign_in(Role.RESPONDER).get(url)

    assert not found.all(f"form[action$='{url}/review']")
    assert "An administrator records a review" in found.text
