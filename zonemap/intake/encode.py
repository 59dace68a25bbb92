"""A rendered picture becomes our own PNG and its tiles: grey where it is grey, few colours where few will do.

Only for the child. Nothing of the upload survives but its pixels: no metadata, no colour profile, no transparency.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageChops

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.sheet import Sheet, TileKey
from zonemap.intake.tiles import TILE_PX, deepest

PIXELS_MOST = 100_000_000
_SIDE_LEAST = 100
_GREY_MOST = 12  # how far channels may differ (of 255): JPEG gives grey paper a tinge
_COLOURS = 256
_STRIP_PX = 256
_NEARLY_WHITE = 250
_PALETTE_SIDE = 1024


def check_size(width_px: int, height_px: int) -> None:
    """Raise TooLarge or Invalid for a picture that is too large to work with, or too small to be a plan."""
    if width_px * height_px > PIXELS_MOST:
        raise TooLarge(
            f"This picture has {width_px} x {height_px} pixels; the most is {PIXELS_MOST // 1_000_000} million in all. "
            "Save it with 4000 to 8000 pixels on the long side, and upload that."
        )
    if min(width_px, height_px) < _SIDE_LEAST:
        raise Invalid(
            f"This picture has only {width_px} x {height_px} pixels, too few to draw on. "
            "Scan or export the plan with at least 2000 pixels on the long side."
        )


def on_white(image: Image.Image) -> Image.Image:
    """The picture as grey ("L") or colour ("RGB"), with what is transparent shown on white paper.

    Done strip by strip: a plan of 64 million pixels would otherwise lie in memory five times.
    """
    if image.mode in ("L", "RGB") and not image.has_transparency_data:
        return image
    grey = image.mode in ("1", "L", "LA", "La", "I", "F") or image.mode.startswith("I;16")
    paper = Image.new("L" if grey else "RGB", image.size, "white")
    for top in range(0, image.height, _STRIP_PX):
        strip = image.crop((0, top, image.width, min(top + _STRIP_PX, image.height)))
        _lay(paper, strip, top)
    return paper


def _lay(paper: Image.Image, strip: Image.Image, top: int) -> None:
    """Lay a strip of any mode on the paper."""
    if strip.mode.startswith("I;16") or strip.mode in ("I", "F"):
        # Sixteen bits of grey as eight; plain conversion would cut off all but the darkest.
        paper.paste(strip.convert("F").point(lambda value: value * (1 / 257) + 0.5).convert("L"), (0, top))
    elif strip.has_transparency_data:
        clear = strip.convert("LA" if paper.mode == "L" else "RGBA")
        paper.paste(clear.convert(paper.mode), (0, top), clear.getchannel("A"))
    else:
        paper.paste(strip.convert(paper.mode), (0, top))


def sheet_of(image: Image.Image, dpi: float | None) -> Sheet:
    """The sheet of a picture in mode "L" or "RGB"."""
    plain = image.convert("L") if image.mode == "RGB" and _is_grey(image) else image
    palette = _palette(plain) if plain.mode == "RGB" else None
    width, height = plain.size
    return Sheet(_png(plain, palette), dict(_tiles(plain, palette)), width, height, dpi)


def _is_grey(image: Image.Image) -> bool:
    for top in range(0, image.height, _STRIP_PX):
        red, green, blue = image.crop((0, top, image.width, min(top + _STRIP_PX, image.height))).split()
        for difference in (ImageChops.difference(red, green), ImageChops.difference(green, blue)):
            if difference.getextrema()[1] > _GREY_MOST:  # type: ignore[operator]
                return False
    return True


def _palette(image: Image.Image) -> Image.Image:
    """A picture with the 256 colours that serve best: a plan needs no more, and it is a third of the bytes."""
    few = image.getcolors(_COLOURS)
    if few is not None:
        return _palette_of([colour for _, colour in few])  # type: ignore[misc]
    small = image.reduce(max(1, max(image.size) // _PALETTE_SIDE))
    found = small.quantize(_COLOURS, Image.Quantize.MEDIANCUT).getpalette() or []
    # Pillow matches colours in steps of four, so paper stays white only where no near-white competes with it.
    snapped = [255 if value >= _NEARLY_WHITE else value for value in found]
    return _palette_of(list(zip(*[iter(snapped)] * 3, strict=True)))


def _palette_of(colours: list[tuple[int, int, int]]) -> Image.Image:
    palette = Image.new("P", (1, 1))
    palette.putpalette([value for colour in colours for value in colour])
    return palette


def _png(image: Image.Image, palette: Image.Image | None) -> bytes:
    flat = image if palette is None else image.quantize(palette=palette, dither=Image.Dither.NONE)
    out = BytesIO()
    flat.save(out, "PNG", compress_level=4)  # 6 takes twice as long on a photograph, for 2 % less
    return out.getvalue()


def _tiles(image: Image.Image, palette: Image.Image | None) -> Iterator[tuple[TileKey, bytes]]:
    """All tiles, from the finest level to the coarsest: each level is the one before, halved."""
    level = image
    for z in range(deepest(*image.size), -1, -1):
        for y in range(-(-level.height // TILE_PX)):
            for x in range(-(-level.width // TILE_PX)):
                yield (z, x, y), _png(_cut(level, x, y), palette)
        level = level.reduce(2)  # also averages what is left over at an edge


def _cut(level: Image.Image, x: int, y: int) -> Image.Image:
    """One tile, filled up with white beyond the picture's edge."""
    left, top = x * TILE_PX, y * TILE_PX
    piece = level.crop((left, top, min(left + TILE_PX, level.width), min(top + TILE_PX, level.height)))
    if piece.size == (TILE_PX, TILE_PX):
        return piece
    full = Image.new(level.mode, (TILE_PX, TILE_PX), "white")
    full.paste(piece, (0, 0))
    return full
