from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.pdf import PAGES_MOST, read_pdf
from zonemap.intake.sheet import Pages, Sheet

TABLOID = (792.0, 1224.0)


def sheet_of(data: bytes, number: int | None = None) -> Sheet:
    result = read_pdf(data, number)
    assert isinstance(result, Sheet)
    return result


def black_corner(sheet: Sheet) -> str:
    image = Image.open(BytesIO(sheet.png)).convert("L")
    width, height = image.size
    corners = {"top left": (20, 20), "top right": (width - 20, 20), "bottom left": (20, height - 20)}
    corners["bottom right"] = (width - 20, height - 20)
    return next(name for name, place in corners.items() if image.getpixel(place) < 128)


def test_a_large_sheet_is_rendered_at_200_dpi(pdf: Callable[..., bytes]) -> None:
    sheet = sheet_of(pdf(TABLOID))
    assert (sheet.width_px, sheet.height_px, sheet.dpi) == (2200, 3400, 200)
    assert sheet.paper_metres_per_pixel == pytest.approx(0.0254 / 200)
    assert black_corner(sheet) == "bottom left"


def test_a_small_page_is_rendered_finer(pdf: Callable[..., bytes]) -> None:
    sheet = sheet_of(pdf((612, 792)))
    assert (sheet.width_px, sheet.height_px, sheet.dpi) == (2550, 3300, 300)


def test_a_huge_sheet_is_rendered_as_fine_as_fits_and_says_how_fine(pdf: Callable[..., bytes]) -> None:
    sheet = sheet_of(pdf((36 * 72, 48 * 72)))  # ARCH E
    assert sheet.dpi == pytest.approx(sheet.width_px / 36, rel=1e-3)
    assert 160 < sheet.dpi < 200


@pytest.mark.parametrize(
    ("degrees", "size", "corner"),
    [(0, (2200, 3400), "bottom left"), (90, (3400, 2200), "top left"), (180, (2200, 3400), "top right")],
)
def test_the_rotation_of_the_page_is_applied(
    pdf: Callable[..., bytes], degrees: int, size: tuple[int, int], corner: str
) -> None:
    sheet = sheet_of(pdf(TABLOID, page={"/Rotate": degrees}))
    assert (sheet.width_px, sheet.height_px) == size
    assert black_corner(sheet) == corner


def test_only_what_the_crop_box_shows_is_rendered(pdf: Callable[..., bytes]) -> None:
    sheet = sheet_of(pdf((2000, 2000), page={"/CropBox": pikepdf.Array([0, 0, 792, 1224])}))
    assert (sheet.width_px, sheet.height_px) == (2200, 3400)
    assert black_corner(sheet) == "bottom left"


def test_several_pages_are_shown_to_choose_from(pdf: Callable[..., bytes]) -> None:
    result = read_pdf(pdf((612, 792), TABLOID, (1224, 792)), None)
    assert isinstance(result, Pages)
    assert [(page.number, page.width_mm, page.height_mm) for page in result.pages] == [
        (1, 215.9, 279.4),
        (2, 279.4, 431.8),
        (3, 431.8, 279.4),
    ]
    assert [Image.open(BytesIO(page.thumbnail or b"")).size for page in result.pages] == [
        (279, 360),
        (233, 360),
        (360, 233),
    ]


def test_the_chosen_page_is_read(pdf: Callable[..., bytes]) -> None:
    assert sheet_of(pdf((612, 792), TABLOID), 2).width_px == 2200


def test_a_page_that_is_not_there_is_refused(pdf: Callable[..., bytes]) -> None:
    with pytest.raises(Invalid, match="no page 3"):
        read_pdf(pdf((612, 792), (612, 792)), 3)


def test_too_many_pages_are_refused_with_what_to_do(pdf: Callable[..., bytes]) -> None:
    with pytest.raises(TooLarge, match=f"the most is {PAGES_MOST}"):
        read_pdf(pdf(*[(612, 792)] * (PAGES_MOST + 1)), None)


def test_a_locked_pdf_is_refused_with_what_to_do(pdf: Callable[..., bytes]) -> None:
    locked = pdf((612, 792), encryption=pikepdf.Encryption(user="secret", owner="secret"))
    with pytest.raises(Invalid, match="locked with a password"):
        read_pdf(locked, None)


def test_a_pdf_that_only_forbids_changes_is_read(pdf: Callable[..., bytes]) -> None:
    assert sheet_of(pdf((612, 792), encryption=pikepdf.Encryption(user="", owner="secret"))).width_px == 2550


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n" + b"\xff" * 2000, b"%PDF-1.4\ntrailer<</Root 1 0 R>>"])
def test_a_damaged_pdf_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(Invalid, match="print it to a new PDF"):
        read_pdf(data, None)
