"""Real floor plans, which lie beside a checkout."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from zonemap.errors import Invalid
from zonemap.intake.guard import read
from zonemap.intake.sheet import Floors, Sheet

PLANS = Path(__file__).resolve().parents[3] / "shared" / "plans"
CLINIC = "derived/clinic-first-floor/"
SHAREABLE, LOCAL = "files/shareable/", "files/local-only/"

pytestmark = pytest.mark.shared


def bytes_of(name: str) -> bytes:
    path = PLANS / name
    if not path.exists():
        pytest.skip(f"There is no shared/plans/{name} beside the checkout.")
    return path.read_bytes()


LONG = pytest.mark.long  # one sheet of each kind stays in the tests of every day


@pytest.mark.parametrize(
    ("name", "size", "dpi"),
    [
        (CLINIC + "scan.png", (2339, 3308), 200),
        (CLINIC + "scan.jpg", (2339, 3308), 200),
        (CLINIC + "scan.pdf", (2339, 3308), 200),
        (CLINIC + "plan.pdf", (2339, 3308), 200),
        (CLINIC + "plan.svg", (2829, 4000), 241.9),
        pytest.param(SHAREABLE + "raster/mlstruct-apartment-floor-9500px.png", (9500, 6714), None, marks=LONG),
        (SHAREABLE + "raster/django-loci-floorplan.jpg", (842, 569), None),
        (SHAREABLE + "raster/phone-photo-hand-drawn.png", (2268, 4032), None),
        pytest.param(LOCAL + "raster/bwh-F1.png", (5000, 3400), None, marks=LONG),
        (LOCAL + "raster/marketing-house.png", (685, 511), None),
        (LOCAL + "pdf/NSH-1.pdf", (4200, 2550), 300),
        pytest.param(LOCAL + "pdf/NSH-3.pdf", (4200, 2550), 300, marks=LONG),
        pytest.param(SHAREABLE + "dxf/house-bishop-overland.dxf", (4000, 3791), None, marks=LONG),
        (SHAREABLE + "dxf/ceco-house-detail.dxf", (4000, 3045), None),
        pytest.param(LOCAL + "svg/ucd-ssh-floor1.svg", (4000, 2257), None, marks=LONG),
        pytest.param(LOCAL + "svg/depaul-library-floor1.svg", (4000, 3602), None, marks=LONG),
    ],
)
def test_a_real_plan_is_read(name: str, size: tuple[int, int], dpi: float | None) -> None:
    sheet = read(bytes_of(name))
    assert isinstance(sheet, Sheet)
    assert (sheet.width_px, sheet.height_px) == size
    assert sheet.dpi == (dpi and pytest.approx(dpi, abs=0.1))
    darkest, lightest = Image.open(BytesIO(sheet.tiles[0, 0, 0])).convert("L").getextrema()
    assert lightest - darkest > 50  # something is drawn on it


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (SHAREABLE + "dwg/AecObjects.dwg", "DWG"),
        (SHAREABLE + "cobie/duplex-cobie-reduced.xlsx", "a list of rooms"),
    ],
)
def test_a_real_file_of_another_kind_is_named_and_refused(name: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        read(bytes_of(name))


@pytest.mark.parametrize(
    ("name", "rooms"),
    [("ifc/Duplex_A_20110907.ifc", [10, 10]), ("osm/tud-apb.osm", [3, 90, 124, 128, 131])],
)
def test_a_real_model_brings_its_floors_with_a_picture_of_each(name: str, rooms: list[int]) -> None:
    floors = read(bytes_of(SHAREABLE + name))
    assert isinstance(floors, Floors)
    assert [len(floor.draft.rooms) for floor in floors.floors] == rooms
    for floor in floors.floors:
        width, height = (side * floor.metres_per_pixel for side in (floor.sheet.width_px, floor.sheet.height_px))
        assert all(0 < x < width and 0 < y < height for room in floor.draft.rooms for x, y in room.ring)


@pytest.mark.parametrize("name", ["scan.png", "scan.pdf", "plan.pdf"])
def test_a_pixel_of_the_clinic_sheet_is_as_long_as_its_paper_says(name: str) -> None:
    sheet = read(bytes_of(CLINIC + name))
    assert isinstance(sheet, Sheet)
    assert sheet.paper_metres_per_pixel is not None
    assert sheet.paper_metres_per_pixel * 200 == pytest.approx(0.0254, rel=3e-4)  # drawn at 1:200, whole pixels
