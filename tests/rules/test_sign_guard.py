"""The wording guard: what it refuses however it is written, what it says of it, and what it leaves alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonemap.errors import Invalid
from zonemap.model.facility import SiteKind
from zonemap.model.sign import SignKind
from zonemap.rules import signs
from zonemap.rules.sign_guard import _document, _found, _Rule, guard, never_printed, objections, pattern

RULES = _document()["never"]
CLOSED = [SignKind.PRIVATE, SignKind.RECORDS, SignKind.OUTDOOR_PRIVATE]
LOOKALIKE = str.maketrans("aceiopxy", "асеіорху")


def kinds_of(rule) -> list[SignKind]:
    return [SignKind(kind) for kind in rule.get("kinds", [each.value for each in SignKind])]


CASES = [(kind, phrase) for rule in RULES for kind in kinds_of(rule)[:1] for phrase in rule["phrases"]]


@given(st.sampled_from(CASES), st.data())
def test_a_phrase_is_refused_however_it_is_written_and_the_line_is_named(case, data):
    kind, phrase = case
    written = data.draw(
        st.sampled_from(
            [
                phrase.upper(),
                phrase.title(),
                phrase.lower().translate(LOOKALIKE),
                "\u200b".join(phrase),
                ".".join(phrase.replace(" ", "")),
                " ".join(phrase.replace(" ", "")),
                phrase.replace(" ", "  "),
                "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in phrase),
            ]
        )
    )
    before, after = (
        data.draw(st.sampled_from(["", "Please: ", "Note, "])),
        data.draw(st.sampled_from(["", ".", " now!"])),
    )
    (found,) = objections(kind, {"sentence": f"{before}{written}{after}", "second": "Thank you."})

    assert found.line == "sentence"
    assert found.phrase
    assert found.instead
    assert found.sentence.startswith("Take out “")


@pytest.mark.parametrize("kind", signs.OWN_KINDS)
@pytest.mark.parametrize("site", list(SiteKind))
def test_the_usual_words_pass_in_every_language(kind, site):
    for language in signs.languages():
        assert objections(kind, signs.usual_lines(kind, site, language.code)) == ()


@pytest.mark.parametrize("kind", [SignKind.PUBLIC, SignKind.WAITING, SignKind.EMERGENCY])
@pytest.mark.parametrize("claim", ["PRIVATE AREA", "Staff only.", "No entry", "Authorized people only", "Keep out!"])
def test_a_sheet_for_an_open_place_never_says_that_it_is_closed(kind, claim):
    with pytest.raises(Invalid, match=r"open to the public") as caught:
        guard(kind, {"headline": claim})

    assert list(caught.value.fields) == ["headline"]


@pytest.mark.parametrize("kind", CLOSED)
@pytest.mark.parametrize("claim", ["This building is private", "All areas: no entry", "No entry to the lobby"])
def test_a_door_speaks_for_what_lies_behind_it_alone(kind, claim):
    assert "“this area”" in objections(kind, {"sentence": claim})[0].instead


@pytest.mark.parametrize("kind", CLOSED)
def test_a_closed_door_does_not_bid_everybody_welcome(kind):
    assert objections(kind, {"sentence": "Everyone welcome, walk in."})


@pytest.mark.parametrize("shape", ["🚫", "⛔", "⊘", "🛑", "⚠", "O\u20e0", "🚷"])
def test_the_shape_of_a_safety_sign_is_refused(shape):
    (found,) = objections(SignKind.PRIVATE, {"headline": f"{shape} PRIVATE AREA"})

    assert "safety sign" in found.why
    assert found.instead == "Say it in words."


@pytest.mark.parametrize(
    "law",
    ["210 ILCS 85/6.14h", "42 CFR 489", "Health & Safety Code 24251", "Prohibited by law", "Fourth Amendment"],
)
def test_a_wording_of_ones_own_cites_no_law(law):
    assert "Leave the law out" in objections(SignKind.PRIVATE, {"second": f"See {law}."})[0].instead


@pytest.mark.parametrize(
    "line",
    [
        "Dental patients and dental staff only.",
        "Please ring the bell and wait.",
        "Ask at the desk: we come to you.",
        "Quiet, please. Hearing tests.",
        "Deliveries: please use the north door.",
        "Prière de frapper.",
        "निजी क्षेत्र",
    ],
)
def test_ordinary_words_of_ones_own_pass(line):
    assert objections(SignKind.PRIVATE, {"sentence": line}) == ()


def test_every_line_that_is_wrong_is_named_at_once():
    found = objections(SignKind.PRIVATE, {"headline": "NO ICE", "sentence": "Staff only.", "second": "Exit"})

    assert [each.line for each in found] == ["headline", "second"]


def test_a_line_too_long_to_be_read_from_afar_is_refused():
    assert "Say less" in objections(SignKind.PRIVATE, {"headline": "LONG " * 12})[0].instead
    assert objections(SignKind.PRIVATE, {"headline": "A" * 40}) == ()


def test_a_line_of_law_of_ours_may_cite_it_and_still_not_threaten():
    assert never_printed("8 CFR 287.8(f)(2).", law=True) is None
    assert never_printed("8 CFR 287.8(f)(2).") == "CFR"
    assert never_printed("Agents will be prosecuted, 8 CFR.", law=True)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["phrases"][0])
def test_every_rule_says_why_and_what_to_say_instead(rule):
    assert rule["why"].endswith(".")
    assert rule["instead"].endswith((".", "does."))


def test_forty_letters_are_a_headline_and_a_hundred_and_twenty_a_line():
    for name, most in (("headline", 40), ("sentence", 120), ("second", 120), ("a name", 120)):
        assert not objections(SignKind.PRIVATE, {name: "W" * most})
        (found,) = objections(SignKind.PRIVATE, {name: "W" * most + "X"})
        assert (found.phrase, str(most) in found.why) == ("X", True)


def test_the_first_line_that_is_wrong_is_the_one_that_is_said():
    with pytest.raises(Invalid, match="Take out “ICE”"):
        guard(SignKind.PRIVATE, {"headline": "No ICE", "sentence": "Keep out, police prohibited"})


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("Ask for a private room", None),
        ("A private room, private", "private"),
        ("private, or a private room", "private"),
        ("A private room or a private roomy place", "private"),
        ("Private room. No entry", "No entry"),
    ],
)
def test_what_is_allowed_within_a_phrase_is_allowed_there_alone(line, phrase):
    found = objections(SignKind.WAITING, {"sentence": line})

    assert [each.phrase for each in found] == ([] if phrase is None else [phrase])


def test_the_phrase_is_told_as_it_stands_at_the_end_of_a_line():
    for line in ("Here: ICE", "Ok: ICE", "ICE", "I.C.E."):
        (found,) = objections(SignKind.PRIVATE, {"sentence": line})
        assert found.phrase.strip(".") == line.removeprefix("Here: ").removeprefix("Ok: ").strip(".")


def test_what_is_allowed_covers_what_lies_within_it_and_nothing_that_reaches_out_of_it():
    rule = _Rule(pattern(["room", "rooms up", "wait"]), pattern(["a room here", "wait"]), "", "", frozenset(), False)

    assert _found(rule, "a room here") is None  # begins after it and ends before it
    assert _found(rule, "wait") is None  # begins and ends with it
    assert _found(rule, "a room here, a room").start() == 15
    assert _found(rule, "rooms up").span() == (0, 8)
