"""The desk's pages without scripts: what a clerk presses, and what is shown."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from selectolax.lexbor import LexborNode

from tests.page import Page, PageClient, text_of
from zonemap.model.facility import Contact, ContactRole, Designation, Facility
from zonemap.model.plan import Floor
from zonemap.settings import Settings
from zonemap.storage.engine import DATABASE_NAME
from zonemap.storage.store import Store

QUIET = {"danger_now": "no", "paper": "paper", "readable": "yes"}
I_200 = QUIET | {
    "top_heading": "dhs",
    "title": "warrant_for_arrest_of_alien",
    "signer_label": "immigration_officer",
    "custody_escort": "no",
}
AO_93 = QUIET | {
    "top_heading": "federal_court",
    "title": "search_and_seizure_warrant",
    "signer_label": "judge",
    "signed": "yes",
    "names_this_place": "yes",
    "covers_area_wanted": "yes",
    "execute_by": "yes",
    "hours_ok": "yes",
    "all_pages": "yes",
    "lists_records": "no",
}
NO_PAPER = {"danger_now": "no", "paper": "none", "custody_escort": "no"}
ARREST = AO_93 | {"title": "arrest_warrant", "signer_label": "issuing_officer"}
SUBPOENA = AO_93 | {"title": "subpoena", "signer_label": "attorney"}
REMOVAL = I_200 | {"title": "warrant_of_removal"}
IMMIGRATION_COURT = I_200 | {"top_heading": "immigration_court", "title": "order", "signer_label": "immigration_judge"}
DANGER = {"danger_now": "yes"}
VISITS = {
    "i-200": I_200,
    "ao-93": AO_93,
    "no paper": NO_PAPER,
    "ao-442": ARREST,
    "subpoena": SUBPOENA,
    "i-205": REMOVAL,
    "immigration court": IMMIGRATION_COURT,
    "danger": DANGER,
    "cannot tell": {},
}


class Clerk:
    """Somebody at the desk whose browser has no scripts: presses buttons that the page shows."""

    def __init__(self, client: PageClient, facility: Facility) -> None:
        self.client = client
        self.url = f"/facilities/{facility.id}/desk/"
        self.page: Page = client.get(self.url)
        self.presses = 0

    @property
    def carried(self) -> dict[str, list[str]]:
        fields: dict[str, list[str]] = {}
        for hidden in self.page.all("#desk-form input[type=hidden]"):
            fields.setdefault(hidden.attributes["name"] or "", []).append(hidden.attributes["value"] or "")
        return fields

    def press(self, button: LexborNode, expect: int = 200, **more: Any) -> Page:
        name, value = button.attributes["name"] or "", button.attributes["value"] or ""
        return self.send({name: [value], **more}, expect)

    def send(self, more: dict[str, Any], expect: int = 200) -> Page:
        self.presses += 1
        fields = self.carried
        for name, values in more.items():
            fields[name] = fields.get(name, []) + values
        self.page = self.client.post(self.url, fields, expect=expect)
        return self.page

    def do(self, deed: str) -> Page:
        return self.press(self.button(deed))

    def button(self, deed: str) -> LexborNode:
        found = [each for each in self.page.all("button[name=do]") if each.attributes["value"] == deed]
        assert found, f"no button for {deed}"
        return found[0]

    def visit(self, values: dict[str, str]) -> Page:
        """Answer until there is an answer page; what is not in ``values`` is *I can't tell*."""
        while self.page.all(".choices"):
            self.press(self._answer(values))
        return self.page

    def _answer(self, values: dict[str, str]) -> LexborNode:
        buttons = self.page.all(".answer[name]")
        for button in buttons:
            name, value = button.attributes["name"] or "", button.attributes["value"]
            if values.get(re.sub(r"^paper\d-", "", name)) == value:
                return button
        return buttons[-1]


def unsure(page: Page) -> LexborNode:
    return page.one(".answer-unsure")


@pytest.fixture
def designated(store: Store, stored_floor: Floor, facility: Facility, now: Any) -> Designation:
    made = Designation("d0" * 16, facility, stored_floor, 4, 1, now, "Ana Ruiz")
    with store.begin() as books:
        return books.designations.add(made)


@pytest.fixture
def roster(store: Store, stored_facility: Facility) -> tuple[Contact, ...]:
    people = (
        Contact("c1", stored_facility.id, ContactRole.RESPONDER, "Dana Whitfield", "555-0142", "Until 6 pm"),
        Contact("c2", stored_facility.id, ContactRole.COUNSEL, "Reyes and Holm", "312 555 0190"),
        Contact("c3", stored_facility.id, ContactRole.SECURITY, "Front door post", "555-0110"),
    )
    with store.begin() as books:
        books.contacts.replace(stored_facility.id, people)
    return people


@pytest.fixture
def clerk(sign_in: Callable[..., PageClient], stored_facility: Facility) -> Clerk:
    return Clerk(sign_in("desk"), stored_facility)


# --- one question ------------------------------------------------------------------------------------------------


def test_the_first_page_asks_one_question_and_shows_our_address_large_enough_to_compare(clerk: Clerk) -> None:
    strip = text_of(clerk.page.one("header.strip"))

    assert "Larkspur Clinic" in strip
    assert "1420 Larkspur Avenue, Suite 100" in strip
    assert "not reviewed by counsel" in strip
    assert len(clerk.page.all("h1")) == 1
    assert not clerk.page.all("nav")


def test_nobody_who_is_signed_out_sees_the_desk(page: PageClient, stored_facility: Facility) -> None:
    response = page.client.get(f"/facilities/{stored_facility.id}/desk/")

    assert response.status_code == 303
    assert "/signin" in response.headers["Location"]


def test_every_answer_has_its_number_and_cannot_tell_is_zero_and_never_chosen_before(clerk: Clerk) -> None:
    while clerk.page.all(".choices"):
        keyed = [each.attributes["data-key"] for each in clerk.page.all("main [data-key]")]
        shown = [text_of(each) for each in clerk.page.all("main .answer .key")]

        assert keyed == shown
        assert len(set(keyed)) == len(keyed)
        assert set(keyed) <= set("0123456789")
        assert unsure(clerk.page).attributes["data-key"] == "0"
        assert unsure(clerk.page).attributes["value"] == "unsure"
        assert not clerk.page.all("main [checked]")
        clerk.press(clerk._answer(AO_93))


def test_the_drawing_frames_the_spot_that_is_asked_about(clerk: Clerk) -> None:
    framed = {}
    while clerk.page.all(".choices"):
        name = clerk.page.all(".answer[name]")[0].attributes["name"]
        drawings = clerk.page.all(".specimen")
        framed[name] = len(clerk.page.all(".specimen .look")) if drawings else None
        clerk.press(clerk._answer(AO_93))

    assert framed["danger_now"] is None
    assert framed["top_heading"] == framed["title"] == framed["signer_label"] == framed["covers_area_wanted"] == 1


def test_the_answers_so_far_are_listed_and_each_can_be_changed(clerk: Clerk) -> None:
    clerk.visit(I_200)
    changes = [each.attributes["value"] for each in clerk.page.all(".change")]

    changed = clerk.do("change:title")

    assert {"change:top_heading", "change:title", "change:signer_label"} <= set(changes)
    assert {"title"} == {each.attributes["name"] for each in changed.all(".answer[name]")} - {"do"}
    assert "Your answer before" in text_of(changed.one(".answer .before").parent)
    assert clerk.carried["signer_label"] == ["immigration_officer"]


def test_changing_back_to_the_same_answer_gives_the_same_page(clerk: Clerk) -> None:
    before = clerk.visit(I_200).h1
    clerk.do("change:title")

    assert clerk.visit(I_200).h1 == before


def test_back_goes_one_question_back(clerk: Clerk) -> None:
    first = clerk.page.h1
    second = clerk.press(clerk._answer(I_200)).h1

    assert clerk.press(clerk._answer(I_200)).h1 not in (first, second)
    assert clerk.do("back").h1 == second
    assert clerk.do("back").h1 == first


def test_start_again_forgets_every_answer(clerk: Clerk) -> None:
    clerk.visit(AO_93)
    page = clerk.do("again")

    assert set(clerk.carried) == {"csrf_token"}
    assert not page.all("[data-answered]")


def test_a_title_that_is_not_among_the_first_is_one_press_away(clerk: Clerk) -> None:
    for _ in range(3):
        clerk.press(clerk._answer(AO_93))
    first = {each.attributes["value"] for each in clerk.page.all(".answer[name=title]")}
    clerk.do("more:title")
    rest = {each.attributes["value"] for each in clerk.page.all(".answer[name=title]")}

    assert "warrant_for_arrest_of_alien" in rest
    assert first & rest == {"unsure"}
    assert len(first | rest) == 16


# --- what they ask for: several --------------------------------------------------------------------------------


ORDER = AO_93 | {"title": "order"}


def at_wants(clerk: Clerk) -> None:
    while not clerk.page.all("input[name=wants][type=checkbox]"):
        assert clerk.page.all(".choices"), "never asked what they want"
        clerk.press(clerk._answer(ORDER))


def test_several_things_they_ask_for_can_be_ticked(clerk: Clerk) -> None:
    at_wants(clerk)
    clerk.press(clerk.button("say:wants"), wants=["records", "enter_private"])

    assert clerk.carried["wants"] == ["records", "enter_private"]


def test_cannot_tell_what_they_ask_for_is_one_press(clerk: Clerk) -> None:
    at_wants(clerk)
    clerk.press(unsure(clerk.page))

    assert clerk.carried["wants"] == ["unsure"]


def test_the_enter_key_continues_where_several_can_be_ticked(clerk: Clerk) -> None:
    at_wants(clerk)

    assert clerk.page.all("#desk-form button")[0].attributes["value"] == "say:wants"


def test_continue_with_nothing_ticked_says_what_to_do_and_keeps_the_rest(clerk: Clerk) -> None:
    at_wants(clerk)
    page = clerk.press(clerk.button("say:wants"), expect=400)

    assert page.all("input[name=wants][type=checkbox]")
    assert "Tick what they ask for" in page.wrong[0]
    assert clerk.carried["title"] == ["order"]


# --- bad answers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["i-200", "", "none_shown", "<b>", "yes" * 500])
def test_an_answer_that_does_not_exist_is_asked_again_and_the_others_are_kept(clerk: Clerk, word: str) -> None:
    for _ in range(3):
        clerk.press(clerk._answer(I_200))
    page = clerk.send({"title": [word]}, expect=400)

    assert page.all(".answer[name=title]")
    assert "That is not one of the answers" in page.wrong[0]
    assert clerk.carried["top_heading"] == ["dhs"]
    assert "title" not in clerk.carried


def test_two_answers_to_one_question_count_as_none(clerk: Clerk) -> None:
    for _ in range(3):
        clerk.press(clerk._answer(I_200))
    page = clerk.send({"title": ["order", "subpoena"]}, expect=400)

    assert page.all(".answer[name=title]")


@pytest.mark.parametrize(
    "field", [{"do": ["open:door"]}, {"do": ["change:nothing"]}, {"further": ["x"]}, {"paper9-title": ["order"]}]
)
def test_what_no_button_sends_changes_nothing(clerk: Clerk, field: dict[str, list[str]]) -> None:
    before = clerk.page.h1

    assert clerk.send(field).h1 == before


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
