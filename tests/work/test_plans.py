from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from secrets import token_hex

import pikepdf
import pytest
from PIL import Image

from zonemap.errors import Forbidden, Invalid, NotFound, TooLarge
from zonemap.model.facility import Designation, Facility, SiteKind
from zonemap.model.person import Account, Actor, Role
from zonemap.model.plan import Floor, FloorVersion, Room, Scale
from zonemap.model.upload import Upload
from zonemap.storage.store import Store
from zonemap.work import plans

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ANA = Actor("a" * 32, "Ana", frozenset({Role.MANAGER}))
DESK = Actor("d" * 32, "Dee", frozenset({Role.DESK}))
CLINIC = Facility("c" * 32, "Clinic", "1 Elm St", "", "Salem", "IL", "62881", SiteKind.CLINIC)
FIRST = Floor("f" * 32, CLINIC.id, "First floor")
PICTURE = "1" * 32


def new_id() -> str:
    return token_hex(16)


@pytest.fixture
def store(store: Store) -> Store:
    with store.begin() as books:
        books.facilities.add(CLINIC)
        books.accounts.add(Account(ANA.account_id, ANA.name, "ana@example.org", ANA.roles), None)
    return store


def png(width: int = 600, height: int = 400) -> bytes:
    out = BytesIO()
    Image.new("L", (width, height), 255).save(out, "PNG", dpi=(200, 200))
    return out.getvalue()


def pdf(*sizes: tuple[float, float]) -> bytes:
    document = pikepdf.new()
    for size in sizes:
        document.add_blank_page(page_size=size)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def added(store: Store, data: bytes = b"", floor: Floor = FIRST) -> FloorVersion | Upload:
    return plans.add_floor(store, ANA, floor, data or png(), picture_id=PICTURE, most_mb=25, new_id=new_id, now=NOW)


def drawn(store: Store) -> FloorVersion:
    """A floor with a plan, a scale and a room."""
    added(store)
    room = Room("r", ((0.0, 0.0), (3.0, 0.0), (3.0, 3.0)))
    with store.begin() as books:
        saved = books.floors.get(FIRST.id)
        full = replace(saved.floor, scale=Scale(0.02), rooms=(room,))
        return books.floors.save(full, saved.version, saved_at=NOW, saved_by="Ana")


def test_a_floor_is_added_with_its_picture_and_tiles(store: Store) -> None:
    saved = added(store)
    assert isinstance(saved, FloorVersion)
    assert saved.floor.picture is not None
    assert (saved.floor.picture.width_px, saved.floor.picture.height_px) == (600, 400)
    assert saved.floor.picture.dpi == pytest.approx(200, rel=1e-3)
    assert Image.open(BytesIO(plans.picture(store, ANA, PICTURE))).size == (600, 400)
    assert Image.open(BytesIO(plans.picture_tile(store, ANA, PICTURE, 1, 1, 0))).size == (512, 512)
    with pytest.raises(NotFound):
        plans.picture_tile(store, ANA, PICTURE, 1, 2, 0)


@pytest.mark.parametrize("data", [b"", b"AC1032", b"\x89PNG\r\n\x1a\nbroken"])
def test_a_file_that_is_not_read_leaves_no_floor_behind(store: Store, data: bytes) -> None:
    with pytest.raises(Invalid):
        plans.add_floor(store, ANA, FIRST, data, picture_id=PICTURE, most_mb=25, new_id=new_id, now=NOW)
    assert plans.floors(store, ANA, CLINIC.id)[1] == []


def test_a_file_over_the_limit_is_refused(store: Store) -> None:
    with pytest.raises(TooLarge, match="the most is 1 MB"):
        plans.add_floor(store, ANA, FIRST, bytes(2 << 20), picture_id=PICTURE, most_mb=1, new_id=new_id, now=NOW)


@pytest.mark.parametrize(
    ("name", "level", "field"),
    [
        ("", 0, "name"),
        ("x" * 61, 0, "name"),
        ("FIRST FLOOR", 0, "name"),
        ("Attic", 201, "level"),
        ("Pit", -21, "level"),
    ],
)
def test_a_floor_needs_a_name_of_its_own_and_a_level(store: Store, name: str, level: int, field: str) -> None:
    added(store)
    with pytest.raises(Invalid) as caught:
        added(store, floor=Floor("2" * 32, CLINIC.id, name, level))
    assert list(caught.value.fields) == [field]


def test_a_pdf_of_several_pages_waits_for_a_choice_and_is_then_forgotten(store: Store) -> None:
    upload = added(store, pdf((612, 792), (792, 612)))
    assert isinstance(upload, Upload)
    assert [page.number for page in upload.pages] == [1, 2]
    assert plans.floors(store, ANA, CLINIC.id)[1][0].waits_for_page
    assert plans.page_picture(store, ANA, FIRST.id, 2).startswith(b"\x89PNG")

    saved = plans.choose_page(store, ANA, FIRST.id, 2, picture_id=PICTURE, now=NOW)

    assert saved.floor.picture is not None
    assert (saved.floor.picture.width_px, saved.floor.picture.height_px) == (3300, 2550)
    assert not plans.floors(store, ANA, CLINIC.id)[1][0].waits_for_page
    with pytest.raises(NotFound, match="Upload it again"):
        plans.pages_to_choose(store, ANA, FIRST.id, now=NOW)


def test_a_waiting_pdf_is_there_for_an_hour(store: Store) -> None:
    added(store, pdf((612, 792), (612, 792)))
    assert len(plans.pages_to_choose(store, ANA, FIRST.id, now=NOW + timedelta(minutes=59)).pages) == 2
    with pytest.raises(NotFound, match="one hour only"):
        plans.pages_to_choose(store, ANA, FIRST.id, now=NOW + timedelta(minutes=61))


def test_the_next_upload_clears_away_what_waited_too_long(store: Store) -> None:
    added(store, pdf((612, 792), (612, 792)))
    later = NOW + timedelta(hours=2)
    other = Floor("2" * 32, CLINIC.id, "Second floor", 1)
    plans.add_floor(store, ANA, other, png(), picture_id="2" * 32, most_mb=25, new_id=new_id, now=later)
    with store.read() as books:
        assert books.uploads.waiting() == frozenset()


def test_one_person_has_at_most_three_files_waiting(store: Store) -> None:
    data = pdf((612, 792), (612, 792))
    for number in range(4):
        floor = Floor(str(number) * 32, CLINIC.id, f"Floor {number}", number)
        now = NOW + timedelta(minutes=number)
        plans.add_floor(store, ANA, floor, data, picture_id=PICTURE, most_mb=25, new_id=new_id, now=now)
    with store.read() as books:
        assert books.uploads.waiting() == {"1" * 32, "2" * 32, "3" * 32}


def test_another_plan_of_the_same_size_keeps_rooms_and_scale(store: Store) -> None:
    before = drawn(store)
    saved = plans.upload_plan(store, ANA, FIRST.id, png(), picture_id="2" * 32, most_mb=25, now=NOW)
    assert isinstance(saved, FloorVersion)
    assert saved.version == before.version + 1
    assert saved.floor.picture is not None
    assert saved.floor.picture.id == "2" * 32
    assert (saved.floor.rooms, saved.floor.scale) == (before.floor.rooms, before.floor.scale)


def test_another_plan_of_another_size_asks_before_rooms_are_lost(store: Store) -> None:
    before = drawn(store)
    with pytest.raises(Invalid, match="the 1 room drawn on it would") as caught:
        plans.upload_plan(store, ANA, FIRST.id, png(500), picture_id="2" * 32, most_mb=25, now=NOW)
    assert "remove_rooms" in caught.value.fields
    assert plans.floor(store, ANA, FIRST.id)[1].saved == before

    saved = plans.upload_plan(
        store, ANA, FIRST.id, png(500), picture_id="2" * 32, most_mb=25, remove_rooms=True, now=NOW
    )
    assert isinstance(saved, FloorVersion)
    assert (saved.floor.rooms, saved.floor.scale) == ((), None)


def test_a_floor_gets_another_name_and_level(store: Store) -> None:
    added(store)
    saved = plans.rename_floor(store, ANA, FIRST.id, name=" Ground ", level=-1, now=NOW)
    assert (saved.floor.name, saved.floor.level) == ("Ground", -1)


def test_a_floor_is_removed_with_its_pictures(store: Store) -> None:
    drawn(store)
    plans.upload_plan(store, ANA, FIRST.id, png(), picture_id="2" * 32, most_mb=25, now=NOW)
    plans.remove_floor(store, ANA, FIRST.id)
    assert plans.floors(store, ANA, CLINIC.id)[1] == []
    for picture_id in (PICTURE, "2" * 32):
        with pytest.raises(NotFound):
            plans.picture(store, ANA, picture_id)


def test_a_designated_floor_stays(store: Store) -> None:
    saved = drawn(store)
    with store.begin() as books:
        books.designations.add(Designation("9" * 32, CLINIC, saved.floor, 1, saved.version, NOW, "Ana"))
    with pytest.raises(Invalid, match="designation 1"):
        plans.remove_floor(store, ANA, FIRST.id)
    assert plans.floor(store, ANA, FIRST.id)[1].designation is not None


def test_the_desk_neither_sees_nor_draws_plans(store: Store) -> None:
    added(store)
    for forbidden in (
        lambda: plans.floors(store, DESK, CLINIC.id),
        lambda: plans.floor(store, DESK, FIRST.id),
        lambda: plans.picture(store, DESK, PICTURE),
        lambda: plans.picture_tile(store, DESK, PICTURE, 0, 0, 0),
        lambda: plans.add_floor(store, DESK, FIRST, png(), picture_id=PICTURE, most_mb=25, new_id=new_id, now=NOW),
        lambda: plans.upload_plan(store, DESK, FIRST.id, png(), picture_id=PICTURE, most_mb=25, now=NOW),
        lambda: plans.pages_to_choose(store, DESK, FIRST.id, now=NOW),
        lambda: plans.page_picture(store, DESK, FIRST.id, 1),
        lambda: plans.choose_page(store, DESK, FIRST.id, 1, picture_id=PICTURE, now=NOW),
        lambda: plans.rename_floor(store, DESK, FIRST.id, name="X", level=0, now=NOW),
        lambda: plans.remove_floor(store, DESK, FIRST.id),
    ):
        with pytest.raises(Forbidden):
            forbidden()
