"""Boxes that nothing else may cover, kept by the cells of a grid: a large floor has thousands of plates and labels."""

from __future__ import annotations

from collections.abc import Iterable

Box = tuple[float, float, float, float]  # left, top, right, bottom, in the drawing's units
_CELL = 10.0


class Boxes:
    """A growing set of boxes that can be asked whether one more would touch any."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        """One more box that is taken."""
        first, top, last, bottom = _cells(box)
        for column in range(first, last + 1):
            for row in range(top, bottom + 1):
                self._cells.setdefault((column, row), []).append(box)

    def extend(self, boxes: Iterable[Box]) -> None:
        """More boxes that are taken."""
        for box in boxes:
            self.add(box)

    def meets(self, box: Box) -> bool:
        """Whether the box touches one that is taken."""
        left, top, right, bottom = box
        first, high, last, low = _cells(box)
        for column in range(first, last + 1):
            for row in range(high, low + 1):
                for other in self._cells.get((column, row), ()):
                    if left < other[2] and other[0] < right and top < other[3] and other[1] < bottom:
                        return True
        return False


def _cells(box: Box) -> tuple[int, int, int, int]:
    """The columns and rows that a box lies in: first column, first row, last column, last row."""
    return int(box[0] // _CELL), int(box[1] // _CELL), int(box[2] // _CELL), int(box[3] // _CELL)
