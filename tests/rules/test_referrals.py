"""The numbers that a facility's lists begin with: those of its place for everybody, of another for staff alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zonemap.model.facility import Facility, SiteKind
from zonemap.model.referral import Purpose, Referral, ShowTo
from zonemap.rules.referrals import first_referrals

SITE = Facility("a" * 32, "Larkspur Clinic", "1420 Larkspur Avenue", "", "Salem", "IL", "62881", SiteKind.CLINIC)
ILLINOIS, CALIFORNIA, ANYWHERE = "ICIRR", "CHIRLA", "988"


def numbers(state: str) -> tuple[Referral, ...]:
    return first_referrals(replace(SITE, state=state))


def shown(state: str, org: str) -> str | None:
    """For whom the number of an organization is listed, None where it is not."""
    return next((each.show_to.value for each in numbers(state) if org in each.org), None)


@pytest.mark.parametrize(
    ("state", "org", "expected"),
    [
        ("IL", ILLINOIS, "public_poster"),
        ("CA", ILLINOIS, "staff"),
        ("TX", ILLINOIS, "staff"),
        ("CA", CALIFORNIA, "public_poster"),
        ("IL", CALIFORNIA, None),
        ("IL", ANYWHERE, "public_poster"),
        ("TX", ANYWHERE, "public_poster"),
    ],
)
def test_a_number_is_for_people_where_it_serves_and_elsewhere_for_staff_or_not_listed(
    state: str, org: str, expected: str | None
) -> None:
    assert shown(state, org) == expected


@pytest.mark.parametrize("state", ["IL", "CA", "TX"])
def test_a_list_is_numbered_from_one_and_each_number_keeps_its_own_id(state: str) -> None:
    found = numbers(state)

    assert [each.position for each in found] == list(range(1, len(found) + 1))
    assert all(len(each.id) == 32 for each in found)
    assert len({each.id for each in found}) == len(found)
    assert [each.id for each in numbers(state)] == [each.id for each in found]
    elsewhere = first_referrals(replace(SITE, state=state, id="b" * 32))
    assert {each.id for each in elsewhere}.isdisjoint(each.id for each in found)
    assert {each.facility_id for each in found} == {SITE.id}


def test_nobody_has_dialled_one_and_none_is_the_facility_s_own_lawyer() -> None:
    for each in numbers("IL"):
        assert each.verified_on is None
        assert each.purpose is not Purpose.FACILITY_COUNSEL
        assert each.org
        assert each.phone
        assert each.area


def test_what_is_published_of_a_number_stands_beside_it() -> None:
    first = numbers("IL")[0]

    assert (first.phone, first.hours, first.timezone) == ("855-435-7693", "24 hours", "America/Chicago")
    assert first.languages == ("English", "Spanish", "Korean", "Polish")
    assert first.purpose is Purpose.FAMILY_SUPPORT
    assert first.show_to is ShowTo.PUBLIC
    assert first.note.startswith("Illinois Coalition")
