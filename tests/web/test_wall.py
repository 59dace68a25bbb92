"""The page of the wall, and the walk: with and without scripts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from tests.conftest import NOW
from tests.geometry.floors import lobby_floor
from tests.page import PageClient, text_of
from zonemap.model.facility import Designation, Facility, SiteKind
from zonemap.model.zone import ZoneClass
from zonemap.storage.store import Store

CLINIC = Facility("c" * 32, "Larkspur Clinic", "1 Elm St", "", "Salem", "IL", "62881", SiteKind.CLINIC)
FIRST = replace(lobby_floor(0.2), id="f" * 32, facility_id=CLINIC.id)
WALL = f"/facilities/{CLINIC.id}/wall/"


@pytest.fixture
def store(store: Store) -> Store:
    with store.begin() as books:
        books.facilities.add(CLINIC)
    return store


def designate(store: Store, floor=FIRST, number: int = 1) -> None:
    with store.begin() as books:
        if number == 1:
            books.floors.add(floor, saved_at=NOW, saved_by="Ana")
        moment = NOW + timedelta(days=number)
        books.designations.add(Designation(f"{number:032x}", CLINIC, floor, number, 1, moment, "Ana"))


@pytest.fixture
def manager(sign_in: Callable[..., PageClient], store: Store) -> PageClient:
    designate(store)
    return sign_in("manager")


def ticked(sheet: str = "d1", event: str = "posted", **more: str) -> dict[str, str]:
    return {"id": "1" * 32, "floor": FIRST.id, "sheet": sheet, "number": "1", "event": event, **more}


def state(manager: PageClient, sheet: str = "d1") -> str:
    return text_of(manager.get(WALL).one(f"#sheet-{sheet} [data-state]"))


def test_without_a_designation_the_page_says_where_to_go(sign_in, store):
    assert "Nothing should hang yet" in sign_in("manager").get(WALL).text


def test_the_page_counts_what_is_to_print_and_lists_every_sheet_in_the_order_of_the_walk(manager):
    page = manager.get(WALL)

    assert "sheets to print" in page.text
    assert [text_of(each) for each in page.all(".wall-table tbody td b")][:3] == ["4", "1", "3"]


def test_sheets_are_said_to_be_printed_by_a_form_and_hung_by_the_walk(manager):
    printed = {"sheet": [f"{FIRST.id}/d1", f"{FIRST.id}/d3"]}
    assert manager.post(WALL + "printed", printed) == WALL
    assert state(manager) == "Printed, to hang"

    assert manager.post(WALL + "ticks", ticked()) == f"{WALL}walk#sheet-d1"
    assert state(manager) == "On the wall"


def test_the_walk_has_a_form_for_each_sheet_with_an_id_of_its_own(manager):
    page = manager.get(WALL + "walk")
    ids = [each.attributes["value"] for each in page.all("[data-sheet] input[name=id]")]

    assert len(set(ids)) == len(ids) == len(page.all("[data-sheet]"))
    assert text_of(page.all(".walk-plate")[0]) == "4"


def test_a_script_sends_a_tick_twice_and_it_counts_once(manager):
    headers = {"X-CSRF-Token": manager.token, "Accept": "application/json"}
    answers = [
        manager.client.post(WALL + "ticks", data=ticked(at="2026-11-24T10:00:00.000Z"), headers=headers)
        for _ in range(2)
    ]

    assert [each.json for each in answers] == [{"new": 1}, {"new": 0}]


def test_a_photo_comes_with_the_tick_and_is_shown(manager):
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "PNG")
    out.seek(0)
    sent = ticked() | {"csrf_token": manager.token, "photo": (out, "door.png")}
    assert manager.client.post(WALL + "ticks", data=sent, content_type="multipart/form-data").status_code == 303
    (link,) = manager.get(WALL).all(".wall-table a")
    shown = manager.client.get(link.attributes["href"])

    assert (shown.mimetype, shown.data[:3]) == ("image/jpeg", b"\xff\xd8\xff")


def test_a_photo_that_cannot_be_read_is_refused_and_the_tick_is_kept(manager):
    sent = ticked() | {"photo": (io.BytesIO(b"no photo"), "door.jpg")}
    headers = {"X-CSRF-Token": manager.token, "Accept": "application/json"}
    answer = manager.client.post(WALL + "ticks", data=sent, headers=headers, content_type="multipart/form-data")

    assert answer.status_code == 400
    assert "photo" in answer.json["error"]
    assert state(manager) == "On the wall"


@pytest.mark.parametrize("wrong", [{"event": "eaten"}, {"number": "one"}, {"id": "1"}, {"at": "noon"}])
def test_a_tick_that_makes_no_sense_is_refused_with_what_to_do(manager, wrong):
    page = manager.post(WALL + "ticks", ticked() | wrong, expect=400)

    assert "Load the page of the walk again" in page.text


def test_what_is_called_for_no_longer_is_taken_down(manager, store):
    manager.post(WALL + "ticks", ticked(at=NOW.isoformat()))
    rooms = tuple(replace(each, zone_class=ZoneClass.PUBLIC) if each.id == "exam" else each for each in FIRST.rooms)
    designate(store, replace(FIRST, rooms=rooms), 2)
    page = manager.get(WALL)
    assert "1 sheet to take down" in page.text

    form = {each.attributes["name"]: each.attributes["value"] for each in page.all("section form input[type=hidden]")}
    form.pop("csrf_token")
    assert manager.post(WALL + "ticks", form | {"event": "removed"}) == f"{WALL}#sheet-d1"
    assert "take down" not in manager.get(WALL).text.replace("To take down", "")


def test_the_report_is_a_table_that_no_spreadsheet_takes_for_formulas(manager, store):
    rooms = tuple(replace(each, name="=1+1", number="") if each.id == "lobby" else each for each in FIRST.rooms)
    designate(store, replace(FIRST, rooms=rooms), 2)
    answer = manager.client.get(WALL + "report.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))

    assert [row["Step"] for row in rows[:3]] == ["1", "2", "3"]
    assert {row["State"] for row in rows} == {"To print"}
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_the_worker_is_served_below_the_wall_so_that_it_serves_the_walk_and_nothing_else(manager):
    answer = manager.client.get(WALL + "worker.js")

    assert answer.mimetype == "text/javascript"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    answer.close()
