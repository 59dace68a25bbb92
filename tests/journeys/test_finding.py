"""A real floor that nobody here drew, from its file to a complete draft: rooms, doors, numbers, names and classes."""

from __future__ import annotations

import importlib.util
import json
import re
from statistics import median
from typing import Any

import pytest
import shapely
import shapely.affinity

from tests.journeys.clinic import PLANS, SCAN, SHEET, Clinic, Point
from tests.journeys.counted import Counted
from tests.journeys.editor_page import EditorPage

LIST = PLANS / "files" / "shareable" / "cobie" / "clinic-cobie-reduced.xlsx"
WALL = 0.4  # metres
IDS = re.compile(r"/floors/([0-9a-f]{32})/")

pytestmark = [
    pytest.mark.journey,
    pytest.mark.shared,
    pytest.mark.skipif(not SCAN.exists(), reason="the floor plans that lie beside a checkout are not here"),
]


@pytest.fixture
def hand(sample_server: Any, signed_in: Any) -> Counted:
    """Somebody on the page of plans."""
    page = signed_in()
    page.goto(sample_server.url)
    page.get_by_role("link", name="Juniper Street Community Health Center").first.click()
    page.get_by_role("link", name="Plans", exact=True).first.click()
    return Counted(page)


def test_a_drawing_becomes_a_complete_draft_in_forty_actions(hand: Counted) -> None:
    upload(hand, SHEET / "plan.dxf")
    hand.click(hand.page.get_by_role("button", name="Yes, use this scale"))
    find_all(hand)
    join_list(hand)
    classify(hand)

    rooms = drawn(hand)
    truth = regions()
    dx, dy = shift(rooms, truth)
    found = matched(rooms, {names: shapely.affinity.translate(shape, dx, dy) for names, shape in truth.items()})
    assert len(found) >= 0.97 * len(truth)
    assert right_numbers(found) >= 0.97 * len(found)
    assert hand.actions <= 40, hand.actions


@pytest.mark.long
@pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="the extra that reads pictures is not here")
def test_a_scan_becomes_a_complete_draft_in_sixty_actions(hand: Counted) -> None:
    clinic = Clinic()
    upload(hand, SCAN)
    metres_per_pixel = measure(hand, clinic)
    find_all(hand)
    join_list(hand)
    classify(hand)

    rooms = drawn(hand)
    truth = {
        names: shapely.transform(shape, lambda places: [clinic.on_sheet((x, y), metres_per_pixel) for x, y in places])
        for names, shape in regions().items()
    }
    found = matched(rooms, truth)
    assert len(found) >= 0.92 * len(truth)
    assert right_numbers(found) >= 0.88 * len(found)
    assert hand.actions <= 60, hand.actions


def upload(hand: Counted, path: Any) -> None:
    page = hand.page
    hand.click(page.get_by_label("Name of the floor"))
    hand.type("First")
    hand.choose(page.locator("input[type=file]"), path)
    hand.click(page.get_by_role("button", name="Add the floor"))
    page.wait_for_url(re.compile(r"/scale$"), timeout=60_000)  # a whole sheet is read


def measure(hand: Counted, clinic: Clinic) -> float:
    """Click two far corners of the building, and type how far they are apart."""
    page = hand.page
    places = [place for shape in regions().values() for place in shape.exterior.coords]
    ends = min(places, key=sum), max(places, key=sum)
    box = page.locator("[data-canvas]").bounding_box()
    wide, high = clinic.transform["scan.png"]["size"]
    zoom = min(box["width"] / wide, box["height"] / high)
    left, top = box["x"] + (box["width"] - wide * zoom) / 2, box["y"] + (box["height"] - high * zoom) / 2
    for end in ends:
        u, v = clinic.pixel(end)
        hand.click((left + u * zoom, top + v * zoom))
    hand.click(page.get_by_label("Length from A to B"))
    hand.type(f"{shapely.Point(ends[0]).distance(shapely.Point(ends[1])):.2f} m")
    hand.press("Enter")
    page.wait_for_url(IDS)
    page.wait_for_selector("[data-editor][data-ready]")
    answer = page.request.get(f"{page.url.split('#')[0]}draft").json()
    metres = float(answer["floor"]["scale"]["metres_per_pixel"])
    assert metres == pytest.approx(clinic.metres_per_pixel, rel=0.01)
    return metres


def find_all(hand: Counted) -> None:
    """T takes the tool, its button has the focus; once the numbers are read, all is kept."""
    page = hand.page
    EditorPage(page).wait_until_ready()
    hand.click(page.locator("[data-tool=trace]"))
    hand.press("Enter")
    page.wait_for_selector("[data-trace-keep]", timeout=60_000)
    page.wait_for_selector("[data-trace-wait]", state="hidden", timeout=60_000)
    hand.click(page.locator("[data-trace-keep]"))


def join_list(hand: Counted) -> None:
    """The list of rooms brings departments and functions, and the names in full."""
    page = hand.page
    hand.press("t")
    hand.click(page.locator("[data-list] summary"))
    hand.choose(page.locator("[data-list] input[type=file]"), LIST)
    hand.click(page.get_by_role("button", name="Compare with the plan"))
    hand.click(page.locator("[data-list-fill]").first)
    hand.click(page.locator("[data-trace-close]"))


def classify(hand: Counted) -> None:
    """Accept the suggested classes kind by kind; what nobody can tell is chosen together and made private."""
    page = hand.page
    hand.click(page.locator("[data-suggest-open]"))
    page.wait_for_selector('[data-is="all"]')
    hand.click(page.locator('[data-is="all"]'))
    while page.locator('[data-is^="accept "]').count():
        hand.click(page.locator('[data-is^="accept "]').first)
    hand.click(page.locator("[data-table-search]"))
    hand.type("undec")
    hand.click(page.locator("[data-table-all]"))
    hand.press("2")
    EditorPage(page).wait_until_saved()


def drawn(hand: Counted) -> list[dict[str, Any]]:
    rooms = list(EditorPage(hand.page).floor()["rooms"])
    assert [room["number"] for room in rooms if room["class"] == "undecided"] == []
    return rooms


# --- the truth: regions that walls close, with the numbers of the rooms in them ---------------------------------------


def regions() -> dict[tuple[str, ...], shapely.Polygon]:
    found = json.loads((SHEET / "trace_truth.geojson").read_text())["features"]
    return {
        tuple(each["properties"]["rooms"]): shapely.Polygon(*rings(each))
        for each in found
        if each["properties"]["closed_by_drawn_lines"]
    }


def rings(feature: dict[str, Any]) -> tuple[list[Point], list[list[Point]]]:
    outer, *holes = feature["geometry"]["coordinates"]
    return outer, holes


def shape_of(room: dict[str, Any]) -> shapely.Polygon:
    return shapely.Polygon(room["ring"], room.get("holes", []))


def shift(rooms: list[dict[str, Any]], truth: dict[tuple[str, ...], shapely.Polygon]) -> Point:
    """How far the sheet's corner lies from the building's, by the rooms that carry the same number."""
    labelled = {room["number"]: shape_of(room).centroid for room in rooms}
    pairs = [(labelled[names[0]], shape.centroid) for names, shape in truth.items() if names[0] in labelled]
    return median(here.x - there.x for here, there in pairs), median(here.y - there.y for here, there in pairs)


def matched(
    rooms: list[dict[str, Any]], truth: dict[tuple[str, ...], shapely.Polygon]
) -> list[tuple[tuple[str, ...], dict[str, Any]]]:
    """Each region with the room that was drawn for it.

    Rooms are drawn to the middle of their walls, regions end at the faces: the room holds nine tenths of the region,
    and nine tenths of the room lie within a wall's thickness of it.
    """
    shapes = [shape_of(room) for room in rooms]
    tree = shapely.STRtree(shapes)
    return [
        (names, rooms[place])
        for names, region in truth.items()
        for place in tree.query(region).tolist()
        if region.intersection(shapes[place]).area > 0.9 * region.area
        and region.buffer(WALL).intersection(shapes[place]).area > 0.9 * shapes[place].area
    ]


def right_numbers(found: list[tuple[tuple[str, ...], dict[str, Any]]]) -> int:
    return sum(room["number"] in names for names, room in found)
