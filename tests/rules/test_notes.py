"""What is said beside an answer, said here once more: each note stands there exactly when it should."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.rules.near_visits import near_visits
from zonemap.model.assessment import AccessZone, Assessment
from zonemap.model.paper import Observations, observations_from
from zonemap.rules.assess import assess
from zonemap.rules.classify import paper_class, read, without_scene
from zonemap.rules.desk_words import words
from zonemap.rules.pack import FEDERAL, Pack, packs

JUDGES = "judicial_search judicial_search_query judicial_civil_entry judicial_arrest court_order"
# note: when, given the pack, what was seen, the answer
WHEN: dict[str, Callable[[Pack, Observations, Assessment], bool]] = {
    "stale": lambda _, __, answer: answer.pack.stale,
    "emergency_line": lambda _, seen, __: _calm(seen) and "unsure" in {seen.danger_now, seen.entering_now},
    "many_unsure": lambda _, seen, __: _calm(seen) and seen.times_unsure in range(3, 99),
    "contested": lambda _, __, answer: answer.contested,
    "federal_only": lambda pack, seen, answer: (
        pack.federal_only_judge and _of_state_judge(seen, answer) and seen.agency in {"ice", "cbp", "hsi", "unsure"}
    ),
    "order_scope": lambda pack, _, answer: (
        pack.order_scope_required
        and (
            answer.paper_class == "judicial_arrest"
            or (answer.paper_class == "court_order" and answer.access[AccessZone.PRIVATE] == "hold_counsel")
        )
    ),
    "another_state": lambda pack, seen, answer: (
        pack.own_courts_only and _of_state_judge(seen, answer) and seen.court in {"another_state", "unsure"}
    ),
    "sealed_records": lambda pack, seen, _: pack.part2 and bool(seen.wants & {"records", "video_or_visitor_log"}),
    "exigency": lambda pack, seen, _: pack.exigency != "" and not _calm(seen),
    "paper_under_emergency": lambda _, seen, __: (
        not _calm(seen) and seen.paper in {"paper", "on_phone"} and seen.top_heading not in {"unsure"}
    ),
    "records_only": lambda _, __, answer: (
        answer.paper_class == "court_order" and answer.access[AccessZone.PRIVATE] == "not_by_this_paper"
    ),
    "escort": lambda _, seen, __: seen.custody_escort == "yes" and seen.paper not in {"none", "verbal_only"},
    "escort_in_doubt": lambda _, seen, __: (
        seen.custody_escort == "unsure" and "custody_escort" in seen.answered and _calm(seen)
    ),
    "inspector_in_doubt": lambda _, seen, answer: (
        seen.agency in {"regulator", "unsure"}
        and seen.top_heading == "other_agency"
        and _calm(seen)
        and answer.paper_class != "regulator"
    ),
    "judge_subpoena": lambda _, seen, answer: (
        answer.paper_class in {"court_subpoena", "grand_jury_subpoena"} and seen.signer_label == "judge"
    ),
    "no_id": lambda _, seen, __: seen.id_shown == "no",
    "stands_in": lambda pack, _, __: pack.stands_in_for != "",
    "guidance": lambda pack, _, __: pack.basis == "guidance",
    "pending": lambda pack, _, __: pack.basis == "pending",
    "nothing_found": lambda pack, _, __: pack.basis == "nothing_found",
}


CLOCKS = {pack.warrant_clock for pack in packs().values()} - {""}


def _calm(seen: Observations) -> bool:
    return "yes" not in {seen.danger_now, seen.entering_now}


def _of_state_judge(seen: Observations, answer: Assessment) -> bool:
    return seen.top_heading == "state_court" and answer.paper_class in JUDGES.split()


def _clock(pack: Pack, seen: Observations, answer: Assessment) -> str:
    if answer.paper_class not in {"judicial_search", "judicial_search_query"}:
        return ""
    if seen.top_heading == "federal_court":
        return packs()[FEDERAL].warrant_clock
    return pack.warrant_clock if pack.state else ""


def _expected(pack: Pack, seen: Observations, answer: Assessment) -> list[str]:
    day = answer.pack.reviewed_on
    filled: dict[str, Any] = {
        "date": f"{day:%B} {day.day}, {day.year}",
        "place": pack.stands_in_for,
        "state": pack.name,
        "exigency": pack.exigency,
        "paper": words()["classes"][paper_class(without_scene(seen))],
    }
    return [words()["notes"][key].format(**filled) for key, when in WHEN.items() if when(pack, seen, answer)]


def test_each_note_stands_there_exactly_when_it_should_and_in_the_same_order() -> None:
    stood = set()
    for pack, said, today in near_visits("notes", 40):
        seen = read(observations_from(said))
        answer = assess(pack, observations_from(said), today=today)
        expected = _expected(pack, seen, answer)

        assert list(answer.notes) == expected, (pack.id, said)
        clock = [told for told in answer.duties if told in CLOCKS]
        assert clock == [told for told in [_clock(pack, seen, answer)] if told], (pack.id, said)
        stood |= {key for key, when in WHEN.items() if when(pack, seen, answer)}

    assert stood == set(WHEN) == set(words()["notes"]) - {"more_papers"}
