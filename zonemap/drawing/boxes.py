"""Boxes that nothing else may cover, kept by the cells of a grid: a large floor has thousands of plates and labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Box = tuple[float, float, float, float]  # left, top, right, bottom, in the drawing's units
_CELL = 10.0


class Boxes:
    """A growing set of boxes that can be asked whether one more would touch any."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        """One more box that is taken."""
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def extend(self, boxes: Iterable[Box]) -> None:
        """More boxes that are taken."""
        for box in boxes:
            self.add(box)

    def meets(self, box: Box) -> bool:
        """Whether the box touches one that is taken."""
        left, top, right, bottom = box
        for cell in _cells(box):
            for other in self._cells.get(cell, ()):
                if left < other[2] and other[0] < right and top < other[3] and other[1] < bottom:
                    return True
        return False


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (int(edge // _CELL) for edge in box)
    return ((column, row) for column in range(left, right + 1) for row in range(top, bottom + 1))
