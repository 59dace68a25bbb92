"""Reading help at the desk: offered where it is installed, confirmed one by one, and nothing of it kept."""

from __future__ import annotations

import importlib.util
from io import BytesIO

import pytest
from sqlalchemy import inspect, text

from tests.page import Page
from tests.photos import picture
from tests.visits import I_200
from tests.web.desk_visits import Clerk
from zonemap.rules.practice import scenarios
from zonemap.settings import Settings
from zonemap.storage.store import Store
from zonemap.work import reading

installed = pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="zonemap[ocr] is not installed")


def kept(store: Store, settings: Settings) -> tuple[object, object]:
    """All rows, and all files beside the database."""
    with store.engine.connect() as connection:
        names = [name for name in inspect(store.engine).get_table_names() if name != "session"]
        rows = {name: connection.execute(text(f'SELECT * FROM "{name}"')).fetchall() for name in sorted(names)}  # noqa: S608
    files = sorted(str(path) for path in settings.data.rglob("*") if path.is_file() and "desk-tables" not in str(path))
    return rows, [each for each in files if not each.endswith(("-wal", "-shm"))]


def to_the_paper(clerk: Clerk) -> Clerk:
    clerk.press(next(each for each in clerk.page.all(".answer") if each.attributes["value"] == "paper"))
    return clerk


@installed
def test_a_photo_is_offered_on_a_question_about_a_paper_only(clerk: Clerk) -> None:
    assert not clerk.page.all(".photo-offer")
    offer = to_the_paper(clerk).page.one(".photo-offer")
    assert "optional" in offer.text()


def test_where_it_is_not_installed_nothing_is_offered(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "rapidocr" else find(name))
    assert not to_the_paper(clerk).page.all(".photo-offer")
    page = clerk.client.post(f"{clerk.url}photo/seen", clerk.carried, expect=400)
    assert "not installed" in page.text
    assert not reading.is_installed()


@installed
def test_the_answers_given_so_far_travel_with_the_photo_as_the_browser_sends_them(clerk: Clerk) -> None:
    to_the_paper(clerk)
    offer = hidden(clerk.page, ".photo-offer")
    take = clerk.client.post(f"{clerk.url}photo/", offer, expect=200)
    clerk.page = take

    assert clerk.carried["paper"] == ["paper"]
    clerk.page = clerk.client.post(f"{clerk.url}photo/seen", hidden(take, "form[action$='/seen']"), expect=400)
    assert clerk.carried["paper"] == ["paper"]


def hidden(page: Page, form: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for each in page.all(f"{form} input[type=hidden]"):
        fields.setdefault(each.attributes["name"] or "", []).append(each.attributes["value"] or "")
    return fields


@installed
def test_without_a_photo_the_page_says_so_and_the_answers_are_still_there(clerk: Clerk) -> None:
    fields = to_the_paper(clerk).carried
    assert "Photo of the whole paper" in clerk.client.post(f"{clerk.url}photo/", fields, expect=200).text
    page = clerk.client.post(f"{clerk.url}photo/seen", fields, expect=400)
    assert "No photo came along" in page.text
    assert [each.attributes["value"] for each in page.all("#desk-form input[name=paper]")] == ["paper"]


@installed
def test_suggestions_are_shown_with_their_piece_of_the_photo_none_ticked_and_nothing_is_kept(
    clerk: Clerk, store: Store, settings: Settings
) -> None:
    fields = to_the_paper(clerk).carried
    photo = picture(scenarios("IL")["warrant-with-a-seal"].drawn[0])
    before = kept(store, settings)
    sent = {**fields, "photo": (BytesIO(photo), "paper.jpg")}
    page = clerk.client.post(f"{clerk.url}photo/seen", sent, expect=200, content_type="multipart/form-data")
    assert kept(store, settings) == before

    boxes = page.all("#desk-form input[type=checkbox]")
    values = {box.attributes["name"]: box.attributes["value"] for box in boxes}
    assert values == {key: I_200[key] for key in ("top_heading", "title", "signer_label")}
    assert not [box for box in boxes if "checked" in box.attributes]
    assert len(page.all("svg.crop")) >= 3
    for word in ("administrative", "Not by this paper", "Hold", "open"):
        assert word not in page.one("#desk-form").text()

    clerk.page = page
    clerk.press(clerk.button("say"))  # nothing was ticked: the desk asks for the heading, as it would have
    assert "Which words are at the top" in clerk.page.h1
