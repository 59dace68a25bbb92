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


def test_hours_are_added_and_removed_and_the_page_names_each_hole(roster, url):
    roster.post(url, {**DANA, "languages": "Spanish, Polish"})
    assert "all 168 hours" in roster.get(url).text
    (change,) = roster.get(url).all('.calls-list a[href*="/contacts/"]')
    person = change.attributes["href"]
    assert 'value="Spanish, Polish"' in roster.get(person).one("#languages").html

    roster.post(f"{person}/hours", {"days": ["0", "1", "2", "3", "4"], "start": "07:00", "end": "18:00"})

    listed = roster.get(url)
    assert "Mon to Fri, 7 am to 6 pm" in listed.text
    assert "55 of the 168 hours" in listed.text
    assert "Fri 6 pm to Mon 7 am" in listed.text
    assert "Nobody" in listed.text

    roster.post(person, {**DANA, "phone": "555-0150"})
    assert "Mon to Fri, 7 am to 6 pm" in roster.get(url).text, "changing the phone keeps the hours"

    roster.post(f"{person}/hours/remove", {"place": "0"})
    assert "all 168 hours" in roster.get(url).text


def test_hours_that_cannot_be_read_are_refused_beside_the_field(roster, url):
    roster.post(url, DANA)
    person = roster.get(url).all('.calls-list a[href*="/contacts/"]')[0].attributes["href"]

    assert (
        "Tick at least one day." in roster.post(f"{person}/hours", {"start": "07:00", "end": "18:00"}, expect=400).text
    )
    wrong = roster.post(f"{person}/hours", {"days": ["0"], "start": "late", "end": "18:00"}, expect=400)
    assert "Give a time such as 08:00." in wrong.text
    gone = roster.post(f"{person}/hours/remove", {"place": "3"}, expect=400)
    assert "not there any more" in gone.text
