"""Sheets on paper: their size, their letters, their words, and their tags."""

from __future__ import annotations

import io
from dataclasses import replace

import pdfua
import pikepdf
import pytest
from lxml import etree
from pypdfium2 import PdfDocument

from tests.geometry.floors import lobby_floor
from tests.printing.conftest import signs_of
from zonemap.errors import Invalid, NotFound
from zonemap.model.sign import DoorWords, FacilitySigns, PlaceSign, SignKind, SignOptions, Whom
from zonemap.model.zone import ZoneClass
from zonemap.printing import book
from zonemap.printing.floor_map import map_sheet
from zonemap.printing.paper import PAPERS, paper_named

OPTIONS = SignOptions()
MM = 72 / 25.4
LETTER = (215.9, 279.4)
CAP_HEIGHT = 0.714  # of the size, in Noto Sans


@pytest.fixture
def reading():
    """Opens a PDF with PDFium and closes it again."""
    opened = []

    def read(pdf: bytes) -> PdfDocument:
        opened.append(PdfDocument(pdf))
        return opened[-1]

    yield read
    for document in opened:
        document.close()


def words(document: PdfDocument, page: int = 0) -> str:
    return " ".join(document[page].get_textpage().get_text_bounded().split())


def cap_heights(document: PdfDocument, letters: str) -> set[float]:
    """How high the boxes of these capitals are, in millimetres."""
    text = document[0].get_textpage()
    found = set()
    for place in range(text.count_chars()):
        if text.get_text_range(place, 1) in letters:
            _, bottom, _, top = text.get_charbox(place)
            found.add(round((top - bottom) / MM, 1))
    return found


def findings(pdf: bytes, folder) -> list[object]:
    path = folder / "sheet.pdf"
    path.write_bytes(pdf)
    return list(pdfua.validate(str(path)).findings)


def sheets(signs, options=OPTIONS):
    return {name: book.sheet_pdf(signs, name, options) for name in book.sheet_names(signs)}


def test_a_pack_begins_with_the_list_and_the_map_then_walks_from_the_entrance(lobby):
    assert book.sheet_names(lobby) == ("schedule", "map", "d4", "d1", "d3")


def test_every_sheet_is_one_letter_page_within_half_a_millimetre(lobby):
    for name, made in sheets(lobby).items():
        with pikepdf.open(io.BytesIO(made)) as document:
            assert len(document.pages) == 1, name
            left, low, right, top = (float(edge) / MM for edge in document.pages[0].mediabox)
            assert sorted((right - left, top - low)) == pytest.approx(sorted(LETTER), abs=0.5)


def test_a_door_sign_names_its_door_its_zone_the_facility_the_floor_and_the_designation(lobby, reading):
    text = words(reading(book.sheet_pdf(lobby, "d1", OPTIONS)))

    for part in (
        "PRIVATE",
        "Patients and authorized staff only.",
        "No entry without permission.",
        "ÁREA PRIVADA",
        "Door 1: EXAM Room exam",
        "Larkspur Avenue Clinic, policy no. 12",
        "First floor",
        "Designation 7 of Sep 30, 2026",
    ):
        assert part in text, part


def test_the_headline_is_read_from_ten_feet_and_the_sentence_is_never_under_five_eighths_of_an_inch(lobby, reading):
    document = reading(book.sheet_pdf(lobby, "d1", OPTIONS))
    heights = cap_heights(document, "PEIN")

    assert max(heights) == pytest.approx(29.0, abs=0.5)
    assert any(16.0 <= height < 23 for height in heights)


@pytest.mark.parametrize("languages", [("en",), ("en", "es")])
@pytest.mark.parametrize("officers", [None, Whom("administrator_on_call")])
def test_no_choice_of_words_makes_the_sentence_smaller_or_a_second_page(signed, reading, languages, officers):
    citation = "California Health & Safety Code 24251(b): staff may not allow access without a judicial warrant. " * 2
    for kind in (ZoneClass.PRIVATE, ZoneClass.RECORDS, ZoneClass.RESIDENTIAL, ZoneClass.OUTDOOR_PRIVATE):
        floor = lobby_floor()
        rooms = tuple(replace(room, zone_class=kind) if room.id == "exam" else room for room in floor.rooms)
        signs = signed(replace(floor, rooms=rooms), languages, officers, citation if officers else "")
        document = reading(book.sheet_pdf(signs, "d1", OPTIONS))

        assert len(document) == 1
        assert max(cap_heights(document, "PIN")) == pytest.approx(29.0, abs=0.5)
        assert min(height for height in cap_heights(document, "PNRS") if height > 12) >= 15.9


def test_the_notice_asks_officers_to_check_in_and_says_where_requests_go(lobby, reading):
    text = words(reading(book.sheet_pdf(lobby, "d4", OPTIONS)))

    assert "Officers on official business: please check in at reception." in text
    assert "go to the administrator on duty, 555-0117." in text
    assert "not authorized to consent to entry, searches or release of information" in text
    assert "8 CFR 287.8(f)(2)" in text
    assert "Agentes en función oficial" in text
    assert "Door 4: entrance into LOBBY Room lobby" in text


def test_english_alone_is_a_sheet_of_its_own(signed, reading):
    text = words(reading(book.sheet_pdf(signed(lobby_floor(), ("en",)), "d1", OPTIONS)))

    assert "PRIVATE" in text
    assert "PRIVADA" not in text


def test_the_map_says_what_it_is_and_what_it_is_not(lobby, reading):
    text = words(reading(book.sheet_pdf(lobby, "map", OPTIONS)))

    for part in (
        "STAFF ONLY",
        "Not an evacuation plan.",
        "Scale 1:",
        "Designation 7 of Sep 30, 2026",
        "Records, 1 room",
    ):
        assert part in text, part
    for name in ("EXAM", "CHART R", "LOBBY O"):
        assert name in text


def test_the_map_is_true_to_its_scale(lobby, reading):
    sheet, pictures = map_sheet(lobby, paper_named("letter"), "map-0")
    denominator = float(sheet["scale"].split(":")[1].split()[0])
    width = float(etree.fromstring(pictures["map-0"].encode()).get("width").removesuffix("mm"))
    document = reading(book.sheet_pdf(lobby, "map", OPTIONS))
    page = document[0].render(scale=4).to_pil().convert("L")
    dark = [x for x in range(page.width) if page.getpixel((x, int(page.height * 0.6))) < 60]

    drawn_mm = (max(dark) - min(dark)) / 4 / MM
    floor_mm = 8.0 * 1000 / denominator  # the lobby is 8 m wide; its outer walls add less than 0.6 m
    assert floor_mm < drawn_mm < floor_mm + 600 / denominator
    assert sheet["box"][0] == pytest.approx(width)


def test_the_scale_bars_are_as_long_as_they_say(lobby):
    sheet, _ = map_sheet(lobby, paper_named("letter"), "map-0")
    denominator = float(sheet["scale"].split(":")[1].split()[0])
    feet, metres = sheet["bars"]

    assert feet["mm"] == pytest.approx(feet["length"] * 304.8 / denominator, abs=0.01)
    assert metres["mm"] == pytest.approx(metres["length"] * 1000 / denominator, abs=0.01)


@pytest.mark.parametrize(("wide", "landscape"), [(1.0, False), (4.0, True)])
def test_the_map_turns_the_sheet_the_way_the_floor_lies(signed, wide, landscape):
    floor = lobby_floor()
    rooms = tuple(replace(room, ring=tuple((x * wide, y) for x, y in room.ring)) for room in floor.rooms)
    sheet, _ = map_sheet(signed(replace(floor, rooms=rooms, doors=())), paper_named("letter"), "map-0")

    assert (sheet["width"] > sheet["height"]) is landscape


def test_a_floor_without_rooms_has_no_map_and_says_so(signed):
    floor = replace(lobby_floor(), rooms=(), doors=())

    with pytest.raises(Invalid, match="no room to draw"):
        book.sheet_pdf(signed(floor), "map", OPTIONS)


def test_the_schedule_lists_the_sheets_of_public_places(reading):
    floor = lobby_floor(0.2)
    door, room = floor.doors[0], floor.rooms[0]
    public = (DoorWords("en", "ltr", "Public area", "Please ask at the desk.", ""),)
    places = (
        PlaceSign(SignKind.WAITING, "waiting", room, "Lobby", public),
        PlaceSign(SignKind.EMERGENCY, "emergency-d", room, "Lobby", public, door),
    )
    said = words(reading(book.sheet_pdf(replace(signs_of(floor), places=places), "schedule", OPTIONS)))

    assert "Where officers wait" in said
    assert f"{door.number} {room.label} Emergency care" in said


def test_the_schedule_flows_over_pages_and_repeats_its_head(many_doors, reading):
    document = reading(book.sheet_pdf(many_doors, "schedule", OPTIONS))
    pages = [words(document, page) for page in range(len(document))]

    assert len(pages) > 1
    assert all("Leads to" in page and "Seen" in page for page in pages)
    assert [f"Page {count} of {len(pages)}" in page for count, page in enumerate(pages, 1)] == [True] * len(pages)
    assert "Walked by" in pages[-1]
    for sign in many_doors.signs:
        assert any(f"{sign.door.number} {sign.inside.label}" in page for page in pages)


def test_every_sheet_is_tagged_and_the_checker_finds_nothing(lobby, tmp_path):
    pack = book.pack_pdf(FacilitySigns(lobby.designation.facility, (lobby,)), OPTIONS)

    for made in (*sheets(lobby).values(), pack):
        assert findings(made, tmp_path) == []
        with pikepdf.open(io.BytesIO(made)) as document:
            assert document.Root.MarkInfo.Marked
            assert "pdfuaid" in str(document.open_metadata())
            assert str(document.Root.Lang) == "en"


def test_a_pack_holds_every_sheet_with_a_bookmark_of_its_own(lobby, many_doors):
    upstairs = replace(many_doors, signs=many_doors.signs[:3])
    facility = lobby.designation.facility
    made = book.pack_pdf(FacilitySigns(facility, (lobby, upstairs)), OPTIONS)

    with pikepdf.open(io.BytesIO(made)) as document, document.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
        assert len(document.pages) == 5 + 5
    assert titles[:5] == [
        "Schedule, First floor",
        "Staff map, First floor",
        "Entrance notice, door 4: entrance into LOBBY Room lobby",
        "Door 1: EXAM Room exam",
        "Door 3: CHART Room chart",
    ]
    assert len(titles) == 10
    assert made == book.pack_pdf(FacilitySigns(facility, (lobby, upstairs)), OPTIONS)


def test_an_svg_is_a_picture_of_the_page_without_script_or_style(lobby):
    for name in book.sheet_names(lobby):
        for page in book.sheet_svg(lobby, name, OPTIONS):
            root = etree.fromstring(page)
            tags = {etree.QName(each).localname for each in root.iter(etree.Element)}

            assert sorted(float(each) for each in root.get("viewBox").split()[2:]) == pytest.approx([612, 792], abs=1)
            assert not tags & {"script", "style", "foreignObject", "a", "text"}


def test_a_door_without_a_sheet_is_not_found(lobby):
    with pytest.raises(NotFound):
        book.sheet_pdf(lobby, "d2", OPTIONS)


def test_a_paper_that_we_do_not_have_is_refused_by_name(lobby):
    with pytest.raises(Invalid, match=r"no paper called 'napkin'.*letter"):
        book.sheet_pdf(lobby, "d1", SignOptions(paper="napkin"))


def test_letter_is_read_from_ten_feet():
    assert PAPERS["letter"].read_from_feet == 10


def test_every_page_bears_the_code_of_its_revision(lobby, reading):
    coded = replace(lobby, designation=replace(lobby.designation, record_hash="9f2c04b1" + "0" * 56))
    document = reading(book.pack_pdf(FacilitySigns(lobby.designation.facility, (coded,)), OPTIONS))

    assert len(document) > 2
    assert all("9F2C-04B1" in words(document, page) for page in range(len(document)))
