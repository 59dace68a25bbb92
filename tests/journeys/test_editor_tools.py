"""The editor's tools as a person uses them: split, join, many at once, copies, places to check; by touch, too."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.conftest import SAMPLE_FLOOR
from tests.journeys.editor_page import EditorPage
from tests.journeys.server import Server
from tests.journeys.test_editor import middle, pick, rings, room

pytestmark = pytest.mark.journey

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def served(shared_server: Server) -> str:
    """The address of the sample clinic's floor on a server for all of these tests: none of them saves."""
    return f"{shared_server.url}/floors/{SAMPLE_FLOOR}/"


@pytest.fixture
def opened(served: str, signed_in: Callable[..., Any]) -> Callable[..., EditorPage]:
    """Opens an editor and pulls the plug: its changes never reach the server, not even when the page is closed."""

    def open_editor(**options: Any) -> EditorPage:
        page = signed_in(**options)
        editor = EditorPage(page)
        editor.open(served)
        editor.pull_the_plug()
        return editor

    return open_editor


@pytest.fixture
def editor(opened: Callable[..., EditorPage]) -> EditorPage:
    return opened()


def sides(editor: EditorPage, number: str) -> tuple[float, float, float, float]:
    xs, ys = zip(*room(editor, number)["ring"], strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def press(editor: EditorPage, *keys: str) -> None:
    editor.page.locator("[data-map]").focus()
    for key in keys:
        editor.page.keyboard.press(key)


def test_a_room_is_split_by_one_drag_and_joined_again_and_each_is_one_step(editor: EditorPage) -> None:
    before = json.dumps(editor.floor())
    exam = pick(editor, "121")
    left, low, right, high = sides(editor, "121")
    press(editor, "s")
    editor.drag(((left + right) / 2, low + 0.02), ((left + right) / 2 + 0.02, high - 0.02))
    new = editor.floor()["rooms"][-1]
    assert (new["class"], new["name"], new["number"]) == (exam["class"], exam["name"], "")
    assert len(editor.floor()["rooms"]) == 38

    press(editor, "v")
    editor.page.keyboard.down("Shift")
    editor.click(middle(room(editor, "121")["ring"]))
    editor.page.keyboard.up("Shift")
    assert "2 rooms" in editor.page.locator("[data-card]").inner_text()
    press(editor, "j")
    dialog = editor.page.get_by_role("dialog")
    dialog.get_by_role("radio", name="121 Exam 1").check()
    dialog.get_by_role("button", name="Join them").click()
    assert len(editor.floor()["rooms"]) == 37
    assert room(editor, "121")["id"] == exam["id"]
    press(editor, "Control+z", "Control+z")
    assert json.dumps(editor.floor()) == before


def test_rooms_in_a_box_are_classed_moved_and_deleted_together(editor: EditorPage) -> None:
    before = json.dumps(editor.floor())
    left, low, _, _ = sides(editor, "129")
    _, _, right, high = sides(editor, "131")
    editor.look_at(left - 3, low - 3, right + 3, high + 3)
    editor.page.keyboard.down("Shift")
    editor.drag((left - 0.5, low - 0.5), (right + 0.5, high + 0.5))
    editor.page.keyboard.up("Shift")
    assert "3 rooms" in editor.page.locator("[data-card]").inner_text()
    press(editor, "4")
    assert {room(editor, number)["class"] for number in ("129", "130", "131")} == {"records"}
    press(editor, "ArrowLeft")  # into the open: nothing is in the way
    assert sides(editor, "129")[0] == pytest.approx(left - 0.1)
    press(editor, "ArrowUp")  # onto the staff corridor
    assert "would lie on" in editor.said()
    press(editor, "Delete")
    assert len(editor.floor()["rooms"]) == 34
    press(editor, "Control+z", "Control+z", "Control+z")
    assert json.dumps(editor.floor()) == before


def test_copied_rooms_are_put_down_after_asking_with_ids_of_their_own(editor: EditorPage, served: str) -> None:
    pick(editor, "129")
    ids = {each["id"] for each in editor.floor()["rooms"]}
    editor.page.get_by_label("Select 130 Exam 8").check()
    press(editor, "Control+c", "Control+v")
    assert "No room of the 2 copied fits here" in editor.said()
    editor.page.get_by_label("Select 130 Exam 8").uncheck()
    press(editor, "Delete", "Control+v")
    assert "1 room would lie on rooms of this floor" in editor.said()
    editor.page.get_by_role("button", name="Put them here").click()
    assert len(editor.floor()["rooms"]) == 37
    assert room(editor, "129")["id"] not in ids
    editor.page.on("dialog", lambda dialog: dialog.accept())
    editor.page.goto("about:blank")
    editor.open(f"{served}#paste")  # as the links to other floors do
    assert "No room of the 2 copied fits here" in editor.said()


def test_places_to_check_come_up_by_themselves_and_one_click_mends_one(editor: EditorPage) -> None:
    """They come from tracing and other programs: no tool of the editor makes one."""
    _shift_a_room(editor.page)
    problems = editor.page.locator("[data-problems]")
    problems.get_by_text("lie on one another").wait_for()
    before = rings(editor)
    assert "2 places to check" in problems.inner_text()
    problems.get_by_role("button", name="Cut it off 123 Exam 3").click()
    problems.get_by_text("lie on one another").wait_for(state="detached")
    assert rings(editor) != before
    problems.get_by_role("button", name="Give it to 122 Exam 2").click()
    problems.wait_for(state="hidden")

    _shift_a_room(editor.page, nameless=("122", "123"))
    larger, smaller = (
        problems.get_by_role("button", name=f"Cut it off Unnamed room, the {size}") for size in ("larger", "smaller")
    )
    smaller.wait_for()
    larger.click()
    problems.get_by_text("lie on one another").wait_for(state="detached")


def test_a_room_drawn_over_its_neighbours_is_offered_without_that_part(editor: EditorPage) -> None:
    pick(editor, "129")
    left, low, _, high = sides(editor, "129")
    editor.draw_rectangle((left - 2, low + 0.4), (left + 1, high - 0.4))
    assert len(editor.floor()["rooms"]) == 37
    editor.page.get_by_role("button", name="Draw it without that part").click()
    assert len(editor.floor()["rooms"]) == 38
    assert max(x for x, _ in editor.floor()["rooms"][-1]["ring"]) == left


def test_a_round_room_of_300_corners_can_be_taken_hold_of_where_one_looks_closely(editor: EditorPage) -> None:
    found = editor.page.evaluate(
        """() => {
            const { plan, edits, selection } = document.querySelector("[data-editor]").editor;
            const around = (step) => [-20 + 6 * Math.cos(step), 6 * Math.sin(step)];
            const ring = Array.from({ length: 300 }, (_, step) => around((step * Math.PI) / 150));
            const problem = edits.addRoom(ring);
            return [problem, selection.room.ring[0]];
        }"""
    )
    assert found[0] is None
    x, y = found[1]
    editor.look_at(x - 1, y - 1, x + 1, y + 1)
    editor.page.wait_for_timeout(100)
    editor.drag((x, y), (x + 0.3, y))
    assert [x, y] not in editor.floor()["rooms"][-1]["ring"]


def test_the_wide_table_is_typed_in_like_a_spreadsheet(editor: EditorPage) -> None:
    page = editor.page
    page.get_by_role("button", name="Wide table").click()
    page.get_by_label("Show").select_option("number")
    page.get_by_label("Name of 121 Exam 1").fill("Blood")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("Eyes")
    page.keyboard.press("Enter")
    page.get_by_label("Class of 121 Blood").select_option("records")
    assert [room(editor, number)["name"] for number in ("121", "122")] == ["Blood", "Eyes"]
    assert room(editor, "121")["class"] == "records"


def test_fingers_move_a_corner_pinch_the_plan_and_draw_a_box(opened: Callable[..., EditorPage]) -> None:
    editor = opened(viewport={"width": 820, "height": 1100}, has_touch=True)
    page = editor.page
    exam = pick(editor, "121")
    page.locator("[data-map]").evaluate("map => map.scrollIntoView({block: 'center'})")
    fingers = Fingers(editor)
    count = len(editor.floor()["rooms"])
    corner = min(exam["ring"], key=lambda point: (point[0], -point[1]))
    fingers.drag(corner, (corner[0] - 0.5, corner[1]))
    assert corner not in room(editor, "121")["ring"]

    before = page.evaluate("document.querySelector('[data-editor]').editor.layers.resolution")
    fingers.pinch(middle(exam["ring"]))
    assert page.evaluate("document.querySelector('[data-editor]').editor.layers.resolution") < before * 0.8
    assert len(editor.floor()["rooms"]) == count

    pick(editor, "121")
    page.get_by_role("button", name="Many").click()
    left, low, right, high = sides(editor, "121")
    fingers.drag((left - 0.3, low - 0.3), (right + 0.2, high + 0.3))
    assert "1 room selected" in editor.said()


class Fingers:
    """Touches, as the browser gets them from a screen."""

    def __init__(self, editor: EditorPage) -> None:
        self._editor = editor
        self._devtools = editor.page.context.new_cdp_session(editor.page)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        (ax, ay), (bx, by) = self._editor.on_screen(start), self._editor.on_screen(end)
        self._move([[(ax + (bx - ax) * part, ay + (by - ay) * part)] for part in (0, 0.3, 0.6, 1)])

    def pinch(self, place: tuple[float, float]) -> None:
        """Two fingers move apart."""
        x, y = self._editor.on_screen(place)
        self._move([[(x - far, y), (x + far, y)] for far in (40, 60, 80, 100)])
        self._editor.page.wait_for_timeout(400)  # the plan comes to rest

    def _move(self, steps: list[list[tuple[float, float]]]) -> None:
        for step, fingers in enumerate(steps):
            points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)]
            self._send("touchMove" if step else "touchStart", points)
        self._send("touchEnd", [])

    def _send(self, kind: str, points: list[dict[str, float]]) -> None:
        self._devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_nobody_is_shut_out_of_any_tool(opened: Callable[..., EditorPage]) -> None:
    axe = pytest.importorskip("axe_core_python.sync_playwright").Axe()
    editor = opened(bypass_csp=True, reduced_motion="reduce")
    page = editor.page

    def check(state: str) -> None:
        found = axe.run(page, options=WCAG)["violations"]
        assert [(state, each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []

    pick(editor, "121")
    press(editor, "s")
    check("split")
    _shift_a_room(page)
    page.get_by_role("button", name="Wide table").click()
    press(editor, "v", "Control+a", "Control+c", "r")
    check("all rooms selected and copied, places to check, wide table, a room by numbers")
    page.emulate_media(color_scheme="dark")
    check("the same in the dark")
    press(editor, "Control+z")
    pick(editor, "126")
    page.get_by_label("Select 125 Exam 5").check()
    press(editor, "j")
    check("joining, in the dark")
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 360, "height": 740})
    for tool in "rsd":
        press(editor, tool)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), tool
    check("a door by lists, on a phone in the dark")


def _shift_a_room(page: Any, nameless: tuple[str, ...] = ()) -> None:
    page.evaluate(
        """(nameless) => {
            const { plan, history } = document.querySelector("[data-editor]").editor;
            const exam = plan.rooms.find(({ number }) => number === "122");
            const ring = exam.ring.map(([x, y]) => [x + 0.05, y]);
            const bare = plan.rooms.filter(({ number }) => nameless.includes(number) && number !== exam.number);
            const unnamed = nameless.length ? { number: "", name: "" } : {};
            const rooms = [...bare, { ...exam, ring }].map((room) => ({ ...room, ...unnamed }));
            history.do("a room from elsewhere", rooms.map((value) => ({ put: "room", value })));
        }""",
        list(nameless),
    )
    page.locator("[data-problems]").wait_for()
