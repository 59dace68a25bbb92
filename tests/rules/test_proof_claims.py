"""Each claim of the proof on rules that break just it: a function that holds, with other results in one part of space.

That the claims find nothing wrong with the true rules is told in ``test_proof.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.rules.broken_rules import HELD, PLACES_LAWS, RULES, Broken, Change, access, both, of_class
from zonemap.model.assessment import Access, PaperClass
from zonemap.rules import proof_claims
from zonemap.rules.proof import Decided
from zonemap.rules.proof_claims import CLAIMS, Claim


def found(words: str, change: Change, where: dict[str, Any], *more: tuple[Change, dict[str, Any]]) -> list[str]:
    """What the claim that begins so finds."""
    return list(that_begins(words).breaks(Broken(change, where, more)))  # type: ignore[arg-type]


def that_begins(words: str) -> Claim:
    (claim,) = [each for each in CLAIMS if each.words.startswith(words)]
    return claim


TOTAL, REACH, FALLBACK, PUBLIC = "Total:", "No class and", "Whatever no test", "A public area"
JUDGE, ESCORT, EMERGENCY, DHS = "Nothing opens without", "With the prisoner", "Danger, or", "A heading of Homeland"
UNSURE, BETWEEN, DOUBT, CLASH = "Unsure permits", "Where certain answers", "One doubt", "Parts that"
REFUSAL, STRICTER, LAWS, OLD = "Doubt about heading", "The law of a place", "Each thing that a pack", "Past the review"


WARRANT: dict[str, Any] = {
    "paper": "paper",
    "top_heading": "federal_court",
    "title": "search_warrant",
    "signer_label": "judge",
    "signed": "yes",
    "readable": "yes",
    "danger_now": "no",
    "entering_now": "no",
}
ZONES = ("private", "residential", "outdoor_private")
SEARCH, NONE = of_class("judicial_search"), of_class("no_paper")


def heads(breaks: list[str]) -> list[str]:
    """What is broken, without the point that shows it."""
    return [each.split(": ")[0] for each in breaks]


def others(key: str, *values: str) -> Iterator[str]:
    yield from (each for each in RULES.diagrams.domains[key] if each not in values)


def test_rules_that_hold_everywhere_break_no_claim_but_that_they_reach_everything() -> None:
    held = Broken(lambda said: said, {})

    assert [claim.words for claim in CLAIMS if list(claim.breaks(held))] == [that_begins(REACH).words]  # type: ignore[arg-type]


def test_an_observation_without_a_class_is_found() -> None:
    assert heads(found(TOTAL, lambda _: None, WARRANT)) == ["some observations get no class"]


@pytest.mark.parametrize("more", [-1, 1])
def test_classes_that_do_not_add_up_are_found(more: int, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {**RULES.by_class(), PaperClass.NO_PAPER: RULES.by_class()[PaperClass.NO_PAPER] + more}
    monkeypatch.setattr(Broken, "by_class", lambda _: wrong)

    assert found(TOTAL, lambda said: said, {}) == ["the classes do not add up to the space"]


def test_a_class_and_a_place_that_nothing_reaches_are_found() -> None:
    def lost(said: Decided) -> Decided:
        return replace(
            said,
            paper_class=PaperClass.DHS_OTHER if said.paper_class is PaperClass.NO_PAPER else said.paper_class,
            place="99" if said.place == "4" else said.place,
        )

    broken = Broken(lost, {}, decided=RULES.decided)
    assert list(that_begins(REACH).breaks(broken)) == ["nothing reaches no_paper", "nothing reaches place 4"]


def test_tests_and_refinements_that_meet_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Broken, "overlapping_tests", lambda _: iter(["two tests meet"]))

    assert found("No conflict", lambda said: said, {}) == ["two tests meet"]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("value", ["counsel", "open"])
def test_what_no_test_knows_and_is_not_held_is_found(zone: str, value: str) -> None:
    def last(said: Decided) -> Decided:
        changed: Decided = access(zone, value)(replace(said, place="".join(("1", "8"))))
        return changed if said.place == "18" else said

    assert heads(found(FALLBACK, last, {})) == ["what no test knows is not held"]


def test_a_public_area_that_is_shut_and_another_that_is_open_are_found() -> None:
    for value in ("counsel", "hold_counsel", "responder_scope_check"):
        assert heads(found(PUBLIC, access("public", value), WARRANT)) == ["a public area is not open"]
    assert found(PUBLIC, access("public", "per_statute"), WARRANT) == []
    for zone in (*ZONES, "records"):
        assert heads(found(PUBLIC, access(zone, "open"), WARRANT)) == ["an area that is not public is open"]


ALLOWED: dict[str, tuple[str, ...]] = {
    "top_heading": ("federal_court", "state_court"),
    "signer_label": ("judge",),
    "title": ("search_warrant", "search_and_seizure_warrant", "entry_or_inspection_warrant", "order"),
    "readable": ("yes",),
    "paper": ("paper", "on_phone"),
    "signed": ("yes",),
    "danger_now": ("no", "unsure"),
    "entering_now": ("no", "unsure"),
}


@pytest.mark.parametrize("key", ALLOWED)
def test_whatever_opens_without_one_thing_of_a_judge_s_paper_is_found(key: str) -> None:
    opens = both(SEARCH, access("private", "responder_scope_check"))

    at = {name: value for name, value in WARRANT.items() if name != key}
    wrong = [f"something opens although {key} is {value}" for value in others(key, *ALLOWED[key])]
    assert heads(found(JUDGE, opens, at)) == wrong


def test_what_opens_by_a_class_that_is_no_judge_s_is_found() -> None:
    another = "something opens by another class than a judge's"
    neither = "a private area opens by neither a search warrant nor an order"

    for zone in ZONES:
        door = access(zone, "responder_scope_check")
        assert heads(found(JUDGE, both(of_class("judicial_arrest"), door), WARRANT)) == [neither]
        assert heads(found(JUDGE, both(NONE, door), WARRANT)) == [another, neither]
        assert found(JUDGE, both(of_class("court_order"), door), WARRANT) == []
    for value in ("as_ordered", "listed_via_responder"):
        shut = both(*(access(zone, "counsel") for zone in ZONES))
        assert heads(found(JUDGE, both(NONE, shut, access("records", value)), WARRANT)) == [another]


def test_somebody_who_is_let_in_without_a_prisoner_is_found() -> None:
    for value in ("with_prisoner_only", "treating_team_only"):
        breaks = found(ESCORT, access("residential", value), WARRANT)
        assert heads(breaks) == [
            f"somebody is let in with a prisoner although custody is {each}" for each in ("no", "unsure")
        ]
    assert found(ESCORT, access("residential", "with_prisoner_only"), WARRANT | {"custody_escort": "yes"}) == []


def test_a_statute_that_decides_for_others_than_inspectors_who_ask_for_nobody_is_found() -> None:
    wants = ("arrest_person", "talk_to_person", "unsure")
    nobody = {f"asks for {want}": False for want in wants}
    statute = access("records", "per_statute")

    agencies = [f"a statute decides although the agency is {agency}" for agency in others("agency", "regulator")]
    assert heads(found(ESCORT, statute, WARRANT | nobody)) == agencies
    for want in wants:
        breaks = found(ESCORT, statute, WARRANT | nobody | {"agency": "regulator", f"asks for {want}": True})
        assert heads(breaks) == [f"a statute decides although they may want {want}"]
    assert found(ESCORT, statute, WARRANT | nobody | {"agency": "regulator"}) == []


@pytest.mark.parametrize("key", ["danger_now", "entering_now"])
def test_danger_that_leads_to_anything_else_is_found(key: str) -> None:
    for zone in ZONES:
        for value in ("counsel", "open"):
            breaks = found(EMERGENCY, access(zone, value), WARRANT | {key: "yes"})
            assert heads(breaks) == [f"{key} does not lead to"]
    assert found(EMERGENCY, access("records", "counsel"), WARRANT | {key: "yes"}) == []


def test_a_judge_s_paper_without_a_court_at_the_top_is_found() -> None:
    for heading in RULES.diagrams.domains["top_heading"]:
        at = WARRANT | {"top_heading": heading}
        expected = [f"{heading} at the top becomes a judge's paper"] * (heading not in ALLOWED["top_heading"])
        assert (
            heads(found(DHS, both(SEARCH, access("private", "counsel"), access("records", "counsel")), at)) == expected
        )
        assert heads(found(DHS, both(NONE, access("records", "as_ordered")), at)) == expected


def decided(*private: str) -> tuple[Decided, ...]:
    """Results with those accesses for private areas."""
    return tuple(
        Decided("1", PaperClass.NO_PAPER, (Access.OPEN, Access(each), Access.HOLD, Access.HOLD, Access.HOLD))
        for each in private
    )


@pytest.mark.parametrize(
    ("doubtful", "certain", "more"),
    [
        ("hold_counsel", ("not_by_this_paper",), False),
        ("do_not_block", ("none", "no_patient_data"), False),
        ("counsel", ("not_without_paper",), False),
        ("with_prisoner_only", ("hold_counsel",), True),
        ("treating_team_only", ("hold", "counsel"), True),
        ("per_statute", ("not_by_this_paper",), True),
        ("per_statute", ("hold", "with_prisoner_only"), False),
        ("responder_scope_check", ("per_statute", "hold"), True),
        ("responder_scope_check", ("hold", "as_ordered"), False),
        ("listed_via_responder", ("open", "hold"), False),
        ("open", ("responder_scope_check", "per_statute"), True),
        ("open", ("hold", "open"), False),
        ("hold", ("open",), False),
    ],
)
def test_doubt_permits_more_where_it_lets_in_further_than_a_hold_and_than_every_answer(
    doubtful: str, certain: tuple[str, ...], more: bool
) -> None:
    assert proof_claims._exceeds(*decided(doubtful, *certain)) is more


@pytest.mark.parametrize(
    ("doubtful", "certain", "parts"),
    [
        ("not_by_this_paper", ("responder_scope_check", "not_by_this_paper"), True),
        ("responder_scope_check", ("none", "hold", "responder_scope_check"), True),
        ("hold_counsel", ("responder_scope_check", "not_by_this_paper"), False),
        ("do_not_block", ("responder_scope_check", "not_by_this_paper"), False),
        ("not_by_this_paper", ("responder_scope_check", "hold_counsel"), False),
        ("responder_scope_check", ("hold_counsel", "not_by_this_paper"), False),
    ],
)
def test_doubt_holds_between_a_judge_s_paper_and_a_refusal(
    doubtful: str, certain: tuple[str, ...], parts: bool
) -> None:
    assert bool(proof_claims._parts_without_hold(*decided(doubtful, *certain))) is parts


DOUBTED = [key for key, values in RULES.diagrams.domains.items() if "unsure" in values]


@pytest.mark.parametrize("key", DOUBTED)
def test_doubt_about_anything_that_permits_more_or_does_not_hold_is_found(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof_claims, "OBSERVED", (key, "asks for records"))  # the others are looked at likewise
    at = {name: value for name, value in WARRANT.items() if name != key}
    opened = found(UNSURE, access("private", "open"), at | {key: "unsure"})
    assert heads(opened) == [f"doubt about {key} permits more than an answer"]

    certain = next(others(key, "unsure", "none_shown", "not_asked"))
    door = (access("private", "responder_scope_check"), at | {key: certain})
    words = [f"doubt about {key} does not hold between a judge's paper and a refusal"]
    assert heads(found(BETWEEN, access("private", "not_by_this_paper"), at, door)) == words
    held = (access("private", "hold_counsel"), at | {key: "unsure"})
    assert found(BETWEEN, access("private", "not_by_this_paper"), at, door, held) == []


def test_every_observation_that_can_be_in_doubt_is_looked_at() -> None:
    everywhere: Change = access("private", "open")
    opened = [(everywhere, {key: "unsure"}) for key in DOUBTED]
    breaks = found(UNSURE, access("private", "counsel"), {}, *opened)

    assert heads(breaks) == [f"doubt about {key} permits more than an answer" for key in DOUBTED]


def test_doubt_about_what_they_ask_for_permits_no_more_than_one_of_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof_claims, "OBSERVED", ())
    doubt, certain = WARRANT | {"asks for unsure": True}, WARRANT | {"asks for unsure": False}
    opened = access("private", "open")

    words = ["doubt about what they ask for permits more than an answer"]
    assert heads(found(UNSURE, opened, doubt)) == words
    assert found(UNSURE, opened, doubt, (opened, certain)) == []
    for name in (name for name in RULES.diagrams.names if name.startswith("asks for ") and name != "asks for unsure"):
        assert found(UNSURE, opened, doubt, (opened, certain | {name: True})) == [], name
    assert heads(found(UNSURE, opened, doubt, (opened, doubt | {"asks for records": True}))) == words


OF_A_PAPER = ("paper", "top_heading", "title", "signer_label", "signed", "readable")
OF_A_SEARCH = (*OF_A_PAPER, "names_this_place", "covers_area_wanted", "execute_by", "hours_ok", "all_pages")


@pytest.mark.parametrize(
    ("paper_class", "keys"),
    [("judicial_search", OF_A_SEARCH), ("court_order", OF_A_PAPER), ("agency_subpoena", ()), ("no_paper", ())],
)
def test_a_permission_that_outlives_one_doubt_is_found(paper_class: str, keys: tuple[str, ...]) -> None:
    opened = both(of_class(paper_class), access("private", "responder_scope_check"))

    assert heads(found(DOUBT, opened, {})) == [f"{paper_class} stays open in doubt about {key}" for key in keys]
    shut = access("private", "counsel")
    doubts = [(both(of_class(paper_class), shut), {key: "unsure"}) for key in keys]
    closed = both(of_class(paper_class), *(access(zone, "counsel") for zone in ZONES))
    assert found(DOUBT, both(closed, access("private", "responder_scope_check")), {}, *doubts) == []


@pytest.mark.parametrize("key", ["top_heading", "title", "signer_label", "readable"])
def test_doubt_that_is_a_refusal_is_found(key: str) -> None:
    for paper in ("paper", "on_phone"):
        for zone in ZONES:
            at = WARRANT | {key: "unsure", "paper": paper}
            for value in ("not_by_this_paper", "none"):
                assert heads(found(REFUSAL, access(zone, value), at)) == [f"doubt about {key} is a refusal"]
            assert found(REFUSAL, access(zone, "counsel"), at) == []
            for danger in ("danger_now", "entering_now"):
                assert found(REFUSAL, access(zone, "none"), at | {danger: "yes"}) == []


@pytest.mark.parametrize("clash", range(len(proof_claims._CLASHES)))
def test_parts_that_do_not_fit_together_and_are_not_held_are_found(clash: int) -> None:
    parts = proof_claims._CLASHES[clash]

    for zone, value in zip(ZONES, ("counsel", "not_by_this_paper", "none"), strict=True):
        for paper in ("paper", "on_phone"):
            at = {"danger_now": "no", "entering_now": "no", "paper": paper, "agency": "ice"}
            at |= {key: values[-1] for key, values in parts.items()}
            breaks = found(CLASH, access(zone, value), at)
            assert len(breaks) >= 1
            assert all(each.startswith("parts that do not fit together are no hold: ('no', 'no'") for each in breaks)


@pytest.mark.parametrize("law", [*PLACES_LAWS, "past its date"])
def test_a_law_or_an_age_that_permits_more_changes_a_class_or_does_nothing_is_found(law: str) -> None:
    assert heads(found(STRICTER, access("private", "open"), WARRANT | {law: True})) == [
        f"{law} permits more than without it"
    ]
    assert found(STRICTER, access("private", "open"), WARRANT | {law: False}) == []
    for value in ("agency_subpoena", "unclear_hold"):
        assert heads(found(STRICTER, of_class(value), WARRANT | {law: True})) == [f"{law} changes a class"]
    without = Broken(lambda said: said, {})
    without.decided = RULES.diagrams.where(HELD, law, False)
    assert list(that_begins(STRICTER).breaks(without)) == [f"{law} changes nothing"] * (law in PLACES_LAWS)  # type: ignore[arg-type]


def test_a_law_of_a_place_that_does_not_do_what_it_says_is_found() -> None:
    door, records = access("outdoor_private", "responder_scope_check"), access("records", "as_ordered")
    state = WARRANT | {"top_heading": "state_court"}

    wrong = [f"a door opens although covers_area_wanted is {value}" for value in others("covers_area_wanted", "yes")]
    wrong += [f"a door opens although names_this_place is {value}" for value in ("no", "unsure", "none_shown")]
    assert heads(found(LAWS, door, WARRANT | {"order_scope_required": True, "part2": False})) == wrong
    at = state | {"federal_only_judge": True, "own_courts_only": False, "order_scope_required": False, "part2": False}
    wrong = [f"a state judge's paper opens for {agency}" for agency in ("ice", "cbp", "hsi", "unsure")]
    assert heads(found(LAWS, records, at)) == wrong
    at |= {"federal_only_judge": False, "own_courts_only": True}
    wrong = [f"a court of {court} opens something" for court in ("another_state", "unsure")]
    assert heads(found(LAWS, records, at)) == wrong
    assert heads(found(LAWS, records, WARRANT | {"part2": True})) == ["sealed records go out"]
    assert found(LAWS, records, WARRANT | {"part2": False}) == []


def test_rules_past_their_date_that_refuse_or_open_what_is_contested_are_found() -> None:
    contested = WARRANT | {"past its date": True, "confidence of the pack": "contested"}
    fought, opens = access("private", "not_by_this_paper_contested_counsel_now"), access("records", "as_ordered")

    assert heads(found(OLD, fought, WARRANT | {"past its date": True})) == [
        "rules past their date refuse what is contested"
    ]
    assert heads(found(OLD, opens, contested)) == ["rules past their date open what is contested"]
    assert found(OLD, fought, WARRANT | {"past its date": False}) == []
    assert found(OLD, opens, contested | {"confidence of the pack": "settled"}) == []
    assert found(OLD, opens, contested | {"past its date": False}) == []


def test_a_break_is_told_with_a_point_that_shows_it() -> None:
    (broken,) = found(PUBLIC, access("public", "none"), WARRANT)

    assert broken.startswith("a public area is not open: danger_now no, entering_now no, paper paper, ")
    assert "title search_warrant, signer_label judge, signed yes, readable yes" in broken
