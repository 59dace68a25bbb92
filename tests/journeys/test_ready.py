"""From an empty computer to a site that is ready in every line, a visit refused before a witness, and the binder.

Everything is done on the pages in a browser, but for two things that are done at the computer itself: the building
model is a file that somebody has, and the backup is a command.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from tests.cli.forked import run_forked
from tests.journeys.conftest import become_administrator
from tests.journeys.server import Server

pytestmark = pytest.mark.journey

NAME = "Juniper Street Community Health Center"
TODAY = f"{datetime.now(ZoneInfo('America/Los_Angeles')):%Y-%m-%d}"  # by the clock of the site
PEOPLE = {
    "responder": "Marisol Vega",
    "administrator_on_call": "Ruth Lindqvist",
    "counsel": "Bracken and Lowe",
    "privacy_officer": "Anil Mehta",
    "charge_nurse": "Grace Tolentino",
    "security": "Front door post",
}


@pytest.fixture
def model(tmp_path: Path, sample_data: tuple[Path, Any]) -> Path:
    """The sample clinic as the file of a building model."""
    file = tmp_path / "clinic.geojson"
    with Server(_copy(sample_data[0], tmp_path / "other")) as other:
        told = run_forked(["export", NAME, "--out", str(file)], given="", folder=tmp_path, environment=_at(other.data))
    assert told.returncode == 0, told.stderr
    return file


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path / "data") as started:
        yield started


@pytest.fixture
def boss(server: Server, open_page: Callable[..., Any]) -> Any:
    """The first administrator, on a computer on which nothing is yet."""
    page = open_page()
    become_administrator(page, server)
    return page


def test_from_nothing_to_ready_a_visit_and_the_binder(
    server: Server, boss: Any, model: Path, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    site = add_facility(boss, server)
    assert share(boss, site) < 20

    floor = add_floor(boss, site, model)
    designate(boss, site, floor)
    list_people(boss, site)
    read_rules(boss, site)
    write_protocol(boss, site)
    call_numbers(boss, site)
    train(boss, site)
    hang_signs(boss, site)
    pair_desk(boss, site, open_page())
    back_up(server, tmp_path)
    open_all(boss, f"{site}readiness/")
    for what in ("rights", "telehealth"):  # what only people can know
        press(boss, f"form[action$='/readiness/{what}'] button")
    left = boss.locator(".ready-lines li").filter(has=boss.locator(".chip-must, .chip-wait")).all_inner_texts()
    assert left == []
    assert share(boss, site) == 100

    record_visit(boss, site)
    binder = print_binder(boss, site)
    for word in (NAME, "2180 Juniper Street", *PEOPLE.values(), "Say at our door that we are glad to help.", TODAY[:4]):
        assert word in binder, word


# --- what is done ------------------------------------------------------------------------------------------------


def add_facility(page: Any, server: Server) -> str:
    """The address of the new facility's page."""
    open_all(page, f"{server.url}/facilities/new")
    for field, text in (
        ("name", NAME),
        ("street", "2180 Juniper Street"),
        ("suite", "Suite 100"),
        ("city", "Alder Bay"),
        ("postcode", "90000"),
    ):
        page.fill(f"[name={field}]", text)
    page.select_option("[name=state]", "CA")
    page.check("[name=site_kind][value=clinic]")
    press(page, "main form button")
    open_all(page, server.url)
    page.get_by_role("link", name=NAME).first.click()
    return str(page.url)


def add_floor(page: Any, site: str, model: Path) -> str:
    """The address of the floor that the model brought."""
    open_all(page, f"{site}plans/")
    page.fill("[name=name]", "First floor")
    page.set_input_files("[name=plan]", model)
    press(page, "form[enctype] button[type=submit]")
    page.wait_for_url("**/models/*")
    press(page, "form[action*='/models/'] button[type=submit] >> nth=0")
    open_all(page, f"{site}plans/")
    return str(page.locator("a[href^='/floors/']").first.get_attribute("href"))


def designate(page: Any, site: str, floor: str) -> None:
    base = site.partition("/facilities/")[0]
    open_all(page, f"{base}{floor.split('/about')[0].rstrip('/')}/designate")
    press(page, "main form button[type=submit]")
    open_all(page, f"{base}{floor.rstrip('/')}/designations/1")
    page.fill("[name=name]", "Bracken and Lowe")
    page.fill("[name=role]", "Counsel")
    page.fill("[name=approved_on]", TODAY)
    press(page, "main form button[type=submit]")


def list_people(page: Any, site: str) -> None:
    for role, name in PEOPLE.items():
        open_all(page, f"{site}contacts")
        page.select_option("form:has([name=phone]) [name=role]", role)
        page.fill("[name=name]", name)
        page.fill("[name=phone]", "555-0142")
        press(page, "form:has([name=phone]) button[type=submit]")


def read_rules(page: Any, site: str) -> None:
    open_all(page, f"{site}rules")
    page.fill("[name=counsel]", "Bracken and Lowe")
    page.check("[name=has_read]")
    press(page, "form:has([name=counsel]) button[type=submit]")


def write_protocol(page: Any, site: str) -> None:
    open_all(page, f"{site}protocol/edit/afterwards")
    page.fill("[name=line]", "Say at our door that we are glad to help.")
    press(page, "form:has([name=line]) button[type=submit]")
    open_all(page, f"{site}protocol/")
    page.fill("[name=counsel]", "Bracken and Lowe")
    page.fill("[name=on]", TODAY)
    page.check("[name=has_read]")
    press(page, "form:has([name=counsel]) button[type=submit]")


def call_numbers(page: Any, site: str) -> None:
    open_all(page, f"{site}referrals/")
    numbers = {each.get_attribute("href") for each in page.locator("main a[href*='/referrals/']").all()}
    for path in sorted(each for each in numbers if re.search(r"/referrals/[0-9a-f]{32}$", each)):
        open_all(page, site.partition("/facilities/")[0] + path)
        press(page, "form[action$='/called'] button[type=submit]")


def train(page: Any, site: str) -> None:
    open_all(page, f"{site}training/board")
    page.fill("form:has([name=duty]) [name=name]", "Dolores Hart")
    page.fill("[name=duty]", "Front desk")
    page.check("[name=kind][value=staff]")
    press(page, "form:has([name=duty]) button[type=submit]")
    open_all(page, f"{site}training/board")
    session = page.locator("form[action$='/sessions']")
    session.locator("[name=held_on], [name=on]").first.fill(TODAY)
    session.locator("[name=topic]").fill("All of it")
    session.locator("[name=leader]").fill("Marisol Vega")
    for box in session.locator("input[type=checkbox]").all():
        box.check()
    press(page, "form[action$='/sessions'] button[type=submit]")


def hang_signs(page: Any, site: str) -> None:
    open_all(page, f"{site}signs/")
    open_all(page, f"{site}wall/walk")
    count = page.locator("[data-sheet]").count()
    assert count > 3
    for place in range(count):
        page.locator("[data-sheet]").nth(place).get_by_role("button", name=re.compile("^It hangs")).click()
    page.wait_for_function(
        "count => document.querySelector('[data-said]').textContent.startsWith(`${count} of ${count}`)", arg=count
    )


def pair_desk(page: Any, site: str, desk: Any) -> None:
    """Another computer, paired with a code; it opens its desk without anybody signed in."""
    open_all(page, f"{site}devices/")
    page.fill("[name=name]", "Front desk")
    press(page, "form[action$='/devices/'] button[type=submit]")
    code = re.search(r"\b[A-Z0-9]{4}[- ][A-Z0-9]{4}\b", page.locator("main").inner_text())
    assert code is not None
    open_all(desk, site.partition("/facilities/")[0] + "/pair")
    desk.fill("[name=code]", code[0])
    press(desk, "main form button[type=submit]")
    open_all(desk, f"{site}desk/")
    assert desk.locator("h1").inner_text()


def back_up(server: Server, folder: Path) -> None:
    key = run_forked(["backup-key", "--out", "key.txt"], given="", folder=folder, environment=_at(server.data))
    made = run_forked(
        ["backup", "--to", key.stdout.strip(), "--out", "one.age"],
        given="",
        folder=folder,
        environment=_at(server.data),
    )
    assert made.returncode == 0, made.stderr


def record_visit(page: Any, site: str) -> None:
    """Refused before a witness, and closed."""
    open_all(page, f"{site}visits/")
    press(page, "form[action$='/visits/'] button[type=submit]")
    for happening in ("arrived", "responder_called", "no_consent_said", "left"):
        press(page, f"form:has([name=happening][value={happening}]) button")
    page.fill("[name=officers-0-name]", "R. Cole")
    page.fill("[name=officers-0-badge]", "4471")
    page.fill("[name=witness]", "Grace Tolentino")
    page.fill("[name=refusal_said_by]", "Marisol Vega")
    press(page, "form:has([name=witness]) button[type=submit]")
    page.locator("form[action$='/close'] button[type=submit]").click()
    page.get_by_text("Closed on").wait_for()
    assert "Grace Tolentino" in page.content()


def print_binder(page: Any, site: str) -> str:
    open_all(page, f"{site}binder/")
    token = page.locator("form[action$='/binder/'] [name=csrf_token]").get_attribute("value")
    sent = page.context.request.post(page.url, form={"csrf_token": token})  # as the button does
    assert sent.ok, sent.status
    document = pypdfium2.PdfDocument(sent.body())
    return "\n".join(" ".join(sheet.get_textpage().get_text_range().split()) for sheet in document)


def share(page: Any, site: str) -> int:
    """How ready the page says that the site is, in percent."""
    open_all(page, f"{site}readiness/")
    return int(page.locator(".ready-share").inner_text().split()[0])


def open_all(page: Any, address: str) -> None:
    """Go to a page and unfold what is folded on it."""
    page.goto(address)
    page.locator("main details").evaluate_all("all => all.forEach(each => { each.open = true; })")


def press(page: Any, button: str) -> None:
    """Press it, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.locator(button).first.click()


def _at(data: Path) -> dict[str, str]:
    return {"ZONEMAP_DATA": str(data), "PATH": "/usr/bin:/bin"}


def _copy(data: Path, to: Path) -> Path:
    shutil.copytree(data, to, symlinks=True)
    return to
