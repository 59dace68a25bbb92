"""A part of a long list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")

ON_A_PAGE = 50  # things on a page
FOUND_MOST = 1000  # a search that finds more is not counted to its end


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """What stands on one page of a list, which page that is (from 1), and how many things the whole list has."""

    items: tuple[Item, ...]
    number: int
    whole: int

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def before(self) -> int:
        """How many things stand on earlier pages."""
        return first_of(self.number)

    @property
    def may_find_more(self) -> bool:
        """Whether a search stopped counting."""
        return self.whole >= FOUND_MOST

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.whole // ON_A_PAGE))


def first_of(number: int) -> int:
    """How many things stand before a page."""
    return (max(1, number) - 1) * ON_A_PAGE
