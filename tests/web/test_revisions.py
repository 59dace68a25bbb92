"""A revision's page, its approvals, the memo, and what a printed code stands for."""

from __future__ import annotations

from dataclasses import replace

import pdfua
import pytest
from pypdfium2 import PdfDocument

from tests.conftest import NOW
from tests.geometry.floors import lobby_floor
from zonemap.model.facility import Designation
from zonemap.model.hours import Spell
from zonemap.model.zone import ZoneClass
from zonemap.work.record import prove

FLOOR = "f" * 32
URL = f"/floors/{FLOOR}/designations"


@pytest.fixture
def revisions(store, facility):
    """Two revisions: in the second the lobby is private and the store public."""
    first = replace(lobby_floor(), id=FLOOR, facility_id=facility.id)
    swapped = {"lobby": ZoneClass.PRIVATE, "store": ZoneClass.PUBLIC}
    rooms = tuple(replace(room, zone_class=swapped.get(room.id, room.zone_class)) for room in first.rooms)
    with store.begin() as books:
        books.facilities.add(facility)
        books.floors.add(first, saved_at=NOW, saved_by="Bo")
        return [
            books.designations.add(Designation(f"{number}" * 32, facility, floor, number, number, NOW, "Bo"))
            for number, floor in ((1, first), (2, replace(first, rooms=rooms)))
        ]


@pytest.fixture
def manager(sign_in, revisions):
    return sign_in("manager")


def test_a_revision_tells_what_changed_since_the_one_before(manager):
    page = manager.get(f"{URL}/2")

    assert "in force" in page.text
    assert "LOBBY Room lobby: was open to the public, is private now" in page.text
    assert page.all(".plan .sel")


def test_the_first_revision_has_nothing_to_compare_with_and_is_superseded(manager):
    page = manager.get(f"{URL}/1")

    assert "nothing to compare" in page.text
    assert "superseded by designation 2" in page.text


def test_a_revision_that_is_not_there_is_not_found(manager):
    manager.get(f"{URL}/9", 404)


def test_an_approval_is_entered_and_shown(manager, store, facility):
    sent = {"name": "Dr. Lee", "role": "Privacy officer", "approved_on": "2026-11-20", "remark": "Seen on site."}
    page = manager.get(manager.post(f"{URL}/2", sent).partition("#")[0])

    assert "Dr. Lee" in page.text
    assert "Privacy officer, 2026-11-20. Seen on site." in page.text
    assert prove(store, facility.id).faults == ()


@pytest.mark.parametrize("missing", ["name", "role", "approved_on"])
def test_an_approval_without_its_parts_is_refused(manager, store, facility, missing):
    sent = {"name": "Dr. Lee", "role": "Counsel", "approved_on": "2026-11-20"} | {missing: ""}
    page = manager.post(f"{URL}/2", sent, 400)

    assert page.wrong
    assert prove(store, facility.id).entries == 2


def test_a_code_on_a_print_is_told_to_be_current_or_not(manager, revisions):
    old, new = (manager.get(f"/codes/?code={each.code}").text for each in revisions)

    assert "No: it has been superseded" in old
    assert "Yes: it is in force" in new


@pytest.mark.parametrize(("code", "status"), [("abc", 400), ("0000-0000", 404)])
def test_a_code_that_nobody_has_is_said_to_be_none(manager, code, status):
    assert manager.get(f"/codes/?code={code}", status).wrong


def words(pdf):
    document = PdfDocument(pdf)
    found = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    document.close()
    return found


def test_the_memo_lists_what_is_closed_with_its_reason_its_doors_and_the_head(manager, store, facility):
    response = manager.client.get(f"/facilities/{facility.id}/memo.pdf")
    text = words(response.data)
    proof = prove(store, facility.id)

    assert response.mimetype == "application/pdf"
    for part in (
        "Designation of areas not open to the public",
        "CHART Room chart",
        "Records",
        proof.head.hash[:16].upper(),
    ):
        assert part in text, part
    assert "no lawyer has reviewed it" in text
    assert response.data == manager.client.get(f"/facilities/{facility.id}/memo.pdf").data


def test_the_memo_tells_the_hours_of_doors_that_are_private_at_some_hours_only(manager, store, facility, revisions):
    floor = revisions[0].floor
    night = Spell((0, 1), 1080, 420, ZoneClass.PRIVATE)
    rooms = (replace(floor.rooms[0], hours=(night,)), *floor.rooms[1:])
    with store.begin() as books:
        books.designations.add(Designation("3" * 32, facility, replace(floor, rooms=rooms), 3, 3, NOW, "Bo"))

    assert "Mon and Tue, 6 pm to 7 am" in words(manager.client.get(f"/facilities/{facility.id}/memo.pdf").data)


def test_the_memo_names_a_law_only_where_the_pack_covers_the_site(manager, store, facility):
    text = words(manager.client.get(f"/facilities/{facility.id}/memo.pdf").data)

    assert ("24251" in text) == (facility.state == "CA")


def test_a_facility_without_a_designation_has_no_memo(sign_in, stored_facility):
    sign_in("manager").get(f"/facilities/{stored_facility.id}/memo.pdf", 400)


def test_the_memo_is_tagged_and_accessible(manager, facility, tmp_path):
    path = tmp_path / "memo.pdf"
    path.write_bytes(manager.client.get(f"/facilities/{facility.id}/memo.pdf").data)

    assert list(pdfua.validate(str(path)).findings) == []
