"""Beside the questions: the seconds until the next call, and a desk computer that was paired once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.server import Server
from tests.journeys.test_desk import answer_by_keys, press, to_the_desk
from tests.journeys.test_desk_offline import wait_until_kept
from tests.visits import I_200

DIAL_NOTHING = "document.addEventListener('click', (e) => e.target.closest('a[href^=tel]') && e.preventDefault())"
pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def clinic(sample_data: tuple[Path, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("calls") / "data"
    shutil.copytree(sample_data[0], data, symlinks=True)
    with Server(data) as started:
        yield started


def test_the_desk_counts_after_a_call_while_the_questions_go_on_and_then_names_the_next(
    clinic: Server, signed_in: Callable[..., Any]
) -> None:
    page = signed_in()
    page.clock.install()
    to_the_desk(page, clinic)
    page.evaluate(DIAL_NOTHING)
    page.get_by_role("button", name="Call now").click()
    page.wait_for_selector(".desk-calls .calls")
    names = page.locator(".desk-calls .who b").all_inner_texts()
    counting = page.get_by_role("region", name="The call")
    assert counting.count() == 0

    page.locator(".desk-calls .calls a").first.click()
    assert names[0] in counting.inner_text()
    assert f"Next: {names[1]}" in counting.inner_text()
    assert counting.get_by_role("timer").inner_text() == "2:00"
    assert counting.get_by_role("status").inner_text() == "Counting for you. Go on with the questions."
    page.clock.run_for(30_000)
    assert counting.get_by_role("timer").inner_text() == "1:30"
    assert "1:30" not in counting.get_by_role("status").inner_text()  # nothing is read out in between

    page.get_by_role("button", name="Back to the question").click()
    page.wait_for_selector(".choices")
    page.clock.run_for(91_000)
    assert f"No answer from {names[0]}? Call the next one now." in counting.get_by_role("status").inner_text()
    following = counting.get_by_role("link")
    assert names[1] in following.inner_text()
    assert (following.get_attribute("href") or "").startswith("tel:")

    following.click()
    assert f"Calling {names[1]}" in counting.inner_text()
    counting.get_by_role("button", name="They answered").click()
    assert page.locator(".waiting").is_hidden()


def test_a_computer_is_paired_once_opens_its_desk_alone_and_back_shows_nothing_old(
    clinic: Server, signed_in: Callable[..., Any]
) -> None:
    page = signed_in()
    page.goto(clinic.url)
    page.get_by_role("link", name=re.compile("Juniper")).first.click()
    page.get_by_role("link", name="Desk computers").click()
    devices = page.url
    page.locator("form[action$='/here']").get_by_label("Name of the computer").fill("Front desk, left")
    page.get_by_role("button", name="Make this the desk computer").click()
    page.wait_for_url(re.compile("/desk/$"))
    first = page.locator("h1").inner_text()

    page.go_back()
    assert "/signin" in page.url
    assert page.get_by_text("This is the desk computer “Front desk, left”").is_visible()
    page.get_by_role("link", name="Open the desk").click()
    page.wait_for_url(re.compile("/desk/$"))
    page.wait_for_load_state()
    wait_until_kept(page)
    clinic.kill()
    page.goto(page.url)
    assert "Without the server: as of" in page.locator("header").inner_text()
    answer_by_keys(page, I_200)
    assert page.locator("h1").inner_text().lower() == "not by this paper"
    clinic.start()
    page.goto(page.url)
    assert "Without the server" not in page.locator("header").inner_text()
    desk = page.url
    press(page, "4")
    assert page.locator("h1").inner_text() != first
    page.goto(f"{clinic.url}/signin")
    page.go_back()
    page.wait_for_selector(".choices")
    assert page.locator("h1").inner_text() == first
    assert page.locator("[data-answered]").count() == 0

    manager = signed_in()
    manager.goto(f"{clinic.url}/signin")
    manager.goto(devices)
    if "/signin" in manager.url:  # the session of the sample's administrator ended where the computer was paired
        manager.get_by_label("Email").fill("ana@example.org")
        manager.get_by_label("Password").fill("a long sentence nobody guesses")
        manager.get_by_role("button", name="Sign in").click()
        manager.wait_for_url(devices)
    manager.locator("summary", has_text="Remove").click()
    manager.get_by_role("button", name="Remove Front desk, left").click()
    manager.get_by_text("None yet").wait_for()
    page.keyboard.press("4")
    page.wait_for_url(re.compile("/signin"))
    page.goto(desk)  # back at the server, the device gives up what it kept
    assert "/signin" in page.url
    page.wait_for_function("async () => !(await caches.has('zonemap-desk'))")
    clinic.kill()
    with pytest.raises(Exception, match=r"ERR_FAILED|ERR_CONNECTION_REFUSED"):
        page.goto(desk)
    clinic.start()
