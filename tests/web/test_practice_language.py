"""Practice in another language: one press on every page, marked as checked by nobody, nothing English unmarked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.page import Page, PageClient, text_of
from tests.rules.test_desk_spanish import HOLES
from tests.web.test_desk_language import UNCHECKED, english_texts, unmarked
from zonemap.model.facility import Facility
from zonemap.rules.desk_translation import texts, wording
from zonemap.rules.practice import scenarios

VISIT = "warrant-with-a-seal"


@pytest.fixture
def url(stored_facility: Facility) -> str:
    return f"/facilities/{stored_facility.id}/practice/"


@pytest.fixture
def spanish(sign_in: Callable[..., PageClient], url: str) -> PageClient:
    client = sign_in("desk")
    client.get(url)
    client.post(url, {"language": "es"})
    return client


def english_of_practice() -> set[str]:
    """What practice and the desk say in English and say otherwise in Spanish."""
    own = dict(texts(wording("practice.es.toml")))
    said = {text for path, text in texts(wording("practice.toml")) if own[path] != text and not HOLES.search(text)}
    stories = {part for each in scenarios().values() for part in (each.name, each.story)}
    return said | stories | english_texts()


def left(page: Page, where: str = "body") -> list[str]:
    return [text for text in unmarked(page.one(where)) if text in english_of_practice()]


def test_the_first_page_is_in_the_language_that_was_pressed_and_says_that_nobody_checked_it(
    spanish: PageClient, url: str
) -> None:
    page = spanish.get(url)

    assert page.one(".practice-home").attributes["lang"] == "es"
    assert UNCHECKED in text_of(page.one("body"))
    assert "papeles dibujados están en inglés" in page.text
    assert left(page, ".practice-home") == []
    assert text_of(page.one("button[name=language]")) == "English"


def test_a_visit_is_gone_through_in_spanish_and_nothing_stands_in_english_unmarked(
    spanish: PageClient, url: str
) -> None:
    at = spanish.post(url, {"choice": VISIT})
    page = spanish.get(at)
    steps = 0
    while page.all("input[name=step]"):
        assert page.one("html").attributes["lang"] == "es"
        assert UNCHECKED in text_of(page.one("body"))
        assert left(page) == [], page.h1
        step = page.one("input[name=step]").attributes["value"]
        said = page.all("button.answer[name=said]")[steps % 2].attributes["value"]
        at = spanish.post(at, {"step": step, "said": said})
        page, steps = spanish.get(at), steps + 1
    assert steps > 4
    assert left(page) == []
    assert UNCHECKED in text_of(page.one("body"))
    assert "Say this, once" not in page.text


def test_the_language_changes_in_the_middle_and_the_answers_stay(spanish: PageClient, url: str) -> None:
    at = spanish.post(url, {"choice": VISIT})
    first = spanish.get(at)
    said = first.all("button.answer[name=said]")[0].attributes["value"]
    at = spanish.post(at, {"step": first.one("input[name=step]").attributes["value"], "said": said})
    before = spanish.get(at)

    at = spanish.post(at, {"language": "en"})
    after = spanish.get(at)

    assert before.one("input[name=step]").attributes["value"] == after.one("input[name=step]").attributes["value"]
    assert after.one("html").attributes["lang"] == "en"
    assert UNCHECKED not in text_of(after.one("body"))
    assert after.h1 != before.h1
