"""The desk's questions without scripts: what a clerk presses, and what is shown."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.journeys.server import share_tables
from tests.page import PageClient, text_of
from tests.visits import AO_93, I_200
from tests.web.desk_visits import Clerk, unsure
from zonemap.model.facility import Facility
from zonemap.rules.pack import pack_for
from zonemap.settings import Settings
from zonemap.work.desk_tables import table_mark

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


def test_the_first_words_of_a_paper_unfold_those_that_are_confused_most_and_lead_to_every_paper(clerk: Clerk) -> None:
    clerk.press(clerk._answer(AO_93))
    (compare,) = clerk.page.all("details.compare")

    assert len(compare.css(".specimen-whole")) == 4
    assert "AO 442" in text_of(compare)
    assert "I-205" in text_of(compare)

    page = clerk.client.get(f"{clerk.url}papers")
    assert page.h1 == "Which paper is it?"
    assert len(page.all(".pair-table")) == 2
    assert len(page.all(".gallery .specimen-whole")) == 14
    assert page.all("button[value=going_in]")
    assert clerk.page.all(f"a[href='{clerk.url}papers']")


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
    for _ in range(2):
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


def test_the_strip_names_the_table_that_the_device_keeps_and_the_papers_print(
    clerk: Clerk, settings: Settings, stored_facility: Facility
) -> None:
    share_tables(settings.data)

    kept = clerk.client.client.get(f"{clerk.url}data.js").text
    document = json.loads(kept.removeprefix("window.zonemapDesk=").removesuffix(";\n"))
    strip = text_of(clerk.client.get(clerk.url).one("header.strip"))

    pack = pack_for(stored_facility.state, stored_facility.site_kind)
    mark = table_mark(settings.data, pack, today=datetime.now(UTC).date())
    assert mark.replace(" ", "") == document["table"]["hash"]
    assert document["languages"]["en"]["mark"] == f"Table {mark}"
    assert f"Table {mark}" in strip


def test_where_no_table_has_been_made_nobody_waits_for_one(clerk: Clerk) -> None:
    assert "Table" not in text_of(clerk.page.one("header.strip"))
