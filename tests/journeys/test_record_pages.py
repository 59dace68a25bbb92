"""Checks, advisor, hours, review, designating and revisions in a browser: one server, one page, one walk; and axe."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOW
from tests.journeys.server import Server
from zonemap.model.person import Account, Role
from zonemap.model.plan import DoorControl
from zonemap.model.zone import ZoneClass
from zonemap.settings import settings_from
from zonemap.storage.store import Store

pytestmark = pytest.mark.journey

FACILITY, FLOOR = "5a3c0f1e7b2d4986a1c5e0d9f4b7a210", "c2e6b8a04f1d4a53938e7d60f5a1b9c4"
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, browser: Any, sample_data: tuple[Path, Any]) -> Iterator[Any]:
    """A page of the sample's administrator; one room undecided, one door without a sign, somebody to ask."""
    data = tmp_path_factory.mktemp("record") / "data"
    shutil.copytree(sample_data[0], data)
    _seed(data)
    with Server(data) as server:
        context = browser.new_context(
            storage_state=sample_data[1], base_url=server.url, bypass_csp=True, reduced_motion="reduce"
        )
        context.set_default_timeout(15_000)
        yield context.new_page()
        context.close()


def _seed(data: Path) -> None:
    store = Store.open(settings_from({"ZONEMAP_DATA": str(data)}))
    with store.begin() as books:
        saved = books.floors.get(FLOOR)
        rooms = [replace(r, zone_class=ZoneClass.UNDECIDED) if r.number == "109" else r for r in saved.floor.rooms]
        doors = [replace(d, control=DoorControl.NONE) if d.number == "11" else d for d in saved.floor.doors]
        changed = replace(saved.floor, rooms=tuple(rooms), doors=tuple(doors))
        books.floors.save(changed, saved.version, saved_at=NOW, saved_by="Bo")
        books.accounts.add(Account("e" * 32, "Dr. Lee", "lee@example.org", frozenset({Role.RESPONDER})), None)
    store.close()


def test_what_is_missing_and_where_it_is_lead_to_each_other(page: Any) -> None:
    page.goto(f"/floors/{FLOOR}/checks")
    marks = page.locator(".lack-mark")
    assert marks.count() == page.locator(".lack-no").count() >= 2
    for number in range(1, marks.count() + 1):
        page.locator(f"#mark-{number}").click()
        assert page.evaluate("document.querySelector(':target').id") == f"lack-{number}"
        page.locator(f"#lack-{number} .lack-no").click()
        assert page.evaluate("document.querySelector(':target').id") == f"mark-{number}"
        assert page.locator(f"#mark-{number}").evaluate("mark => mark.getBoundingClientRect().bottom < innerHeight")


def test_from_a_draft_to_a_revision_that_tells_what_changed(page: Any) -> None:
    page.goto(f"/facilities/{FACILITY}/advisor/")
    page.get_by_role("button", name="Take this plan").first.click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("The plan is taken").wait_for(state="detached")

    page.goto(f"/floors/{FLOOR}/checks")
    page.get_by_role("button", name="109 is private").click()
    page.get_by_role("heading", name="1 thing to settle").wait_for()
    page.get_by_role("button", name="A lock, key or code").click()
    page.get_by_role("heading", name="is ready to be designated").wait_for()
    page.get_by_role("link", name="Hours").click()
    page.get_by_label("Room or door").select_option(label="100 Vestibule")
    page.get_by_label("Saturday").check()
    page.get_by_label("From").fill("18:00")
    page.get_by_label("To").fill("07:00")
    page.get_by_label("It is then").select_option(label="Private")
    page.get_by_role("button", name="Add these hours").click()
    page.get_by_role("row", name="100 Vestibule").wait_for()

    page.goto(f"/floors/{FLOOR}/review")
    page.get_by_label("Who should look at it?").select_option(label="Dr. Lee")
    page.get_by_role("button", name="Send for review").click()
    page.get_by_role("heading", name="Dr. Lee is looking at").wait_for()
    page.goto(f"/floors/{FLOOR}/designate")
    page.get_by_role("button", name="Designate as number 2").click()
    page.locator("#revision-2").get_by_role("link", name="2", exact=True).click()
    told = page.get_by_role("region", name="What changed since designation 1")
    assert "hours" in told.inner_text()


@pytest.mark.parametrize(
    ("scheme", "width", "pages"),
    [
        pytest.param("light", 1440, "checks review advisor revision", marks=pytest.mark.long),
        ("dark", 360, "checks hours review advisor revision"),
    ],
)
def test_nobody_is_shut_out_of_these_pages(page: Any, scheme: str, width: int, pages: str) -> None:
    axe = pytest.importorskip("axe_core_python.sync_playwright").Axe()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    paths = {
        "checks": f"/floors/{FLOOR}/checks",
        "hours": f"/floors/{FLOOR}/hours",
        "review": f"/floors/{FLOOR}/review",
        "advisor": f"/facilities/{FACILITY}/advisor/",
        "revision": f"/floors/{FLOOR}/designations/2",
    }
    for name in pages.split():
        page.goto(paths[name])
        found = axe.run(page, options=WCAG)["violations"]
        assert [(name, each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
