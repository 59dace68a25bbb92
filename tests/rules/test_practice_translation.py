"""Practice in another language, as it is told: what is right stays the same, reasons are in it, papers as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from tests.rules.test_desk_spanish import OTHERS
from zonemap.model.practice import DrawnPaper, Scenario
from zonemap.rules.desk_translation import texts, wording
from zonemap.rules.pack import FEDERAL, packs
from zonemap.rules.practice import clinic, paper_lines, scenario, scenarios, why
from zonemap.rules.practice_translation import practice_known, practice_words, printed, scenario_in, told, visits
from zonemap.rules.questions import questions
from zonemap.work.practice import steps_of

TODAY = date(2026, 11, 24)
ALL = list(scenarios("IL").values())
ENGLISH_WORDS = re.compile(r"\b(the|and|of|paper|says|they|officers?|judge|warrant|you)\b", re.IGNORECASE)
STAYS = re.compile("‹[^›]*›")


def unmarked(text: str) -> str:
    """A text without what is marked as English in it."""
    return STAYS.sub(" ", text)


def spanish() -> Iterator[str]:
    yield from (text for _, text in texts(wording("practice.es.toml")))
    yield from (text for _, text in texts(dict(visits("es"))))


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_english_text_is_said_in_one_way(language: str) -> None:
    own = dict(texts(dict(practice_words(language))))
    met: dict[str, set[str]] = {}
    for path, text in texts(dict(practice_words())):
        met.setdefault(text, set()).add(own[path])

    assert {text: said for text, said in met.items() if len(said) > 1} == {}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_a_story_tells_what_is_quoted_of_it(language: str, each: Scenario) -> None:
    said = scenario_in(each, language)

    assert [quote for quote in said.heard.values() if quote not in said.story] == []
    assert (said.papers, said.drawn, said.scene) == (each.papers, each.drawn, each.scene)
    assert said.name != each.name
    assert not ENGLISH_WORDS.search(unmarked(f"{said.name} {said.story} {said.clock}"))


@pytest.mark.parametrize("pack", [packs()[name] for name in (FEDERAL, "US-CO", "US-MD")], ids=lambda pack: pack.id)
@pytest.mark.parametrize("language", OTHERS)
def test_what_is_right_is_the_same_and_each_reason_is_told_in_the_language(pack, language: str) -> None:
    for each in scenarios(pack.state).values():
        steps, _, whole = steps_of(pack, each, today=TODAY)
        others, _, same = steps_of(pack, scenario(each.id, pack.state, language), today=TODAY, language=language)
        assert same == whole
        assert [(one.name, one.right) for one in others] == [(one.name, one.right) for one in steps]
        for english, other in zip(steps, others, strict=True):
            assert other.why != english.why, (each.id, other.name)
            assert not ENGLISH_WORDS.search(unmarked(other.why)), (each.id, other.why)
            assert "{" not in other.why


@pytest.mark.parametrize("language", OTHERS)
def test_every_question_and_answer_of_practice_is_known(language: str) -> None:
    known = practice_known(language)
    asked = [step.question for each in ALL for step in steps_of(packs()["US-IL"], each, today=TODAY)[0]]
    shown = [
        text
        for each in (*asked, *questions().values())
        for text in (each.text, each.look, each.short, *(part for o in each.options for part in (o.label, o.hint)))
    ]

    assert [text for text in dict.fromkeys(shown) if text and known(text) is None] == []


def test_words_of_a_drawn_paper_stay_and_are_marked_where_they_are_in_another_language() -> None:
    seal, foreign = (scenario(name, "IL", "es") for name in ("warrant-with-a-seal", "another-language"))

    assert why(seal, 1, "top_heading", "dhs", "es") == "Arriba dice “‹DEPARTMENT OF HOMELAND SECURITY›”."
    assert "“JUZGADO PRIMERO DE LO PENAL”" in why(foreign, 1, "top_heading", "foreign_language", "es")
    assert paper_lines(seal.drawn[0], "es")[:2] == (
        "Arriba: ‹DEPARTMENT OF / HOMELAND SECURITY›",
        "Palabras más grandes: ‹WARRANT FOR ARREST OF ALIEN›",
    )
    assert "Página 1 de 1" in paper_lines(foreign.drawn[0], "es")[-1]
    assert not [line for line in paper_lines(foreign.drawn[0], "es") if "‹" in line]
    assert printed(seal.drawn[0], "", "es") == ""
    assert not [line for drawn in DRAWN for line in paper_lines(drawn) if "‹" in line]


DRAWN: list[DrawnPaper] = [drawn for each in ALL for drawn in each.drawn]


def test_what_nobody_can_read_is_not_told_in_the_language_either() -> None:
    blurred = scenario("top-out-of-focus", "IL", "es").drawn[0]

    assert "Arriba: (no se puede leer)" in paper_lines(blurred, "es")


def test_the_day_of_practice_is_told_in_the_language_and_the_address_stays() -> None:
    assert (clinic("es").today, clinic("es").clock) == ("martes 24 de noviembre de 2026", "10:20 de la mañana")
    assert (clinic("es").name, clinic("es").address) == (clinic().name, clinic().address)
    assert scenario("evening-call", "IL", "es").clock == "10:40 de la noche"
    assert "Hoy es martes 24 de noviembre de 2026, 10:40 de la noche." in why(
        scenario("evening-call", "IL", "es"), 1, "execute_by", "no", "es"
    )


def test_what_has_no_translation_is_marked_as_english() -> None:
    assert told("Call Dana at the back office.", "es") == "‹Call Dana at the back office.›"
    assert told("Call Dana at the back office.", "en") == "Call Dana at the back office."
    assert told("What is it?", "es") == "¿Qué es?"


def test_nothing_claims_that_somebody_has_checked_it() -> None:
    assert not [text for text in spanish() if re.search(r"traducción (revisada|aprobada)|traducido por", text, re.I)]
