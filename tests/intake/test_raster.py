from collections.abc import Callable
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from zonemap.errors import Invalid
from zonemap.intake.raster import read_raster
from zonemap.intake.sheet import Sheet


def pixels(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def dark(sheet: Sheet, x: int, y: int) -> bool:
    return sum(pixels(sheet.png).getpixel((x, y))) < 100


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_mode_of_png_shows_black_on_white(picture: Callable[..., bytes], mode: str) -> None:
    sheet = read_raster(picture(mode=mode))
    assert (sheet.width_px, sheet.height_px) == (300, 200)
    assert dark(sheet, 30, 40)
    assert not dark(sheet, 100, 100)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_mode_of_jpeg_shows_black_on_white(picture: Callable[..., bytes], mode: str) -> None:
    sheet = read_raster(picture(mode=mode, kind="JPEG"))
    assert dark(sheet, 30, 40)
    assert not dark(sheet, 100, 100)


def test_sixteen_bits_keep_their_greys() -> None:
    ramp = np.linspace(0, 65535, 256 * 100).astype(np.uint16).reshape(100, 256)
    sheet = read_raster(saved(Image.fromarray(ramp)))
    assert [pixels(sheet.png).getpixel((128, y))[0] for y in (0, 50, 99)] == [1, 129, 254]


def test_what_is_transparent_is_white_paper() -> None:
    image = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (10, 10, 50, 50))
    sheet = read_raster(saved(image))
    assert pixels(sheet.png).getpixel((200, 150)) == (255, 255, 255)
    assert pixels(sheet.png).getpixel((20, 20)) == (200, 0, 0)


def test_a_transparent_colour_of_a_palette_is_white_paper() -> None:
    image = Image.new("P", (300, 200), 1)
    image.putpalette([0, 0, 0, 0, 0, 255])
    assert pixels(read_raster(saved(image, transparency=1)).png).getpixel((5, 5)) == (255, 255, 255)


def test_a_photograph_is_turned_upright(picture: Callable[..., bytes]) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side: a quarter turn clockwise
    sheet = read_raster(picture(kind="JPEG", exif=exif))
    assert (sheet.width_px, sheet.height_px) == (200, 300)
    assert dark(sheet, 200 - 40, 30)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_broken_exif_is_no_reason_to_refuse(picture: Callable[..., bytes]) -> None:
    assert read_raster(picture(kind="JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")).width_px == 300


def test_no_metadata_comes_through(picture: Callable[..., bytes]) -> None:
    exif = Image.Exif()
    exif[0x010E] = "The back door code is 4711"
    sheet = read_raster(picture(kind="JPEG", exif=exif, comment=b"4711", dpi=(200, 200)))
    assert b"4711" not in sheet.png
    assert set(Image.open(BytesIO(sheet.png)).info) == set()


def test_grey_stays_grey_and_colours_become_at_most_256(picture: Callable[..., bytes]) -> None:
    rng = np.random.default_rng(1)
    photo = Image.fromarray(rng.integers(0, 255, (200, 300, 3), dtype=np.uint8))
    assert Image.open(BytesIO(read_raster(picture(mode="RGB")).png)).mode == "L"
    assert Image.open(BytesIO(read_raster(saved(photo)).png)).mode == "P"


def test_white_paper_stays_white_beside_many_colours() -> None:
    rng = np.random.default_rng(1)
    array = np.full((200, 300, 3), 255, np.uint8)
    array[:, 150:] = rng.integers(0, 255, (200, 150, 3))
    array[:, 140:150] = 252
    assert pixels(read_raster(saved(Image.fromarray(array))).png).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("stated", "believed"), [((200, 200), 200), ((72, 72), None), ((200, 100), None), ((2400, 2400), None)]
)
def test_a_resolution_is_believed_where_it_can_be(
    picture: Callable[..., bytes], stated: tuple[int, int], believed: int | None
) -> None:
    assert read_raster(picture(dpi=stated)).dpi == (believed and pytest.approx(believed, rel=1e-3))


def test_tiles_put_together_are_the_picture() -> None:
    rng = np.random.default_rng(2)
    array = rng.integers(0, 255, (700, 1100), dtype=np.uint8)
    sheet = read_raster(saved(Image.fromarray(array)))
    whole = Image.new("L", (1536, 1024))
    for (z, x, y), tile in sheet.tiles.items():
        if z == 2:
            whole.paste(Image.open(BytesIO(tile)), (x * 512, y * 512))
    assert np.array_equal(np.asarray(whole)[:700, :1100], array)
    assert np.asarray(whole)[700:, :].min() == 255


def test_a_coarser_level_lies_exactly_on_the_finer() -> None:
    image = Image.new("L", (1201, 600), 255)
    image.paste(0, (400, 200, 800, 400))
    sheet = read_raster(saved(image))
    coarse = np.asarray(Image.open(BytesIO(sheet.tiles[0, 0, 0])))  # a quarter of the size
    assert (coarse[50:100, 100:200] == 0).all()
    assert (coarse < 255).sum() == 50 * 100


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_file_cut_short_is_refused_with_what_to_do(picture: Callable[..., bytes], kind: str, part: float) -> None:
    whole = picture(kind=kind, size=(600, 400))
    with pytest.raises(Invalid, match="not saved to its end"):
        read_raster(whole[: int(len(whole) * part)])


def test_a_picture_too_small_to_draw_on_is_refused(picture: Callable[..., bytes]) -> None:
    with pytest.raises(Invalid, match="99 x 200"):
        read_raster(picture(size=(99, 200)))
