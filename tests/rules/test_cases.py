"""Cases of the fact base that turn on a fact which no observation holds, and which the app can be told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.rules.test_assess import CASES, LATE, TODAY
from zonemap.model.assessment import AccessZone
from zonemap.model.paper import observations_document, observations_from
from zonemap.rules.assess import assess_all
from zonemap.rules.pack import pack_by_id

# What a case tells in its facts alone, and the app has an answer for.
TOLD: dict[str, dict[str, Any]] = {
    "con-026": {"second": {"top_heading": "federal_court", "title": "subpoena", "signer_label": "clerk"}},
    "con-077": {"today": LATE},
    "pub-053": {"court": "another_state"},
    "pub-069": {"part2": True},
}


@pytest.mark.shared
@pytest.mark.skipif(not CASES.is_file(), reason="the cases of the fact base do not lie beside this checkout")
def test_cases_beyond_the_observations_agree_where_the_app_is_told_the_fact() -> None:
    beyond = {case["id"]: case for case in map(json.loads, CASES.read_text("utf-8").splitlines())}
    beyond = {name: case for name, case in beyond.items() if case.get("beyond_observations")}
    assert set(TOLD) < set(beyond)

    for name, case in beyond.items():
        told = TOLD.get(name, {})
        seen = observations_from(case["observations"] | ({"court": told["court"]} if "court" in told else {}))
        papers = (
            (seen, observations_from({**observations_document(seen), **told["second"]}))
            if "second" in told
            else (seen,)
        )
        pack = replace(pack_by_id(case["jurisdiction"]), part2=told.get("part2", False))
        answer = assess_all(pack, papers, today=told.get("today", TODAY))

        assert (name, answer.paper_class, list(answer.overlays)) == (name, case["expected_class"], case["overlays"])
        if name in TOLD:
            zones = {zone: answer.access[AccessZone(zone)].value for zone in case["expected_access"]}
            # con-026 tells what the first paper shows of records; the subpoena beside it is kept for counsel
            second = {"records": "counsel"} if name == "con-026" else {}
            assert (name, zones) == (name, case["expected_access"] | second)
            first = assess_all(pack, papers[:1], today=told.get("today", TODAY))
            assert not second or first.access[AccessZone.RECORDS].value == case["expected_access"]["records"]
