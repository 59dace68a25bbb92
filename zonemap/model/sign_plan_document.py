"""A sign plan as plain JSON values, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from zonemap.model.sign import Choice, OwnWords, SeenLanguage, SignKind, SignPlan


def plan_document(plan: SignPlan) -> dict[str, Any]:
    """The plan as JSON values, without its version."""
    return {
        "choices": {sheet: choice.value for sheet, choice in plan.choices},
        "own_words": [_own_document(own) for own in plan.own_words],
        "seen": [{"language": each.language, "by": each.by, "on": each.on.isoformat()} for each in plan.seen],
        "distances": dict(plan.distances),
    }


def plan_from(document: Mapping[str, Any], version: int) -> SignPlan:
    """The plan from its JSON values."""
    return SignPlan(
        choices=tuple((sheet, Choice(choice)) for sheet, choice in document["choices"].items()),
        own_words=tuple(_own_from(each) for each in document["own_words"]),
        seen=tuple(
            SeenLanguage(each["language"], each["by"], date.fromisoformat(each["on"])) for each in document["seen"]
        ),
        version=version,
        distances=tuple((sheet, int(feet)) for sheet, feet in document.get("distances", {}).items()),
    )


def _own_document(own: OwnWords) -> dict[str, Any]:
    return {
        "kind": own.kind.value,
        "language": own.language,
        "headline": own.headline,
        "sentence": own.sentence,
        "second": own.second,
        "checked_by": own.checked_by,
        "checked_on": own.checked_on.isoformat() if own.checked_on else None,
    }


def _own_from(value: Mapping[str, Any]) -> OwnWords:
    checked_on = date.fromisoformat(value["checked_on"]) if value["checked_on"] else None
    return OwnWords(**{**value, "kind": SignKind(value["kind"]), "checked_on": checked_on})
