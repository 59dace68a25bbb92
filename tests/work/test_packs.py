"""Packs: what is chosen, in which order, and that the same choice gives the same bytes."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pdfua
import pikepdf
import pytest
from pypdfium2 import PdfDocument

from tests.conftest import NOW
from tests.geometry.floors import grid_floor
from tests.work.clinic import CLINIC, FIRST, add_clinic, designate
from zonemap.errors import Forbidden, Invalid
from zonemap.model.pack import Pack, PackChoice
from zonemap.model.person import Actor
from zonemap.model.plan import Floor
from zonemap.model.sign import SignKind, SignOptions
from zonemap.model.wall import WallEvent
from zonemap.model.zone import ZoneClass
from zonemap.printing import pack as paper
from zonemap.storage.store import Store
from zonemap.work.packs import choose_pack, pack_csv, pack_pdf, pack_zip
from zonemap.work.wall import Tick, tick

SECOND = replace(grid_floor(36), id="e" * 32, facility_id=CLINIC.id, name="Second floor", level=1)
ENGLISH = SignOptions(languages=("en",))


@pytest.fixture
def ana(actor: Callable[..., Actor]) -> Actor:
    return actor("manager")


@pytest.fixture
def store(store: Store) -> Store:
    add_clinic(store)
    return store


def remarked(room_id: str, **more) -> Floor:
    return replace(FIRST, rooms=tuple(replace(each, **more) if each.id == room_id else each for each in FIRST.rooms))


@pytest.fixture
def packed(store, ana):
    def choose(**choice) -> Pack:
        return choose_pack(store, ana, CLINIC.id, choice.pop("options", ENGLISH), PackChoice(**choice))

    return choose


def sheets(pack: Pack) -> list[str]:
    return [line.sheet for line in pack.lines]


def test_a_pack_holds_every_sheet_in_the_order_of_the_walk(packed, store):
    designate(store, SECOND, 1)
    pack = packed()

    assert sheets(pack)[:3] == ["d4", "d1", "d3"]
    assert [line.step for line in pack.lines] == list(range(1, len(pack.lines) + 1))
    assert [line.floor.floor.name for line in pack.lines] == sorted(line.floor.floor.name for line in pack.lines)


def test_sheets_are_chosen_by_floor_department_and_kind(packed, store):
    designate(store, SECOND, 1)
    designate(store, remarked("chart", department="Records"), 2)

    assert {line.floor.floor.id for line in packed(floors=("Second floor",)).lines} == {SECOND.id}
    assert sheets(packed(floors=(FIRST.id,), kinds=(SignKind.NOTICE,))) == ["d4"]
    assert set(sheets(packed(departments=("Records",)))) == {"d3", "d5"}


def test_only_what_says_something_else_than_in_a_revision_is_chosen(packed, store):
    designate(store, remarked("exam", zone_class=ZoneClass.RESIDENTIAL), 2)
    designate(store, SECOND, 1)

    assert sheets(packed(since=1)) == ["d1"]
    assert len(packed(since=0).lines) == len(packed().lines)
    with pytest.raises(Invalid, match="what hangs says what it should"):
        packed(since=2)


def test_only_what_the_wall_needs_is_chosen_whatever_line_is_added_this_time(packed, store, ana):
    ticks = [Tick(f"{n:032x}", FIRST.id, sheet, WallEvent.POSTED, 1, NOW) for n, sheet in enumerate(("d4", "d1", "d5"))]
    tick(store, ana, CLINIC.id, ticks, now=NOW)

    assert sheets(packed(needed=True)) == ["d3"]
    assert sheets(packed(needed=True, options=replace(ENGLISH, officers_line=True))) == ["d3"]


def test_a_choice_that_leaves_nothing_says_so(packed):
    with pytest.raises(Invalid, match="Choose more of them"):
        packed(kinds=(SignKind.RESIDENTIAL,))


def test_the_desk_prints_no_pack(store, actor):
    with pytest.raises(Forbidden):
        choose_pack(store, actor("desk"), CLINIC.id, ENGLISH, PackChoice())


def test_one_pdf_holds_the_list_the_map_and_the_sheets_where_the_list_says(packed):
    pack = packed()
    told: list[int] = []
    document = PdfDocument(pack_pdf(pack, ENGLISH, told.append))
    texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()

    assert told == [0, len(pack.lines)]
    assert "What to hang, in the order of the walk" in texts[0]
    assert "STAFF ONLY" in texts[1]
    assert "Door 4: entrance into" in texts[2]
    assert "4 Outdoors to LOBBY Room lobby Entrance notice to authorities First floor 3" in texts[0]
    assert len(texts) == 2 + sum(line.pages for line in pack.lines)


@pytest.mark.parametrize("at_once", [40, 0])
def test_the_list_names_the_pages_of_posters(packed, monkeypatch, at_once):
    monkeypatch.setattr(paper, "AT_ONCE_MOST", at_once)
    options = replace(ENGLISH, poster=2)
    pack = packed(options=options, kinds=(SignKind.NOTICE, SignKind.PRIVATE))
    document = PdfDocument(pack_pdf(pack, options))
    texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()

    assert [line.pages for line in pack.lines] == [4] * len(pack.lines)
    assert len(texts) == 2 + 4 * len(pack.lines)
    pages = [int(found) for found in re.findall(r"First floor (\d+)", texts[0])]
    assert pages == [3 + 4 * place for place in range(len(pack.lines))]
    for page in pages:
        assert "Row 1 of 2, column 1 of 2" in texts[page - 1]


def test_the_location_map_bears_the_numbers_of_the_list(packed):
    pack = packed(kinds=(SignKind.PRIVATE,))
    document = PdfDocument(paper.pack_front(pack, ENGLISH))
    words = " ".join(document[1].get_textpage().get_text_bounded().split())
    document.close()
    book, _ = paper._front_book(pack, ENGLISH, before=2)

    assert "sheet of that number in the list" in words
    assert [(plate["number"]) for plate in book["sheets"][1]["plates"]] == [str(line.step) for line in pack.lines]


def test_a_large_pack_is_a_print_run_with_the_same_bookmarks_every_page_tagged(packed, monkeypatch, tmp_path):
    pack = packed()
    alone = pack_pdf(pack, ENGLISH)
    monkeypatch.setattr(paper, "AT_ONCE_MOST", 0)
    told: list[int] = []
    path = tmp_path / "pack.pdf"
    path.write_bytes(pack_pdf(pack, ENGLISH, told.append))
    with pikepdf.open(path) as document, pikepdf.open(io.BytesIO(alone)) as whole:
        tagged = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
        with document.open_outline() as outline, whole.open_outline() as other:
            assert [item.title for item in outline.root] == [item.title for item in other.root]
        assert len(document.pages) == len(whole.pages)
        for page in document.pages:
            assert tagged[int(page.StructParents)][0].Pg.objgen == page.objgen

    assert told[-1] == len(pack.lines)
    assert list(pdfua.validate(str(path)).findings) == []


def test_the_same_choice_gives_the_same_bytes(packed):
    for made in (pack_pdf, pack_zip):
        assert made(packed(), ENGLISH) == made(packed(), ENGLISH)
    assert pack_csv(packed()) == pack_csv(packed())
    assert packed().mark == packed().mark
    assert packed().mark != packed(kinds=(SignKind.PRIVATE,)).mark


def test_a_zip_sorts_by_the_walk_and_explains_itself(packed):
    with zipfile.ZipFile(io.BytesIO(pack_zip(packed(), ENGLISH))) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        listed = list(csv.DictReader(io.StringIO(archive.read("000-list.csv").decode("utf-8-sig"))))

    assert names == sorted(names)
    assert names[2] == "001-first-floor-entrance-004-designation-1.pdf"
    assert [row["File"] for row in listed] == names[2:]


def test_no_cell_of_the_list_is_a_formula(packed, store):
    designate(store, remarked("exam", department="=2+3", name="@x", number=""), 2)
    rows = list(csv.reader(io.StringIO(pack_csv(packed()).decode("utf-8-sig"))))

    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
