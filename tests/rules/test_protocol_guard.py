"""The guard of a facility's own protocol: what it refuses, what it says instead, and what it leaves alone."""

from __future__ import annotations

import pytest

from zonemap.errors import Invalid
from zonemap.model.facility import Facility, SiteKind
from zonemap.model.protocol import SECTIONS
from zonemap.rules.handout_texts import handout_languages, handout_texts
from zonemap.rules.protocol_guard import _document, guard_step, step_objections
from zonemap.rules.protocol_texts import default_steps, protecting_lines

LOOKALIKE = str.maketrans("aceiopxy", "асеіорху")
TELLS_TO = {
    "block": ["Block the door.", "Stand in front of the exam room", "Bloquee la puerta"],
    "block, however it begins": [
        *("Do not worry, block the door.", "Do not panic and block the door", "Do not hesitate to block the door"),
        *("Without delay, lock the doors", "With no delay block the door", "If nobody answers block the door"),
        *("Do not argue, but block the door", "Never mind, hide them", "Don't wait: warn the family"),
        "Do not say anything, hide the patient",
    ],
    "delay": ["Keep them talking until the patient is gone"],
    "lock": ["Lock the doors when they come", "Lockdown of the ward"],
    "hide": [
        "Hide the patient",
        "Take the patients to the safe room",
        "Use the back door",
        "No corra, esconda al niño",
    ],
    "lie": ["Tell them nobody is here", "Say that the patient has left", "Pretend to look it up", "Mienta"],
    "warn": ["Warn the family", "Alert everyone in the waiting room", "Use the code word over the intercom"],
    "destroy": ["Shred the log", "Delete the video before they see it", "Change the chart"],
    "open": ["Open the door for officers", "Let them in if they are polite", "Give them the room number"],
    "more ways": [
        *("Prevent them from reaching the ward", "Bring the family down the service elevator", "Wait in the basement"),
        *(
            "Say we have no patient by that name",
            "Turn off the cameras",
            "Tear up the paper",
            "Text patients to stay away",
        ),
    ],
    "judge": ["Tell them the warrant is not valid", "The paper is invalid without a judge", "That is illegal"],
    "ask": ["Ask patients about their status"],
}
CALM = [
    *("Do not block the door, push anyone or lock a door.", "Never hide a person.", "No bloquee la puerta."),
    *("Do not say that a person is not here.", "Nobody warns a named person.", "Do not ever block a door"),
    *("Ask the officers to wait.", "Keep doors shut as always.", "Call the patient's nurse to the counter"),
    *("Do not open a private door, hold it or badge anyone in.", "Keep the hallway clear for stretchers"),
]


@pytest.mark.parametrize("line", [line for lines in TELLS_TO.values() for line in lines])
def test_a_line_that_tells_staff_what_nobody_may_do_is_refused_with_what_to_write_instead(line):
    (found, *_) = step_objections(line)

    assert found.phrase in line
    assert found.why
    assert found.instead.startswith(("Write", "Leave", "Say"))
    with pytest.raises(Invalid) as refused:
        guard_step(line, "text")
    assert refused.value.fields["text"].startswith(f"Take out “{found.phrase}”")


@pytest.mark.parametrize("line", CALM)
def test_a_line_that_says_what_is_not_to_be_done_passes(line):
    assert step_objections(line) == ()


@pytest.mark.parametrize("written", [str.upper, lambda line: line.translate(LOOKALIKE), "\u200b".join])
def test_case_marks_and_letters_that_look_alike_make_no_difference(written):
    for line in ("hide the patient", "tell them nobody is here", "let them in"):
        assert step_objections(written(line)), line


def test_every_phrase_of_the_guard_is_found_as_it_stands():
    for rule in _document()["never"]:
        for phrase in rule["phrases"]:
            assert step_objections(phrase.replace("*", ""), speech=True), phrase


def test_what_comes_with_zonemap_passes_in_every_state_and_kind():
    for state in ("IL", "CA", "TX"):
        for kind in SiteKind:
            place = Facility("a" * 32, "N", "S", "", "C", state, "1", kind)
            steps = default_steps(place)
            assert {step.section for step in steps} == set(SECTIONS)
            assert [step.text for step in steps if step_objections(step.text)] == []
            assert len({step.id for step in steps}) == len(steps)
    assert [each.text for each in protecting_lines() if step_objections(each.text)] == []


def test_state_law_stands_only_where_it_holds():
    def told(state: str, kind: SiteKind) -> str:
        return " ".join(each.text for each in default_steps(Facility("a" * 32, "N", "S", "", "C", state, "1", kind)))

    assert "Department of Public Health" in told("IL", SiteKind.HOSPITAL)
    assert "Department of Public Health" not in told("IL", SiteKind.CLINIC)
    assert "Place of birth" in told("CA", SiteKind.CLINIC)
    assert "Place of birth" not in told("IL", SiteKind.CLINIC)


def test_only_the_law_of_the_facility_s_own_state_and_kind_is_cited():
    def cited(state: str, kind: SiteKind) -> str:
        place = Facility("a" * 32, "N", "S", "", "C", state, "1", kind)
        return "; ".join(each.source for each in default_steps(place))

    assert "Cal. H&S" in cited("CA", SiteKind.CLINIC)
    assert "ILCS" not in cited("CA", SiteKind.HOSPITAL)
    assert "210 ILCS 85/6.14h(c)(3)" in cited("IL", SiteKind.HOSPITAL)
    assert "210 ILCS 85" not in cited("IL", SiteKind.CLINIC)
    assert "740 ILCS 110" in cited("IL", SiteKind.CLINIC)
    for state in ("TX", "IL"):
        assert "Cal." not in cited(state, SiteKind.HOSPITAL)


def test_words_to_patients_speak_of_no_officers_and_promise_nothing():
    for line in ("Officers are here", "Please leave now", "You are safe here", "Salgan por la puerta"):
        assert step_objections(line, speech=True), line
    for code in ("en", "es"):
        assert [line for line in handout_texts(code)["speech"] if step_objections(line, speech=True)] == []


def test_handouts_tell_nobody_to_do_what_nobody_may_do():
    for code in ("en", "es"):
        texts = handout_texts(code)
        for key in (
            "rights_intro",
            "here",
            "officers",
            "never",
            "own_case",
            "wallet",
            "poster_rights",
            "privacy",
            "notice",
        ):
            for line in [texts[key]] if isinstance(texts[key], str) else texts[key]:
                assert step_objections(line) == (), line


def test_each_language_of_handouts_has_every_text_and_no_other():
    english = handout_texts("en")
    assert {"en", "es"} <= {each.code for each in handout_languages()}
    for language in handout_languages():
        texts = handout_texts(language.code)
        assert set(texts) == set(english), language.name
        for key, text in english.items():
            if isinstance(text, list):
                assert len(texts[key]) == len(text), (language.name, key)
            else:
                braces = sorted(each for each in ("{phone}", "{day}", "{languages}") if each in text)
                assert sorted(each for each in ("{phone}", "{day}", "{languages}") if each in texts[key]) == braces


def test_a_language_without_texts_is_refused_by_name():
    with pytest.raises(Invalid, match="Spanish"):
        handout_texts("xx")


@pytest.mark.parametrize(
    ("line", "phrases"),
    [
        ("Please hide the patient now", ["hide"]),
        ("Please h\u200bid\u0301e the patient now", ["h\u200bid\u0301e"]),
        ("Then let the door stand; HIDE, hide and hide!", ["HIDE"]),
        ("Warn the family and block the door", ["block", "Warn"]),
        ("Do not push anyone. Block the door.", ["Block"]),
        ("Do not push anyone\nblock the door", ["block"]),
        ("No bloquee nada; esconda al niño", ["esconda"]),
        ("Do not block it but hide him", ["hide"]),
        ("Never block a door, hide it", ["hide"]),
        ("Never hide, thank you", []),
        ("Now never sneak out of sight, thank you", []),
        ("Never ever sneak out of sight, please", []),
        ("Never ever hide them in there, thank you", []),
        ("Officers who wait are told: never conceal, and thank you", []),
        ("Do not block, push or hide anyone", []),
        ("Run away from fire", []),
        ("Move the patients for clinical reasons alone", []),
        ("Run away from fire. Hide the child.", ["Hide"]),
        ("Hide the child. Run away from fire.", ["Hide"]),
        ("Never say that it is invalid", ["is invalid"]),
    ],
)
def test_an_objection_names_the_first_phrase_of_each_rule_as_it_stands_and_a_negation_ends_with_its_sentence(
    line: str, phrases: list[str]
) -> None:
    assert [each.phrase for each in step_objections(line)] == phrases


def test_the_first_objection_is_told_beside_the_field() -> None:
    with pytest.raises(Invalid, match=r"^This line cannot stand in a protocol\. Take out “block”\.") as refused:
        guard_step("Warn the family and block the door", "note")

    assert refused.value.fields["note"].startswith("Take out “block”.")


def test_a_line_has_at_most_three_hundred_letters() -> None:
    guard_step("a" * 300, "text")
    for letters in (301, 400):
        with pytest.raises(Invalid) as refused:
            guard_step("a" * letters, "text")
        assert refused.value.fields == {"text": "Use at most 300 letters: one line says one thing."}


def test_what_is_said_to_patients_alone_is_not_asked_of_staff_s_own_lines() -> None:
    assert step_objections("Officers wait at the counter") == ()
    assert [each.phrase for each in step_objections("Officers wait here", speech=True)] == ["Officers"]
    with pytest.raises(Invalid):
        guard_step("Officers wait here", "text", speech=True)
    guard_step("Officers wait here", "text")
