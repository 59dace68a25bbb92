"""Every language on paper: no letter without a glyph, letters joined and in order, lines broken between words."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import manimgx_fonts
import manimgx_fonts_cjk
import numpy as np
import pytest
from fontTools.ttLib import TTCollection, TTFont
from PIL import Image, ImageDraw, ImageFont, features
from pypdfium2 import PdfDocument

from bench import text_back
from bench.text_back import back, by_pdfium, printed, written
from zonemap.printing import typst_page
from zonemap.rules.sign_texts import languages, texts

DOCS = Path(__file__).resolve().parents[2] / "docs"
FONTS = Path(str(manimgx_fonts.__file__)).parent
CJK = Path(str(manimgx_fonts_cjk.__file__)).parent / "NotoSansCJK-VF.otf.ttc"
CODES = [each.code for each in languages() if each.code != "en"]
OWN_FONT = {
    "ar": "Arabic", "fa": "Arabic", "ur": "Arabic", "hy": "Armenian", "am": "Ethiopic", "bn": "Bengali",
    "gu": "Gujarati", "hi": "Devanagari", "pa": "Gurmukhi", "km": "Khmer", "my": "Myanmar", "th": "Thai",
}  # fmt: skip
CJK_FACE = {"ja": 0, "ko": 1, "zh-Hans": 2, "zh-Hant": 3}
DIRECTIONS = {each.code: each.direction for each in languages()}

# Where a line may be broken in scripts without spaces, as a reader parts the words.
PARTED = {
    "th": "เฉพาะ|ผู้|ป่วย|และ|บุคลากร|ที่|ได้|รับ|อนุญาต|เท่า|นั้น",
    "km": "សម្រាប់|តែ|បុគ្គលិក|ដែល|មាន|ការ|អនុញ្ញាត",
    "my": "ခွင့်|ပြု|ထား|သော |ဝန်ထမ်း|များ|အတွက်",
}


@cache
def letters_of(font: str) -> frozenset[int]:
    return frozenset(TTFont(FONTS / font).getBestCmap())


@cache
def cjk() -> TTCollection:
    return TTCollection(CJK, lazy=True)


@cache
def cjk_letters(face: int) -> frozenset[int]:
    return frozenset(cjk().fonts[face].getBestCmap())


def held(code: str) -> frozenset[int]:
    own = letters_of(f"NotoSans{OWN_FONT[code]}[wght].ttf") if code in OWN_FONT else frozenset()
    return letters_of("NotoSans[wght].ttf") | own | (cjk_letters(CJK_FACE[code]) if code in CJK_FACE else frozenset())


@pytest.mark.parametrize("code", ["en", *CODES])
def test_the_faces_of_a_language_hold_every_letter_of_its_texts(code):
    used = {ord(char) for text in texts(code).values() for char in text.text} - {0x200C, 0x200D}

    assert {chr(each) for each in used - held(code)} == set()


ROW = re.compile(r"^\| .*\(([\w-]+)\) \| \d+% \| (\d+)% \|", re.MULTILINE)
STATED = dict(ROW.findall((DOCS / "print.md").read_text(encoding="utf-8")))


@pytest.mark.parametrize("code", ["en", *CODES])
def test_as_much_of_the_text_comes_back_from_the_pdf_as_the_documents_say(code):
    text = " ".join(by_pdfium(printed(code, kind)) for kind in text_back.KINDS)
    found = back(" ".join(written(code, kind) for kind in text_back.KINDS), text)

    assert "\ufffd" not in text
    assert found.letters > 0.995
    assert 100 * found.words >= int(STATED[code]) - 1.5


# --- letters joined, and in order ---------------------------------------------------------------------------------

SIZE = 60
SET = """#import "base.typ": *
#let d = json(bytes(sys.inputs.data))
#set page(width: d.width * 1pt, height: d.height * 1pt, margin: (x: 8pt, y: 50pt))
#set par(leading: d.leading * 1em)
#in-language(d, size: d.size * 1pt, block(width: d.column * 1pt, align(start, d.text)))"""


def set_by_typst(
    code: str,
    text: str,
    form: str,
    *,
    width: float = 1600,
    size: float = SIZE,
    column: float = 0,
    leading: float = 0.9,
    height: float = 400,
) -> bytes:
    """A text alone on a page of so many points, in a column of its own width, or of that of the page."""
    data = {"language": code, "direction": DIRECTIONS[code], "text": text, "width": width, "height": height}
    data |= {"size": size, "column": column or width - 16, "leading": leading}
    made = typst_page._compiler().compile(  # the one compiler, and the way every sheet sets a language
        input=SET.encode(), format=form, ppi=72, sys_inputs={"data": json.dumps(data)}
    )
    return made if isinstance(made, bytes) else made[0]


def ink(picture: Image.Image) -> np.ndarray:
    dark = np.asarray(picture.convert("L")) < 128
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    return dark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def shaped(code: str, text: str, engine: ImageFont.Layout) -> np.ndarray:
    font = ImageFont.truetype(FONTS / f"NotoSans{OWN_FONT[code]}[wght].ttf", SIZE, layout_engine=engine)
    font.set_variation_by_axes([400] * len(font.get_variation_axes()))
    picture = Image.new("L", (1700, 400), 255)
    more = {"direction": DIRECTIONS[code]} if engine is ImageFont.Layout.RAQM else {}
    ImageDraw.Draw(picture).text((40, 100), text, font=font, fill=0, **more)
    return ink(picture)


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """How much of the ink of either falls together, at the best place within three pixels."""
    height, width = max(one.shape[0], other.shape[0]) + 6, max(one.shape[1], other.shape[1]) + 6
    still = np.zeros((height, width), bool)
    still[3 : 3 + one.shape[0], 3 : 3 + one.shape[1]] = one
    best = 0.0
    for down in range(7):
        for right in range(7):
            moved = np.zeros((height, width), bool)
            part = other[: height - down, : width - right]
            moved[down : down + part.shape[0], right : right + part.shape[1]] = part
            best = max(best, float((still & moved).sum() / (still | moved).sum()))
    return best


@pytest.mark.skipif(not features.check("raqm"), reason="Pillow finds no fribidi here, so HarfBuzz gives no reference")
@pytest.mark.parametrize("code", ["ar", "fa", "ur", "hi", "bn", "gu", "pa", "km", "my", "th"])
def test_letters_are_joined_and_ordered_as_harfbuzz_does_it(code):
    text = texts(code)["private_area"].text
    ours = ink(Image.open(io.BytesIO(set_by_typst(code, text, "png"))))
    right = likeness(ours, shaped(code, text, ImageFont.Layout.RAQM))
    letter_by_letter = likeness(ours, shaped(code, text, ImageFont.Layout.BASIC))

    assert right > 0.7
    assert right > letter_by_letter + 0.2


@pytest.mark.parametrize("code", ["ar", "fa", "ur"])
def test_what_is_read_from_the_right_begins_at_the_right_and_keeps_a_telephone_number_in_order(code):
    document = PdfDocument(set_by_typst(code, f"{texts(code)['role_counsel'].text} 555-0117", "pdf", size=20))
    try:
        page = document[0].get_textpage()
        places = [(page.get_text_range(at, 1), page.get_charbox(at)[0]) for at in range(page.count_chars())]
    finally:
        document.close()
    figures = sorted((x, char) for char, x in places if char in "0157-")

    assert "".join(char for _, char in figures) == "555-0117"
    assert max(x for x, _ in figures) < min(x for char, x in places if unicodedata.bidirectional(char) == "AL")


# --- lines ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["th", "km", "my", "zh-Hans", "zh-Hant", "ja"])
def test_a_script_without_spaces_is_broken_into_lines_that_stay_in_their_column(code):
    made = set_by_typst(code, texts(code)["notice_consent"].text, "png", width=180, size=16)
    dark = np.asarray(Image.open(io.BytesIO(made)).convert("L")) < 128

    assert len(bands(dark)) >= 3
    assert not dark[:, :6].any()
    assert not dark[:, -6:].any()


def bands(dark: np.ndarray, apart: int = 0) -> list[tuple[int, int]]:
    """The lines of a picture: first and last row of each. Marks nearer than ``apart`` rows belong to their line."""
    found: list[tuple[int, int]] = []
    for row in np.flatnonzero(dark.any(axis=1)).tolist():
        if found and row - found[-1][1] <= apart + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return [(top, bottom + 1) for top, bottom in found]


@cache
def widths(code: str, text: str, *, narrow: bool) -> list[int]:
    """How wide each line is, in a column so narrow that every place to break is taken, or in a wide one."""
    page = {"width": 200, "height": 1500, "column": 1} if narrow else {"width": 900, "height": 200, "column": 880}
    dark = (
        np.asarray(Image.open(io.BytesIO(set_by_typst(code, text, "png", size=30, leading=3, **page))).convert("L"))
        < 128
    )
    spans = [np.flatnonzero(dark[top:bottom].any(axis=0)) for top, bottom in bands(dark, apart=30)]
    return [int(span[-1] - span[0]) for span in spans]


@pytest.mark.parametrize("code", list(PARTED))
def test_a_line_is_broken_between_words_and_not_within_one(code):
    words = PARTED[code].split("|")
    rows = widths(code, "".join(words), narrow=True)
    assert len(rows) > 1

    for row in rows:
        together = [widths(code, "".join(words[:count]).strip(), narrow=False)[0] for count in range(1, len(words) + 1)]
        count = next((at for at, width in enumerate(together, 1) if abs(width - row) <= 2), 0)
        assert count, f"a line is broken within {words[0]}"
        words = words[count:]
    assert words == []
