"""What is fuzzed: one target for each parser that reads what came from outside. The list, and what a target is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from hostile import mutators
from hostile.mutators import Mutator

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Target:
    """A parser, called as zonemap calls it but in this process; what it may raise besides zonemap's own errors.

    ``library`` are the packages in pure Python whose branches guide the search besides zonemap's own.
    """

    name: str
    what: str
    call: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]
    mutator: Mutator
    allowed: tuple[type[BaseException], ...] = ()
    library: tuple[str, ...] = ()
    cpu_seconds: float = 10.0
    memory: int = 2048 * MEBIBYTE
    length_most: int = 64_000
    words: tuple[bytes, ...] = field(default=())  # that libFuzzer puts in


@cache
def targets() -> Mapping[str, Target]:
    """All targets by name."""
    from hostile import targets_files, targets_values

    listed = [*targets_files.targets(), *targets_values.targets()]
    return {each.name: each for each in listed}


def plain(data: bytes, most: int, chance: object) -> bytes:  # noqa: ARG001 - as all mutators
    """No structure is known: libFuzzer changes bytes as it likes."""
    return data


NUMBERS, JSON, PNG, ZIP, PLAIN = mutators.numbers, mutators.as_json, mutators.png, mutators.archive, plain
