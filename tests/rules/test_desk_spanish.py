"""The desk in another language: every text is there, says the same with the same things filled in, and urges nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from tests.visits import AO_93, I_200
from zonemap.rules.assess import assess, assess_all
from zonemap.rules.desk_translation import (
    LANGUAGES,
    known_in,
    plain,
    screen_words,
    texts,
    told_in,
    translation,
    wording,
)
from zonemap.rules.desk_words import words
from zonemap.rules.notes import duties
from zonemap.rules.pack import Pack, packs
from zonemap.rules.questions import observed, questions

TODAY = date(2026, 11, 24)
OTHERS = [code for code in LANGUAGES if code != "en"]
CODES = re.compile(r"\.(citation|spot|key|value|face)$|^\.pair\.\d+\.(left|right)$")  # of a file, and no text
FILES = {"desk.toml": "desk", "questions.toml": "questions", "papers.toml": None, "desk_screen.toml": None}
HOLES = re.compile(r"\{\w+\}")
# What nobody may be told to do, in Spanish, as people are told it: an order, or "to" do it.
URGES = re.compile(
    r"\b(bloque(e|en|ar)|obstruy(a|an)|obstruir|escond(a|an|er)|ocult(e|en|ar)|mient(a|an)|mentir|avis(e|en|ar)"
    r"|adviert(a|an)|advertir|destruy(a|an)|destruir|borr(e|en|ar)|abr(a|an|ir)|liber(e|en|ar)|suelt(e|en)|soltar"
    r"|déje(los|las|n) (entrar|pasar)|cierre con llave|huy(a|an)|corr(a|an))\b",
    re.IGNORECASE,
)
NOT_SAID = re.compile(r"\b(no|ni|nunca|nadie|nada)\b[^.?!:]*", re.IGNORECASE)
CLAIMS = re.compile(r"\b(in)?válid[oa]s?\b|\bfals[oa]s?\b|\bilegal(es)?\b|\bes legal\b", re.IGNORECASE)
NAMED_NOT_SAID = "No diga que el papel es falso."


def spanish() -> Iterator[str]:
    for name in ("desk.es.toml", "desk_screen.es.toml", "papers.es.toml", "desk_papers.es.toml"):
        yield from (text for path, text in texts(wording(name)) if not path.endswith(".english"))


def urges(text: str) -> bool:
    return any(URGES.search(NOT_SAID.sub(" ", each)) for each in re.split(r"(?<=[.?!:])\s+", text))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", FILES)
def test_every_text_has_one_in_the_language_and_what_is_filled_in_is_the_same(language: str, name: str) -> None:
    part = FILES[name]
    own = dict(texts(translation(language)[part] if part else wording(name.replace(".toml", f".{language}.toml"))))
    english = {path: text for path, text in texts(wording(name)) if not CODES.search(path)}

    assert english.keys() == own.keys()
    assert {path: set(HOLES.findall(text)) for path, text in english.items()} == {
        path: set(HOLES.findall(own[path])) for path in english
    }


@pytest.mark.parametrize("language", OTHERS)
def test_where_the_same_is_said_in_two_places_it_is_said_alike_or_the_later_one_holds(language: str) -> None:
    own, english = dict(texts(translation(language)["questions"])), dict(texts(wording("questions.toml")))
    met: dict[str, set[str]] = {}
    for path, text in english.items():
        if path in own:
            met.setdefault(text, set()).add(own[path])

    assert {text: said for text, said in met.items() if len(said) > 1} == {}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("pack", packs().values(), ids=lambda pack: pack.id)
def test_every_line_of_every_answer_in_every_state_is_known(language: str, pack: Pack) -> None:
    known = known_in(language)
    later = date(2031, 1, 1)
    shown = [
        *(duty for each in words()["classes"] for duty in duties(pack, each)),
        *filter(None, (pack.litigation_note, pack.exigency, pack.warrant_clock)),
        *pack.must_not,
    ]
    for seen in ({}, {"danger_now": "yes"}, {"custody_escort": "yes", "paper": "none"}, *PAPERS):
        for day in (TODAY, later):
            answer = assess(pack, observed(seen), today=day)
            shown += [answer.headline, *answer.summary, *answer.say, *answer.must_not, *answer.may, *answer.notes]
            shown += [answer.arrest_in_public, *answer.duties, *answer.would_change]
            shown += [text for reason in answer.decided_by for text in (reason.words, reason.so) if text]
            shown += [step.reason for step in answer.call]

    assert [text for text in dict.fromkeys(shown) if known(text) is None] == []


PAPERS = [
    AO_93 | more
    for more in (
        {},
        {"execute_by": "no", "all_pages": "no", "signed": "no"},
        {"title": "order", "wants": ["records"]},
        {"title": "arrest_warrant", "signer_label": "clerk"},
        {"title": "subpoena", "signer_label": "judge"},
        {"signer_label": "clerk"},
        {"top_heading": "state_court", "agency": "ice"},
        {"top_heading": "other_agency", "agency": "unsure", "id_shown": "no"},
        {"top_heading": "unsure", "title": "unsure", "signer_label": "unsure", "wants": ["records", "other"]},
    )
] + [I_200, I_200 | {"title": "warrant_of_removal"}, I_200 | {"custody_escort": "yes"}]


def test_several_papers_are_told_with_what_each_means_for_an_arrest() -> None:
    both = assess_all(packs()["US-CA"], [observed(AO_93), observed(I_200)], today=TODAY)
    told = told_in("es")(both.arrest_in_public)

    assert "Una orden de registro de un juez: Solo si también lo ordena" in told
    assert "Una orden de arresto de un agente de inmigración (administrativa): Sí, a la persona nombrada" in told


def test_what_is_filled_in_is_told_in_the_language() -> None:
    told = told_in("es")

    assert told("At this hour (6:30 pm), 101 Waiting is private.") == (
        "A esta hora (6:30 p. m.), 101 Waiting es de acceso privado."
    )
    stale = words()["notes"]["stale"].format(date="November 2, 2026")
    assert "2 de noviembre de 2026" in told(stale)
    open_parts = words()["say_more"]["mismatch"].format(parts="the signature, our address and the hours")
    assert told(open_parts) == "Esto no me queda claro en el papel: la firma, nuestra dirección y las horas."
    cited = "Have a colleague see and write down the refusal, as far as possible. (Cal. Health & Safety Code 24251(c))"
    assert known_in("es")(cited) == (
        "En lo posible, que un colega presencie y anote la negativa. (‹Cal. Health & Safety Code 24251(c)›)"
    )


def test_a_text_that_nobody_translated_is_not_known_and_on_paper_stays_english() -> None:
    assert known_in("es")("Call Dana at the back office.") is None
    assert told_in("es")("Call Dana at the back office.") == "Call Dana at the back office."


def test_words_that_are_printed_on_a_paper_stay_english_between_their_signs() -> None:
    label = questions()["title"].label("warrant_of_removal")

    assert known_in("es")(label) == "‹Warrant of Removal or Deportation› (orden administrativa de expulsión)"
    assert told_in("es")(label).startswith("Warrant of Removal")
    assert all(text.count("‹") == text.count("›") for text in spanish())


def test_no_text_urges_anybody_to_do_what_nobody_may_or_says_what_a_paper_is_worth() -> None:
    assert [text for text in spanish() if urges(text)] == []
    assert [text for text in spanish() if CLAIMS.search(text.replace(NAMED_NOT_SAID, ""))] == []


@pytest.mark.parametrize(
    "text",
    ["Abra la puerta.", "Avise a la familia.", "No corra. Bloquee el paso.", "Hay que esconder esto.", "Mienta."],
)
def test_a_text_that_urges_would_be_found(text: str) -> None:
    assert urges(text)
    assert CLAIMS.search("El papel no es válido.")


def test_each_must_not_says_no() -> None:
    lines = [each["text"] for each in translation("es")["desk"]["must_not"]]
    more = [text for _, text in texts(translation("es")["desk"]["must_not_more"])]

    assert all(text.startswith("No ") for text in (*lines, *more))


def test_that_nobody_has_checked_it_is_said_in_its_own_words() -> None:
    assert translation("es")["checked_by"] == ""
    assert "sin revisar por una persona calificada" in translation("es")["unchecked"]
    assert plain(translation("es")["choose_note"]) == "sin revisar"
    assert set(screen_words("es")) == set(screen_words())
