"""Every paper and every way to lie on it: true size, marks where the blade goes, and nothing outside its face."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import product

import pdfua
import pikepdf
import pytest
from pypdfium2 import PdfDocument
from pypdfium2 import raw as pdfium

from tests.geometry.floors import lobby_floor
from tests.printing.conftest import signs_of
from zonemap.errors import Invalid
from zonemap.model.sign import SignOptions
from zonemap.printing import book
from zonemap.printing.imposition import OVERLAP_MM, setting_of
from zonemap.printing.paper import PAPERS, capitals_for, feet_for

MM = 72 / 25.4
LETTER = (215.9, 279.4)
PAGES = {
    "letter": LETTER,
    "legal": (215.9, 355.6),
    "tabloid": (279.4, 431.8),
    "a4": (210.0, 297.0),
    "a3": (297.0, 420.0),
    "half": (139.7, 215.9),
    "badge": LETTER,
    "tent": LETTER,
}
WAYS = [
    *(SignOptions(paper=paper, orientation=way) for paper, way in product(PAGES, ("portrait", "landscape"))),
    *(SignOptions(per_sheet=number, orientation=way) for number, way in product((2, 4), ("portrait", "landscape"))),
    SignOptions(poster=2),
    SignOptions(paper="a3", poster=3, orientation="landscape"),
]
CUT = [SignOptions(per_sheet=2), SignOptions(per_sheet=4), SignOptions(paper="tent"), SignOptions(paper="badge")]


def name_of(options: SignOptions) -> str:
    return f"{options.paper}-{options.orientation}-{options.per_sheet}-{options.poster}"


@pytest.fixture(scope="module")
def printed(signed_once):
    """The sign of one door on a paper, once for each choice of options."""
    kept: dict[SignOptions, bytes] = {}

    def pdf(options: SignOptions) -> bytes:
        if options not in kept:
            kept[options] = book.sheet_pdf(signed_once, "d1", options)
        return kept[options]

    return pdf


@pytest.fixture(scope="module")
def signed_once():
    return signs_of(lobby_floor(0.2))


def lines(page) -> list[tuple[float, float, float, float]]:
    """The thin lines of a page, as boxes from the top left, in millimetres."""
    height, found = page.get_size()[1], []
    for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=6):
        left, low, right, top = each.get_bounds()
        if min(right - left, top - low) < 1.5:
            found.append((left / MM, (height - top) / MM, right / MM, (height - low) / MM))
    return found


@pytest.mark.parametrize("options", WAYS, ids=name_of)
def test_every_paper_has_its_true_size(printed, options):
    width, height = PAGES[options.paper]
    flat = options.orientation == "landscape" and options.paper not in ("badge", "tent")
    wanted = (height, width) if flat else (width, height)
    if options.per_sheet == 2:
        wanted = wanted[::-1]
    with pikepdf.open(io.BytesIO(printed(options))) as document:
        assert len(document.pages) == options.poster**2
        for page in document.pages:
            left, low, right, top = (float(edge) / MM for edge in page.mediabox)
            assert (right - left, top - low) == pytest.approx(wanted, abs=0.5)


@pytest.mark.parametrize("options", WAYS, ids=name_of)
def test_nothing_is_drawn_outside_its_face(printed, options):
    """By pixels: a band of 3.5 mm along the edge of the page is white, marks and all."""
    document = PdfDocument(printed(options))
    try:
        for page in document:
            picture = page.render(scale=1, grayscale=True).to_numpy().squeeze()
            band = int(3.5 * MM)
            for edge in (picture[:band], picture[-band:], picture[:, :band], picture[:, -band:]):
                assert edge.min() > 250
    finally:
        document.close()


@pytest.mark.parametrize("options", CUT, ids=name_of)
def test_the_marks_stand_where_the_faces_meet(printed, options):
    setting, document = setting_of(options), PdfDocument(printed(options))
    try:
        found = lines(document[0])
    finally:
        document.close()

    for x1, y1, x2, y2 in setting.marks:
        assert any(box == pytest.approx((x1, y1, x2, y2), abs=0.5) for box in found), (x1, y1, x2, y2)


def test_the_drawn_ruler_is_fifty_millimetres_long(printed):
    for options in (SignOptions(paper="badge"), SignOptions(poster=2)):
        document = PdfDocument(printed(options))
        try:
            lengths = [right - left for left, _, right, _ in lines(document[0])]
        finally:
            document.close()
        assert any(length == pytest.approx(50, abs=0.5) for length in lengths)


def test_the_sheets_of_a_poster_show_the_same_strip_where_they_overlap(printed):
    document = PdfDocument(printed(SignOptions(poster=2)))
    try:
        left, right = (
            document[number].render(scale=2, grayscale=True).to_numpy().squeeze().astype(int) for number in (0, 1)
        )
    finally:
        document.close()
    per_mm = 2 * MM
    start, strip = round((LETTER[0] - 10 - OVERLAP_MM) * per_mm), round(OVERLAP_MM * per_mm) - 4
    rows = slice(round(12 * per_mm), round(260 * per_mm))
    ours, theirs = (
        left[rows, start + 2 : start + strip],
        right[rows, round(10 * per_mm) + 2 : round(10 * per_mm) + strip],
    )

    assert ours.min() < 100
    assert abs(ours - theirs).mean() < 12


def test_copies_on_a_sheet_are_read_out_once(printed):
    for options in CUT:
        with pikepdf.open(io.BytesIO(printed(options))) as document, document.open_outline() as outline:
            assert len(outline.root) == 1


@pytest.mark.parametrize("options", [*CUT, SignOptions(poster=2)], ids=name_of)
def test_a_checker_finds_no_error_in_any_way_to_lie_on_paper(printed, options, tmp_path):
    path = tmp_path / "sheet.pdf"
    path.write_bytes(printed(options))

    assert not list(pdfua.validate(str(path)).findings)


def test_signs_on_small_paper_keep_their_proportions_and_lists_go_on_letter(signed_once):
    for paper in ("half", "badge", "tent"):
        with pikepdf.open(io.BytesIO(book.sheet_pdf(signed_once, "schedule", SignOptions(paper=paper)))) as document:
            assert [float(edge) / MM for edge in document.pages[0].mediabox][2:] == pytest.approx(LETTER, abs=0.5)


@pytest.mark.parametrize(
    "wrong", [{"orientation": "askew"}, {"per_sheet": 3}, {"poster": 9}, {"poster": 2, "paper": "badge"}]
)
def test_what_cannot_lie_on_paper_is_refused_with_what_can(wrong):
    with pytest.raises(Invalid, match=r"[Cc]hoose|poster is"):
        setting_of(replace(SignOptions(), **wrong))


def test_letter_heights_follow_the_table_of_the_standard():
    assert [round(capitals_for(feet) / 25.4, 3) for feet in (3, 6, 10, 15, 20, 30)] == [
        0.625,
        0.625,
        1.125,
        1.75,
        2.375,
        3.625,
    ]
    assert all(feet_for(capitals_for(feet)) == feet for feet in range(6, 61))
    assert feet_for(10) == 0
    assert PAPERS["letter"].read_from_feet == 10
