"""The desk in a real browser: number keys alone, no history of answers, a dead server, an empty chair."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.server import Server
from tests.visits import AO_93, I_200
from tests.web.desk_visits import ARREST, IMMIGRATION_COURT, NO_PAPER, REMOVAL, SUBPOENA

pytestmark = pytest.mark.journey

VIOLATIONS = {"resultTypes": ["violations"]}  # every rule; but no list of what is right

ORDER = AO_93 | {"title": "order"}


def to_the_desk(page: Any, server: Server) -> Any:
    page.goto(server.url)
    facility = page.get_by_role("link", name=re.compile("Juniper")).first.get_attribute("href")
    page.goto(f"{server.url}{facility}desk/")
    return page


@pytest.fixture(scope="module")
def clinic(sample_data: tuple[Path, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all of these tests: the desk writes nothing."""
    data = tmp_path_factory.mktemp("desk") / "data"
    shutil.copytree(sample_data[0], data)
    with Server(data) as started:
        yield started


@pytest.fixture
def desk(clinic: Server, signed_in: Callable[..., Any]) -> Any:
    """A signed-in page at the first question of the sample clinic's desk."""
    return to_the_desk(signed_in(), clinic)


BOUNCE_MS = 220  # the same key twice within 200 ms counts once


def press(page: Any, key: str) -> None:
    """Press a key and wait until another page stands there."""
    page.evaluate("document.querySelector('main').dataset.before = 'yes'")
    page.keyboard.press(key)
    page.wait_for_selector("main:not([data-before])")


def answer_by_keys(page: Any, values: dict[str, str]) -> int:
    """Answer by number keys until there is an answer. Gives how many keys were pressed."""
    keys, last = 0, ""
    while page.locator(".choices").count():
        shown = page.locator("main .answer[name]").evaluate_all("all => all.map(b => [b.name, b.value, b.dataset.key])")
        key = next(key for name, value, key in shown if values.get(name) == value)
        if key == last:
            page.wait_for_timeout(BOUNCE_MS)
        press(page, key)
        keys, last = keys + 1, key
    return keys


@pytest.mark.parametrize(("values", "word", "most"), [(I_200, "Not by this paper", 6), (AO_93, "Responder now", 10)])
def test_a_paper_is_taken_through_the_desk_by_number_keys_alone(
    desk: Any, values: dict[str, str], word: str, most: int
) -> None:
    keys = answer_by_keys(desk, values)

    assert desk.locator("h1").inner_text().lower() == word.lower()
    assert keys <= most
    assert desk.evaluate("document.activeElement.tagName") == "H1"
    assert "101 Waiting" in desk.locator(".o-place").inner_text()
    assert desk.locator(".floor-map svg").is_visible()


COMMONEST = {
    "an immigration officer's arrest warrant": (I_200, "Not by this paper"),
    "a removal warrant": (REMOVAL, "Not by this paper"),
    "no paper": (NO_PAPER, "Not without a paper"),
    "only words": (NO_PAPER | {"paper": "verbal_only"}, "Not without a paper"),
    "a judge's search warrant": (AO_93, "Responder now"),
    "a search warrant for another address": (AO_93 | {"names_this_place": "no", "covers_area_wanted": "no"}, None),
    "a court's arrest warrant": (ARREST, "Hold. Counsel now"),
    "a subpoena": (SUBPOENA, "Not by this paper"),
    "a paper of the immigration court": (IMMIGRATION_COURT, "Not by this paper"),
    "they are going in": ({"entering_now": "yes"}, "Do not block. Do not say yes"),
}
HEARD = """() => ({
  focused: document.activeElement.tagName,
  heading: document.querySelector("main h1").innerText,
  title: document.title,
  list: document.querySelector("main .choices")?.getAttribute("aria-labelledby"),
  landmarks: ["main", "header"].map((name) => document.querySelectorAll(name).length),
})"""


def test_the_ten_commonest_visits_by_number_keys_alone_and_as_a_screen_reader_tells_each_step(desk: Any) -> None:
    assert len(COMMONEST) == 10
    for visit, (values, word) in COMMONEST.items():
        last = ""
        while desk.locator(".choices").count():
            heard = desk.evaluate(HEARD)
            assert heard["title"].startswith(heard["heading"].replace("\n", " ")), visit
            assert (heard["list"], heard["landmarks"]) == ("q", [1, 1]), visit
            shown = desk.locator("main .answer[name]").evaluate_all(
                "all => all.map(b => [b.name, b.value, b.dataset.key])"
            )
            key = next((key for name, value, key in shown if values.get(name) == value), "0")
            named = desk.locator("main .answer[data-key]").evaluate_all("all => all.map(b => b.innerText.trim())")
            assert desk.get_by_role("button", name="I can't tell").count() + desk.locator("input[value=unsure]").count()
            assert all(named), visit
            if key == last:
                desk.wait_for_timeout(BOUNCE_MS)
            press(desk, key)
            last = key
            assert desk.evaluate(HEARD)["focused"] == "H1", visit  # so that the next step is read out
        assert word is None or desk.locator("h1").inner_text().lower() == word.lower(), visit
        for region in ("Say this, once", "Do not", "Call now", "What happens next"):
            assert desk.get_by_role("region", name=region, exact=True).count() == 1, (visit, region)
        desk.evaluate("document.querySelector('main').dataset.before = 'yes'")
        desk.get_by_role("button", name="Start again").click()
        desk.wait_for_selector("main:not([data-before])")


def test_the_browser_keeps_no_history_of_answers(desk: Any) -> None:
    before = (desk.url, desk.evaluate("history.length"))
    answer_by_keys(desk, I_200)

    assert (desk.url, desk.evaluate("history.length")) == before
    desk.go_back()
    assert "/desk/" not in desk.url


def test_a_trembling_second_press_of_a_key_does_not_answer_the_next_question(desk: Any) -> None:
    key = desk.locator(".answer[name=paper][value=paper]").get_attribute("data-key")
    desk.evaluate("document.querySelector('main').dataset.before = 'yes'")
    desk.keyboard.down(key)
    desk.keyboard.down(key)  # held: it repeats
    desk.wait_for_selector("main:not([data-before])")
    desk.keyboard.down(key)
    desk.keyboard.up(key)

    desk.wait_for_timeout(300)
    assert desk.locator(".said li").count() == 1


def test_several_are_ticked_by_number_and_enter_continues(desk: Any) -> None:
    while not desk.locator("input[type=checkbox][name=wants]").count():
        shown = desk.locator("main .answer[name]").evaluate_all("all => all.map(b => [b.name, b.value, b.dataset.key])")
        press(desk, next(key for name, value, key in shown if ORDER.get(name) == value))
        desk.wait_for_timeout(220)
    for value in ("records", "enter_private"):
        desk.keyboard.press(desk.locator(f"input[name=wants][value={value}]").get_attribute("data-key"))
    assert desk.locator("input[name=wants]:checked").count() == 2
    press(desk, "Enter")

    assert desk.locator("#desk-form input[type=hidden][name=wants]").count() == 2


def test_when_the_server_is_gone_the_page_shows_the_safest_answer_and_keeps_what_was_said(
    desk: Any, clinic: Server
) -> None:
    press(desk, desk.locator(".answer[name=paper][value=paper]").get_attribute("data-key"))
    question = desk.locator("h1").inner_text()
    clinic.kill()
    desk.locator(".answer[name=top_heading][value=federal_court]").click()
    desk.wait_for_selector("main [data-retry]")

    assert not desk.locator(".choices").is_visible()
    assert "HOLD. CALL NOW" in desk.locator("main").inner_text().upper()
    assert desk.locator("main .calls a[href^='tel:']").count() >= 1
    assert desk.locator("main .say").count() >= 1

    clinic.start()
    desk.get_by_role("button", name="Try again").click()
    desk.wait_for_selector("main:not(:has([data-retry]))")
    assert desk.locator("h1").inner_text() != question
    assert desk.locator(".said li").count() == 2


def test_an_empty_chair_leads_back_to_the_first_question_and_says_so_before(
    clinic: Server, signed_in: Callable[..., Any]
) -> None:
    page = signed_in()
    page.clock.install()
    to_the_desk(page, clinic)
    first = page.locator("h1").inner_text()
    press(page, page.locator(".answer[name=paper][value=paper]").get_attribute("data-key"))

    page.clock.fast_forward(4 * 60 * 1000 + 1000)
    assert page.locator("[data-idle]").is_visible()
    page.mouse.move(5, 5)
    page.clock.run_for(100)
    assert page.locator("[data-idle]").is_hidden()

    page.clock.fast_forward(4 * 60 * 1000 + 1000)
    page.clock.fast_forward(61 * 1000)
    page.wait_for_function("first => document.querySelector('h1')?.innerText === first", arg=first)
    assert page.locator("[data-answered]").count() == 0


@pytest.mark.parametrize("width", [pytest.param(1440, marks=pytest.mark.long), 360])
def test_nobody_is_shut_out_of_the_desk(clinic: Server, signed_in: Callable[..., Any], width: int) -> None:
    axe = pytest.importorskip("axe_core_python.sync_playwright").Axe()
    page = to_the_desk(signed_in(viewport={"width": width, "height": 800}, bypass_csp=True), clinic)
    for values in ({}, I_200):
        if values:
            answer_by_keys(page, values)
        found = axe.run(page, options=VIOLATIONS)["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
