"""The walk with a phone: ticks are kept without a network, also when the page is closed, and reach the server once."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.journeys.server import Server
from zonemap.storage.engine import DATABASE_NAME

pytestmark = pytest.mark.journey

FACILITY = "5a3c0f1e7b2d4986a1c5e0d9f4b7a210"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def walk(sample_server: Server, signed_in: Callable[..., Any]) -> Any:
    """The page of the walk on a phone, kept by its worker."""
    page = signed_in(**PHONE)
    page.goto(f"{sample_server.url}/facilities/{FACILITY}/wall/walk")
    page.wait_for_function("async () => (await (await caches.open('zonemap-wall')).keys()).length > 4")
    return page


def marks(server: Server) -> list[tuple[str, str, int]]:
    """Sheet, event and whether there is a photo, of every tick that the server has."""
    with sqlite3.connect(server.data / DATABASE_NAME) as database:
        query = (
            "SELECT sheet, event, (SELECT count(*) FROM wall_photo WHERE mark_id = wall_mark.id) "
            "FROM wall_mark ORDER BY marked_at"
        )
        return [tuple(row) for row in database.execute(query)]


def said(page: Any, words: str) -> None:
    page.wait_for_function("words => document.querySelector('[data-said]').textContent.includes(words)", arg=words)


def tick(page: Any, place: int, button: str) -> None:
    page.locator("[data-sheet]").nth(place).get_by_role("button", name=re.compile(f"^{button}")).click()


def test_doors_ticked_without_a_network_reach_the_server_once_after_the_page_was_closed(
    walk: Any, sample_server: Server, tmp_path: Path
) -> None:
    Image.effect_noise((2400, 1800), 30).convert("RGB").save(tmp_path / "door.jpg")
    context, address = walk.context, walk.url
    context.set_offline(True)
    tick(walk, 0, "It hangs")
    walk.locator("[data-sheet]").nth(1).locator("input[type=file]").set_input_files(tmp_path / "door.jpg")
    tick(walk, 1, "Not there")
    said(walk, "2 ticks wait to be sent.")
    walk.close()

    again = context.new_page()
    again.goto(address)  # from the phone: there is no network
    said(again, "2 ticks wait to be sent.")
    assert marks(sample_server) == []
    tick(again, 2, "It hangs")
    said(again, "3 ticks wait to be sent.")

    context.set_offline(False)
    said(again, "2 of")
    again.wait_for_function("() => !document.querySelector('[data-said]').textContent.includes('wait')")
    sent = marks(sample_server)
    assert [(event, photo) for _, event, photo in sent] == [("posted", 0), ("missing", 1), ("posted", 0)]

    other = context.new_page()  # nothing is left to be sent a second time
    other.goto(address)
    said(other, "2 of")
    assert marks(sample_server) == sent
    other.get_by_label("Only what is left").check()
    assert not other.locator("[data-sheet]").first.is_visible()
    assert other.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.long
def test_an_answer_that_was_lost_on_its_way_makes_no_second_tick(walk: Any, sample_server: Server) -> None:
    lost = []

    def lose(route: Any) -> None:
        if not lost:
            lost.append(route.fetch())  # the server has it, the phone does not hear of it
            route.abort()
        else:
            route.continue_()

    walk.route("**/wall/ticks", lose)
    tick(walk, 0, "It hangs")
    said(walk, "1 tick waits to be sent.")
    walk.evaluate("dispatchEvent(new Event('online'))")
    walk.wait_for_function("() => !document.querySelector('[data-said]').textContent.includes('wait')")

    assert len(marks(sample_server)) == 1


@pytest.mark.long
def test_who_was_signed_out_meanwhile_signs_in_and_nothing_is_lost(walk: Any, sample_server: Server) -> None:
    with sqlite3.connect(sample_server.data / DATABASE_NAME) as database:
        database.execute("DELETE FROM session")
    tick(walk, 0, "It hangs")
    said(walk, "You are signed out.")
    walk.get_by_role("link", name="Sign in: what you ticked is kept").click()
    walk.wait_for_url(re.compile("/signin"))
    walk.wait_for_function("async () => !(await caches.has('zonemap-wall'))")

    assert marks(sample_server) == []
