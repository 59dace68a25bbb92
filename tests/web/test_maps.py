"""The page of maps: which map, and the same in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import NOW
from tests.geometry.floors import lobby_floor
from zonemap.model.facility import Designation, Facility, SiteKind

CLINIC = Facility("c" * 32, "Larkspur Clinic", "1 Elm St", "", "Salem", "IL", "62881", SiteKind.CLINIC)
FIRST = replace(lobby_floor(0.2), id="f" * 32, facility_id=CLINIC.id)
MAPS = f"/facilities/{CLINIC.id}/maps/"


@pytest.fixture
def manager(sign_in, store):
    with store.begin() as books:
        books.facilities.add(CLINIC)
        books.floors.add(FIRST, saved_at=NOW, saved_by="Ana")
        books.designations.add(Designation("1" * 32, CLINIC, FIRST, 1, 1, NOW, "Ana"))
    return sign_in("manager")


def test_the_public_map_comes_first_and_its_words_name_public_rooms_alone(manager):
    page = manager.get(MAPS)
    picture = page.one(".map-picture img").attributes["src"]

    assert "map.public.1.svg" in picture
    assert manager.client.get(picture).mimetype == "image/svg+xml"
    assert "LOBBY Room lobby" in page.one("tbody").text()
    assert "EXAM" not in page.one("tbody").text()


def test_a_map_is_chosen_by_audience_and_door(manager):
    page = manager.get(f"{MAPS}?audience=responder&door=d1&part=0&paper=letter")

    assert "map.responder.at-d1" in page.one(".map-picture img").attributes["src"]
    assert "EXAM" in page.one("tbody").text()


@pytest.mark.parametrize("query", ["audience=nobody", "paper=bark", "door=d9", "part=7", "part=x", "floor=0"])
def test_what_is_not_there_gives_the_usual_map(manager, query):
    assert "map.public.1.svg" in manager.get(f"{MAPS}?{query}").one(".map-picture img").attributes["src"]


def test_north_is_said_on_the_page_of_the_floor(manager, store):
    assert "Say where north is" in manager.get(MAPS).text
    manager.post(f"/floors/{FIRST.id}/about", {"name": "First floor", "level": "0", "north": "30"})
    with store.read() as books:
        assert books.floors.get(FIRST.id).floor.north == 30.0

    page = manager.post(f"/floors/{FIRST.id}/about", {"name": "First floor", "level": "0", "north": "400"}, expect=400)
    assert "from 0 to 360" in page.text
