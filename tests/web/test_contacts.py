"""Whom the desk calls: the page."""

from __future__ import annotations

import pytest

DANA = {"role": "responder", "name": "Dana Whitfield", "phone": "555-0142", "hours": "always"}


@pytest.fixture
def roster(sign_in):
    return sign_in("responder")


@pytest.fixture
def url(stored_facility):
    return f"/facilities/{stored_facility.id}/contacts"


def test_an_empty_list_says_with_whom_to_start(roster, url):
    assert "Start with the responder" in roster.get(url).text


def test_somebody_is_added_changed_moved_and_removed_without_scripts(roster, url):
    roster.post(url, DANA)
    roster.post(url, {**DANA, "name": "Bo", "phone": "555-0143 ext 2"})
    listed = roster.get(url)
    names = [each.text() for each in listed.all(".calls-list b")]
    assert names == ["Dana Whitfield", "Bo"]
    assert "Responder, always" in listed.text

    (earlier,) = listed.all('form[action$="/earlier"]')
    roster.post(earlier.attributes["action"])
    listed = roster.get(url)
    assert [each.text() for each in listed.all(".calls-list b")] == ["Bo", "Dana Whitfield"]

    change = listed.all('.calls-list a[href*="/contacts/"]')[0].attributes["href"]
    assert 'value="Bo"' in roster.get(change).one("#name").html
    assert roster.post(change, {**DANA, "name": ""}, expect=400).wrong
    roster.post(change, {**DANA, "name": "Bo Adams", "role": "counsel"})
    listed = roster.get(url)
    assert [each.text() for each in listed.all(".calls-list b")] == ["Dana Whitfield", "Bo Adams"]

    roster.post(listed.all('form[action$="/remove"]')[0].attributes["action"])
    assert [each.text() for each in roster.get(url).all(".calls-list b")] == ["Bo Adams"]


def test_a_number_that_cannot_be_dialled_is_refused_and_nothing_typed_is_lost(roster, url):
    refused = roster.post(url, {**DANA, "phone": "ask Bo"}, expect=400)

    assert any("Type a phone number in figures" in each for each in refused.wrong)
    assert 'value="Dana Whitfield"' in refused.one("#name").html


def test_somebody_who_is_gone_is_not_found(roster, url):
    roster.get(f"{url}/{'0' * 32}", expect=404)
    for path in ("", "/earlier", "/remove"):
        roster.post(f"{url}/{'0' * 32}{path}", DANA, expect=404)


def test_the_list_of_a_facility_that_is_not_there_is_not_found(roster):
    roster.get(f"/facilities/{'0' * 32}/contacts", expect=404)
