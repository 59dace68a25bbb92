import math

from hypothesis import example, given
from hypothesis import strategies as st

from zonemap.intake.tiles import TILE_PX, deepest, level_size, tile_keys

sides = st.integers(1, 20_000)


@given(sides, sides)
@example(512, 512)
@example(513, 1)
@example(1024, 1024)
@example(1025, 1)
def test_the_formula_of_the_docstring_gives_the_deepest_level(width: int, height: int) -> None:
    assert deepest(width, height) == max(0, math.ceil(math.log2(max(width, height) / 512)))


@given(sides, sides)
def test_level_0_is_one_tile_and_the_deepest_is_full_size(width: int, height: int) -> None:
    assert max(level_size(width, height, 0)) <= TILE_PX
    assert level_size(width, height, deepest(width, height)) == (width, height)


@given(st.integers(1, 4000), st.integers(1, 4000))
def test_each_level_has_just_the_tiles_that_cover_it(width: int, height: int) -> None:
    keys = list(tile_keys(width, height))
    assert len(keys) == len(set(keys))
    for z in range(deepest(width, height) + 1):
        across, down = level_size(width, height, z)
        last = max((x, y) for level, x, y in keys if level == z)
        assert last[0] * TILE_PX < across <= (last[0] + 1) * TILE_PX
        assert last[1] * TILE_PX < down <= (last[1] + 1) * TILE_PX
