"""The editor, as a person uses it. Places are metres on the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Point = tuple[float, float]
# In the page itself: a browser that is cut off from the network may come online while it closes, and then it saves.
NOTHING_IS_SENT = """() => {
    const { saver } = document.querySelector("[data-editor]").editor;
    saver.send = () => Promise.reject(new TypeError("offline"));
}"""


class EditorPage:
    """One editor in one browser page."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def open(self, url: str) -> None:
        self.page.goto(url)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        self.page.wait_for_selector("[data-editor][data-ready]")
        self.page.wait_for_function("() => document.querySelector('[data-map] canvas')")

    def pull_the_plug(self) -> None:
        """Let nothing reach the server any more, until the page is loaded again."""
        self.page.evaluate(NOTHING_IS_SENT)

    def look_at(self, left: float, low: float, right: float, high: float) -> None:
        """Bring a part of the sheet into sight; a person does it with the wheel and by dragging."""
        self.page.evaluate(
            "extent => document.querySelector('[data-editor]').editor.map.getView()"
            ".fit(extent, {padding: [30, 30, 30, 30]})",
            [left, low, right, high],
        )
        self._drawn()

    def on_screen(self, point: Point) -> Point:
        """Where a place of the sheet is in the browser's window."""
        x, y = self.page.evaluate(
            """point => {
                const { map } = document.querySelector("[data-editor]").editor;
                const frame = map.getTargetElement().getBoundingClientRect();
                const pixel = map.getPixelFromCoordinate(point);
                return [frame.left + pixel[0], frame.top + pixel[1]];
            }""",
            list(point),
        )
        return x, y

    def take(self, tool: str) -> None:
        self.page.locator(f"[data-tool={tool}]").click()

    def click(self, point: Point, **more: Any) -> None:
        self.page.mouse.click(*self.on_screen(point), **more)

    def drag(self, start: Point, end: Point) -> None:
        mouse = self.page.mouse
        (ax, ay), (bx, by) = self.on_screen(start), self.on_screen(end)
        mouse.move(ax, ay)
        mouse.down()
        mouse.move((ax + bx) / 2, (ay + by) / 2, steps=3)
        mouse.move(bx, by, steps=2)
        mouse.up()

    def draw_rectangle(self, corner: Point, opposite: Point) -> None:
        self.take("room")
        self.drag(corner, opposite)

    def draw_outline(self, ring: Sequence[Point]) -> None:
        """Click corner after corner, and close with Enter."""
        self.take("room")
        for corner in ring:
            self.click(corner)
        self.page.keyboard.press("Enter")

    def describe(self, number: str, name: str, zone_class: str) -> None:
        """Fill the card of the room that is selected."""
        card = self.page.locator("[data-card]")
        card.get_by_role("radio", name=zone_class, exact=True).check()
        card.get_by_label("Number", exact=True).fill(number)
        card.get_by_label("Name", exact=True).fill(name)
        card.get_by_label("Name", exact=True).press("Enter")

    def place_door(self, point: Point) -> None:
        self.take("door")
        self.click(point)

    @property
    def save_state(self) -> str:
        return str(self.page.locator("[data-save]").inner_text())

    def try_again(self) -> None:
        """Press "Try again", unless the editor tries by itself just now and the button is gone."""
        self.page.locator("[data-save]").evaluate(
            "line => [...line.querySelectorAll('button')].find((each) => each.textContent === 'Try again')?.click()"
        )

    def save_now(self) -> None:
        """What Ctrl+S does, from wherever the focus is; it waits for nothing."""
        self.page.evaluate("() => void document.querySelector('[data-editor]').editor.saver.flush()")

    def wait_until_saved(self, *, by_itself: bool = False) -> None:
        """Save, and wait until the server has it; ``by_itself``: wait until the editor saves without being asked."""
        if not by_itself:
            self.save_now()
        self.page.wait_for_function(
            """() => {
                const { saver } = document.querySelector("[data-editor]").editor;
                return saver.isIdle && saver.state.name === "saved";
            }"""
        )

    def floor(self) -> dict[str, Any]:
        """Rooms and doors as the editor has them."""
        found = self.page.evaluate(
            "() => { const { plan } = document.querySelector('[data-editor]').editor;"
            " return {rooms: plan.rooms, doors: plan.doors}; }"
        )
        return dict(found)

    def said(self) -> str:
        return str(self.page.locator("[data-say]").inner_text())

    def _drawn(self) -> None:
        self.page.evaluate(
            """() => new Promise((done) => {
                const { map } = document.querySelector("[data-editor]").editor;
                map.once("rendercomplete", () => done());
                map.render();
            })"""
        )
