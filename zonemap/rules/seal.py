"""One number for all that a lawyer reads of the rules of a place. Any change of them gives another one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from zonemap.rules.access import rows
from zonemap.rules.desk_words import words
from zonemap.rules.pack import FEDERAL, Pack, packs

_OF_THE_FACILITY = ("stands_in_for", "part2", "own_must_not", "reviewed_by")


def seal(pack: Pack) -> str:
    """SHA-256 of the pack, of federal law beneath it, of the access table and of the desk's words."""
    read = (_plain(pack), _plain(packs()[FEDERAL]), _plain(rows()), _plain(words()))
    return hashlib.sha256(repr(read).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """The same as nested tuples of texts, in an order that depends on nothing but the value."""
    if is_dataclass(value):
        return tuple((f.name, _plain(getattr(value, f.name))) for f in fields(value) if f.name not in _OF_THE_FACILITY)
    if isinstance(value, Mapping):
        return tuple(sorted((str(key), _plain(each)) for key, each in value.items()))
    if isinstance(value, frozenset):
        return tuple(sorted(map(str, value)))
    return tuple(map(_plain, value)) if isinstance(value, list | tuple) else str(value)
