"""Lines that stand one above the other are one label: number, name, and what else there is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from zonemap.model.linework import Text
from zonemap.model.plan import Point
from zonemap.tracing.labels_words import Line, Says

_LETTER = 0.8  # widths of letters in heights of capitals, where the width isn't known
_APART = 2.6  # heights of capitals from one line to the next: double spaced
_BESIDE = 1.5  # heights between two parts of one line
_ALIKE = 0.55  # the smaller height over the larger
_PARALLEL = 4.0  # degrees
_OVERLAP = 0.4  # of the shorter line
NAME_MOST = 60  # letters: what is longer is a note
_NAME_LINES_MOST = 5
_ALIGNED = 0.5  # heights between the middles, or the ends, of lines set one under the other


@dataclass(frozen=True, slots=True)
class Stack:
    """One label: its lines from top to bottom."""

    lines: tuple[Line, ...]

    @property
    def number(self) -> str:
        """The number in it, the surest first; "" where there is none."""
        return next((line.words for line in sorted(self._of(Says.NUMBER), key=lambda line: line.weak)), "")

    @property
    def sure(self) -> bool:
        """Whether the number can be nothing else, or stands with a name."""
        return any(not line.weak for line in self._of(Says.NUMBER)) or bool(self.number and self.name)

    @property
    def name(self) -> str:
        """The lines of its name joined; a code such as S-2 under the number is one too."""
        said = [line.words for line in self._of(Says.NAME)]
        codes = [line.words for line in self._of(Says.NUMBER) if line.words != self.number and line.words[0].isalpha()]
        return " ".join(said or codes)

    @property
    def is_note(self) -> bool:
        """Whether it says too much for a label."""
        said = list(self._of(Says.NAME))
        return len(said) > _NAME_LINES_MOST or sum(len(line.words) for line in said) > NAME_MOST

    @property
    def height(self) -> float:
        """Of the tallest line that says something."""
        return max((line.text.height for line in self.lines if line.says is not Says.OTHER), default=0.0)

    @property
    def places(self) -> tuple[Point, ...]:
        """Where it may be said to stand: the middle of its first two lines, then each line."""
        said = [line.text.place for line in self.lines if line.says is not Says.OTHER]
        first = said[:2]
        middle = (sum(x for x, _ in first) / len(first), sum(y for _, y in first) / len(first))
        return (middle, *said)

    def _of(self, says: Says) -> Iterator[Line]:
        return (line for line in self.lines if line.says is says)


def stacks_of(lines: Sequence[Line], rooms: Sequence[int | None], *, y_down: bool | None) -> tuple[Stack, ...]:
    """The labels among the lines, ``rooms`` saying in which room each line stands.

    Where ``y_down`` isn't known it is told by numbers standing above names.
    """
    if not lines:
        return ()
    groups = _groups(lines, rooms)
    down = _is_down(groups) if y_down is None else y_down
    ordered = [_ordered(group, down=down) for group in groups]
    first = _number_first(ordered)
    pieces = (piece for group in ordered for piece in _cut(group, number_first=first))
    stacks = (Stack(tuple(piece)) for piece in pieces if any(line.says is not Says.OTHER for line in piece))
    return tuple(stack for stack in stacks if not stack.is_note)


def _width(text: Text) -> float:
    return text.width or len(text.text) * _LETTER * text.height


def _groups(lines: Sequence[Line], rooms: Sequence[int | None]) -> list[list[Line]]:
    """Lines that belong together, each chained to the next."""
    boxes = [_reach(line.text) for line in lines]
    tree = shapely.STRtree(boxes)
    parent = list(range(len(lines)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for first, second in np.transpose(tree.query(boxes)).tolist():
        parted = rooms[first] != rooms[second]
        if first < second and _together(lines[first].text, lines[second].text, parted=parted):
            parent[root(first)] = root(second)
    groups: dict[int, list[Line]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(root(index), []).append(line)
    return list(groups.values())


def _reach(text: Text) -> shapely.Geometry:
    """The box within which the next line can lie."""
    reach = max(_width(text) / 2, text.height) + _APART * text.height
    x, y = text.place
    return shapely.box(x - reach, y - reach, x + reach, y + reach)


def _together(one: Text, other: Text, *, parted: bool) -> bool:
    """Whether two lines are next to each other in one label; over a wall only where they are set exactly so."""
    if one is other:
        return True
    if abs(math.remainder(one.angle - other.angle, 360)) > _PARALLEL:
        return False
    low, high = sorted((one.height, other.height))
    if high <= 0 or low < _ALIKE * high:
        return False
    along, up = _apart(one, other)
    widths = _width(one), _width(other)
    overlap = sum(widths) / 2 - abs(along)
    if abs(up) < 0.4 * low:
        return not parted and -overlap < _BESIDE * low
    if parted and min(abs(along), abs(abs(along) - abs(widths[0] - widths[1]) / 2)) > _ALIGNED * low:
        return False
    return abs(up) < _APART * high and overlap > _OVERLAP * min(widths)


def _apart(one: Text, other: Text) -> tuple[float, float]:
    """From one line to the other: along the line, and across it."""
    dx, dy = other.place[0] - one.place[0], other.place[1] - one.place[1]
    cos, sin = math.cos(math.radians(one.angle)), math.sin(math.radians(one.angle))
    return dx * cos + dy * sin, dy * cos - dx * sin


def _ordered(group: Sequence[Line], *, down: bool) -> list[Line]:
    """From top to bottom, on one line from left to right."""
    if len(group) == 1:
        return list(group)
    base = group[0].text
    rows = []
    for line in group:
        along, up = _apart(base, line.text)
        rows.append((round((up if down else -up) / (base.height or 1.0) * 2), along, line.says, line))
    return [row[3] for row in sorted(rows, key=lambda row: row[:3])]


def _is_down(groups: Iterable[Sequence[Line]]) -> bool:
    """Whether y grows downwards, told by the labels in which one number stands over or under one name."""
    votes = 0
    for group in groups:
        said = [line for line in group if line.says is not Says.OTHER]
        if len(said) == 2 and {line.says for line in said} == {Says.NUMBER, Says.NAME}:
            number, name = sorted(said, key=lambda line: line.says)
            votes += 1 if _apart(number.text, name.text)[1] > 0 else -1
    return votes > 0


def _number_first(groups: Iterable[Sequence[Line]]) -> bool:
    votes = 0
    for group in groups:
        said = [line.says for line in group if line.says is not Says.OTHER]
        if len(said) > 1 and said.count(Says.NUMBER) == 1:
            votes += 1 if said[0] is Says.NUMBER else -1
    return votes >= 0


def _cut(group: Sequence[Line], *, number_first: bool) -> Iterator[list[Line]]:
    """Labels that stand so close that they look like one: each has its own number."""
    piece: list[Line] = []
    for line in group:
        before = next((other for other in piece if _is_number(other)), None)
        if before is not None and (not number_first or (_is_number(line) and _may_part(piece, before, line))):
            yield piece
            piece = []
        piece.append(line)
    yield piece


def _is_number(line: Line) -> bool:
    return line.says is Says.NUMBER and not line.weak


def _may_part(piece: Sequence[Line], before: Line, line: Line) -> bool:
    """Whether a second number begins a label of its own: 102 under 101 does, S-2 under 233 does not."""
    return any(other.says is Says.NAME for other in piece) or before.words[0].isdigit() == line.words[0].isdigit()
