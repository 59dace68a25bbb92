"""Texts on scans: what looks alike is put right by the pattern of the others; reading needs the extra."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
from PIL import Image, ImageDraw

from zonemap.errors import Invalid
from zonemap.intake import ocr
from zonemap.intake.dxf_sheet import _font
from zonemap.intake.ocr_numbers import corrected
from zonemap.intake.ocr_tiles import letter_height, parted, tiles_of, upright_lines
from zonemap.model.linework import Text

installed = pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="zonemap[ocr] is not installed")


def put_right(*words: str) -> list[str]:
    return [text.text for text in corrected([Text(each, (0, 0), 10) for each in words])]


def test_a_sign_that_breaks_the_usual_pattern_becomes_the_one_that_looks_like_it() -> None:
    usual = ["1A01", "1A02", "1D03", "1D05", "1D06", "1D07", "1D08", "1D09"]
    assert put_right(*usual, "1AO4", "TA10", "1O39", "1811", "OFFICE")[8:] == ["1A04", "1A10", "1D39", "1B11", "OFFICE"]


def test_a_number_is_never_made_into_one_that_is_there() -> None:
    assert put_right("101", "102", "103", "104", "105", "1O1")[-1] == "1O1"


def test_a_name_and_a_pattern_of_its_own_stay() -> None:
    assert put_right("101", "102", "103", "104", "105", "B-7", "LOBBY", "10")[5:] == ["B-7", "LOBBY", "10"]


def test_each_point_of_a_picture_belongs_to_one_tile_and_empty_paper_to_none() -> None:
    picture = np.full((1500, 2500), 250, np.uint8)
    picture[100, 100] = picture[1400, 2400] = 0
    tiles = list(tiles_of(picture))
    assert len(tiles) == 2
    assert [tile.owns(100 - tile.left, 100 - tile.top) for tile in tiles] == [True, False]


def test_a_line_of_text_is_cut_at_a_wall() -> None:
    picture = np.full((200, 400), 255, np.uint8)
    picture[:, 200:203] = 0
    box = np.array([[100, 90], [300, 90], [300, 110], [100, 110]], np.float32)
    left, right = parted(np.array([box]), upright_lines(picture, 45))
    assert left[:, 0].tolist() == pytest.approx([100, 200, 200, 100], abs=3)
    assert right[:, 0].tolist() == pytest.approx([203, 300, 300, 203], abs=3)


def test_without_the_extra_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(Invalid, match=r"pip install 'zonemap\[ocr\]'"):
        ocr.read_texts(np.full((100, 100), 255, np.uint8))


@installed
def test_numbers_are_read_from_a_picture_upright_ones_too() -> None:
    image = Image.new("L", (500, 300), 255)
    draw = ImageDraw.Draw(image)
    font = _font(24, "")
    draw.text((60, 60), "1A01", fill=0, font=font)
    draw.text((60, 100), "EXAM ROOM", fill=0, font=font)
    turned = Image.new("L", (120, 40), 255)
    ImageDraw.Draw(turned).text((10, 4), "B-104", fill=0, font=font)
    image.paste(turned.rotate(90, expand=True), (350, 90))
    grey = np.asarray(image)
    assert 12 <= letter_height(np.tile(grey, (4, 4))) <= 20
    found = {text.text: text for text in ocr.read_texts(grey)}
    assert set(found) == {"1A01", "EXAM ROOM", "B-104"}
    assert found["1A01"].place == pytest.approx((90, 78), abs=8)
    assert found["1A01"].height == pytest.approx(17, abs=6)
    assert found["B-104"].angle == pytest.approx(270, abs=3)
