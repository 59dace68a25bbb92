import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.frames import packed_error
from zonemap.intake.sheet import Pages, Sheet
from zonemap.intake.sheet_frames import packed_result, result_from
from zonemap.intake.tiles import TILE_PX, tile_keys
from zonemap.model.upload import Page


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"rest"


def sheet(width: int = 600, height: int = 300) -> Sheet:
    tiles = {key: png(TILE_PX, TILE_PX) for key in tile_keys(width, height)}
    return Sheet(png(width, height), tiles, width, height, 200.0)


def test_a_sheet_comes_back_as_it_was() -> None:
    assert result_from(packed_result(sheet())) == sheet()


def test_pages_come_back_as_they_were() -> None:
    pages = Pages((Page(1, 297.0, 420.0, png(100, 200)), Page(2, 210.0, 297.0, None)))
    assert result_from(packed_result(pages)) == pages


def test_a_refusal_is_raised_again() -> None:
    with pytest.raises(TooLarge, match="too many"):
        result_from(packed_error(TooLarge("There are too many.")))
    with pytest.raises(Invalid, match="broken"):
        result_from(packed_error(Invalid("It is broken.")))


@pytest.mark.parametrize(
    "wrong",
    [
        Sheet(png(601, 300), sheet().tiles, 600, 300),
        Sheet(b"<svg onload='x'/>", sheet().tiles, 600, 300),
        Sheet(png(600, 300), dict.fromkeys(sheet().tiles, b"<script>"), 600, 300),
        Sheet(png(600, 300), dict.fromkeys(sheet().tiles, png(1, 1)), 600, 300),
        Pages((Page(1, 1.0, 1.0, b"<script>"),)),
    ],
)
def test_what_is_no_picture_of_the_stated_size_is_not_believed(wrong: Sheet | Pages) -> None:
    with pytest.raises(ValueError, match=r"size|PNG"):
        result_from(packed_result(wrong))


@given(st.data())
def test_a_spoilt_answer_is_a_value_error_and_nothing_else(data: st.DataObject) -> None:
    good = packed_result(sheet())
    cut = data.draw(st.integers(0, len(good)))
    middle = data.draw(st.binary(max_size=8))
    spoilt = good[:cut] + middle + good[cut + len(middle) :]
    with contextlib.suppress(ValueError):
        assert isinstance(result_from(spoilt), Sheet)


@given(st.binary(max_size=200))
def test_noise_is_a_value_error(noise: bytes) -> None:
    with pytest.raises(ValueError):
        result_from(b"ZMSHEET2" + noise)
