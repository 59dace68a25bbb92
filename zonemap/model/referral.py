"""Numbers to hand on, in three lists that are never mixed: the facility's counsel, legal help, well-being.

A number counts as checked once somebody has called it, and for 90 days from then on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FRESH_DAYS = 90


class ReferralList(StrEnum):
    """The three lists."""

    FACILITY_COUNSEL = "facility_counsel"
    LEGAL_HELP = "legal_help"
    WELL_BEING = "well_being"


class Purpose(StrEnum):
    """What a number is for."""

    FACILITY_COUNSEL = "facility_counsel"
    LEGAL_HELP = "legal_help"
    FAMILY_SUPPORT = "family_support"
    WELL_BEING = "well_being"
    GOVERNMENT = "government"

    @property
    def list(self) -> ReferralList:
        """The list that it stands in."""
        if self in (Purpose.FAMILY_SUPPORT, Purpose.GOVERNMENT):
            return ReferralList.LEGAL_HELP
        return ReferralList(self.value)


class ShowTo(StrEnum):
    """Who may see a number."""

    STAFF = "staff"
    PUBLIC = "public_poster"


class StaleRule(StrEnum):
    """What happens in print to a number that nobody has called for 90 days."""

    LEAVE_OUT = "leave_out"
    STAMP = "stamp"


@dataclass(frozen=True, slots=True)
class Referral:
    """One number. ``languages`` in words, as the organization publishes them."""

    id: str
    facility_id: str
    org: str
    purpose: Purpose
    phone: str
    text_ok: bool = False
    hours: str = ""
    timezone: str = ""
    languages: tuple[str, ...] = ()
    area: str = ""
    source_url: str = ""
    verified_on: date | None = None
    verified_by: str = ""
    show_to: ShowTo = ShowTo.PUBLIC
    note: str = ""
    position: int = 0

    def fresh(self, today: date) -> bool:
        """Whether somebody has called it in the last 90 days."""
        return self.verified_on is not None and today - self.verified_on <= timedelta(days=FRESH_DAYS)

    @property
    def public(self) -> bool:
        """Whether it may stand on a sheet for patients. The facility's own lawyer never does."""
        return self.show_to is ShowTo.PUBLIC and self.purpose.list is not ReferralList.FACILITY_COUNSEL


@dataclass(frozen=True, slots=True)
class HandoutSetting:
    """What a facility has set for its handouts. ``seen``: languages whose unchecked texts somebody has acknowledged."""

    facility_id: str
    stale: StaleRule = StaleRule.LEAVE_OUT
    phone: str = ""  # for appointments, on the notice of visits by phone or video
    seen: tuple[str, ...] = ()
    set_by: str = ""


@dataclass(frozen=True, slots=True)
class ListedReferral:
    """A number as a sheet shows it: where it is not fresh, it bears a stamp."""

    referral: Referral
    fresh: bool


def listed(referrals: tuple[Referral, ...], stale: StaleRule, today: date) -> tuple[ListedReferral, ...]:
    """What is printed of some numbers: all, or the fresh ones alone."""
    found = (ListedReferral(each, each.fresh(today)) for each in referrals)
    return tuple(each for each in found if each.fresh or stale is StaleRule.STAMP)
