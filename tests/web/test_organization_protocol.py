"""One response protocol for all sites of a state and kind: taken from one, used by the others, overridden by any."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.page import text_of
from zonemap.model.facility import Facility, SiteKind

LINE = "Say at our door that we are glad to help."
SCOPE = "/organization/protocol/IL-clinic"


@pytest.fixture
def sites(store, stored_facility) -> tuple[Facility, Facility, Facility]:
    """Two clinics of Illinois, and a shelter, which is another kind."""
    other = replace(stored_facility, id="b" * 32, name="Birch Clinic")
    shelter = replace(stored_facility, id="c" * 32, name="Cedar House", site_kind=SiteKind.SHELTER)
    with store.begin() as books:
        books.facilities.add(other)
        books.facilities.add(shelter)
    return stored_facility, other, shelter


def protocol(page, site: Facility) -> str:
    return page.get(f"/facilities/{site.id}/protocol/").text


def write(page, site: Facility, line: str, seen: int = 0) -> None:
    page.post(f"/facilities/{site.id}/protocol/edit/afterwards", {"line": line, "seen": str(seen)})


@pytest.fixture
def shared(sign_in, sites):
    """An administrator, after the first clinic's protocol was made that of all."""
    page = sign_in("administrator")
    write(page, sites[0], LINE)
    assert "IL-clinic" in page.get("/organization/").text
    page.post(f"{SCOPE}/take", {"site": sites[0].id, "seen": "0"})
    return page


def test_a_site_without_its_own_uses_it_and_another_kind_does_not(shared, sites):
    assert LINE in protocol(shared, sites[1])
    assert "The organization’s version 1" in protocol(shared, sites[1])
    assert LINE not in protocol(shared, sites[2])
    found = [text_of(each) for each in shared.get(f"{SCOPE}/").all("[aria-labelledby=sites] li")]
    assert found == ["Birch ClinicThe organization’s protocol", "Larkspur ClinicIts own, version 2"]


def test_a_site_with_its_own_has_that_and_comes_back(shared, sites):
    own = f"/facilities/{sites[1].id}/protocol"
    write(shared, sites[1], "Lock the front door of the garden at six.")
    assert "garden" in protocol(shared, sites[1])
    assert "garden" not in protocol(shared, sites[0])
    history = shared.get(f"{own}/history")
    seen = history.one("form[action$='/follow'] [name=seen]").attributes["value"]

    shared.post(f"{own}/follow", {"seen": seen})

    assert "garden" not in protocol(shared, sites[1])
    assert "The organization’s version 1" in protocol(shared, sites[1])
    assert "Back to the organization’s protocol" in shared.get(f"{own}/history").text


def test_a_later_version_reaches_those_who_use_it(shared, sites):
    write(shared, sites[0], "Call the office.", seen=2)
    assert "Call the office." not in protocol(shared, sites[1])

    shared.post(f"{SCOPE}/take", {"site": sites[0].id, "seen": "1"})

    assert "Call the office." in protocol(shared, sites[1])
    refused = shared.post(f"{SCOPE}/take", {"site": sites[0].id, "seen": "1"}, expect=409)
    assert "Somebody else" in refused.text


def test_words_are_approved_once_for_all_that_use_them_and_locked_again(shared, sites):
    seal = shared.get(f"{SCOPE}/").one("[name=seal]").attributes["value"]
    given = {"seal": seal, "counsel": "Lee Park", "on": "2026-11-20", "has_read": "y"}
    assert "Type the name" in " ".join(shared.post(f"{SCOPE}/approve", {**given, "counsel": ""}, expect=400).wrong)

    shared.post(f"{SCOPE}/approve", given)

    assert "for all sites that use the organization’s protocol" in protocol(shared, sites[1])
    assert "Nobody has approved" in protocol(shared, sites[2])
    shared.post(f"{SCOPE}/withdraw")
    assert "Nobody has approved the wording as it is now" in protocol(shared, sites[1])


def test_who_is_of_one_site_sees_none_of_it(sign_in, shared, sites):
    page = sign_in("administrator", at=sites[1].id)

    page.get(f"{SCOPE}/", expect=403)
    page.post(f"{SCOPE}/take", {"site": sites[1].id, "seen": "1"}, expect=403)
    assert LINE in protocol(page, sites[1])


def test_the_doctor_proves_the_chain_of_the_organization_too(shared, sites, store):
    from zonemap.work.record import doctor_lines

    assert doctor_lines(store, None, None)[1]
    with store.engine.begin() as connection:
        for name in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS shared_protocol_entry_no_{name}")
        connection.exec_driver_sql("UPDATE shared_protocol_entry SET body = replace(body, 'glad', 'sad')")

    lines, whole = doctor_lines(store, None, None)

    assert not whole
    assert any("Protocol of the organization" in line for line in lines)
