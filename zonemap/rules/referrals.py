"""The numbers that a facility's referral lists begin with: ``wording/referrals.toml``. Nobody has dialled them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from zonemap.model.facility import Facility
from zonemap.model.record import digest
from zonemap.model.referral import Purpose, Referral, ShowTo

_TEXTS = ("org", "phone", "hours", "timezone", "area", "source_url", "note")


@cache
def _numbers() -> tuple[Mapping[str, Any], ...]:
    source = resources.files("zonemap.rules") / "wording" / "referrals.toml"
    return tuple(tomllib.loads(source.read_text(encoding="utf-8"))["number"])


def first_referrals(facility: Facility) -> tuple[Referral, ...]:
    """What the lists of a facility hold before anybody changes them; the same ids each time."""
    found = [each for each in _numbers() if _here(each, facility) or each.get("elsewhere")]
    return tuple(
        Referral(
            id=digest(f"{facility.id} {each['key']}")[:32],
            facility_id=facility.id,
            purpose=Purpose(each["purpose"]),
            languages=tuple(each["languages"]),
            position=place,
            show_to=ShowTo.PUBLIC if _here(each, facility) else ShowTo.STAFF,
            **{name: each[name] for name in _TEXTS},
        )
        for place, each in enumerate(found, 1)
    )


def _here(number: Mapping[str, Any], facility: Facility) -> bool:
    """Whether a number is for people at this facility; one of another state is for staff alone, or not listed."""
    return facility.state in number.get("states", [facility.state])
