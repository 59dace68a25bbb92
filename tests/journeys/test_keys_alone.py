"""Twelve rooms drawn, named, classed, with doors, and designated: by keys alone, from first Tab to last Enter."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.editor_page import EditorPage

pytestmark = pytest.mark.journey

ROOMS = 12
TABS_MOST = 150


class Keyboard:
    """Somebody without a pointer: goes on with Tab until what is wanted has the focus, and types."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self._page.keyboard.press(key)

    def go_to(self, name: str, *, back: bool = False) -> None:
        """Tab on to the button, link or field that is called so."""
        for _ in range(TABS_MOST):
            if self._name() == name:
                return
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Nothing called {name!r} can be reached; the focus is at {self._name()!r}.")

    def fill(self, name: str, value: object) -> None:
        self.go_to(name)
        self.press("Control+a")
        self._page.keyboard.type(str(value))

    def choose(self, name: str, words: str) -> None:
        """Choose in a list by its first letters, as lists take them."""
        self.go_to(name)
        self._page.keyboard.type(words)
        chosen = self._page.evaluate("document.activeElement.selectedOptions[0].textContent")
        assert chosen.startswith(words), chosen

    def _name(self) -> str:
        return str(
            self._page.evaluate(
                """() => {
                    const at = document.activeElement;
                    const label = at.labels?.[0]?.querySelector("span") ?? at.labels?.[0];
                    return (at.getAttribute("aria-label") ?? label?.textContent ?? at.textContent).trim();
                }"""
            )
        )


def test_a_floor_of_twelve_rooms_is_zoned_by_keys_alone(floor_url: Any) -> None:
    page, url = floor_url
    editor = EditorPage(page)
    editor.open(url)
    keys = Keyboard(page)
    plan = page.locator("[data-map]").get_attribute("aria-label")
    keys.go_to(plan)
    keys.press("Control+a", "Delete")  # an empty sheet
    assert editor.floor()["rooms"] == []

    keys.press("r", "Enter")
    for name, value in (("From the left, m", 6), ("From the bottom, m", 8), ("Wide, m", 20), ("Deep, m", 2)):
        keys.fill(name, value)
    _describe(keys, "100", "Hall", "1")
    for number in range(1, ROOMS):
        above = number <= 5
        keys.press("r", "Enter")
        keys.choose("Where", "above" if above else "below")
        keys.choose("Which room", "100")
        keys.fill("Moved along its wall, m", (number - 1) * 4 if above else round((number - 6) * 3.3, 2))
        keys.fill("Wide, m", 4 if above else 3.3)
        keys.fill("Deep, m", 3)
        _describe(keys, str(100 + number), f"Exam {number}", "2")
        keys.press("d", "Enter")
        keys.choose("And", "100 Hall")
        keys.go_to("Place the door")
        keys.press("Enter")
        keys.press("Escape", "v")  # back to the plan
    keys.press("d", "Enter")
    keys.choose("Between", "100")
    keys.choose("And", "outdoors")
    keys.go_to("Place the door")
    keys.press("Enter")

    floor = editor.floor()
    assert [room["class"] for room in floor["rooms"]] == ["public", *["private"] * 11]
    assert len(floor["doors"]) == ROOMS
    assert page.locator("[data-problems]").is_hidden()
    editor.wait_until_saved()
    page.locator("[data-go]").wait_for()
    keys.go_to("Designate this floor", back=True)
    keys.press("Enter")
    page.wait_for_url("**/designate")
    keys.go_to("Designate as number 2")
    keys.press("Enter")
    page.wait_for_url("**/designations#*")


def _describe(keys: Keyboard, number: str, name: str, key: str) -> None:
    """Draw what the form says; the focus is in the number's field then."""
    keys.go_to("Draw the room")
    keys.press("Enter")
    keys.fill("Number", number)
    keys.fill("Name", name)
    keys.press("Enter", "v", key)
