"""A text of the desk in another language, found piece by piece; that all are there is told in ``test_desk_spanish``."""

from __future__ import annotations

import pytest

from zonemap.rules.desk_translation import known_in, screen_words, texts, told_in
from zonemap.rules.desk_words import words

ES = known_in("es")
CLASSES = words()["classes"]
SEARCH, ORDER = CLASSES["judicial_search"], CLASSES["court_order"]
THE_SEARCH, THE_ORDER = "Una orden de registro de un juez", "Una orden de un juez"
JUDGE = "‹Judge, Magistrate Judge, Justice, Commissioner›"
NOT_CLEAR = "This is not clear to me on the paper: {}."


def test_in_english_every_text_is_what_it_is() -> None:
    assert [known_in("en")(text) for text in ("", "Not shown", "Dana")] == ["", "Not shown", "Dana"]
    assert told_in("en")("Not shown") == "Not shown"
    assert screen_words("en") == screen_words()
    assert screen_words("es")["screen"] != screen_words()["screen"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Not shown", "No se mostró"),
        ("Not shown.", "No se mostró."),
        ("Not shown..", None),
        ("Not show.", None),
        ("", None),
        (".", None),
        ("not on duty at this hour", "no está de turno a esta hora"),
        ("At this hour (noon), Lab is private.", "A esta hora (mediodía), Lab es de acceso privado."),
        ("At this hour (12:30 am), Lab is private.", "A esta hora (12:30 a. m.), Lab es de acceso privado."),
        ("At this hour (6 pm), Lab is Dana's.", "A esta hora (6 p. m.), Lab es Dana's."),
        (NOT_CLEAR.format("the hours"), "Esto no me queda claro en el papel: las horas."),
        (NOT_CLEAR.format("the hours and Dana"), "Esto no me queda claro en el papel: las horas y Dana."),
        (
            NOT_CLEAR.format("the hours, the signature, our address and Dana"),
            "Esto no me queda claro en el papel: las horas, la firma, nuestra dirección y Dana.",
        ),
    ],
)
def test_a_text_is_known_as_a_whole_as_a_sentence_and_with_what_is_filled_in(text: str, said: str | None) -> None:
    assert ES(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Not shown (Act 1)", "No se mostró (‹Act 1›)"),
        ("Not shown (Act 1(a)(2))", "No se mostró (‹Act 1(a)(2)›)"),
        ("Not shown (Act 1) (Act 2)", "No se mostró (‹Act 1) (Act 2›)"),
        ("Not shown (Act 1) (", None),
        ("Not shown (Act 1", None),
        ("Not shown (Act 1) here", None),
        ("Not shown (Act 1): not", None),
        ("Not shown ()", None),
        ("Dana (Act 1)", None),
        ("(Act 1)", None),
    ],
)
def test_a_citation_stays_as_it_is_behind_the_line_that_is_known(text: str, said: str | None) -> None:
    assert ES(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{SEARCH}: Not shown", f"{THE_SEARCH}: No se mostró"),
        (f"{SEARCH}: Not shown. {ORDER}: Not shown", f"{THE_SEARCH}: No se mostró. {THE_ORDER}: No se mostró"),
        (
            f"{SEARCH}: Not shown {ORDER}: Not shown {SEARCH}: Not shown",
            f"{THE_SEARCH}: No se mostró {THE_ORDER}: No se mostró {THE_SEARCH}: No se mostró",
        ),
        (f"{SEARCH}: Not shown {ORDER}: Dana", None),
        (f"{SEARCH}: Dana {ORDER}: Not shown", None),
        (f"Dana {SEARCH}: Not shown {ORDER}: Not shown", None),
        (f"Not shown {SEARCH}: Not shown", None),
        (f"{SEARCH}: Not shown {ORDER}", None),
    ],
)
def test_what_each_paper_means_for_an_arrest_is_told_where_all_of_it_is_known(text: str, said: str | None) -> None:
    assert ES(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Not shown: Not shown", "No se mostró: No se mostró"),
        ("Not shown: Not shown, the hours", "No se mostró: No se mostró, las horas"),
        ("Not shown: Judge, Magistrate Judge, Justice, Commissioner", f"No se mostró: {JUDGE}"),
        ("Not shown: Not shown, Dana", None),
        ("Not shown: Dana, Not shown", None),
        ("Not shown: Dana", None),
        ("Not shown: ", None),
        ("Dana: Not shown", None),
        ("Dana: Dana", None),
        ("Dana", None),
    ],
)
def test_what_was_asked_is_told_with_its_answers_where_all_of_them_are_known(text: str, said: str | None) -> None:
    assert ES(text) == said


def test_the_texts_of_a_file_are_told_with_the_way_to_each() -> None:
    document = {"a": "one", "b": {"c": "two", "d": ["three", {"e": "four"}]}, "f": 5, "g": True}

    assert list(texts(document)) == [(".a", "one"), (".b.c", "two"), (".b.d.0", "three"), (".b.d.1.e", "four")]
