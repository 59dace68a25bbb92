"""``zonemap assess``: one JSON line in, one answer out, in order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.assessment import Assessment
from zonemap.model.paper import observations_from
from zonemap.rules.assess import assess
from zonemap.rules.pack import pack_by_id


def assess_lines(lines: Iterable[str], *, today: date) -> Iterator[dict[str, Any]]:
    """Answers for lines ``{"id", "jurisdiction", "observations"}``, in order; empty lines are passed over.

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
    jurisdiction = case.get("jurisdiction", "US-federal")
    if not isinstance(jurisdiction, str):
        raise Invalid("jurisdiction must be a word such as US-CA.")
    observations = observations_from(case["observations"])
    return {
        "id": case.get("id"),
        **assessment_document(assess(pack_by_id(jurisdiction), observations, today=today)),
    }


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
