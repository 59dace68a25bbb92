"""The desk's screens in another language: chosen at the desk, kept by the device, never mixed in silence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from selectolax.lexbor import LexborNode

from tests.page import Page, PageClient, text_of
from tests.visits import AO_93, I_200
from tests.web.desk_visits import VISITS, Clerk
from zonemap.model.facility import Contact, Designation, Facility
from zonemap.model.law import OwnMustNot
from zonemap.rules.desk_translation import known_in, plain, screen_words, texts, wording
from zonemap.rules.desk_words import words
from zonemap.rules.question_texts import questions, scene_question
from zonemap.storage.store import Store
from zonemap.web.desk_language import COOKIE, speech

UNCHECKED = "Traducción sin revisar por una persona calificada"


def press_language(clerk: Clerk, language: str) -> Page:
    return clerk.send({"language": [language]})


@pytest.fixture
def spanish(clerk: Clerk) -> Clerk:
    press_language(clerk, "es")
    return clerk


def unmarked(node: LexborNode) -> Iterator[str]:
    """The texts of a page that are not marked as English. A picture is told by its label; its words are the paper's."""
    for each in node.iter(include_text=True):
        if each.tag == "-text":
            if each.text().strip():
                yield " ".join(each.text().split())
        elif each.attributes.get("lang") != "en" and each.tag != "svg":
            yield from unmarked(each)


def left_english(page: Page) -> list[str]:
    """What stands in English though it has a translation: neither said to officers nor printed on a paper."""
    printed = {part for _, text in texts(wording("desk.es.toml")) for part in re.findall("‹([^›]*)›", text)}
    shown = [text_of(each) for each in page.all("[lang=en]:not(q)")]
    return [text for text in shown if text in english_texts() and text not in printed]


def english_texts() -> set[str]:
    """What the desk says in English and says otherwise in Spanish."""
    known = known_in("es")
    asked = [
        text
        for each in (scene_question(), *questions().values())
        for text in (each.text, each.look, each.short, *(part for o in each.options for part in (o.label, o.hint)))
    ]
    told = [text for _, text in texts(dict(words())) if len(text) > 3]
    around = [text for _, text in texts(dict(screen_words()))]
    spanish = {text for _, text in texts(dict(screen_words("es")))}
    return {text for text in (*asked, *told) if text and known(text) not in (None, text)} | (set(around) - spanish)


# --- the switch --------------------------------------------------------------------------------------------------


def test_another_language_is_one_press_on_every_page_and_keeps_the_question_and_the_answers(clerk: Clerk) -> None:
    clerk.press(clerk._answer(I_200))
    clerk.press(clerk._answer(I_200))
    before, options = clerk.carried, [each.attributes["value"] for each in clerk.page.all(".answer[name]")]
    button = clerk.page.one("button[name=language]")
    assert (button.attributes["value"], button.attributes["lang"]) == ("es", "es")
    assert text_of(button) == "Español sin revisar"

    page = press_language(clerk, "es")

    assert page.one("html").attributes["lang"] == "es"
    assert page.h1 == "¿Cuál es el título?"
    assert [each.attributes["value"] for each in page.all(".answer[name]")] == options
    assert {name: said for name, said in clerk.carried.items() if name != "csrf_token"} == {
        name: said for name, said in before.items() if name != "csrf_token"
    }
    assert text_of(page.one("button[name=language]")) == "English"
    assert UNCHECKED in text_of(page.one("header.strip"))
    assert press_language(clerk, "en").h1 == "What is the title?"


def test_the_device_keeps_the_language_and_nothing_else(clerk: Clerk) -> None:
    clerk.visit(I_200)
    page = press_language(clerk, "es")
    cookies = page.response.headers.getlist("Set-Cookie")

    assert len(cookies) == 1
    assert cookies[0].startswith(f"{COOKIE}=es;")
    assert "Path=/" in cookies[0]
    again = clerk.client.get(clerk.url)
    assert again.h1 == "¿Qué está pasando ahora?"
    assert "Set-Cookie" not in again.response.headers
    assert "lang" not in clerk.url


def test_a_language_that_nobody_speaks_here_is_english(clerk: Clerk) -> None:
    page = press_language(clerk, "xx")

    assert page.one("html").attributes["lang"] == "en"
    assert "Set-Cookie" not in page.response.headers


@pytest.mark.parametrize("deed", ["calls", "more:title"])
def test_the_page_that_was_open_stays_open(clerk: Clerk, deed: str) -> None:
    for _ in range(2):
        clerk.press(clerk._answer(AO_93))
    before = clerk.do(deed)
    after = press_language(clerk, "es")

    assert [each.attributes.get("value") for each in after.all("main .answer")] == [
        each.attributes.get("value") for each in before.all("main .answer")
    ]
    assert bool(after.all(".desk-calls")) == bool(before.all(".desk-calls"))


# --- what it says ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", VISITS)
def test_both_languages_give_the_same_answer_and_nothing_stands_in_english_unmarked(
    clerk: Clerk, designated: Designation, roster: tuple[Contact, ...], name: str
) -> None:
    english = english_texts()
    one = clerk.visit(VISITS[name])
    shown = same(one)
    clerk.do("again")
    press_language(clerk, "es")
    while clerk.page.all(".choices"):
        assert left_english(clerk.page) == []
        assert [text for text in unmarked(clerk.page.one("body")) if text in english] == []
        clerk.press(clerk._answer(VISITS[name]))

    assert [text for text in unmarked(clerk.page.one("body")) if text in english] == []
    assert left_english(clerk.page) == []
    assert same(clerk.page) == shown
    assert clerk.page.h1 == plain(known_in("es")(one.h1) or "")
    assert UNCHECKED in text_of(clerk.page.one("header.strip"))


def same(page: Page) -> dict[str, Any]:
    """What an answer is, whatever its language."""
    return {
        "sign": page.one(".verdict").attributes["class"],
        "calls": [each.attributes["href"] for each in page.all(".calls a")],
        "said": [text_of(each) for each in page.all("q")],
        "rooms": [text_of(each) for each in page.all(".room-list tr:not(.group)")][1:],
        "counts": [
            len(page.all(each)) for each in (".o-dont li", ".o-may li", ".next li", ".banner", ".why dt", ".access tr")
        ],
        "buttons": [each.attributes["value"] for each in page.all("button[name=do]")],
    }


def test_what_is_said_to_officers_stays_english_and_its_meaning_stands_under_it(spanish: Clerk) -> None:
    page = spanish.visit(I_200)
    said = page.all(".o-say q")

    assert [text_of(each) for each in said] == [words()["first"], *words()["scripts"]["S5"]]
    assert {each.attributes["lang"] for each in said} == {"en"}
    assert len(page.all(".o-say .means")) == len(said)
    assert "No consiento que entre" in text_of(page.one(".o-say"))
    assert "en inglés" in text_of(page.one(".o-say h2"))


def test_words_printed_on_the_paper_are_marked_as_english(spanish: Clerk) -> None:
    for _ in range(2):
        spanish.press(spanish._answer(I_200))
    button = next(each for each in spanish.page.all(".answer") if each.attributes["value"] == "warrant_of_removal")

    assert text_of(button.css("[lang=en]")[0]) == "Warrant of Removal or Deportation"
    assert "orden administrativa de expulsión" in text_of(button)
    drawing = spanish.page.one(".look-at svg")
    assert (
        drawing.attributes["aria-label"]
        == "Dibujo de un papel. Un marco señala las palabras más grandes, debajo del encabezado."
    )


def test_a_line_of_the_facility_itself_stays_in_its_language_and_is_marked(
    clerk: Clerk, store: Store, stored_facility: Facility
) -> None:
    own = "Do not use the back stairs while officers are here."
    with store.begin() as books:
        books.law.add_must_not(OwnMustNot("m1", stored_facility.id, own, "Ana Ruiz", datetime.now(UTC)))
    press_language(clerk, "es")
    line = next(each for each in clerk.visit(I_200).all(".o-dont li") if own in text_of(each))

    assert text_of(line.css("[lang=en]")[0]) == own


def test_a_wrong_answer_is_told_in_the_language(spanish: Clerk) -> None:
    for _ in range(2):
        spanish.press(spanish._answer(I_200))
    page = spanish.send({"title": ["nothing"]}, expect=400)

    assert "Esa no es una de las respuestas" in page.wrong[0]
    assert page.one("title").text().startswith("Error: ")


def test_the_page_of_papers_is_told_in_the_language(spanish: Clerk) -> None:
    page = spanish.client.get(f"{spanish.url}papers")

    assert page.h1 == "¿Qué papel es?"
    assert [text for text in unmarked(page.one("main")) if text in english_texts()] == []
    assert len(page.all(".gallery .specimen-whole")) == 14


def test_days_times_and_waits_are_told_as_people_say_them() -> None:
    es, en = speech("es"), speech("en")
    day = datetime(2026, 11, 24, tzinfo=UTC).date()

    assert (en.day(day), es.day(day), es.day(day, long=True)) == (
        "Nov 24, 2026",
        "24 de nov. de 2026",
        "24 de noviembre de 2026",
    )
    assert [en.wait(45), en.wait(60), en.wait(90)] == ["45 seconds", "1 minute", "1 minute 30 seconds"]
    assert es.wait(121) == "2 minutos 1 segundo"


def test_what_has_no_translation_is_marked_as_english_and_escaped() -> None:
    assert speech("es").tell("Call <Dana>") == '<span lang="en">Call &lt;Dana&gt;</span>'
    assert speech("en").tell("Call <Dana>") == "Call &lt;Dana&gt;"
    assert speech("es")("map_of", floor="<b>") == "Plano de &lt;b&gt;"


def test_a_signed_in_page_elsewhere_stays_english(sign_in: Callable[..., PageClient], spanish: Clerk) -> None:
    assert spanish.client.get("/").one("html").attributes["lang"] == "en"
