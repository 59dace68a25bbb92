"""Finding rooms with the tool itself: a click in a room, its next outline, a part of the plan, giving up; for all."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import shapely

from tests.journeys.conftest import SAMPLE_FLOOR
from tests.journeys.editor_page import EditorPage
from tests.journeys.server import Server
from tests.journeys.test_editor import middle, pick
from tests.journeys.test_editor_tools import WCAG, press
from zonemap.storage.engine import DATABASE_NAME

pytestmark = pytest.mark.journey

ROOMS = ("129", "130", "131")  # side by side, and gone from the draft of this server


@pytest.fixture(scope="module")
def served(shared_server: Server) -> str:
    return f"{shared_server.url}/floors/{SAMPLE_FLOOR}/"


@pytest.fixture
def editor(served: str, signed_in: Callable[..., Any]) -> EditorPage:
    editor = EditorPage(signed_in(bypass_csp=True, reduced_motion="reduce"))
    editor.open(served)
    return editor


def take_away(editor: EditorPage) -> dict[str, shapely.Polygon]:
    """Delete the rooms, save, and look at where they were; their shapes."""
    shapes = {}
    for number in ROOMS:
        shapes[number] = shapely.Polygon(pick(editor, number)["ring"])
        press(editor, "Delete")
    editor.wait_until_saved()
    left, low, right, high = shapely.MultiPolygon(list(shapes.values())).bounds
    editor.look_at(left - 3, low - 3, right + 3, high + 3)
    return shapes


def put_back(editor: EditorPage, steps: int) -> None:
    press(editor, "v", *["Control+z"] * steps)
    editor.wait_until_saved()


def quiet(editor: EditorPage) -> None:
    """Until the server has answered what was asked."""
    editor.page.locator("[data-trace-wait]").wait_for(state="hidden", timeout=60_000)


def test_a_click_in_a_room_offers_outlines_one_after_the_other_and_enter_keeps_the_one_shown(
    editor: EditorPage,
) -> None:
    shapes = take_away(editor)
    count = len(editor.floor()["rooms"])
    place = shapes["130"].centroid
    press(editor, "t")
    editor.click((place.x, place.y))
    quiet(editor)
    assert editor.page.locator("[data-trace-wrong]").inner_text() == ""
    offered = re.match(r"Outline 1 of (\d+)", editor.said())
    assert offered is not None, editor.said()
    many = int(offered[1])
    editor.click((place.x + 0.05, place.y))
    assert editor.said().startswith(f"Outline {2 % many or many} of {many}") or many == 1
    press(editor, "Escape")
    assert len(editor.floor()["rooms"]) == count, "Esc drops what was offered"
    editor.click((place.x, place.y))
    quiet(editor)
    press(editor, "Enter")
    assert len(editor.floor()["rooms"]) == count + 1
    kept = shapely.Polygon(editor.floor()["rooms"][-1]["ring"])
    assert kept.intersection(shapes["130"]).area > 0.8 * shapes["130"].union(kept).area
    assert "Room kept" in editor.said()
    put_back(editor, 1 + len(ROOMS))


@pytest.mark.long
def test_only_the_box_that_was_dragged_is_searched_and_what_was_begun_can_be_given_up(editor: EditorPage) -> None:
    shapes = take_away(editor)
    page = editor.page
    press(editor, "t")
    page.get_by_role("button", name="Find all rooms").click()
    page.locator("[data-trace-wait]").get_by_role("button", name="Cancel").click()
    quiet(editor)
    assert page.locator("[data-trace-found]").is_hidden()
    assert page.locator("[data-trace-wrong]").is_hidden()

    left, low, right, high = shapes["129"].union(shapes["130"]).bounds
    before = editor.on_screen((left, low))
    page.get_by_text("How to look").click()
    page.get_by_role("button", name="Drag a box").click()
    editor.drag((left - 0.8, low - 0.8), (right + 0.8, high + 0.8))
    assert editor.on_screen((left, low)) == before, "the box is drawn, the plan is not moved"
    assert "in the box only" in editor.said()
    page.get_by_role("button", name="Find all rooms").click()
    page.locator("[data-trace-keep]").wait_for(timeout=60_000)
    found = page.evaluate(
        "document.querySelector('[data-editor]').editor.traceTool.ghosts.source.getFeatures()"
        ".flatMap((each) => each.get('room')?.ring ?? [])"
    )
    assert found
    assert all(left - 1.5 <= x <= right + 1.5 and low - 1.5 <= y <= high + 1.5 for x, y in found)
    quiet(editor)
    page.locator("[data-trace-found]").get_by_role("button", name="Drop").click()
    page.get_by_role("button", name="Whole plan").click()
    assert "whole plan" in editor.said()
    put_back(editor, len(ROOMS))


@pytest.mark.long
def test_nobody_is_shut_out_of_finding_rooms(editor: EditorPage) -> None:
    axe = pytest.importorskip("axe_core_python.sync_playwright").Axe()
    page = editor.page

    def check(state: str) -> None:
        found = axe.run(page, options=WCAG)["violations"]
        assert [(state, each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state

    def check_both(state: str) -> None:
        page.set_viewport_size({"width": 1440, "height": 1000})
        page.emulate_media(color_scheme="light")
        check(state)
        page.set_viewport_size({"width": 360, "height": 740})
        page.emulate_media(color_scheme="dark")
        check(f"{state}, narrow and dark")

    shapes = take_away(editor)
    press(editor, "t")
    page.get_by_text("How to look").click()
    page.get_by_role("button", name="Only what is in sight").click()
    page.get_by_text("Names from a list of rooms").click()
    check_both("what to ask for")
    page.get_by_role("button", name="Find all rooms").click()
    check("looking")
    page.locator("[data-trace-keep]").wait_for(timeout=60_000)
    quiet(editor)
    check_both("found")
    page.locator("[data-trace-found]").get_by_role("button", name="Drop").click()
    page.set_viewport_size({"width": 1440, "height": 1000})
    editor.look_at(*shapes["130"].buffer(2).bounds)
    editor.click(middle(list(shapes["130"].exterior.coords)))
    quiet(editor)
    check_both("one is offered")
    press(editor, "Escape")
    rows = {"name": "rooms.csv", "mimeType": "text/csv", "buffer": b"Number,Name\n121,Quiet room\n999,Nowhere\n"}
    page.locator("[data-list] input[type=file]").set_input_files(rows)
    page.get_by_role("button", name="Compare with the plan").click()
    page.locator("[data-list-fill]").first.wait_for()
    check_both("a list compared")
    page.route("**/trace", lambda route: route.fulfill(status=503, json={"error": "Too much is asked just now."}))
    page.get_by_role("button", name="Find all rooms").click()
    page.locator("[data-trace-wrong]").wait_for()
    check_both("refused")
    put_back(editor, len(ROOMS))


def hold(server: Server, seconds: float) -> None:
    """Let the last search be one whose maker is gone: held for so long, and nothing found."""
    last = "(SELECT id FROM print_job WHERE name LIKE '%.rooms' ORDER BY asked_at DESC LIMIT 1)"
    until = (datetime.now(UTC) + timedelta(seconds=seconds)).replace(tzinfo=None).isoformat(" ")
    with closing(sqlite3.connect(server.data / DATABASE_NAME)) as connection, connection:
        connection.execute(f"DELETE FROM print_job_file WHERE job_id = {last}")  # noqa: S608
        held = f"UPDATE print_job SET state = ?, maker = ?, held_until = ? WHERE id = {last}"  # noqa: S608
        done = connection.execute(held, ("running", "gone", until))
        assert done.rowcount == 1


@pytest.mark.long
def test_a_search_whose_maker_is_gone_is_waited_for_and_made_by_another(
    editor: EditorPage, shared_server: Server
) -> None:
    page, answers = editor.page, list[tuple[str, int]]()
    page.on("response", lambda answer: answers.append((answer.url.rpartition("/")[2], answer.status)))
    press(editor, "t")
    page.get_by_role("button", name="Find all rooms").click()
    page.locator("[data-trace-keep]").wait_for(timeout=60_000)
    page.locator("[data-trace-found]").get_by_role("button", name="Drop").click()

    hold(shared_server, 4)
    answers.clear()
    page.get_by_role("button", name="Find all rooms").click()
    page.locator("[data-trace-keep]").wait_for(timeout=60_000)
    assert ("trace", 202) in answers
    page.locator("[data-trace-found]").get_by_role("button", name="Drop").click()

    hold(shared_server, 60)
    answers.clear()
    page.get_by_role("button", name="Find all rooms").click()
    with page.expect_response(lambda said: re.search(r"/trace/[0-9a-f]{32}$", said.url) and said.status == 202):
        pass
    with page.expect_response(re.compile(r"/stop$")) as stopped:
        page.locator("[data-trace-wait]").get_by_role("button", name="Cancel").click()
    assert stopped.value.ok
    quiet(editor)
    assert page.locator("[data-trace-wrong]").is_hidden()
