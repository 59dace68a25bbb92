"""``zonemap assess``: one JSON line in, one answer out, in order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from reprlib import repr as short  # it tells the first letters of what came, which may be a book
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.assessment import Assessment
from zonemap.model.facility import SiteKind
from zonemap.model.paper import observations_from
from zonemap.model.places import STATES
from zonemap.rules.assess import assess_all
from zonemap.rules.pack import FEDERAL, Pack, pack_by_id, pack_for

_MARK = "\ufeff"  # some editors write it before the first line of a file


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
            case = _read(line, number)
            try:
                yield _answer(case, today)
            except Invalid as error:
                raise Invalid(f"Line {number}: {error.message}", line=number) from error


def _read(line: str, number: int) -> Any:
    try:
        return json.loads(line.lstrip(_MARK))
    except json.JSONDecodeError as error:
        said = f"Line {number} is not JSON: {error.msg}. Each line holds one whole case, as one object."
        raise Invalid(said, line=number) from error
    except RecursionError as error:
        raise Invalid(f"Line {number} is nested too deeply to be an observation.", line=number) from error
    except ValueError as error:  # a number of more than 4,300 digits is where Python's reader of JSON stops
        raise Invalid(f"Line {number} holds a number that is too long to read.", line=number) from error


def _answer(case: Any, today: date) -> dict[str, Any]:
    if not isinstance(case, Mapping) or not isinstance(case.get("observations"), Mapping):
        raise Invalid('It must be an object with "id", "jurisdiction" and "observations".')
    papers = [observations_from(each) for each in (case["observations"], *_further(case))]
    answer = assess_all(_pack(case), papers, today=_day(case, today))
    return {"id": _id(case), **assessment_document(answer)}


def _id(case: Mapping[str, Any]) -> Any:
    """The id, as it came: it must be possible to write it again as JSON. Raises Invalid."""
    try:
        json.dumps(case.get("id"), ensure_ascii=False, allow_nan=False).encode("utf-8")
    except ValueError as error:
        raise Invalid("id holds a letter or a number that cannot be written again as JSON.") from error
    return case.get("id")


def _pack(case: Mapping[str, Any]) -> Pack:
    """The pack that the line asks for. Raises Invalid."""
    jurisdiction, part2 = case.get("jurisdiction", FEDERAL), case.get("part2", False)
    if not isinstance(jurisdiction, str):
        raise Invalid("jurisdiction must be a word such as US-CA.")
    if not isinstance(part2, bool):
        raise Invalid("part2 must be true or false.")
    kind = case.get("site_kind")
    if kind is not None and kind not in tuple(SiteKind):
        raise Invalid(f"site_kind must be one of {', '.join(SiteKind)}, but is {short(kind)}.")
    named = pack_by_id(_jurisdiction(jurisdiction))
    pack = named if kind is None or not named.state else pack_for(named.state, SiteKind(kind))
    return replace(pack, part2=part2)


def _jurisdiction(written: str) -> str:
    """``us-ca``, ``CA`` and ``California`` are US-CA: a slip of the pen must not cost a state its stricter law."""
    plain = " ".join(written.split()).casefold().replace("_", "-").removeprefix("us-")
    found = (f"US-{letters}" for letters, name in STATES.items() if plain in (letters.casefold(), name.casefold()))
    return next(found, written)


def _further(case: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    further = case.get("more_observations", [])
    if not isinstance(further, list) or not all(isinstance(each, Mapping) for each in further):
        raise Invalid("more_observations must be a list of objects, one for each further paper.")
    return further


def _day(case: Mapping[str, Any], today: date) -> date:
    try:
        return date.fromisoformat(case["date"]) if "date" in case else today
    except (TypeError, ValueError) as error:
        raise Invalid(f"date must be written as 2026-11-24, but is {short(case['date'])}.") from error


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
