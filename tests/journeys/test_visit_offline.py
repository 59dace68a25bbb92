"""A visit written down without a network: pressed, filled in, the page closed; it reaches the server exactly once."""

from __future__ import annotations

import json
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
KEPT = """async () => {
  const kept = await caches.open('zonemap-visits');
  while (!(await kept.match(`${location.pathname}new`))) await new Promise((done) => setTimeout(done, 50));
}"""

OPEN_AT_THE_END = """() => addEventListener('pagehide', () => {
  const open = document.querySelectorAll('main :is(button, input, select, textarea):enabled');
  sessionStorage.setItem('open', open.length);
})"""


def entries(server: Server) -> list[tuple[str, Any]]:
    """Kind and body of every entry that the server has, in their order."""
    with sqlite3.connect(server.data / DATABASE_NAME) as database:
        rows = database.execute("SELECT kind, body FROM visit_entry ORDER BY position")
        return [(kind, json.loads(body)) for kind, body in rows]


def said(page: Any, words: str) -> None:
    page.locator("[data-said]", has_text=words).wait_for()


def press(page: Any, words: str) -> None:
    page.get_by_role("button", name=words).first.click()


def test_a_visit_begun_and_written_down_without_a_network_is_on_the_server_once(
    sample_server: Server, signed_in: Callable[..., Any], tmp_path: Path
) -> None:
    Image.new("RGB", (900, 1200), "white").save(tmp_path / "paper.png")
    page = signed_in(**PHONE)
    page.goto(f"{sample_server.url}/facilities/{FACILITY}/visits/")
    page.evaluate(KEPT)
    page.locator("[data-visits][data-ready]").wait_for(state="attached")
    context = page.context

    context.set_offline(True)
    press(page, "Begin a record now")
    page.get_by_role("heading", name="Visit that waits to be sent").wait_for()
    said(page, "1 entry waits to be sent.")
    for number, words in enumerate(("Responder called", "Said: we do not consent", "Officers left"), 2):
        press(page, words)
        said(page, f"{number} entries wait to be sent.")
    page.locator("#officers-0-agency").fill("ICE")
    page.locator("#papers-0-file").set_input_files(tmp_path / "paper.png")
    page.locator("input[name=zones]").nth(3).check()
    page.locator("#details button[type=submit]").click()
    said(page, "5 entries wait to be sent.")
    address = page.url
    assert entries(sample_server) == []
    page.close()

    again = context.new_page()
    again.goto(address)  # from the device
    said(again, "5 entries wait to be sent.")
    assert again.locator("#officers-0-agency").input_value() == "ICE"
    again.locator("#witness").fill("Bo Adams")
    again.locator("#details button[type=submit]").click()
    said(again, "6 entries wait to be sent.")
    lost: list[Any] = []

    def lose(route: Any) -> None:
        if len(lost) < 2:
            lost.append(route.fetch())  # the server has it, the device does not hear of it
            route.abort()
        else:
            route.continue_()

    again.route("**/visits/*/moment", lose)
    context.set_offline(False)
    said(again, "No network.")
    again.evaluate("dispatchEvent(new Event('online'))")
    again.evaluate("dispatchEvent(new Event('online'))")
    again.get_by_role("heading", name="Visit of").wait_for()

    found = entries(sample_server)
    kinds = [kind for kind, _ in found]
    assert kinds == ["visit_opened", *["visit_moment"] * 4, "visit_photo", *["visit_details"] * 2]
    happened = [body["happening"] for kind, body in found if kind == "visit_moment"]
    assert happened == ["arrived", "responder_called", "no_consent_said", "left"]
    first, second = (body["details"] for kind, body in found if kind == "visit_details")
    assert first["officers"][0]["agency"] == "ICE"
    assert first["papers"][0]["photo"] == found[5][1]["photo"]["id"]
    assert (len(first["zones"]), second) == (1, {"witness": "Bo Adams"})
    assert again.locator("[data-visits]").is_hidden(), "nothing is left to be sent a second time"


def test_a_record_is_closed_after_what_was_typed_is_saved_and_sent_and_nothing_is_typed_into_a_page_that_goes(
    sample_server: Server, signed_in: Callable[..., Any]
) -> None:
    page = signed_in(service_workers="block")
    page.goto(f"{sample_server.url}/facilities/{FACILITY}/visits/")
    press(page, "Begin a record now")
    page.get_by_role("heading", name="Visit of").wait_for()
    page.locator("[data-visits][data-ready]").wait_for(state="attached")
    close = page.locator("form[action$='/close'] button")
    held: dict[str, Any] = {}

    page.locator("#witness").fill("Bo Adams")
    close.click()
    said(page, "Not closed yet: what you typed is not saved.")
    page.route(page.url, lambda route: held.update({route.request.method: route}))
    with page.expect_request(lambda sent: sent.method == "POST"):
        page.locator("#details button[type=submit]").click()
    close.click()
    assert [kind for kind, _ in entries(sample_server)] == ["visit_opened", "visit_moment"], "it waits for the form"
    held.pop("POST").continue_()
    page.unroute(page.url)
    page.get_by_text("Closed on").wait_for()
    kinds = [kind for kind, _ in entries(sample_server)]
    assert kinds == ["visit_opened", "visit_moment", "visit_details", "visit_closed"]

    page.locator("[data-visits][data-ready]").wait_for(state="attached")
    page.evaluate(OPEN_AT_THE_END)
    page.locator("#witness").fill("Cleo Park")
    page.locator("#reason").fill("a slip")
    page.locator("#details button[type=submit]").click()
    page.get_by_role("heading", name="Amendments").wait_for()
    assert page.evaluate("sessionStorage.getItem('open')") == "0"
    assert page.locator("#witness").is_enabled()


@pytest.mark.long
def test_what_somebody_else_wrote_meanwhile_is_shown_beside_what_waited_and_nothing_is_lost(
    sample_server: Server, signed_in: Callable[..., Any]
) -> None:
    page = signed_in()
    page.goto(f"{sample_server.url}/facilities/{FACILITY}/visits/")
    page.locator("[data-visits][data-ready]").wait_for(state="attached")
    press(page, "Begin a record now")
    page.get_by_role("heading", name="Visit of").wait_for()
    page.locator("[data-visits][data-ready]").wait_for(state="attached")
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("[data-visits][data-ready]").wait_for(state="attached")
    other.locator("#witness").fill("Cleo Park")
    other.locator("#entrance").fill("Main door")
    other.locator("#details button[type=submit]").click()
    other.get_by_text("3 entries").wait_for()

    page.locator("#witness").fill("Bo Adams")
    page.locator("#taken").fill("a folder")
    page.locator("#details button[type=submit]").click()

    page.get_by_text("What stands there now.").wait_for()
    assert page.locator("#details dd").all_text_contents() == ["Cleo Park"]
    values = [page.locator(f"#{name}").input_value() for name in ("witness", "taken", "entrance")]
    assert values == ["Bo Adams", "a folder", "Main door"]
    page.locator("#witness").fill("Cleo Park, Bo Adams")
    page.locator("#details button[type=submit]").click()
    page.get_by_text("4 entries").wait_for()
    assert entries(sample_server)[-1][1] == {"details": {"taken": "a folder", "witness": "Cleo Park, Bo Adams"}}


def test_record_this_visit_at_the_desk_leads_to_the_kept_page_where_there_is_no_network(
    sample_server: Server, signed_in: Callable[..., Any]
) -> None:
    page = signed_in(**PHONE)
    page.goto(f"{sample_server.url}/facilities/{FACILITY}/visits/")
    page.evaluate(KEPT)
    page.goto(f"{sample_server.url}/facilities/{FACILITY}/desk/")
    record = page.get_by_role("button", name="Record this visit")
    while not record.count():
        heading = page.locator("main h1, main [aria-level='1']").first.inner_text()
        page.locator("#desk-form .answer").last.click()
        page.wait_for_function(
            "(was) => document.querySelector('main h1, main [aria-level=\"1\"]')?.innerText !== was", arg=heading
        )

    page.context.set_offline(True)
    record.click()
    page.get_by_role("heading", name="Visit that waits to be sent").wait_for()
    page.locator("[data-visits][data-ready]").wait_for(state="attached")
    press(page, "Responder called")
    said(page, "2 entries wait to be sent.")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_role("heading", name="Visit of").wait_for()
    assert [kind for kind, _ in entries(sample_server)] == ["visit_opened", "visit_moment", "visit_moment"]
