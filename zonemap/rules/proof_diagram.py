"""Functions over the whole observation space as decision diagrams: exact, shared, and small enough to compare.

A node asks for one variable and has one child for each of its values; a leaf holds a result. Equal nodes are one node,
so two functions are equal exactly where they are the same object.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """A question about the variable at place ``at``, or a leaf (``at`` past every variable) with its ``result``."""

    at: int
    children: tuple[Node, ...] = ()
    result: Any = None


class Diagrams:
    """The nodes over some variables, in a fixed order. ``domains`` maps each variable to its values."""

    def __init__(self, domains: Mapping[str, Sequence[Any]]) -> None:
        self.domains = dict(domains)
        self.names = tuple(domains)
        self._place = {name: at for at, name in enumerate(self.names)}
        self._made: dict[Hashable, Node] = {}

    def leaf(self, result: Hashable) -> Node:
        """The function that always gives ``result``."""
        return self._one(("leaf", result), lambda: Node(len(self.names), (), result))

    def _one(self, key: Hashable, make: Callable[[], Node]) -> Node:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = make()
        return found

    def _node(self, at: int, children: tuple[Node, ...]) -> Node:
        first = children[0]
        if all(child is first for child in children):
            return first  # the variable does not matter here: proven, since all its values lead to the same function
        return self._one((at, *map(id, children)), lambda: Node(at, children))

    def of(self, program: Callable[[Mapping[str, Any]], Hashable]) -> Node:
        """The function that a program computes. It reads variables with [] and in any order; what it does not read on a
        way cannot matter there.
        """
        return self._explore(program, {})

    def _explore(self, program: Callable[[Mapping[str, Any]], Hashable], known: dict[str, Any]) -> Node:
        try:
            return self.leaf(program(_Asking(known)))
        except _Needed as needed:
            name = needed.name
        children = []
        for value in self.domains[name]:
            known[name] = value
            children.append(self._explore(program, known))
        del known[name]
        return self._case(self._place[name], tuple(children), {})

    def _case(self, at: int, branches: tuple[Node, ...], memo: dict[tuple[int, ...], Node]) -> Node:
        """The function that follows the branch of the variable at ``at``, which none of the branches asks for."""
        top = min(branch.at for branch in branches)
        if top > at:
            return self._node(at, branches)
        key = tuple(map(id, branches))
        if key not in memo:
            size = len(self.domains[self.names[top]])
            ways = (tuple(_child(each, top, way) for each in branches) for way in range(size))
            memo[key] = self._node(top, tuple(self._case(at, way, memo) for way in ways))
        return memo[key]

    def either(self, test: Node, then: Node, other: Node) -> Node:
        """``then`` where ``test`` is true, else ``other``."""
        return self.joined((test, then, other), lambda said: said[1] if said[0] else said[2])

    def joined(self, nodes: tuple[Node, ...], rule: Callable[[tuple[Any, ...]], Hashable]) -> Node:
        """The function that gives, everywhere, the rule's result over those of the nodes."""
        return self._joined(nodes, rule, {})

    def _joined(
        self, nodes: tuple[Node, ...], rule: Callable[[tuple[Any, ...]], Hashable], memo: dict[tuple[int, ...], Node]
    ) -> Node:
        key = tuple(map(id, nodes))
        if key in memo:
            return memo[key]
        top = min(node.at for node in nodes)
        if top == len(self.names):
            made = self.leaf(rule(tuple(node.result for node in nodes)))
        else:
            size = len(self.domains[self.names[top]])
            made = self._node(
                top,
                tuple(self._joined(tuple(_child(node, top, way) for node in nodes), rule, memo) for way in range(size)),
            )
        memo[key] = made
        return made

    def where(self, node: Node, name: str, value: Any) -> Node:
        """The function with one variable fixed."""
        return self._where(node, self._place[name], self.domains[name].index(value), {})

    def _where(self, node: Node, at: int, way: int, memo: dict[int, Node]) -> Node:
        if node.at > at:
            return node
        if id(node) not in memo:
            memo[id(node)] = (
                node.children[way]
                if node.at == at
                else self._node(node.at, tuple(self._where(child, at, way, memo) for child in node.children))
            )
        return memo[id(node)]

    def counts(self, node: Node) -> dict[Any, int]:
        """How many points of the space get each result. They add up to ``size``."""
        memo: dict[int, dict[Any, int]] = {}
        return {result: n * self._between(0, node.at) for result, n in self._counts(node, memo).items()}

    def _counts(self, node: Node, memo: dict[int, dict[Any, int]]) -> dict[Any, int]:
        if not node.children:
            return {node.result: 1}
        if id(node) not in memo:
            found: dict[Any, int] = {}
            for child in node.children:
                skipped = self._between(node.at + 1, child.at)
                for result, n in self._counts(child, memo).items():
                    found[result] = found.get(result, 0) + n * skipped
            memo[id(node)] = found
        return memo[id(node)]

    def _between(self, start: int, end: int) -> int:
        size = 1
        for name in self.names[start:end]:
            size *= len(self.domains[name])
        return size

    @property
    def size(self) -> int:
        """How many points the space has."""
        return self._between(0, len(self.names))

    def nodes(self, node: Node) -> int:
        """How many nodes a function has."""
        return len(list(self._below(node, set())))

    def _below(self, node: Node, met: set[int]) -> Iterator[Node]:
        if id(node) not in met:
            met.add(id(node))
            yield node
            for child in node.children:
                yield from self._below(child, met)

    def asked(self, node: Node) -> set[int]:
        """The places of the variables that a function asks for somewhere."""
        return {each.at for each in self._below(node, set()) if each.children}

    def results(self, node: Node) -> set[Any]:
        """Every result that some point of the space gets."""
        return {each.result for each in self._below(node, set()) if not each.children}

    def point(self, node: Node, wanted: Callable[[Any], bool]) -> dict[str, Any] | None:
        """A point of the space whose result is wanted: the variables that lead there. None where there is none."""
        return self._point(node, wanted, {})

    def _point(self, node: Node, wanted: Callable[[Any], bool], barren: dict[int, None]) -> dict[str, Any] | None:
        if not node.children:
            return {} if wanted(node.result) else None
        if id(node) in barren:
            return None
        name = self.names[node.at]
        for value, child in zip(self.domains[name], node.children, strict=True):
            rest = self._point(child, wanted, barren)
            if rest is not None:
                return {name: value, **rest}
        barren[id(node)] = None
        return None

    def written(self, node: Node) -> Iterator[str]:
        """The function in lines that depend on nothing but the function: for its fingerprint."""
        numbers: dict[int, int] = {}
        for each in _children_first(node, set()):
            numbers[id(each)] = len(numbers)
            below = ",".join(str(numbers[id(child)]) for child in each.children)
            yield f"{self.names[each.at]}:{below}" if each.children else f"={each.result}"


def _children_first(node: Node, met: set[int]) -> Iterator[Node]:
    if id(node) not in met:
        met.add(id(node))
        for child in node.children:
            yield from _children_first(child, met)
        yield node


def _child(node: Node, at: int, way: int) -> Node:
    return node.children[way] if node.at == at else node


class _Needed(Exception):  # no error: the program asks for a variable that is not known yet
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class _Asking(Mapping[str, Any]):
    """What is known of a point; asking for more stops the program."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self._known = known

    def __getitem__(self, name: str) -> Any:
        try:
            return self._known[name]
        except KeyError:
            raise _Needed(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)
