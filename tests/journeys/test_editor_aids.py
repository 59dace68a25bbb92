"""The editor's aids: suggested classes, measuring, layers, the list of keys; what outlives a kill or a second tab."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.editor_page import EditorPage
from tests.journeys.server import Server
from tests.journeys.test_editor import pick, room

pytestmark = pytest.mark.journey

VIOLATIONS = {"resultTypes": ["violations"]}  # every rule; but no list of what is right


def on_the_plan(editor: EditorPage, *keys: str) -> None:
    editor.page.locator("[data-map]").focus()
    for key in keys:
        editor.page.keyboard.press(key)


def undecided(editor: EditorPage) -> int:
    return sum(each["class"] == "undecided" for each in editor.floor()["rooms"])


def forget_all_classes(editor: EditorPage) -> None:
    on_the_plan(editor, "Control+a", "6", "Escape")


def suggest(editor: EditorPage) -> Any:
    on_the_plan(editor, "g")
    panel = editor.page.locator("[data-suggest]")
    panel.locator("li").first.wait_for()
    return panel


def lit(editor: EditorPage) -> int:
    """How many rooms are pointed out on the plan."""
    script = "document.querySelector('[data-editor]').editor.spotlight.source.getFeatures().length"
    return int(editor.page.evaluate(script))


def test_classes_are_suggested_by_kind_and_marked_by_a_click_alone(floor_url: Any) -> None:
    page, url = floor_url
    editor = EditorPage(page)
    editor.open(url)
    forget_all_classes(editor)
    count = undecided(editor)
    panel = suggest(editor)
    exams = panel.locator("li", has_text="9 exam rooms: private").first
    assert "Patients receive care here." in exams.inner_text()
    assert undecided(editor) == count == len(editor.floor()["rooms"])

    exams.hover()
    assert lit(editor) == 9
    exams.get_by_text("Which rooms").click()
    exams.get_by_role("button", name="122 Exam 2").focus()
    assert lit(editor) == 1
    exams.get_by_role("button", name="Accept: 9 exam rooms private").click()
    assert room(editor, "122")["class"] == "private"
    assert undecided(editor) == count - 9
    panel.get_by_role("button", name=re.compile("^Accept all")).click()
    assert room(editor, "112")["class"] == "records"
    assert room(editor, "101")["class"] == "public"
    assert room(editor, "103")["class"] == "undecided", "a corridor is not sure"

    # each is one step, and what is renamed is read anew
    on_the_plan(editor, "Control+z")
    assert undecided(editor) == count - 9
    pick(editor, "127")
    name = page.locator("[data-card]").get_by_label("Name", exact=True)
    name.fill("Exam 10")
    name.press("Enter")
    panel.get_by_text("1 exam room: private").wait_for()
    on_the_plan(editor, *["Control+z"] * 2)
    assert undecided(editor) == count
    editor.wait_until_saved()
    page.reload()
    editor.wait_until_ready()
    on_the_plan(editor, "Control+y")
    assert room(editor, "122")["class"] == "private", "the steps outlive a reload"


def test_a_killed_page_and_a_killed_server_lose_nothing(floor_url: Any, shared_server: Server) -> None:
    page, url = floor_url
    editor = EditorPage(page)
    editor.open(url)
    pick(editor, "127")
    on_the_plan(editor, "4")
    editor.wait_until_saved()
    shared_server.kill()
    on_the_plan(editor, "3", "Control+s")
    page.get_by_text("The server cannot be reached").wait_for()
    assert "Not saved yet" in editor.said()
    shared_server.start()
    editor.try_again()
    editor.wait_until_saved()

    # the page goes at once after an action that the server never hears of; it never runs again
    shared_server.kill()
    on_the_plan(editor, "5")
    page.close(run_before_unload=False)
    shared_server.start()
    again = EditorPage(page.context.new_page())
    again.open(url)
    assert room(again, "127")["class"] == "residential"
    again.page.get_by_role("button", name="Put them back").click()
    assert room(again, "127")["class"] == "outdoor_private"
    again.wait_until_saved()


def test_after_a_reload_unsaved_work_comes_back_with_its_steps(floor_url: Any) -> None:
    page, url = floor_url
    editor = EditorPage(page)
    editor.open(url)
    page.on("dialog", lambda dialog: dialog.accept())
    editor.pull_the_plug()
    before = room(editor, "127")["class"]
    pick(editor, "127")
    on_the_plan(editor, "3", "4")
    page.reload()
    editor.wait_until_ready()
    page.get_by_role("button", name="Put them back").click()
    classes = [room(editor, "127")["class"]]
    for _ in range(2):
        on_the_plan(editor, "Control+z")
        classes.append(room(editor, "127")["class"])
    assert classes == ["records", "residential", before]
    editor.wait_until_saved()


def test_two_tabs_are_told_keep_their_own_unsaved_work_and_follow_one_another(floor_url: Any) -> None:
    page, url = floor_url
    one, two = EditorPage(page), EditorPage(page.context.new_page())
    one.open(url)
    two.open(url)
    for editor in (one, two):
        editor.page.get_by_text("open in another tab").wait_for()

    held = "**/draft"
    for editor, number, key in ((one, "127", "4"), (two, "133", "3")):
        editor.page.route(held, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
        pick(editor, number)
        on_the_plan(editor, key)
        editor.save_now()
        editor.page.get_by_text("The server cannot be reached").wait_for()
    names = page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('zonemap.unsent'))")
    assert len(names) == 2
    two.page.unroute(held)
    two.try_again()
    two.wait_until_saved()
    page.unroute(held)
    one.try_again()
    card = page.locator("[data-conflict]")
    card.get_by_role("button", name="Save mine as a new draft on top").click()
    one.wait_until_saved()
    assert room(one, "127")["class"] == "records"
    assert room(one, "133")["class"] == "residential"

    # the second has nothing unsaved, and takes over what the first saved
    two.page.wait_for_function(
        "() => document.querySelector('[data-editor]').editor.plan.rooms"
        ".some(room => room.number === '127' && room.class === 'records')"
    )
    two.page.close()
    page.get_by_text("open in another tab").wait_for(state="hidden")


def test_layers_are_remembered_lengths_are_told_and_a_key_finds_a_room(floor_url: Any) -> None:
    page, url = floor_url
    editor = EditorPage(page)
    editor.open(url)
    on_the_plan(editor, "l")
    panel = page.get_by_role("group", name="Shown on the plan")
    panel.get_by_label("Doors").uncheck()
    panel.get_by_label("Strength: Plan picture").fill("40")
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    page.reload()
    editor.wait_until_ready()
    shown = page.evaluate(
        """() => {
            const { layers, map } = document.querySelector("[data-editor]").editor;
            const picture = map.getLayers().item(0);
            return [layers.of("doors")[0].getVisible(), layers.of("fills")[0].getVisible(), picture.getOpacity()];
        }"""
    )
    assert shown == [False, True, 0.4]

    on_the_plan(editor, "/")
    page.keyboard.type("nurse")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="132 Nurse station").wait_for()

    right, top = (max(place[axis] for each in editor.floor()["rooms"] for place in each["ring"]) for axis in (0, 1))
    editor.look_at(right, top, right + 10, top + 8)
    on_the_plan(editor, "m")
    for place in ((right + 2, top + 2), (right + 6, top + 2), (right + 6, top + 5)):
        editor.click(place)
    assert re.search(r"^7\.\d+ m \(2[23] ft \d+ in\) in 2 pieces\. Closed, it is [56]\.\d m²", editor.said())
    page.keyboard.press("Escape")
    on_the_plan(editor, " ", "Shift+ArrowRight", "ArrowRight", " ")
    assert re.search(r"^\d\.\d\d m \(\d+ ft \d+ in\)\.$", editor.said())


def test_without_scripts_the_table_of_rooms_stands_in_for_the_plan(
    floor_url: Any, signed_in: Callable[..., Any]
) -> None:
    _, url = floor_url
    page = signed_in(java_script_enabled=False)
    page.goto(url)
    page.get_by_label("Name of 127").fill("Draw station")
    page.get_by_role("button", name="Save the rooms on this page").click()
    assert page.get_by_label("Name of 127").input_value() == "Draw station"


def test_nobody_is_shut_out_of_the_aids(floor_url: Any, signed_in: Callable[..., Any]) -> None:
    axe = pytest.importorskip("axe_core_python.sync_playwright").Axe()
    other, url = floor_url
    page = signed_in(bypass_csp=True)
    editor = EditorPage(page)
    editor.open(url)
    forget_all_classes(editor)

    def check(state: str) -> None:
        page.evaluate("Promise.all(document.getAnimations().map(({finished}) => finished)).then(() => null)")
        found = axe.run(page, options=VIOLATIONS)["violations"]
        assert [(state, each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state

    suggest(editor).get_by_text("Which rooms").first.click()
    on_the_plan(editor, "l")
    on_the_plan(editor, "m", " ", "ArrowRight", " ")
    check("suggested classes, layers, measuring")
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark")
    check("the same, narrow and dark")
    page.keyboard.press("?")
    check("keys")
    page.keyboard.press("Escape")
    editor.wait_until_saved()
    theirs = EditorPage(other)
    theirs.open(url)
    pick(theirs, "127")
    on_the_plan(theirs, "4")
    theirs.wait_until_saved()
    on_the_plan(editor, "v")
    pick(editor, "127")
    on_the_plan(editor, "3", "Control+s")
    page.locator("[data-conflict] h2").wait_for()
    check("two drawings")
