"""What the editor says of a floor beside its outlines: where officers wait, controls, stairs, hours, thresholds."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import shapely

from tests.geometry.floors import block_floor, lobby_floor
from tests.journeys.conftest import SAMPLE_FLOOR
from tests.journeys.editor_page import EditorPage
from tests.journeys.plan_scripts import Run, document
from tests.journeys.server import Server
from tests.journeys.test_editor import middle, pick, room
from tests.journeys.test_editor_tools import WCAG, press
from zonemap.geometry.thresholds import thresholds
from zonemap.model.floor_document import floor_from

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def served(shared_server: Server) -> str:
    """The address of the sample clinic's floor, on one server for all of these tests."""
    return f"{shared_server.url}/floors/{SAMPLE_FLOOR}/"


@pytest.fixture
def editor(served: str, signed_in: Callable[..., Any]) -> EditorPage:
    editor = EditorPage(signed_in(bypass_csp=True, reduced_motion="reduce"))
    editor.open(served)
    return editor


def saved(editor: EditorPage, served: str) -> dict[str, Any]:
    """The floor as the server has it, once all is saved."""
    editor.wait_until_saved()
    return dict(editor.page.request.get(f"{served}draft").json()["floor"])


def door(floor: dict[str, Any], number: str) -> dict[str, Any]:
    return next(each for each in floor["doors"] if each["number"] == number)


def test_the_waiting_spot_is_put_moved_and_removed_each_one_step_and_each_saved(
    editor: EditorPage, served: str
) -> None:
    page = editor.page
    before = saved(editor, served).get("waiting_spot")
    lobby = pick(editor, "101")
    x, y = middle(lobby["ring"])
    press(editor, "w")
    editor.click((x, y))
    assert "Officers are asked to wait in 101" in editor.said()
    assert saved(editor, served)["waiting_spot"] == pytest.approx([x, y], abs=0.05)

    press(editor, "v")
    editor.click((x, y))
    assert page.locator("[data-card] h2").inner_text() == "Where officers wait"
    press(editor, "ArrowLeft")
    assert saved(editor, served)["waiting_spot"] == pytest.approx([x - 0.1, y], abs=0.05)
    editor.drag((x - 0.1, y), (x + 0.8, y + 0.3))
    assert saved(editor, served)["waiting_spot"] == pytest.approx([x + 0.8, y + 0.3], abs=0.1)

    pick(editor, "121")
    exam = middle(room(editor, "121")["ring"])
    press(editor, "w")
    editor.click(exam)
    assert "121 Exam 1 is not public" in editor.said()
    card = page.locator("[data-tool-card]")
    card.get_by_label("Public room").select_option(label="101 " + lobby["name"])
    card.get_by_role("button", name="Remove it").click()
    assert "waiting_spot" not in saved(editor, served)
    card.get_by_role("button", name="Put it in this room").click()
    assert saved(editor, served)["waiting_spot"] == pytest.approx([x, y], abs=6)
    press(editor, *["Control+z"] * 5)
    assert saved(editor, served).get("waiting_spot") == before


def test_a_control_a_stair_and_hours_stand_in_the_cards_and_undo_takes_each_back(
    editor: EditorPage, served: str
) -> None:
    page = editor.page
    before = json.dumps(saved(editor, served))
    number = next(each["number"] for each in editor.floor()["doors"] if each.get("control", "sign") == "sign")
    show(editor, door(editor.floor(), number)["id"])
    card = page.locator("[data-card]")
    card.get_by_role("radio", name="A lock, key or code").check()
    assert door(saved(editor, served), number)["control"] == "lock"
    pick(editor, "121")
    card.get_by_text("Stairs or lift", exact=True).click()
    card.get_by_label("Name of the stairs or lift").fill("North stairs")
    page.keyboard.press("Enter")
    assert "No other floor has stairs" in card.inner_text()
    assert next(each for each in saved(editor, served)["rooms"] if each["number"] == "121")["shaft"] == "North stairs"
    press(editor, "Control+z", "Control+z")
    assert json.dumps(saved(editor, served)) == before

    pick(editor, "122")
    card.get_by_role("link", name="Add other hours").click()
    page.wait_for_url("**/hours?target=*")
    assert page.get_by_label("Room or door").locator("option:checked").inner_text().startswith("122")
    for day in ("Monday", "Tuesday", "Wednesday"):
        page.get_by_label(day).check()
    page.get_by_label("From").fill("18:00")
    page.get_by_label("To").fill("07:30")
    page.get_by_label("It is then").select_option("class:public")
    page.get_by_role("button", name="Add these hours").click()
    page.get_by_role("cell", name="Mon to Wed, 6 pm to 7:30 am", exact=True).wait_for()
    editor.open(served)
    pick(editor, "122")
    assert "Mon to Wed, 6 pm to 7:30 am: Public" in card.inner_text()
    card.get_by_role("button", name="Remove the hours").click()
    assert json.dumps(saved(editor, served)) == before


def show(editor: EditorPage, door_id: str) -> None:
    editor.page.evaluate("id => document.querySelector('[data-editor]').editor.show('door', id)", door_id)


def test_thresholds_stand_in_a_list_and_on_the_plan_and_each_shows_the_other(editor: EditorPage, served: str) -> None:
    page = editor.page
    panel = page.locator("[data-thresholds]")
    panel.locator("summary").click()
    assert listed(editor) == wanted(saved(editor, served))
    shown = "document.querySelector('[data-editor]').editor.thresholdPanel.layer.getVisible()"
    assert page.evaluate(shown)

    first, second = (panel.locator("li button").nth(place) for place in (0, 1))
    second.click()
    page.get_by_role("heading", name=second.inner_text()).wait_for()
    assert second.get_attribute("aria-current") == "true"
    jambs = next(each for each in editor.floor()["doors"] if each["id"] == first.get_attribute("data-door"))["jambs"]
    x, y = middle(jambs)
    page.wait_for_function("() => !document.querySelector('[data-editor]').editor.map.getView().getAnimating()")
    editor.look_at(x - 4, y - 4, x + 4, y + 4)
    editor.click((x, y))
    assert first.get_attribute("aria-current") == "true"
    assert second.get_attribute("aria-current") is None
    assert "Threshold 1 of" in editor.said()
    press(editor, "h", "h")
    assert "Threshold 3 of" in editor.said()

    pick(editor, "122")
    before = listed(editor)
    press(editor, "1")
    assert listed(editor) > before
    assert listed(editor) == wanted(saved(editor, served))
    press(editor, "6")
    assert listed(editor) == wanted(saved(editor, served))
    assert "nobody can tell" in panel.inner_text()
    press(editor, "Control+z", "Control+z")
    editor.wait_until_saved()


def listed(editor: EditorPage) -> set[str]:
    editor.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    script = "[...document.querySelectorAll('.threshold-list button')].map((each) => each.dataset.door)"
    return set(editor.page.evaluate(script))


def wanted(floor: dict[str, Any]) -> set[str]:
    return {each.door.id for each in thresholds(floor_from(floor))}


def test_thresholds_are_those_of_the_server_for_any_classes(run: Run) -> None:
    classes = ("public", "private", "records", "undecided", "residential", "outdoor_private")
    floors = []
    for turn in range(36):
        for start in (lobby_floor(), block_floor()):
            floor = document(start)
            for place, each in enumerate(floor["rooms"]):
                each["class"] = classes[(turn // (6 ** (place % 2)) + place // 2) % 6]
            floors.append(floor)
    found = run(
        """
        const { Plan } = await import("/plan.js");
        const { thresholdsOf } = await import("/thresholds.js");
        return given.map((floor) => thresholdsOf(new Plan(floor)).thresholds.map(({ door }) => door.id).sort());
        """,
        floors,
    )
    assert found == [sorted(wanted(floor)) for floor in floors]
    assert any(found)
    assert not all(found)


def test_an_open_space_becomes_a_room_by_one_click_and_nobody_is_shut_out_of_what_a_floor_means(
    editor: EditorPage, served: str
) -> None:
    page = editor.page
    before = by_id(saved(editor, served))
    station = shapely.Polygon(pick(editor, "132")["ring"])
    press(editor, "Delete")
    line = page.locator("[data-problems] li", has_text="In no room")
    line.get_by_role("button", name="Make a room of it").click()
    made = shapely.Polygon(editor.floor()["rooms"][-1]["ring"])
    assert made.intersection(station).area > 0.95 * made.union(station).area
    line.wait_for(state="hidden")

    axe = pytest.importorskip("axe_core_python.sync_playwright").Axe()

    def check(state: str) -> None:
        found = axe.run(page, options=WCAG)["violations"]
        assert [(state, each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state

    page.locator("[data-thresholds] summary").click()
    press(editor, "h", "w")
    check("thresholds, a door, the waiting spot")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 740})
    check("the same, narrow and dark")
    press(editor, "v")
    page.get_by_role("button", name="121", exact=True).click()
    page.locator("[data-card]").get_by_text("Stairs or lift", exact=True).click()
    check("a room with stairs, narrow and dark")
    press(editor, "Control+z", "Control+z")
    assert by_id(saved(editor, served)) == before


def by_id(floor: dict[str, Any]) -> dict[str, Any]:
    """Rooms and doors, in whatever order: one that comes back stands last on the server."""
    return {each["id"]: each for each in (*floor["rooms"], *floor["doors"])}
