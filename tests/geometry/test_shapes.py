"""What two shapes share: told by their sides where both are level boxes, cut where one is not."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from zonemap.geometry.shapes import shared

_PLACES = st.integers(0, 40).map(lambda place: place / 4)


@st.composite
def _shapes(draw: st.DrawFn) -> shapely.Polygon:
    """A level box, or a triangle in half of one."""
    x, y, wide, high = draw(_PLACES), draw(_PLACES), draw(_PLACES) + 0.25, draw(_PLACES) + 0.25
    corners = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]
    return shapely.Polygon(corners if draw(st.booleans()) else corners[:3])


@given(st.lists(st.tuples(_shapes(), _shapes()), max_size=8))
def test_what_two_shapes_share_is_what_cutting_one_with_the_other_leaves(pairs):
    found = shared([first for first, _ in pairs], [second for _, second in pairs])

    assert len(found) == len(pairs)
    for (first, second), part in zip(pairs, found, strict=True):
        cut = shapely.intersection(first, second)
        assert part.area == pytest.approx(cut.area)
        assert shapely.symmetric_difference(part, cut).area == pytest.approx(0.0, abs=1e-9)
