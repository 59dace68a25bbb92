"""The hours of a week in which somebody takes calls, as a small chart: a row a day, a box an hour."""

from __future__ import annotations

from collections.abc import Sequence

from svgwrite.drawing import Drawing

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LEFT, _TOP, _WIDTH, _HEIGHT, _ROW = 40, 8, 11, 17, 24
_TICKS = {0: "midnight", 6: "6 am", 12: "noon", 18: "6 pm"}


def cover_chart(hours: Sequence[Sequence[bool]], title: str) -> str:
    """``hours``: 7 days from Monday of 24 hours each, true where somebody is there all of it. An SVG with ``title``."""
    wide, high = _LEFT + 24 * (_WIDTH + 1) + 4, _TOP + 7 * _ROW + 20
    drawing = Drawing(viewBox=f"0 0 {wide} {high}", class_="cover", role="img", debug=False)
    drawing.attribs.pop("width", None)
    drawing.attribs.pop("height", None)
    drawing.set_desc(title=title)
    for day, row in enumerate(hours):
        top = _TOP + day * _ROW
        drawing.add(drawing.text(_DAYS[day], (0, top + 13)))
        for hour, covered in enumerate(row):
            place = (_LEFT + hour * (_WIDTH + 1), top)
            drawing.add(drawing.rect(place, (_WIDTH, _HEIGHT), class_="on" if covered else "gap"))
    for hour, words in _TICKS.items():
        at = _LEFT + hour * (_WIDTH + 1) - 1
        drawing.add(drawing.path(d=f"M{at} {_TOP - 4}V{_TOP + 7 * _ROW}", class_="tick"))
        drawing.add(drawing.text(words, (at + 1, high - 4)))
    return str(drawing.tostring())
