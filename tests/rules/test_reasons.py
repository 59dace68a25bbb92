"""What decided an answer, who is called, which words lead: said here once more, and tried near every strange visit."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from tests.rules.near_visits import near_visits
from tests.rules.test_strange_visits import LATE, SCENE, TODAY
from zonemap.model.assessment import Access, AccessZone, Assessment, Confidence, Outcome, PaperClass
from zonemap.model.paper import Observations, Signer, observations_from
from zonemap.rules.access import rows
from zonemap.rules.assess import _outcome, _script, assess
from zonemap.rules.classify import conflict, paper_class, read, without_scene
from zonemap.rules.desk_words import words
from zonemap.rules.pack import FEDERAL, Pack, packs

PAPER = ["top_heading", "title", "signer_label"]
OWN = {
    "regulator": ["agency", "top_heading", "wants"],
    "custody_escort": ["custody_escort", "paper"],
    "no_paper": ["paper"],
    "judicial_search": ["title", "signer_label", "covers_area_wanted"],
}
FITS = {
    "paper": {"paper", "on_phone"},
    "signed": {"yes"},
    "names_this_place": {"yes"},
    "covers_area_wanted": {"yes"},
    "execute_by": {"yes", "none_stated"},
    "hours_ok": {"yes", "none_stated"},
    "all_pages": {"yes"},
}


def _shown(seen: Observations) -> bool:
    return seen.paper not in {"none", "verbal_only"}


def _calm(seen: Observations) -> bool:
    return "yes" not in {seen.danger_now, seen.entering_now}


def _decided_by(seen: Observations, answer: Assessment, pack: Pack) -> list[str]:
    found, private = answer.paper_class, answer.access[AccessZone.PRIVATE]
    if found == "emergency":
        return [key for key in ("danger_now", "entering_now") if getattr(seen, key) == "yes"]
    if found == "judicial_search_query":
        return ["title", *(key for key, fits in FITS.items() if getattr(seen, key) not in fits)]
    if found == "court_order" and private == "hold_counsel":
        if not seen.wants or "unsure" in seen.wants:
            return ["title", "signer_label", "wants"]
        if not pack.order_scope_required:
            return ["title", "top_heading", "agency"]
        if seen.covers_area_wanted != "yes":
            return ["title", "covers_area_wanted"]
        elsewhere = seen.names_this_place not in {"yes", "no_place_stated"}
        return ["title", "names_this_place"] if elsewhere else ["title", "top_heading", "agency"]
    if found != "unclear_hold":
        return OWN.get(found, PAPER)
    if not _shown(seen):
        return ["agency", "wants"]
    if conflict(seen):
        return ["conflict"]
    doubts = {
        "top_heading": {"unsure", "foreign_language"},
        "title": {"unsure", "other", "application_or_affidavit"},
        "signer_label": {"unsure"},
        "readable": {"no", "unsure"},
    }
    return [key for key, doubt in doubts.items() if getattr(seen, key) in doubt] or PAPER


def _headed(seen: Observations, answer: Assessment) -> str:
    private, own = answer.access[AccessZone.PRIVATE], rows()[answer.paper_class].outcome
    if own in {"emergency", "regulator", "no_paper"}:
        return own
    return {"hold_counsel": "hold", "with_prisoner_only": "escort"}.get(private, own)


def _called(seen: Observations, answer: Assessment) -> list[str]:
    roles: list[Any] = list(rows()[answer.paper_class].call)
    if "custody_escort" in seen.answered and _calm(seen) and seen.custody_escort in {"yes", "unsure"}:
        roles.append("charge_nurse")
    if seen.agency in {"regulator", "unsure"} and seen.top_heading == "other_agency":
        roles.append("compliance_officer")
    if seen.wants & {"records", "video_or_visitor_log"}:
        roles.append("privacy_officer")
    return list(dict.fromkeys(roles))


def _overlays(seen: Observations) -> list[str]:
    under = [] if _calm(seen) or seen.paper not in {"paper", "on_phone"} else [paper_class(without_scene(seen))]
    return [*under, *(["custody_escort"] if seen.custody_escort == "yes" and _shown(seen) else [])]


def _say(seen: Observations, answer: Assessment) -> list[str]:
    row, texts = rows()[answer.paper_class], words()
    script = "S2" if answer.outcome == "hold" != row.outcome else row.script
    lines = [texts["first"], *texts["scripts"][script]]
    lines += texts["scripts"]["S7"] if seen.custody_escort == "yes" and _shown(seen) else []
    lines += [texts["say_more"][seen.paper]] if _calm(seen) and seen.paper in {"on_phone", "verbal_only"} else []
    return lines


def _summary(seen: Observations, answer: Assessment) -> list[str]:
    found, texts = answer.paper_class, words()
    clash = conflict(seen) if found == "unclear_hold" and _shown(seen) else ""
    own = texts["summary"][found]
    first = f"{texts['classes'][found]}."
    return [first, f"{texts['conflicts'][clash]}.", *own[1:]] if clash else [first, *own]


def test_near_every_strange_visit_the_answer_is_told_as_it_was_decided() -> None:
    for pack, said, today in near_visits("reasons", 25):
        seen, answer = read(observations_from(said)), assess(pack, observations_from(said), today=today)
        at = (pack.id, said)

        assert answer.outcome == _headed(seen, answer), at
        assert [each.key for each in answer.decided_by] == _decided_by(seen, answer, pack)[:3], at
        assert [step.role for step in answer.call] == _called(seen, answer), at
        assert list(answer.overlays) == _overlays(seen), at
        assert list(answer.summary) == _summary(seen, answer), at
        assert answer.ask_responder_at_once == (seen.times_unsure in range(3, 99)), at
        fought = "not_by_this_paper_contested_counsel_now" in answer.access.values()
        assert answer.contested == (answer.confidence == "contested" or fought), at
        if answer.paper_class != "judicial_search_query":  # it also names what is open
            assert list(answer.say) == _say(seen, answer), at


def test_a_state_judges_order_that_is_held_for_its_court_names_the_court_and_the_agency() -> None:
    said = {"paper": "paper", "top_heading": "state_court", "title": "order", "signer_label": "judge", "signed": "yes"}
    held = observations_from(
        said | SCENE | {"readable": "yes", "agency": "ice", "wants": ["enter_private"], "covers_area_wanted": "yes"}
    )

    answer = assess(packs()["US-CO"], held, today=TODAY)

    assert answer.outcome == "hold"
    assert [each.key for each in answer.decided_by] == ["title", "top_heading", "agency"]


def test_an_order_held_where_no_law_asks_for_the_area_is_not_said_to_hang_on_the_area() -> None:
    said = {"paper": "paper", "top_heading": "state_court", "title": "order", "signer_label": "judge", "signed": "yes"}
    seen = observations_from(said | SCENE | {"readable": "yes", "agency": "hsi", "wants": ["records"]})

    held, asked = (assess(packs()[name], seen, today=TODAY) for name in ("US-CO", "US-CA"))

    assert [each.key for each in held.decided_by] == ["title", "top_heading", "agency"]
    assert asked.outcome != "hold"


def test_an_order_that_names_the_area_at_another_address_is_told_by_its_address() -> None:
    said = {"paper": "paper", "top_heading": "federal_court", "title": "order", "signer_label": "judge"}
    more = {"signed": "yes", "readable": "yes", "covers_area_wanted": "yes", "names_this_place": "no"}
    answer = assess(
        packs()["US-MD"], observations_from(said | more | SCENE | {"wants": ["enter_private"]}), today=TODAY
    )

    assert answer.outcome == "hold"
    assert [each.key for each in answer.decided_by] == ["title", "names_this_place"]


def test_a_paper_that_is_contested_in_a_state_is_told_by_its_own_parts_when_the_rules_are_old() -> None:
    contested = replace(
        packs()["US-CA"], confidence=MappingProxyType({PaperClass.AGENCY_SUBPOENA: Confidence.CONTESTED})
    )
    said = {"paper": "paper", "top_heading": "dhs", "title": "subpoena", "signer_label": "immigration_officer"}
    answer = assess(contested, observations_from(said | SCENE | {"readable": "yes", "wants": ["records"]}), today=LATE)

    assert answer.access[AccessZone.PRIVATE] == "hold_counsel"
    assert [each.key for each in answer.decided_by] == PAPER
    assert words()["notes"]["order_scope"].format(state=contested.name) not in answer.notes


@pytest.mark.parametrize("found", PaperClass)
def test_only_a_held_door_is_headed_as_a_hold_and_gets_its_words(found: PaperClass) -> None:
    row = rows()[found]
    for private in Access:
        headed = _outcome(found, {AccessZone.PRIVATE: private})
        anew = {"hold_counsel": "hold", "with_prisoner_only": "escort"}.get(private, row.outcome)
        assert headed == (row.outcome if row.outcome in ("emergency", "regulator", "no_paper") else anew)
    for headed in Outcome:
        assert _script(found, headed) == ("S2" if headed == "hold" and row.outcome != "hold" else row.script)


def test_a_subpoena_is_said_to_be_a_judges_only_where_a_judge_signs_it() -> None:
    note = words()["notes"]["judge_subpoena"]
    for signer in Signer:
        said = {"paper": "paper", "top_heading": "federal_court", "title": "subpoena", "signer_label": signer}
        answer = assess(packs()[FEDERAL], observations_from(said | SCENE | {"readable": "yes"}), today=TODAY)
        assert (note in answer.notes) == (signer == "judge")


def test_federal_law_is_cited_for_every_class_and_a_state_adds_its_own() -> None:
    federal = packs()[FEDERAL]
    for pack, said, today in near_visits("citations", 2):
        answer = assess(pack, observations_from(said), today=today)
        own = [] if pack.id == FEDERAL else list(pack.cited(answer.paper_class))

        assert list(answer.citations) == list(dict.fromkeys([*federal.cited(answer.paper_class), *own]))
