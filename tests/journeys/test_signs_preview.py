"""The signs page in a browser: the sheets follow the options, and without scripts the button does the same."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = pytest.mark.journey

SIGNS = "/facilities/5a3c0f1e7b2d4986a1c5e0d9f4b7a210/signs/"


def pictures(page: Any) -> list[str]:
    return [each.get_attribute("src") for each in page.locator("#sheets .sheet img").all()]


def test_the_sheets_follow_what_is_ticked_and_the_address_keeps_it(sample_server: Any, signed_in: Any) -> None:
    page = signed_in()
    page.goto(sample_server.url + SIGNS)
    page.get_by_text(re.compile("more languages")).click()
    page.check("input[name=languages][value=pl]")
    page.get_by_role("status").filter(has_text="The sheets show your choices.").wait_for()

    assert all("languages=pl" in each for each in pictures(page)[1:])
    assert "languages=pl" in page.url
    assert "Polish" in page.locator("#unseen").inner_text()
    page.uncheck("input[name=languages][value=pl]")
    page.uncheck("input[name=languages][value=es]")
    page.locator("#unseen").wait_for(state="detached")
    assert page.get_by_role("link", name=re.compile("Open the whole pack")).is_visible()


@pytest.mark.long
def test_without_scripts_the_button_shows_the_same(sample_server: Any, signed_in: Any) -> None:
    page = signed_in(java_script_enabled=False)
    page.goto(sample_server.url + SIGNS)
    page.locator("summary", has_text="more languages").click()
    page.check("input[name=languages][value=pl]")
    page.get_by_role("button", name="Show the sheets this way").click()

    assert all("languages=pl" in each for each in pictures(page)[1:])
    assert "Polish" in page.locator("#unseen").inner_text()


def test_on_a_phone_no_choice_of_a_door_and_no_state_of_the_wall_stands_outside(
    sample_server: Any, signed_in: Any
) -> None:
    page = signed_in(viewport={"width": 360, "height": 740})
    for path, shown in ((SIGNS + "choices", "select"), (SIGNS.replace("signs", "wall"), ".wall-sheets td")):
        page.goto(sample_server.url + path)
        boxes = [box for box in (each.bounding_box() for each in page.locator(shown).all()) if box]
        assert len(boxes) > 5
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes), path
