"""The rules as one function over the whole observation space, and the claims that hold everywhere in it.

Each ordered test and each step of the access is run on visits whose observations are read one by one, so what a way
does not read is proven irrelevant there. They are put together as ``deciding_test`` and ``access_for`` put them.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from zonemap.model.assessment import Access, AccessZone, PaperClass
from zonemap.model.paper import Observations
from zonemap.rules.access import REFINEMENTS, STEPS, rows
from zonemap.rules.classify import TESTS, OrderedTest
from zonemap.rules.desk_words import must_nots
from zonemap.rules.proof_diagram import Diagrams, Node
from zonemap.rules.proof_space import OBSERVED, SPACE, pack_at, stale_at, visit_at

_Table = tuple[Access, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What one point of the space gets: the place of the test, the class, and the access for each zone."""

    place: str
    paper_class: PaperClass
    access: _Table

    def of(self, zone: AccessZone) -> Access:
        """The access for a zone."""
        return self.access[list(AccessZone).index(zone)]

    def __str__(self) -> str:
        return f"{self.place}/{self.paper_class}/{'/'.join(self.access)}"


class Rules:
    """The rules as diagrams."""

    def __init__(self) -> None:
        self.diagrams = Diagrams(SPACE)
        self.tests = tuple(self._test(test) for test in TESTS)

    def _test(self, test: OrderedTest) -> Node:
        return self.diagrams.of(lambda point: bool(test.matches(visit_at(point))))

    @cached_property
    def decided(self) -> Node:
        """The whole function: a point to what it gets."""
        tables = {each: self._access(each) for each in PaperClass}
        whole = self.diagrams.leaf(None)
        for test, matches in reversed(tuple(zip(TESTS, self.tests, strict=True))):
            whole = self.diagrams.either(matches, self._placed(test, tables[test.paper_class]), whole)
        return whole

    def _placed(self, test: OrderedTest, table: Node) -> Node:
        return self.diagrams.joined((table,), lambda said: Decided(test.place, test.paper_class, *said))

    def _access(self, found: PaperClass) -> Node:
        """The table of a class, one step after the other; each step on each table that can come before it."""
        now = self.diagrams.leaf(tuple(rows()[found].access[zone] for zone in AccessZone))
        for number in range(len(STEPS)):
            before = self.diagrams.results(now)
            after = {table: self.diagrams.of(_step(number, found, table)) for table in before}
            for table, then in after.items():
                chosen = self.diagrams.joined((now,), lambda said, table=table: said == (table,))  # type: ignore[misc]
                after[table] = self.diagrams.joined((chosen, then), lambda said: said[1] if said[0] else None)
            now = self.diagrams.joined(tuple(after.values()), lambda said: next(each for each in said if each))
        return now

    def at(self, point: Mapping[str, Any]) -> Any:
        """What one point gets."""
        node = self.decided
        while node.children:
            name = self.diagrams.names[node.at]
            node = node.children[self.diagrams.domains[name].index(point[name])]
        return node.result

    @property
    def fingerprint(self) -> str:
        """One number for the function with its rows and must-nots: a change of any rule changes it."""
        shown = [
            [each.value, row.outcome, row.script, row.confidence, sorted(row.contested), *row.call]
            for each, row in sorted(rows().items())
        ]
        lines = [*self.diagrams.written(self.decided), json.dumps(shown), *(each.text for each in must_nots())]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def irrelevant(self) -> tuple[str, ...]:
        """What a clerk can answer and nothing ever asks for."""
        asked = {self.diagrams.names[at] for at in self.diagrams.asked(self.decided)}
        return tuple(name for name in OBSERVED if name not in asked)

    def by_class(self) -> Mapping[PaperClass, int]:
        """How many points each class has."""
        return self._tally(lambda each: each.paper_class)

    def by_place(self) -> Mapping[str, int]:
        """How many points each place of the ordered tests decides."""
        return self._tally(lambda each: each.place)

    def _tally(self, part: Callable[[Decided], Any]) -> Mapping[Any, int]:
        found: Counter[Any] = Counter()
        for each, number in self.diagrams.counts(self.decided).items():
            found[part(each) if isinstance(each, Decided) else None] += number
        return found

    def overlapping_tests(self) -> Iterator[str]:
        """Tests of one place that could both match, and refinements that could ask for two things at once."""
        for one, other in combinations(range(len(TESTS)), 2):
            if TESTS[one].place == TESTS[other].place and self._meet(self.tests[one], self.tests[other]):
                yield f"two tests at place {TESTS[one].place} can both match"
        for first, second in combinations(REFINEMENTS, 2):
            shared = {
                zone for zone in first.change if first.change[zone] is not second.change.get(zone, first.change[zone])
            }
            if shared and first.classes & second.classes and self._meet(*map(self._when, (first.when, second.when))):
                yield f"two refinements of {min(first.classes)} can ask for two things at once"

    def _when(self, when: Callable[[Observations], bool]) -> Node:
        return self.diagrams.of(lambda point: bool(when(visit_at(point))))

    def _meet(self, one: Node, other: Node) -> bool:
        return True in self.diagrams.results(self.diagrams.joined((one, other), all))


def _step(number: int, found: PaperClass, table: _Table) -> Callable[[Mapping[str, Any]], Hashable]:
    before = dict(zip(AccessZone, table, strict=True))

    def after(point: Mapping[str, Any]) -> Hashable:
        changed = STEPS[number](before, found, visit_at(point), pack_at(point), stale_at(point))
        return tuple({**before, **changed}[zone] for zone in AccessZone)

    return after
