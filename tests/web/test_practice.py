"""The pages of practice: never like the desk's, one step after the other, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.page import Page, PageClient
from zonemap.model.facility import Facility
from zonemap.rules.practice import scenario
from zonemap.storage.store import Store


@pytest.fixture
def url(stored_facility: Facility) -> str:
    return f"/facilities/{stored_facility.id}/practice/"


@pytest.fixture
def client(sign_in: Callable[..., PageClient]) -> PageClient:
    return sign_in("desk")


def press(client: PageClient, page: Page, at: str, label: str) -> tuple[Page, str]:
    """Press the answer with these words; gives the page that follows, and its address."""
    button = next(each for each in page.all("button.answer") if each.css_first("b").text() == label)
    name, value = button.attributes["name"] or "", button.attributes["value"] or ""
    step = page.one("input[name=step]").attributes["value"]
    following = client.post(at, {"step": step, name: value})
    return client.get(following), following


def test_a_visit_is_gone_through_by_its_buttons_to_how_it_went(client: PageClient, url: str) -> None:
    at = client.post(url, {"choice": "warrant-with-a-seal"})
    page = client.get(at)
    assert "What is happening right now?" in page.h1
    assert "round seal" in page.text

    labels = [
        "They show a paper",
        "Department of Homeland Security",
        "Warrant for Arrest of Alien",
        "A judge",
        "An immigration officer's arrest warrant (administrative)",
        "Not by this paper",
        "The responder",
    ]
    for label in labels:
        page, _ = press(client, page, at, label)

    assert page.h1 == "How it went"
    assert "6 of 7 right" in page.text
    missed = page.one(".told-missed")
    assert "To be seen: An immigration officer" in missed.text()
    assert "Authorized Immigration Officer" in missed.text()
    assert len(page.all(".practice-paper")) == 1
    assert "Say this, once" in page.text
    listed = client.get(url)
    assert "6 of 7" in listed.text
    assert "Again what I got wrong (1)" in listed.text


def test_each_answer_is_followed_by_why_it_was_to_be_seen(client: PageClient, url: str) -> None:
    at = client.post(url, {"choice": "order-with-a-judge-on-it"})
    page, _ = press(client, client.get(at), at, "They show a paper")
    page, _ = press(client, page, at, "United States District Court")

    last = page.one(".last").text()
    assert "Missed" in last
    assert "EXECUTIVE OFFICE FOR IMMIGRATION REVIEW" in last
    assert page.h1 == "What is the title?"


def test_all_titles_can_be_reached_and_back(client: PageClient, url: str) -> None:
    at = client.post(url, {"choice": "warrant-with-a-seal"})
    page, _ = press(client, client.get(at), at, "They show a paper")
    page, _ = press(client, page, at, "Department of Homeland Security")

    page, there = press(client, page, at, "None of these: show more titles")
    assert there.endswith("?titles=more")
    assert [each for each in page.all("button.answer b") if each.text() == "Search Warrant"]
    page, there = press(client, page, at, "Back to the first titles")
    assert there == at


def test_every_page_says_in_words_that_it_is_practice_and_the_desk_s_pages_do_not(client, url) -> None:
    at = client.post(url, {"choice": "grey-laptop"})
    page = client.get(at)

    assert page.one("title").text().startswith("PRACTICE: ")
    assert "PRACTICE" in page.one("header").text()
    assert "PRACTICE" in page.one("footer").text()
    assert not page.all(".alarm, [data-worker]")
    assert "PRACTICE" not in client.get(url.replace("practice", "desk")).one("body").text()


def test_several_answers_are_ticked_and_none_is_told(client: PageClient, url: str) -> None:
    at = client.post(url, {"choice": "survey-at-eight"})
    page = client.get(at)
    for label in ("They show a paper", "Another agency", "Inspectors"):
        page, _ = press(client, page, at, label)
    assert page.all("input[type=checkbox]")

    assert page.one("input[name=step]").attributes["value"] == "wants"
    assert "Choose one" in client.post(at, {"step": "wants", "do": "say"}, expect=400).text
    client.post(at, {"step": "wants", "do": "say", "said": ["wants:inspect_business", "wants:records"]})
    assert "Right" in client.get(at).one(".last").text()


def test_a_set_of_five_leads_from_one_to_the_next(client: PageClient, url: str, store: Store) -> None:
    at = client.post(url, {"choice": "no_paper"})
    for _ in range(4):
        page = client.get(at)
        while page.h1 != "How it went":
            page, _ = press(client, page, at, "I can't tell")
        assert "never counts against you" in page.text
        at = client.post(f"{at}/next")
    assert at == url


def test_a_wrong_choice_is_told_and_somebody_else_s_practice_is_not_found(client, url, sign_in) -> None:
    assert "Choose what to practice" in client.post(url, {"choice": "nothing"}, expect=400).text
    at = client.post(url, {"choice": "grey-laptop"})

    sign_in("desk").get(at, expect=404)
    client.get(re.sub("fac0", "ffff", at), expect=404)


def test_the_paper_stands_as_text_too(client: PageClient, url: str) -> None:
    at = client.post(url, {"choice": "top-out-of-focus"})
    lines = [each.text() for each in client.get(at).all(".paper-lines li")]

    assert "At the top: (cannot be read)" in lines
    assert f"Largest words: {scenario('top-out-of-focus').drawn[0].title}" in lines
