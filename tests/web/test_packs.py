"""Choosing a pack, watching it, stopping it, and fetching it piece by piece."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.conftest import NOW
from tests.geometry.floors import lobby_floor
from tests.page import PageClient
from zonemap.model.facility import Designation, Facility, SiteKind
from zonemap.model.print_job import JobState
from zonemap.rules.signs import languages
from zonemap.storage.store import Store
from zonemap.web.guard import utc_now
from zonemap.work.print_jobs import HELD

CLINIC = Facility("c" * 32, "Larkspur Clinic", "1 Elm St", "", "Salem", "IL", "62881", SiteKind.CLINIC)
FIRST = replace(lobby_floor(0.2), id="f" * 32, facility_id=CLINIC.id)
PACKS = f"/facilities/{CLINIC.id}/packs/"
ENGLISH = {"chosen": "1", "paper": "letter", "form": "pdf"}


@pytest.fixture
def manager(sign_in: Callable[..., PageClient], store: Store) -> PageClient:
    with store.begin() as books:
        books.facilities.add(CLINIC)
        books.floors.add(FIRST, saved_at=NOW, saved_by="Ana")
        books.designations.add(Designation("1" * 32, CLINIC, FIRST, 1, 1, NOW, "Ana"))
    return sign_in("manager")


def finished(manager: PageClient, **form: object) -> str:
    """The address of a pack's page, once it is made."""
    address = manager.post(PACKS, ENGLISH | form)
    for _ in range(200):
        state = manager.client.get(address, headers={"Accept": "application/json"}).json["state"]
        if state != "running":
            assert state == "done"
            return str(address)
        time.sleep(0.05)
    raise AssertionError("still running")


def test_the_page_counts_what_is_chosen(manager):
    assert re.search(r"\d sheets on \d pages", manager.get(f"{PACKS}?chosen=1&paper=letter").text)
    assert "1 sheet on 1 page," in manager.get(f"{PACKS}?chosen=1&paper=letter&kinds=notice").text
    assert "Choose more of them" in manager.get(f"{PACKS}?chosen=1&paper=letter&kinds=residential").text


def test_a_pack_is_made_and_fetched_whole_or_from_where_a_download_stopped(manager):
    address = finished(manager)
    page = manager.get(address)
    assert "It is ready" in page.text

    whole = manager.client.get(f"{address}/file")
    mark = whole.headers["ETag"]
    rest = manager.client.get(f"{address}/file", headers={"Range": "bytes=1000-", "If-Range": mark})
    other = manager.client.get(f"{address}/file", headers={"Range": "bytes=1000-", "If-Range": '"older"'})
    held = manager.client.get(f"{address}/file", headers={"If-None-Match": mark})

    assert whole.mimetype == "application/pdf"
    assert re.search(r"filename=signs-[0-9a-f]{8}\.pdf", whole.headers["Content-Disposition"])
    assert (rest.status_code, whole.data[:1000] + rest.data) == (206, whole.data)
    assert (other.status_code, other.data) == (200, whole.data)
    assert held.status_code == 304


@pytest.mark.parametrize(("form", "starts"), [("zip", b"PK\x03\x04"), ("csv", b"\xef\xbb\xbfStep")])
def test_a_pack_comes_as_a_zip_and_as_a_list_alone(manager, form, starts):
    assert manager.client.get(f"{finished(manager, form=form)}/file").data.startswith(starts)


def test_the_same_choice_is_not_made_twice(manager):
    assert finished(manager) == finished(manager)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kinds": "residential"},
        {"since": "x"},
        {"paper": "bark"},
        {"form": "exe"},
        {"poster": "9"},
        {"languages": "es"},
    ],
)
def test_a_choice_that_cannot_be_made_stays_on_the_page_with_the_reason(manager, wrong):
    assert manager.post(PACKS, ENGLISH | wrong, expect=400).wrong


def test_an_unchecked_language_is_refused_when_the_pack_is_chosen_and_the_list_alone_is_not(manager):
    wrong = manager.post(PACKS, ENGLISH | {"languages": "es"}, expect=400).wrong

    assert any("Nobody has checked these texts: Spanish" in each for each in wrong)
    assert finished(manager, languages="es", form="csv")


def test_a_pack_s_page_marks_each_language_that_nobody_has_checked(manager):
    said = manager.get(PACKS).one("#languages").text()

    assert said.count("not yet checked by a qualified translator") == len(languages()) - 1


def test_a_pack_s_page_asks_how_signs_lie_on_the_paper(manager):
    one, poster = (manager.get(f"{PACKS}?chosen=1&paper=letter&kinds=notice&poster={n}").text for n in (1, 2))

    assert "1 sheet on 1 page," in one
    assert "1 sheet on 4 pages," in poster


def test_a_pack_of_another_facility_and_an_unknown_one_are_not_found(manager):
    manager.get(f"{PACKS}{'0' * 32}", expect=404)
    job = finished(manager).rpartition("/")[2]
    manager.get(f"/facilities/{'d' * 32}/packs/{job}", expect=404)


def test_a_pack_that_was_being_made_when_the_server_stopped_is_made_again_when_its_page_is_seen(manager, store):
    address = finished(manager)
    whole = manager.client.get(f"{address}/file").data
    with store.begin() as books:
        made = books.print_jobs.get(CLINIC.id, address.rpartition("/")[2])
        lost = replace(made, id="a" * 32, state=JobState.WAITING, done=0)
        books.print_jobs.add(lost)
        books.print_jobs.take(lost.id, maker="the server before", now=NOW, until=NOW)
    again = f"{PACKS}{lost.id}"

    assert "It is being made again" in manager.get(again).text or "It is ready" in manager.get(again).text
    for _ in range(200):
        if manager.client.get(again, headers={"Accept": "application/json"}).json["state"] == "done":
            break
        time.sleep(0.05)
    assert manager.client.get(f"{again}/file").data == whole


def test_a_pack_that_is_being_made_can_be_stopped(manager, store):
    address = finished(manager)
    with store.begin() as books:
        made = books.print_jobs.get(CLINIC.id, address.rpartition("/")[2])
        books.print_jobs.add(replace(made, id="a" * 32, state=JobState.WAITING, held_until=utc_now() + HELD))
    manager.post(f"{PACKS}{'a' * 32}/stop", {})

    assert "It was stopped" in manager.get(f"{PACKS}{'a' * 32}").text
    assert manager.client.get(f"{PACKS}{'a' * 32}/file").status_code == 400
