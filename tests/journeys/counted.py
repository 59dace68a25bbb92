"""What a person does with mouse and keyboard, counted: each click, drag and key pressed is one action.

Typed text counts each of its keys. Choosing a file counts two clicks: the button, and the file in the dialog.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


class Counted:
    """A page whose every use is counted."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.actions = 0

    def click(self, place: Any) -> None:
        """Click an element, or a point of the window."""
        self.actions += 1
        if isinstance(place, tuple):
            self.page.mouse.click(*place)
        else:
            place.click()

    def press(self, key: str) -> None:
        self.actions += 1
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        self.actions += len(text)
        self.page.keyboard.type(text)

    def choose(self, field: Any, path: Path) -> None:
        self.actions += 2
        field.set_input_files(path)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.actions += 1
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=3)
        mouse.move(*end, steps=2)
        mouse.up()
