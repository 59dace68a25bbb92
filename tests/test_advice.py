"""The chart from advice to page: each page in it is there, and each line of readiness stands in it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.web.routes import ROUTES
from zonemap.model.readiness import Item
from zonemap.rules.readiness import readiness_texts
from zonemap.web.readiness import PAGES

CHART = (Path(__file__).parents[1] / "docs" / "advice.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in CHART.splitlines() if re.match(r"\| [A-Z]", line)
]


def pages(text: str) -> list[str]:
    return re.findall(r"`(/[^`]*)`", text)


def test_every_page_of_the_chart_is_a_page():
    assert len(ROWS) >= 15
    for advice, where, _ in ROWS:
        assert pages(where), f"{advice}: no page"
    for page in pages(CHART):
        assert f"GET {page}" in ROUTES, page


def test_every_line_of_readiness_stands_in_the_chart_once():
    told = [name for *_, shows in ROWS for name in re.findall(r"`([a-z_]+)`", shows)]

    assert sorted(told) == sorted(item.value for item in Item)


def test_the_page_that_mends_a_line_is_among_those_of_its_row():
    for item, page in PAGES.items():
        row = next(where for _, where, shows in ROWS if f"`{item.value}`" in shows)
        path = page.replace("{check_floor}", "<floor_id>")
        assert (path if path.startswith("/") else f"/facilities/<facility_id>/{path}") in pages(row), item


def test_each_of_the_nine_pieces_of_advice_stands_in_the_chart_in_the_words_of_the_page():
    named = {advice for advice, *_ in ROWS}
    # "Designate and train staff" and "Have a calm protocol" are several rows.
    missing = set(readiness_texts()["advice"].values()) - named

    assert missing == {"Designate and train staff"}
    assert {"Designate staff who answer officers", "Train the staff"} <= named
