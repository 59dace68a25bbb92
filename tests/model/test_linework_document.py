"""Line work survives the way out of the child and into the store; nonsense does not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonemap.errors import Invalid
from zonemap.model.linework import Arc, Block, Linework, Stroke, Text
from zonemap.model.linework_document import linework_document, linework_from

numbers = st.floats(-1e6, 1e6, allow_nan=False)
lengths = st.floats(1e-3, 1e6)
points = st.tuples(numbers, numbers)
names = st.text(max_size=20)
colours = st.none() | st.integers(0, 0xFFFFFF)
boxes = st.tuples(numbers, numbers, numbers, numbers)
strokes = st.builds(
    Stroke, st.lists(points, min_size=1, max_size=5).map(tuple), names, lengths, colours, colours, st.booleans()
)
arcs = st.builds(Arc, points, lengths, numbers, lengths, names)
blocks = st.builds(Block, names, points, numbers, boxes, names)
texts = st.builds(Text, names, points, lengths, lengths, numbers, names)
drawings = st.builds(
    Linework,
    boxes,
    st.lists(strokes, max_size=4).map(tuple),
    st.lists(arcs, max_size=3).map(tuple),
    st.lists(blocks, max_size=3).map(tuple),
    st.lists(texts, max_size=3).map(tuple),
    st.none() | lengths,
    st.none() | st.just((2.0, 0.0, 1.0, 0.0, -2.0, 5.0)),
    st.booleans(),
)


@given(drawings)
def test_line_work_comes_back_as_it_was(drawing: Linework) -> None:
    assert linework_from(json.loads(json.dumps(linework_document(drawing)))) == drawing


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("strokes", [[0, 0, 0, None, 0, [1, 2, 3]]]),
        ("strokes", [[0, 0, 0, None, 0, [1, 2e9]]]),
        ("strokes", [[0, 0, 0, None, 0, [float("nan"), 2]]]),
        ("strokes", [[5, 0, 0, None, 0, [1, 2]]]),
        ("strokes", [[-1, 0, 0, None, 0, [1, 2]]]),
        ("strokes", [[0, 0, 1 << 24, None, 0, [1, 2]]]),
        ("strokes", "many"),
        ("strokes", [[0, 0, 0, None, 0, [0, 0] * 500_002]]),
        ("arcs", [[0, 1, 2, 0, 0, 90]]),
        ("arcs", [[0, 1, 2, 3, 0, 0]]),
        ("texts", [[0, 7, 1, 2, 3, 4, 5]]),
        ("texts", [[0, "long" * 200, 1, 2, 3, 4, 5]]),
        ("layers", [1]),
        ("box", [1, 2, 3]),
        ("metres_per_unit", -1),
        ("to_picture", [0, 0, 0, 0, 0, 0]),
    ],
)
def test_what_is_no_line_work_is_not_believed(key: str, value: Any) -> None:
    good = linework_document(Linework((0, 0, 1, 1), (Stroke(((0, 0), (1, 1)), "A-WALL"),)))
    with pytest.raises(Invalid, match="Upload the plan again"):
        linework_from({**good, key: value})
