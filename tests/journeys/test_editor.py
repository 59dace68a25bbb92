"""The editor by itself: two people on one floor, work that is not saved, undo, corners that rooms share, a phone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.editor_page import EditorPage

pytestmark = pytest.mark.journey

VIOLATIONS = {"resultTypes": ["violations"]}  # every rule; but no list of what is right

Point = tuple[float, float]


def room(editor: EditorPage, number: str) -> dict[str, Any]:
    return next(each for each in editor.floor()["rooms"] if each["number"] == number)


def middle(ring: list[list[float]]) -> Point:
    xs, ys = zip(*ring, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def pick(editor: EditorPage, number: str) -> dict[str, Any]:
    """Select a room in the table, and look at it closely."""
    editor.page.get_by_role("button", name=number, exact=True).click()
    found = room(editor, number)
    xs, ys = zip(*found["ring"], strict=True)
    editor.look_at(min(xs) - 2, min(ys) - 2, max(xs) + 2, max(ys) + 2)
    return found


def rings(editor: EditorPage) -> dict[str, Any]:
    return {each["id"]: each["ring"] for each in editor.floor()["rooms"]}


def test_a_shared_corner_moves_in_every_room_and_undo_brings_back_the_very_same_floor(floor_url: Any) -> None:
    page, url = floor_url
    editor = EditorPage(page)
    editor.open(url)
    before = json.dumps(editor.floor())
    exam = pick(editor, "121")
    # a corner that a neighbour has, too
    others = [ring for room_id, ring in rings(editor).items() if room_id != exam["id"]]
    corner = next(point for point in exam["ring"] if any(point in ring for ring in others))
    sharing = [room_id for room_id, ring in rings(editor).items() if corner in ring]
    assert len(sharing) > 1

    editor.drag((corner[0], corner[1]), (corner[0] + 0.43, corner[1] - 0.37))

    moved = rings(editor)
    assert all(corner not in moved[room_id] for room_id in sharing)
    new = next(point for point in moved[exam["id"]] if point not in exam["ring"])
    assert all(new in moved[room_id] for room_id in sharing)
    page.keyboard.press("Control+z")
    assert json.dumps(editor.floor()) == before
    page.keyboard.press("Control+y")
    assert rings(editor) == moved
    page.keyboard.press("Control+z")
    editor.wait_until_saved()
    page.reload()
    editor.wait_until_ready()
    assert json.dumps(editor.floor()) == before


def test_dragging_inside_a_room_pans_and_only_the_handle_moves_it(floor_url: Any) -> None:
    page, url = floor_url
    editor = EditorPage(page)
    editor.open(url)
    exam = pick(editor, "122")
    before = rings(editor)
    x, y = middle(exam["ring"])
    place = editor.on_screen((x - 1, y + 1))
    editor.drag((x - 1, y + 1), (x - 0.2, y + 1.4))
    assert rings(editor) == before
    assert editor.on_screen((x - 1, y + 1)) != place

    pick(editor, "122")
    handle = page.evaluate("document.querySelector('[data-editor]').editor.grips.handle")
    editor.drag((handle[0], handle[1]), (handle[0] + 0.3, handle[1] + 40))
    assert rings(editor)[exam["id"]] != before[exam["id"]]


def test_a_rectangle_takes_one_drag_and_an_outline_takes_clicks_that_undo_takes_back(floor_url: Any) -> None:
    page, url = floor_url
    editor = EditorPage(page)
    editor.open(url)
    count = len(editor.floor()["rooms"])
    yard = room(editor, "145")
    right = max(x for x, _ in yard["ring"])
    top = max(y for _, y in yard["ring"])
    editor.look_at(right - 2, top - 2, right + 14, top + 8)
    editor.draw_rectangle((right + 1, top + 1), (right + 4, top + 3))
    assert len(editor.floor()["rooms"]) == count + 1
    xs, ys = zip(*editor.floor()["rooms"][-1]["ring"], strict=True)
    assert (min(xs), min(ys), max(xs), max(ys)) == pytest.approx((right + 1, top + 1, right + 4, top + 3), abs=0.05)

    for point in ((right + 6, top + 1), (right + 9, top + 1.3), (right + 12, top + 5)):
        editor.click(point)
    page.keyboard.press("Control+z")  # takes back the last corner, not the rectangle
    assert len(editor.floor()["rooms"]) == count + 1
    editor.click((right + 9.5, top + 4))
    page.keyboard.press("Enter")
    assert len(editor.floor()["rooms"]) == count + 2
    assert len(editor.floor()["rooms"][-1]["ring"]) == 3
    editor.wait_until_saved(by_itself=True)


def test_a_drag_that_would_put_a_room_onto_another_is_refused_with_the_reason(floor_url: Any) -> None:
    page, url = floor_url
    editor = EditorPage(page)
    editor.open(url)
    exam = pick(editor, "123")
    before = rings(editor)
    xs, ys = zip(*exam["ring"], strict=True)
    corner = min(exam["ring"], key=lambda point: (point[0], point[1]))
    editor.drag((corner[0], corner[1]), (max(xs) + 1.3, (min(ys) + max(ys)) / 2 + 0.2))
    assert "Not done" in editor.said()
    assert rings(editor) == before
    assert "Not saved" not in editor.save_state


def test_of_two_people_on_one_floor_the_second_is_told_and_loses_nothing(
    floor_url: Any, signed_in: Callable[..., Any]
) -> None:
    page, url = floor_url
    mine, theirs = EditorPage(page), EditorPage(signed_in())
    mine.open(url)
    theirs.open(url)

    pick(theirs, "130")
    theirs.page.locator("[data-card]").get_by_label("Name", exact=True).fill("Nurse visits")
    theirs.page.keyboard.press("Enter")
    theirs.wait_until_saved()
    pick(mine, "129")
    mine.page.locator("[data-map]").focus()
    mine.page.keyboard.press("4")
    mine.save_now()

    card = mine.page.locator("[data-conflict]")
    card.wait_for()
    assert "Nothing is lost" in card.inner_text()
    assert "129" in card.inner_text()
    card.get_by_role("button", name="Save mine as a new draft on top").click()
    mine.wait_until_saved()
    assert room(mine, "129")["class"] == "records"
    assert room(mine, "130")["name"] == "Nurse visits"

    # the other page is behind now: it takes what is there, and brings its own back
    pick(theirs, "131")
    theirs.page.locator("[data-map]").focus()
    theirs.page.keyboard.press("3")
    theirs.save_now()
    card = theirs.page.locator("[data-conflict]")
    card.get_by_role("button", name=re.compile("^Take")).click()
    assert room(theirs, "129")["class"] == "records"
    assert room(theirs, "131")["class"] == "private"
    theirs.page.get_by_role("button", name="Bring mine back").click()
    assert room(theirs, "131")["class"] == "residential"
    theirs.wait_until_saved()


def test_what_the_server_did_not_get_is_kept_over_a_reload(floor_url: Any) -> None:
    page, url = floor_url
    editor = EditorPage(page)
    editor.open(url)
    page.route("**/draft", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    pick(editor, "127")
    page.locator("[data-card]").get_by_label("Name", exact=True).fill("Laboratory and store")
    page.keyboard.press("Control+s")
    page.get_by_text("The server cannot be reached").wait_for()
    assert "Not saved" in editor.save_state
    assert "Kept on this computer" in editor.save_state

    page.on("dialog", lambda dialog: dialog.accept())
    editor.pull_the_plug()
    page.unroute("**/draft")
    page.reload()
    editor.wait_until_ready()
    assert room(editor, "127")["name"] == "Laboratory"
    page.get_by_role("button", name="Put them back").click()
    assert room(editor, "127")["name"] == "Laboratory and store"
    editor.wait_until_saved()


def test_a_room_can_be_drawn_marked_and_given_a_door_by_keys_alone(floor_url: Any) -> None:
    page, url = floor_url
    editor = EditorPage(page)
    editor.open(url)
    yard = room(editor, "145")
    right, top = max(x for x, _ in yard["ring"]), max(y for _, y in yard["ring"])
    editor.look_at(right, top, right + 10, top + 8)
    count = len(editor.floor()["rooms"])
    page.locator("[data-map]").focus()
    for key in ("n", "2", "Shift+ArrowRight", "ArrowUp", "]", "Alt+ArrowLeft", "ArrowDown", "i"):
        page.keyboard.press(key)
    new = editor.floor()["rooms"][-1]
    assert len(editor.floor()["rooms"]) == count + 1
    assert new["class"] == "private"
    assert len(new["ring"]) == 5
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.locator("[data-card] [aria-label='Where the new door leads']").focus()
    page.locator("[data-card] [aria-label='Where the new door leads']").select_option("outdoors")
    assert editor.floor()["doors"][-1]["rooms"] == [new["id"], None]
    editor.wait_until_saved()
    assert editor.floor()["doors"][-1]["number"].isdigit()
    page.locator("[data-map]").focus()
    page.keyboard.press("Delete")
    page.keyboard.press("Control+z")
    assert editor.floor()["doors"][-1]["number"].isdigit()


def test_on_a_phone_the_page_does_not_scroll_sideways_and_a_room_can_be_marked_by_touch(
    floor_url: Any, signed_in: Callable[..., Any]
) -> None:
    _, url = floor_url
    phone = signed_in(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    editor = EditorPage(phone)
    editor.open(url)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    lab = room(editor, "127")
    phone.locator("[data-map]").evaluate("map => map.scrollIntoView({block: 'center'})")
    phone.touchscreen.tap(*editor.on_screen(middle(lab["ring"])))
    phone.get_by_role("radio", name="Records").tap()
    assert room(editor, "127")["class"] == "records"
    editor.wait_until_saved()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_nobody_is_shut_out_of_the_editor(floor_url: Any, signed_in: Callable[..., Any]) -> None:
    axe = pytest.importorskip("axe_core_python.sync_playwright").Axe()
    _, url = floor_url
    page = signed_in(bypass_csp=True)
    editor = EditorPage(page)
    editor.open(url)
    pick(editor, "121")
    page.get_by_text("Corners", exact=True).click()
    states = {
        "a room": lambda: None,
        "a door": page.locator(".door-list button").first.click,
        "nothing": unselect(page),
    }
    for state, reach in states.items():
        reach()
        found = axe.run(page, options=VIOLATIONS)["violations"]
        assert [(state, each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    for path in ("designate", "?table=1"):
        page.goto(url + path)
        found = axe.run(page, options=VIOLATIONS)["violations"]
        assert [(path, each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def unselect(page: Any) -> Callable[[], None]:
    def press() -> None:
        page.locator("[data-map]").focus()
        page.keyboard.press("Escape")

    return press
