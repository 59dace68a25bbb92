"""The review of a draft over HTTP, and the downloads."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.conftest import NOW
from tests.geometry.floors import decided_floor
from zonemap.intake.kinds import Kind, kind_of
from zonemap.intake.models.own import read_own
from zonemap.model.facility import Designation

FLOOR = "f" * 32
REVIEW = f"/floors/{FLOOR}/review"


@pytest.fixture
def floor(store, facility):
    ready = replace(decided_floor(), id=FLOOR, facility_id=facility.id)
    with store.begin() as books:
        books.facilities.add(facility)
        books.floors.add(ready, saved_at=NOW, saved_by="Bo")
    return ready


@pytest.fixture
def manager(sign_in, floor):
    return sign_in("manager")


@pytest.fixture
def reviewer(sign_in, floor):
    return sign_in("responder")


def value(page, name):
    return page.all(f"input[name='{name}']")[0].attributes["value"]


def test_a_floor_is_sent_looked_at_approved_and_designated(manager, reviewer, facility):
    page = manager.get(REVIEW)
    who = page.all("select[name='reviewer'] option")[1].attributes["value"]
    page = manager.get(manager.post(REVIEW, {"version": "1", "reviewer": who, "note": "The lobby is new."}))
    assert "is looking at First floor" in page.h1

    asked = reviewer.get(REVIEW)
    assert "what do you say?" in asked.h1
    assert "The lobby is new." in asked.text
    assert "Under review by" in reviewer.get(f"/facilities/{facility.id}/").text
    sent = {"content": value(asked, "content"), "answer": "approve", "role": "Counsel", "remark": ""}
    assert "approved First floor" in reviewer.get(reviewer.post(f"{REVIEW}/answer", sent)).h1

    page = manager.get(f"/floors/{FLOOR}/designate")
    assert "Approved by" in page.text
    manager.post(f"/floors/{FLOOR}/designate", {"version": "1"})
    assert "Counsel, " in manager.get(f"/floors/{FLOOR}/designations/1").text


def test_an_answer_without_its_parts_is_refused_beside_the_field(manager, reviewer):
    who = manager.get(REVIEW).all("select[name='reviewer'] option")[1].attributes["value"]
    manager.post(REVIEW, {"version": "1", "reviewer": who})
    content = value(reviewer.get(REVIEW), "content")

    page = reviewer.post(f"{REVIEW}/answer", {"content": content, "answer": "return", "role": "Counsel"}, 400)
    assert "Say what should be changed" in page.text
    reviewer.post(f"{REVIEW}/answer", {"content": "x", "answer": "approve", "role": "Counsel"}, 400)
    page = reviewer.post(f"{REVIEW}/answer", {"content": "0" * 64, "answer": "approve", "role": "Counsel"}, 409)
    assert "sent again" in page.text


def test_a_review_is_sent_to_a_person_and_on_the_newest_draft(manager, reviewer):
    assert manager.post(REVIEW, {"version": "1", "reviewer": ""}, 400).wrong
    who = manager.get(REVIEW).all("select[name='reviewer'] option")[1].attributes["value"]
    assert "in the meantime" in manager.post(REVIEW, {"version": "7", "reviewer": who}, 409).text


def test_a_review_can_be_taken_back_once(manager, reviewer):
    who = manager.get(REVIEW).all("select[name='reviewer'] option")[1].attributes["value"]
    manager.post(REVIEW, {"version": "1", "reviewer": who})
    manager.post(f"{REVIEW}/withdraw", {})
    assert "Ask somebody to look" in manager.get(REVIEW).text
    manager.post(f"{REVIEW}/withdraw", {}, 404)


def test_a_facility_that_asks_for_reviews_offers_no_button_before(manager, facility):
    home = manager.get(manager.post(f"/facilities/{facility.id}/review-rule", {"required": "yes"}).partition("#")[0])
    assert "only after a named person has approved it" in home.text

    page = manager.get(f"/floors/{FLOOR}/designate")
    assert "Send it for review" in page.text
    assert "Designate as number" not in page.text
    manager.post(f"/floors/{FLOOR}/designate", {"version": "1"}, 400)
    manager.post(f"/facilities/{facility.id}/review-rule", {"required": "no"})
    assert "Designate as number" in manager.get(f"/floors/{FLOOR}/designate").text


@pytest.mark.parametrize("file_format", ["geojson", "imdf"])
def test_drafts_and_revisions_can_be_taken_away_as_a_file(manager, store, facility, floor, file_format):
    with store.begin() as books:
        books.designations.add(Designation("d" * 32, facility, replace(floor, name="Then"), 1, 1, NOW, "Bo"))
    for url, name in (
        (f"/facilities/{facility.id}/export/{file_format}", "First floor"),
        (f"/floors/{FLOOR}/designations/1/export/{file_format}", "Then"),
    ):
        response = manager.client.get(url)
        assert response.headers["Content-Disposition"].startswith('attachment; filename="larkspur-clinic.')
        assert kind_of(response.data) is Kind(file_format)
        _, floors = read_own(response.data, Kind(file_format))
        assert [each.name for each in floors] == [name]


def test_a_download_of_another_kind_or_revision_is_not_there(manager, facility):
    for url in (f"/facilities/{facility.id}/export/dxf", f"/floors/{FLOOR}/designations/1/export/imdf"):
        manager.get(url, 404)


def test_the_geojson_says_what_it_is(manager, facility):
    values = json.loads(manager.client.get(f"/facilities/{facility.id}/export/geojson").data)

    assert values["format"] == "zonemap floors 1"
