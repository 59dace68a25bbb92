"""The pages behind the signs: door by door, own words, the acknowledgement, and the specimens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from tests.conftest import NOW
from tests.geometry.floors import lobby_floor
from tests.page import PageClient
from zonemap.model.facility import Designation, Facility, SiteKind
from zonemap.model.sign import Choice, SignKind
from zonemap.rules.signs import languages
from zonemap.storage.store import Store

CLINIC = Facility("c" * 32, "Larkspur Clinic", "1 Elm St", "", "Salem", "IL", "62881", SiteKind.CLINIC)
FIRST = replace(lobby_floor(0.2), id="f" * 32, facility_id=CLINIC.id)
PAGE = f"/facilities/{CLINIC.id}/signs/"
OWN = {"version": "0", "headline": "CARE AREA", "sentence": "Dental patients and staff only.", "second": ""}


@pytest.fixture
def store(store: Store) -> Store:
    with store.begin() as books:
        books.facilities.add(CLINIC)
        books.floors.add(FIRST, saved_at=NOW, saved_by="Ana")
        books.designations.add(Designation("1" * 32, CLINIC, FIRST, 3, 1, NOW, "Ana"))
    return store


@pytest.fixture
def manager(sign_in: Callable[..., PageClient]) -> PageClient:
    return sign_in("manager")


def plan(store: Store):
    with store.read() as books:
        return books.sign_plans.of(CLINIC.id)


# --- the acknowledgement --------------------------------------------------------------------------------------------


def test_unchecked_texts_are_shown_and_not_printed_before_somebody_says_that_they_know(manager, store):
    page = manager.get(PAGE)
    assert "Spanish: drafted by zonemap" in page.one("#unseen").text()
    assert not [each for each in page.all(".sheet-links a") if "d1" in (each.attributes["href"] or "")]
    assert manager.client.get(f"{PAGE}{FIRST.id}/d1.1.svg").status_code == 200
    for file in (f"{FIRST.id}/d1.pdf", f"{FIRST.id}/d1.1.svg?save=1", "pack.pdf"):
        assert manager.client.get(PAGE + file).status_code == 400
    assert manager.client.get(f"{PAGE}{FIRST.id}/schedule.pdf").status_code == 200

    fields = {each.attributes["name"]: each.attributes["value"] for each in page.all("#unseen input")}
    there = manager.post(f"{PAGE}seen", fields)
    assert manager.get(there).all("#unseen") == []
    assert manager.client.get(f"{PAGE}pack.pdf").status_code == 200
    assert [each.language for each in plan(store).seen] == ["es"]


def test_a_language_that_is_added_later_is_asked_about_again(manager, store):
    manager.post(f"{PAGE}seen", {"chosen": "1", "paper": "letter", "languages": "es"})

    words = manager.get(f"{PAGE}?chosen=1&paper=letter&languages=es&languages=pl").one("#unseen").text()
    assert "Polish" in words
    assert "Spanish" not in words


def test_the_languages_of_the_state_stand_first_and_all_can_be_chosen(manager, store):
    page = manager.get(PAGE)
    shown = [each.attributes["value"] for each in page.all("input[type=checkbox][name=languages]")]

    assert len(shown) == len(languages()) - 1
    assert {"pl", "gu", "uk"} <= set(shown[:16])
    assert [each.attributes["value"] for each in page.all("details input[name=languages]")] == shown[16:]


def test_more_languages_take_a_further_page(manager, store):
    asked = "&".join(f"languages={code}" for code in ("es", "pl", "ar"))
    page = manager.get(f"{PAGE}?chosen=1&paper=letter&{asked}")
    manager.post(f"{PAGE}seen", {"chosen": "1", "paper": "letter", "languages": ["es", "pl", "ar"]})

    assert manager.client.get(f"{PAGE}{FIRST.id}/d1.2.svg?chosen=1&paper=letter&{asked}").status_code == 200
    assert manager.client.get(f"{PAGE}{FIRST.id}/d1.3.svg?chosen=1&paper=letter&{asked}").status_code == 404
    assert page.all("#unseen")


def test_a_policy_number_that_must_not_hang_is_refused_at_its_field(manager, store):
    assert any("Take out “ICE”" in each for each in manager.get(f"{PAGE}?chosen=1&policy_number=NO+ICE").wrong)


# --- door by door ---------------------------------------------------------------------------------------------------


def usual_fields(page) -> dict[str, str]:
    names = [each.attributes["name"] for each in page.all("main select")]
    return {name: "usual" if name.startswith("sheet-") else "" for name in names}


def test_each_door_offers_its_sheets_and_what_is_chosen_is_kept(manager, store):
    page = manager.get(f"{PAGE}choices")
    fields = usual_fields(page)
    assert {"sheet-d1", "sheet-d4", "sheet-emergency-d4", "sheet-public-lobby"} <= set(fields)

    there = manager.post(f"{PAGE}choices", fields | {"version": "0", "sheet-d1": "none", "sheet-public-lobby": "sign"})
    titles = [each.text() for each in manager.get(there).all(".sheet h3")]
    assert "Door 1" not in titles
    assert "Public area" in titles
    assert dict(plan(store).choices) == {"d1": Choice.NONE, "public-lobby": Choice.SIGN}


def test_a_door_that_is_read_from_farther_away_is_told_with_the_paper_that_would_do(manager, store):
    page = manager.get(f"{PAGE}choices")
    fields = usual_fields(page) | {"version": "0"}
    assert "far-d1" in fields
    assert "far-d4" not in fields  # the notice has no headline

    told = manager.get(manager.post(f"{PAGE}choices", fields | {"far-d1": "15"})).text
    assert dict(plan(store).distances) == {"d1": 15}
    assert "At door 1: “PRIVATE AREA” has letters of 29 mm on this paper: read from 10 ft" in told
    assert manager.post(f"{PAGE}choices", fields | {"version": "1", "far-d1": "7"}, expect=400).wrong
    manager.post(f"{PAGE}choices", fields | {"version": "1"})
    assert plan(store).distances == ()


def test_a_choice_that_claims_more_than_the_zone_and_a_late_one_are_refused(manager, store):
    fields = usual_fields(manager.get(f"{PAGE}choices"))
    assert manager.post(f"{PAGE}choices", fields | {"version": "0", "sheet-public-lobby": "private"}, expect=400).wrong

    manager.post(f"{PAGE}choices", fields | {"version": "0", "sheet-d1": "none"})
    late = manager.post(f"{PAGE}choices", fields | {"version": "0"}, expect=409)
    assert any("just now" in each for each in late.wrong)
    assert dict(plan(store).choices) == {"d1": Choice.NONE}


# --- own words ------------------------------------------------------------------------------------------------------


def test_own_words_are_kept_shown_as_unchecked_and_given_up(manager, store):
    there = manager.post(f"{PAGE}words/private/en", OWN)
    assert "CARE AREA" in manager.get(there).text
    assert "Own words, checked by nobody" in manager.get(there).text

    manager.post(f"{PAGE}words/private/en/usual", {"version": "1"})
    assert "CARE AREA" not in manager.get(there).text


def test_words_that_must_not_hang_come_back_with_their_line_and_what_to_say(manager, store):
    page = manager.post(f"{PAGE}words/private/en", OWN | {"headline": "NO I.C.E."}, expect=400)

    assert any("Take out “I.C.E”" in each and "For example: “PRIVATE AREA”" in each for each in page.wrong)
    assert page.one("input[name=headline]").attributes["value"] == "NO I.C.E."
    assert plan(store).own_words == ()


def test_words_that_somebody_checked_say_who_and_when(manager, store):
    there = manager.post(f"{PAGE}words/private/en", OWN | {"checked_by": "Dr. Lee", "checked_on": "2026-11-20"})

    assert "checked by Dr. Lee, November 20, 2026" in manager.get(there).text


def test_words_that_cannot_be_changed_are_not_found(manager, store):
    for which in ("notice/en", "private_officers/en", "private/tlh", "nothing/en"):
        manager.get(f"{PAGE}words/{which}", expect=404)


def test_a_responder_reads_the_words_and_changes_none(sign_in, store):
    responder = sign_in("responder")

    assert not responder.get(f"{PAGE}words/").all("main a[href$='private/en']")
    responder.get(f"{PAGE}words/private/en", expect=403)


# --- specimens ------------------------------------------------------------------------------------------------------


def test_the_gallery_shows_every_kind_in_a_language_and_marks_it_as_unchecked(manager):
    page = manager.get("/specimens/?kind=all&language=ar&paper=letter")
    pictures = page.all(".specimens img")

    assert len(pictures) == len(SignKind)
    assert all(each.attributes["loading"] == "lazy" for each in pictures)
    assert page.text.count("not yet checked by a qualified translator") == len(SignKind)
    drawn = manager.client.get(pictures[0].attributes["src"] or "")
    assert etree.fromstring(drawn.data).tag.endswith("svg")
    same = manager.client.get(pictures[0].attributes["src"] or "", headers={"If-None-Match": drawn.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")


def test_the_gallery_shows_a_kind_in_every_language(manager):
    assert len(manager.get("/specimens/?kind=waiting&language=all").all(".specimens img")) == len(languages()) - 1


def test_a_specimen_that_there_is_not_is_not_found(manager):
    for rest in ("no/ar/letter", "private/tlh/letter", "private/ar/napkin"):
        assert manager.client.get(f"/specimens/{rest}.svg").status_code == 404
