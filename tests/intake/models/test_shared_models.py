"""Real models and lists, which lie beside a checkout, against their truth."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.intake.models.scoring import score
from zonemap.intake.kinds import Kind, kind_of
from zonemap.intake.models import read_model
from zonemap.intake.room_list import join, read, told
from zonemap.model.draft import DraftFloor
from zonemap.model.listed import ListedRoom
from zonemap.model.zone import ZoneClass

PLANS = Path(__file__).resolve().parents[4] / "shared" / "plans"
FILES = "files/shareable/"

pytestmark = pytest.mark.shared


def bytes_of(name: str) -> bytes:
    path = PLANS / name
    if not path.exists():
        pytest.skip(f"There is no shared/plans/{name} beside the checkout.")
    return path.read_bytes()


def floors_of(name: str) -> tuple[DraftFloor, ...]:
    data = bytes_of(name)
    kind = kind_of(data)
    if kind is Kind.IFC:
        pytest.importorskip("ifcopenshell", reason="the extra zonemap[ifc] is not installed")
    return read_model(data, kind)


@pytest.fixture(scope="module")
def workbook() -> tuple[ListedRoom, ...]:
    return read(bytes_of(FILES + "cobie/clinic-cobie-reduced.xlsx"))


@pytest.mark.parametrize(
    ("name", "truth", "rooms", "doors"),
    [
        ("ifc/Duplex_A_20110907.ifc", "duplex", 20, 14),
        ("ifc/AC20-FZK-Haus.ifc", "fzk-haus", 7, 5),
        ("imdf/st-petersburg-polytech-imdf.zip", "imdf-polytech", 443, 472),
        ("osm/tud-apb.osm", "tud-apb", 476, 500),
    ],
)
def test_every_room_of_a_real_model_is_found_and_its_doors_lead_where_they_do(
    name: str, truth: str, rooms: int, doors: int
) -> None:
    found = score(floors_of(FILES + name), PLANS / "truth" / truth)

    assert (len(found.overlaps), len(found.pairs)) == (rooms, doors)
    assert min(found.overlaps) > 0.999
    assert all(found.numbers)
    assert all(found.names)
    assert found.doors_right >= 0.98


def test_a_messy_map_of_a_station_comes_in_floor_by_floor() -> None:
    floors = floors_of(FILES + "osm/berlin-hbf.osm")

    assert [floor.level for floor in floors] == [-2, -1, 0, 1, 2]
    assert sum(len(floor.rooms) for floor in floors) > 100


def test_what_the_venue_says_is_restricted_is_private() -> None:
    rooms = [room for floor in floors_of(FILES + "imdf/st-petersburg-polytech-imdf.zip") for room in floor.rooms]

    assert sum(room.zone_class is ZoneClass.PRIVATE for room in rooms) == 59


def test_the_handover_workbook_names_every_room_of_the_clinic(workbook: tuple[ListedRoom, ...]) -> None:
    (floor,) = floors_of("truth/clinic/00-first-floor.geojson")
    bare = [replace(room, name="", department="", category="") for room in floor.rooms]

    joined = join(bare, workbook)

    rows = {match.room_id: match.listed for match in joined.matched}
    assert len(workbook) == 268
    assert tuple(told(room, rows[room.id]) for room in bare) == floor.rooms
    assert [row.number for row in joined.unmatched_listed] == ["1F02"]
    assert joined.elsewhere == 113


def test_sizes_suggest_only_rows_that_are_right(workbook: tuple[ListedRoom, ...]) -> None:
    (floor,) = floors_of("truth/clinic/00-first-floor.geojson")

    joined = join([replace(room, number="") for room in floor.rooms], workbook, "First Floor")

    assert len(joined.suggested) > 5
    assert [match for match in joined.suggested if match.listed.number != match.room_id or match.sure] == []
