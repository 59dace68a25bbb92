"""The desk's answer without scripts: the outcome, the map, the calls, further papers; and that nothing is kept."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from tests.page import Page, text_of
from tests.visits import AO_93, I_200
from tests.web.desk_visits import NO_PAPER, VISITS, Clerk
from zonemap.model.facility import Contact, Designation, Facility
from zonemap.model.plan import Floor
from zonemap.settings import Settings
from zonemap.storage.engine import DATABASE_NAME
from zonemap.storage.store import Store

# --- the answer --------------------------------------------------------------------------------------------------


def test_an_i_200_shows_the_answer_on_the_map_of_this_floor(
    clerk: Clerk, designated: Designation, roster: tuple[Contact, ...]
) -> None:
    page = clerk.visit(I_200)

    assert page.h1 == "Not by this paper"
    assert "101 Waiting" in text_of(page.one(".o-place"))
    assert "102 Exam" not in text_of(page.one(".o-place"))
    assert page.one(".floor-map svg.plan").attributes["aria-label"]
    assert rooms_of(page) == {
        "Public": ("Open, as to anyone", ["101 Waiting"]),
        "Private": ("Not by this paper", ["102 Exam"]),
        "Records": ("Nothing", ["103 Records"]),
    }
    assert "designation 4" in page.text


def rooms_of(page: Page) -> dict[str, tuple[str, list[str]]]:
    """The table beside the map: kind of area, answer, rooms."""
    found = {}
    for body in page.all(".room-list tbody"):
        head, *rooms = body.css("tr")
        found[text_of(head.css("th .z")[0]).split()[-1]] = (
            text_of(head.css("td")[0]),
            [text_of(each) for each in rooms],
        )
    return found


def test_an_ao_93_waits_for_the_responder_and_never_opens_a_door(clerk: Clerk, designated: Designation) -> None:
    page = clerk.visit(AO_93)

    assert page.h1 == "Responder now"
    assert "responder" in rooms_of(page)["Private"][0].lower()


@pytest.mark.parametrize("name", VISITS)
def test_every_answer_stands_in_the_order_that_shaking_hands_need(
    clerk: Clerk, designated: Designation, name: str
) -> None:
    page = clerk.visit(VISITS[name])
    heads = [text_of(each) for each in page.all("main h1, main h2")]

    wanted = ["Say this, once", "Do not", "Call now", "You may", "Where they may stand", "Why this answer"]
    assert [each for each in heads if each in wanted] == wanted
    assert heads[0] == page.h1
    assert page.all(".verdict .sign")
    assert text_of(page.one(".say-first")).endswith("Please wait here.")
    assert page.all(".say")
    assert len(page.all(".o-dont li")) >= 8
    assert "Review by" in text_of(page.one(".why"))


@pytest.mark.parametrize("name", VISITS)
def test_no_page_of_a_visit_says_valid_or_tells_anybody_to_do_what_nobody_may(
    clerk: Clerk, designated: Designation, name: str
) -> None:
    texts = [clerk.page.text]
    while clerk.page.all(".choices"):
        clerk.press(clerk._answer(VISITS[name]))
        texts.append(clerk.page.text)
    said = " ".join(texts).lower()
    told = " ".join(text_of(each).lower() for each in clerk.page.all(".o-say, .o-may, .o-call, .verdict"))

    assert not re.search(r"\b(in)?valid\b", said)
    assert not re.search(r"(?<!do not )\b(block|hide|lock|lie|destroy|delete) ", told)
    assert "let them in" not in said


@pytest.mark.parametrize(("name", "presses"), [("no paper", 2), ("i-200", 5), ("danger", 1)])
def test_the_commonest_visits_take_few_presses(clerk: Clerk, name: str, presses: int) -> None:
    clerk.visit(VISITS[name])

    assert clerk.presses <= presses


def test_without_any_designated_floor_the_desk_still_answers(clerk: Clerk) -> None:
    page = clerk.visit(I_200)

    assert page.h1 == "Not by this paper"
    assert not page.all(".floor-map")
    assert "No floor of this building is designated yet" in page.text
    assert "everything behind the counter" in page.text


def test_two_floors_are_two_maps(
    clerk: Clerk, store: Store, designated: Designation, facility: Facility, floor: Floor, now: Any
) -> None:
    upper = replace(floor, id="f200" * 8, name="Second floor", level=1)
    open_floor = replace(floor, id="f300" * 8, name="Third floor", level=2)
    with store.begin() as books:
        for each in (upper, open_floor):
            books.floors.add(each, saved_at=now, saved_by="Ana Ruiz")
        books.designations.add(Designation("d1" * 16, facility, upper, 1, 1, now, "Ana Ruiz"))
    page = clerk.visit(I_200)

    assert len(page.all(".floor-map svg")) == 2
    assert [text_of(each) for each in page.all(".floor-name")] == ["First floor", "Second floor"]
    assert "No plan is in force for Third floor" in page.text


def test_a_designated_floor_without_a_public_room_says_so(
    clerk: Clerk, store: Store, stored_floor: Floor, facility: Facility, now: Any
) -> None:
    closed = replace(stored_floor, rooms=stored_floor.rooms[1:], doors=())
    with store.begin() as books:
        books.designations.add(Designation("d2" * 16, facility, closed, 1, 1, now, "Ana Ruiz"))

    assert "No room of this floor is marked as open to the public" in clerk.visit(I_200).text


def test_names_from_the_plan_are_shown_as_text_and_nothing_else(
    clerk: Clerk, store: Store, stored_floor: Floor, facility: Facility, now: Any
) -> None:
    sly = replace(stored_floor.rooms[0], name="<script>alert(1)</script>", number='"&')
    with store.begin() as books:
        floor = replace(stored_floor, rooms=(sly, *stored_floor.rooms[1:]))
        books.designations.add(Designation("d3" * 16, facility, floor, 1, 1, now, "Ana Ruiz"))

    assert "<script>alert(1)</script>" in text_of(clerk.visit(I_200).one(".o-place"))


# --- whom to call ------------------------------------------------------------------------------------------------


def test_the_call_list_is_numbered_and_each_number_is_the_button(clerk: Clerk, roster: tuple[Contact, ...]) -> None:
    page = clerk.visit(I_200)
    now = page.all(".o-call ol.calls li")

    assert [text_of(each.css("b")[0]) for each in now] == ["Dana Whitfield", "Reyes and Holm"]
    assert [each.css("a")[0].attributes["href"] for each in now] == ["tel:5550142", "tel:3125550190"]
    assert "Nobody is set here as administrator on call" in text_of(page.one(".o-call"))
    assert "Front door post" in text_of(page.one(".o-call details"))


def test_with_nobody_to_call_the_desk_says_so_and_whom_to_ask(clerk: Clerk) -> None:
    assert "Nobody is set for this desk to call" in text_of(clerk.visit(I_200).one(".o-call"))


def test_call_now_is_on_every_page_and_leads_back_to_the_same_question(
    clerk: Clerk, roster: tuple[Contact, ...]
) -> None:
    clerk.press(clerk._answer(I_200))
    question = clerk.page.h1

    assert clerk.do("calls").h1 == "Call now"
    assert "Dana Whitfield" in clerk.page.text
    assert clerk.do("say").h1 == question


# --- they are going in, a second paper ---------------------------------------------------------------------------


def test_they_are_going_in_answers_at_once_from_any_page(clerk: Clerk) -> None:
    clerk.press(clerk._answer(I_200))
    page = clerk.do("going_in")

    assert page.h1 == "Do not block. Do not say yes"
    assert clerk.do("back").all(".choices")


def test_in_an_emergency_a_paper_can_still_be_read(clerk: Clerk) -> None:
    clerk.do("going_in")
    clerk.do("go_on")
    page = clerk.visit(I_200)

    assert page.h1 == "Do not block. Do not say yes"
    assert "arrest warrant (administrative)" in page.text


def test_a_second_paper_is_asked_for_by_itself_and_both_are_shown(clerk: Clerk) -> None:
    clerk.visit(I_200)
    clerk.do("another")

    assert clerk.page.h1.startswith("Paper 2: ")
    page = clerk.visit(AO_93)
    assert page.h1 == "Responder now"
    assert "1. An immigration officer" in page.text
    assert "2. A judge" in page.text


def test_after_no_paper_one_can_be_shown(clerk: Clerk) -> None:
    clerk.visit(NO_PAPER)
    clerk.do("another")

    assert clerk.visit(I_200).h1 == "Not by this paper"


# --- nothing is kept ---------------------------------------------------------------------------------------------


def dump(settings: Settings) -> list[str]:
    """Every row of the database, as SQL."""
    with closing(sqlite3.connect(settings.data / DATABASE_NAME)) as connection:
        return list(connection.iterdump())


def test_a_desk_check_writes_nothing(clerk: Clerk, settings: Settings, designated: Designation) -> None:
    before = dump(settings)
    for values in VISITS.values():
        clerk.visit(values)
        clerk.do("calls")
        clerk.do("going_in")
        clerk.do("again")

    assert len(before) > 20
    assert dump(settings) == before


def test_no_answer_stands_in_an_address_or_a_cookie(clerk: Clerk, roster: tuple[Contact, ...]) -> None:
    page = clerk.visit(I_200)
    addresses = [each.attributes.get("href") or "" for each in page.all("a")]

    assert clerk.page.one("#desk-form").attributes["action"] == clerk.url
    assert clerk.page.one("#desk-form").attributes["method"] == "post"
    assert all(address.startswith(("tel:", "#main")) for address in addresses)
    assert "Set-Cookie" not in page.response.headers
    assert page.response.headers["Cache-Control"] == "no-store"


def test_an_answer_in_the_address_is_not_an_answer(clerk: Clerk) -> None:
    page = clerk.client.get(f"{clerk.url}?danger_now=yes&paper=none")

    assert page.h1 == clerk.page.h1
    assert not page.all("[data-answered]")
