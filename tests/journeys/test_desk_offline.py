"""The desk without a server: after one visit, and from a folder of files; page for page what the server shows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.server import Server
from tests.journeys.test_desk import BOUNCE_MS, VIOLATIONS, answer_by_keys, press, to_the_desk
from tests.visits import AO_93, I_200
from tests.web.desk_visits import ARREST, REMOVAL, SUBPOENA
from zonemap.model.hours import Spell
from zonemap.settings import settings_from
from zonemap.storage.store import Store
from zonemap.web.desk_kept import write_desk

pytestmark = pytest.mark.journey

BUTTONS = ("calls", "back", "change:title", "another")
FACILITY = "5a3c0f1e7b2d4986a1c5e0d9f4b7a210"
KEPT_TRIES = 600  # of 200 ms: the first document of a pack takes some seconds to make
KEPT = """async () => navigator.serviceWorker.controller
  && Boolean(await caches.match(new URL('offline', location.href).pathname))"""
# Markup as it is read: spaces do not count, nor where the form goes and what it carries to the server.
MARKUP = r"""() => {
  const main = document.querySelector("main").cloneNode(true);
  // The server alone records a visit, shows the page of papers, reads a photo: without it nothing offers these.
  for (const each of main.querySelectorAll("input[type=hidden], [data-served]")) each.remove();
  for (const each of main.querySelectorAll("form")) each.removeAttribute("action");
  return main.outerHTML.replace(/\s+/g, " ").replace(/ ?(<|>) ?/g, "$1").replace(/>/g, ">\n");
}"""


@pytest.fixture(scope="module")
def clinic(sample_data: tuple[Path, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("offline") / "data"
    shutil.copytree(sample_data[0], data)
    store = Store.open(settings_from({"ZONEMAP_DATA": str(data)}))
    with store.begin() as books:
        first, *others = books.contacts.list(FACILITY)
        books.contacts.replace(FACILITY, (replace(first, duty=(LATER,)), *others))
    store.close()
    with Server(data) as started:
        yield started


# Hours in which the first to call is on duty: not now, by the clock of the sample clinic.
NOW = datetime.now(ZoneInfo("America/Los_Angeles"))
LATER = Spell(tuple(range(7)), (NOW.hour + 6) % 24 * 60, (NOW.hour + 8) % 24 * 60, None)


def speak_spanish(page: Any) -> None:
    page.locator("button[name=language][value=es]").click()
    page.wait_for_selector("html[lang=es]")


@pytest.fixture(scope="module")
def written(clinic: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk of the sample clinic as files."""
    out = tmp_path_factory.mktemp("stick")
    store = Store.open(settings_from({"ZONEMAP_DATA": str(clinic.data)}))
    write_desk(store, settings_from({"ZONEMAP_DATA": str(clinic.data)}), FACILITY, out, now=datetime.now(UTC))
    store.close()
    return out


@pytest.fixture
def stick(written: Path, open_page: Callable[..., Any]) -> Any:
    """The desk, opened from the files."""
    page = open_page()
    page.goto((written / "index.html").as_uri())
    return page


def wait_until_kept(page: Any) -> None:
    for _ in range(KEPT_TRIES):
        if page.evaluate(KEPT):
            return
        page.wait_for_timeout(200)
    raise AssertionError("The desk was not kept on the device.")


def test_after_one_visit_the_desk_answers_with_the_server_gone_and_is_up_to_date_when_it_is_back(
    clinic: Server, signed_in: Callable[..., Any]
) -> None:
    page = to_the_desk(signed_in(), clinic)
    wait_until_kept(page)
    clinic.kill()
    page.goto(page.url)
    assert "Without the server: as of" in page.locator("header").inner_text()
    assert "Designation 1" in page.locator("header").inner_text()

    answer_by_keys(page, I_200)
    assert page.locator("h1").inner_text().lower() == "not by this paper"
    assert page.locator(".floor-map svg").is_visible()
    assert page.locator(".calls a[href^='tel:']").count() >= 1

    clinic.start()
    page.goto(page.url)
    assert "Without the server" not in page.locator("header").inner_text()


OFTEN = {"i-200": I_200, "ao-93": AO_93}
SELDOM = {"ao-442": ARREST, "subpoena": SUBPOENA, "i-205": REMOVAL}
VISITS = [
    pytest.param(values, language, id=f"{name}-{language}", marks=[] if name == "i-200" else pytest.mark.long)
    for name, values in (OFTEN | SELDOM).items()
    for language in ("en", "es")
]
# What stands around the questions, apart from the strip and the time at which the page without a server was made.
AROUND = """() => [document.documentElement.lang, ...[...document.querySelectorAll(
  ".skip, .idle, .waiting, .alarm, .unchecked, .languages, .strip .ours")].map(
  (each) => each.outerHTML.replace(/ data-idle="[^"]*"/, "").replace(/\\s+/g, " "))]"""


@pytest.mark.parametrize(("values", "language"), VISITS)
def test_page_for_page_it_is_what_the_server_shows(
    stick: Any, clinic: Server, signed_in: Callable[..., Any], values: dict[str, str], language: str
) -> None:
    served, last = to_the_desk(signed_in(), clinic), ""
    if language == "es":
        for page in (served, stick):
            speak_spanish(page)
    assert stick.evaluate(AROUND) == served.evaluate(AROUND)
    while True:
        assert stick.evaluate(MARKUP) == served.evaluate(MARKUP)
        assert stick.title() == served.title()
        shown = served.locator("main .answer[name]").evaluate_all(
            "all => all.map(b => [b.name, b.value, b.dataset.key])"
        )
        if not shown:
            break
        key = next((key for name, value, key in shown if values.get(name) == value), "0")
        if key == last:
            served.wait_for_timeout(BOUNCE_MS)
        for page in (served, stick):
            press(page, key)
        last = key


@pytest.mark.parametrize("deed", ["going_in", *(pytest.param(each, marks=pytest.mark.long) for each in BUTTONS)])
def test_each_button_leads_where_the_server_leads(
    stick: Any, clinic: Server, signed_in: Callable[..., Any], deed: str
) -> None:
    served = to_the_desk(signed_in(), clinic)
    for page in (served, stick):
        answer_by_keys(page, I_200)
        page.evaluate("document.querySelector('main').dataset.before = 'yes'")
        page.locator(f"button[name=do][value='{deed}']").first.click()
        page.wait_for_selector("main:not([data-before])")

    assert stick.evaluate(MARKUP) == served.evaluate(MARKUP)


def test_the_language_stays_with_the_device_and_the_page_that_was_open_stays_open(stick: Any, written: Path) -> None:
    answer_by_keys(stick, I_200)
    speak_spanish(stick)
    assert stick.locator("h1").inner_text().lower() == "con este papel, no"
    assert "sin revisar por una persona calificada" in stick.locator("header").inner_text()
    assert stick.locator(".o-say q").first.get_attribute("lang") == "en"

    stick.goto((written / "index.html").as_uri())
    assert stick.locator("h1").inner_text() == "¿Qué está pasando ahora?"
    stick.locator("button[name=language][value=en]").click()
    assert stick.locator("h1").inner_text() == "What is happening right now?"
    assert stick.locator(".unchecked").count() == 0


def test_whom_to_call_goes_by_the_clock_of_the_building(written: Path, open_page: Callable[..., Any]) -> None:
    page = open_page()
    there = NOW.replace(hour=(NOW.hour + 7) % 24)
    listed = {}
    for name, now in {"away": NOW, "there": there}.items():
        page.clock.set_fixed_time(now)
        page.goto((written / "index.html").as_uri())
        page.get_by_role("button", name="Call now").click()
        listed[name] = page.locator(".calls li").evaluate_all("all => all.map((each) => each.innerText)")

    assert "Marisol Vega" in listed["there"][0]
    assert "Marisol Vega" not in listed["away"][0]
    assert page.get_by_text("not on duty at this hour").count() == 0
    page.clock.set_fixed_time(NOW)
    page.get_by_role("button", name="Call now").click()
    page.get_by_text("more to call").click()
    assert "not on duty at this hour" in page.locator(".calls li", has_text="Marisol Vega").inner_text()


def test_from_the_stick_nothing_is_fetched_from_anywhere_and_nobody_is_named_but_whom_to_call(
    stick: Any, written: Path
) -> None:
    asked: list[str] = []
    stick.on("request", lambda request: asked.append(request.url))
    stick.reload()
    assert len(asked) > len(("the page", "its document", "its script"))
    assert all(address.startswith("file://") for address in asked)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', (written / "index.html").read_text())
    assert policy
    assert "unsafe" not in policy[1]
    text = "".join(path.read_text() for path in written.rglob("*") if path.suffix in (".html", ".js"))
    assert not re.search(r"ana@example|Ana Ortiz|saved_by|password|csrf|127\.0\.0\.1", text)


@pytest.mark.parametrize("scheme", ["dark", pytest.param("light", marks=pytest.mark.long)])
def test_without_the_server_it_fits_a_phone_and_shuts_nobody_out(
    written: Path, open_page: Callable[..., Any], scheme: str
) -> None:
    axe = pytest.importorskip("axe_core_python.sync_playwright").Axe()
    page = open_page(viewport={"width": 390, "height": 844}, color_scheme=scheme, bypass_csp=True)
    page.goto((written / "index.html").as_uri())
    for values in ({}, I_200, "es"):
        if values == "es":
            speak_spanish(page)
        elif values:
            answer_by_keys(page, values)
        assert page.locator("button[name=language]").bounding_box()["height"] >= 44
        found = axe.run(page, options=VIOLATIONS)["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_past_the_date_of_its_rules_it_holds_and_calls(written: Path, open_page: Callable[..., Any]) -> None:
    page = open_page()
    page.clock.set_fixed_time(datetime(2031, 1, 1, tzinfo=UTC))
    page.goto((written / "index.html").as_uri())

    assert page.locator("h1").inner_text().lower() == "hold. call now"
    assert page.locator("a[href^='tel:']").count() >= 1


def test_an_empty_chair_and_the_way_back_lead_to_the_first_question(stick: Any, written: Path) -> None:
    first = stick.locator("h1").inner_text()
    press(stick, "4")
    assert stick.locator("h1").inner_text() != first
    stick.goto("about:blank")
    stick.go_back()
    assert stick.locator("h1").inner_text() == first

    stick.clock.install()
    stick.goto((written / "index.html").as_uri())
    press(stick, "4")
    stick.clock.fast_forward(4 * 60 * 1000 + 1000)
    assert stick.locator("[data-idle]").is_visible()
    stick.clock.fast_forward(61 * 1000)
    assert stick.locator("h1").inner_text() == first
