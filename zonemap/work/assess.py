"""``zonemap assess``: one JSON line in, one answer out, in order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.assessment import Assessment
from zonemap.model.facility import SiteKind
from zonemap.model.paper import observations_from
from zonemap.rules.assess import assess_all
from zonemap.rules.pack import FEDERAL, Pack, pack_by_id, pack_for


def assess_lines(lines: Iterable[str], *, today: date) -> Iterator[dict[str, Any]]:
    """Answers for lines ``{"id", "jurisdiction", "observations"}``, in order; empty lines are passed over.

    A line may also say what no observation holds: ``site_kind`` (a pack of a state answers only where it covers that
    kind), ``part2`` (a substance-use program under 42 CFR Part 2), ``date`` (the day of the visit, for rules past their
    date), and ``more_observations`` (a list: the further papers of the visit).
    Further keys of a line, such as what a case expects, are left alone; an unknown observation or value is an error.
    Raises Invalid that names the line.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _answer(json.loads(line), today)
            except json.JSONDecodeError as error:
                raise Invalid(f"Line {number} is not JSON: {error.msg}.", line=number) from error
            except RecursionError as error:
                raise Invalid(f"Line {number} is nested too deeply to be an observation.", line=number) from error
            except Invalid as error:
                raise Invalid(f"Line {number}: {error.message}", line=number) from error


def _answer(case: Any, today: date) -> dict[str, Any]:
    if not isinstance(case, Mapping) or not isinstance(case.get("observations"), Mapping):
        raise Invalid('It must be an object with "id", "jurisdiction" and "observations".')
    papers = [observations_from(each) for each in (case["observations"], *_further(case))]
    answer = assess_all(_pack(case), papers, today=_day(case, today))
    return {"id": case.get("id"), **assessment_document(answer)}


def _pack(case: Mapping[str, Any]) -> Pack:
    """The pack that the line asks for. Raises Invalid."""
    jurisdiction, part2 = case.get("jurisdiction", FEDERAL), case.get("part2", False)
    if not isinstance(jurisdiction, str):
        raise Invalid("jurisdiction must be a word such as US-CA.")
    if not isinstance(part2, bool):
        raise Invalid("part2 must be true or false.")
    kind = case.get("site_kind")
    if kind is not None and kind not in tuple(SiteKind):
        raise Invalid(f"site_kind must be one of {', '.join(SiteKind)}, but is {kind!r}.")
    named = pack_by_id(jurisdiction)
    pack = named if kind is None or not named.state else pack_for(named.state, SiteKind(kind))
    return replace(pack, part2=part2)


def _further(case: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    further = case.get("more_observations", [])
    if not isinstance(further, list) or not all(isinstance(each, Mapping) for each in further):
        raise Invalid("more_observations must be a list of objects, one for each further paper.")
    return further


def _day(case: Mapping[str, Any], today: date) -> date:
    try:
        return date.fromisoformat(case["date"]) if "date" in case else today
    except (TypeError, ValueError) as error:
        raise Invalid(f"date must be written as 2026-11-24, but is {case['date']!r}.") from error


def assessment_document(answer: Assessment) -> dict[str, Any]:
    """An answer as JSON values, as the command line writes it."""
    return {
        "class": answer.paper_class.value,
        "overlays": [overlay.value for overlay in answer.overlays],
        "access": {zone.value: access.value for zone, access in answer.access.items()},
        "say": list(answer.say),
        "must_not": list(answer.must_not),
        "call": [{"role": step.role.value, "reason": step.reason} for step in answer.call],
        "citations": list(answer.citations),
    }
