"""Rooms for whoever needs neither doors nor shared walls: the command line."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from zonemap.intake import guard
from zonemap.model.draft import TraceOptions
from zonemap.work import trace


def png() -> bytes:
    """Two rooms, 2.5 cm a pixel."""
    image = Image.new("L", (520, 320), 255)
    draw = ImageDraw.Draw(image)
    for box in ((60, 60, 437, 65), (60, 226, 437, 231), (60, 60, 65, 231), (432, 60, 437, 231)):
        draw.rectangle(box, 0)
    draw.rectangle((226, 60, 231, 100), 0)
    draw.rectangle((226, 136, 231, 231), 0)
    data = BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def test_faces_are_those_of_a_whole_tracing_without_doors_and_shared_walls() -> None:
    whole = guard.trace(png(), TraceOptions(0.025), texts=False)

    faces = guard.faces(png(), TraceOptions(0.025), texts=False)

    assert (len(whole.rooms), len(whole.doors)) == (2, 1)
    assert faces.faces == whole.faces
    assert (faces.rooms, faces.doors, faces.texts) == ((), (), ())


def test_the_command_leaves_letters_unread_where_nobody_wants_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plan.png").write_bytes(png())
    asked: list[str] = []
    monkeypatch.setattr(trace, "find_spec", asked.append)

    said = trace.trace_file(tmp_path / "plan.png", tmp_path / "out.geojson", scale=0.025, labels=False)

    assert said == ["2 rooms."]
    assert asked == []
