"""Beside the desk: practice on a phone by number keys alone, and a photo that helps to read, in Chromium."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.server import Server
from tests.journeys.test_desk import BOUNCE_MS, press, to_the_desk
from tests.photos import picture
from zonemap.rules.practice import scenarios

pytestmark = pytest.mark.journey

PHONE = {"width": 390, "height": 844}
HEARD = """() => ({
  title: document.title,
  heading: document.querySelector("main h1").innerText,
  fits: document.documentElement.scrollWidth <= innerWidth,
  named: [...document.querySelectorAll("main button, main input[type=checkbox]")]
    .filter((each) => each.tabIndex >= 0).every((each) => (each.innerText || each.labels[0].innerText).trim()),
  small: [...document.querySelectorAll("main .answer")].filter((each) => each.offsetHeight < 44).length,
})"""


def test_a_made_up_visit_is_practiced_on_a_phone_by_number_keys_alone(
    shared_server: Server, signed_in: Callable[..., Any]
) -> None:
    page = signed_in(viewport=PHONE)
    desk = to_the_desk(page, shared_server).url
    page.goto(desk.replace("/desk/", "/practice/"))
    page.get_by_role("button", name=re.compile("visits at random")).click()
    page.wait_for_selector(".choices")
    steps = 0
    while page.locator(".choices").count():
        heard = page.evaluate(HEARD)
        assert heard["title"].startswith("PRACTICE: ")
        assert heard["heading"].replace("\n", " ") in heard["title"]
        assert (heard["fits"], heard["named"], heard["small"]) == (True, True, 0)
        assert page.get_by_role("heading", level=1).count() == 1
        with page.expect_navigation():
            page.keyboard.press("0")
        page.wait_for_timeout(BOUNCE_MS)  # the same key twice within 200 ms counts once
        steps += 1

    assert steps >= 3
    assert page.locator("h1").inner_text() == "How it went"
    assert page.get_by_role("region", name="Step by step").locator("li").count() == steps
    assert page.get_by_role("link", name="Open the desk").is_visible()
    page.goto(desk.replace("/desk/", "/visits/"))
    assert page.get_by_text("No visits recorded").is_visible()  # practice is no visit


def test_a_made_up_visit_is_practiced_in_spanish_by_number_keys_alone(
    shared_server: Server, signed_in: Callable[..., Any]
) -> None:
    page = signed_in(viewport=PHONE)
    page.goto(to_the_desk(page, shared_server).url.replace("/desk/", "/practice/"))
    page.get_by_role("button", name="Español").click()
    page.get_by_text("Traducción sin revisar por una persona calificada").wait_for()
    page.get_by_role("button", name=re.compile("al azar")).click()
    page.wait_for_selector(".choices")
    while page.locator(".choices").count():
        heard = page.evaluate(HEARD)
        assert heard["title"].startswith("PRÁCTICA: ")
        assert (heard["fits"], heard["named"], heard["small"]) == (True, True, 0)
        assert page.locator("html").get_attribute("lang") == "es"
        with page.expect_navigation():
            page.keyboard.press("0")
        page.wait_for_timeout(BOUNCE_MS)
    assert page.locator("h1").inner_text() == "Cómo le fue"
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="How it went", level=1).wait_for()


@pytest.mark.long  # reading takes many seconds
@pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="zonemap[ocr] is not installed")
def test_a_photo_of_a_paper_suggests_what_stands_on_it_and_a_person_confirms_it(
    shared_server: Server, signed_in: Callable[..., Any]
) -> None:
    page = to_the_desk(signed_in(viewport=PHONE), shared_server)
    press(page, page.locator(".answer[name=paper][value=paper]").get_attribute("data-key"))
    page.get_by_role("button", name=re.compile("^Take a photo")).click()
    page.wait_for_selector("input[type=file]")
    drawn = scenarios("CA")["warrant-with-a-seal"].drawn[0]
    page.get_by_label("Photo of the whole paper").set_input_files(
        {"name": "paper.jpg", "mimeType": "image/jpeg", "buffer": picture(drawn, turned=2)}
    )
    page.get_by_role("button", name=re.compile("^Read it")).click(no_wait_after=True)
    page.wait_for_selector("h1:has-text('What the photo seems to say')", timeout=120_000)

    assert page.locator("main input:checked").count() == 0  # nothing is answered by itself
    assert page.locator(".crop").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("input[name=top_heading]").check()
    page.evaluate("document.querySelector('main').dataset.before = 'yes'")
    page.get_by_role("button", name="Go on with the desk’s questions").click()
    page.wait_for_selector("main:not([data-before])")
    assert page.locator("h1").inner_text() == "What is the title?"
    assert "Department of Homeland Security" in page.locator(".said").inner_text()
