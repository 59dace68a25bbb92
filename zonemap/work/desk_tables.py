"""Tables of the desk, kept in the data folder: made once for the rules, the pack and whether it is past its date."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from threading import Lock
from typing import Any

from zonemap.rules.pack import Pack
from zonemap.storage.whole_files import write_whole
from zonemap.work.desk_table import desk_table, table_hash
from zonemap.work.kept import once_for_each

FOLDER = "desk-tables"
_PACKS_MOST = 200  # whose names are known
_MAKING = Lock()  # two clerks who come at once wait for one table
_PROVED: dict[Path, int] = {}  # files whose content is that of their hash, by when they were written
_HASHES: dict[Path, str] = {}  # of the tables that this process has met


def table_mark(data: Path, pack: Pack, *, today: date) -> str:
    """The table's hash as people compare it, on screens and on paper: ``3f2a 91bc 04de``. Made now if need be."""
    return spaced(str(kept_table(data, pack, today=today)["hash"]))


def known_mark(data: Path, pack: Pack, *, today: date) -> str:
    """The same, without waiting: empty while the table has not been made, which takes seconds."""
    kept = _kept(data, pack, today)
    if kept not in _HASHES:
        _remember(kept, _read(kept))
    return spaced(_HASHES.get(kept, ""))


def spaced(table_hash: str) -> str:
    """A hash in groups of four, which the eye can compare."""
    return " ".join(table_hash[at : at + 4] for at in range(0, len(table_hash), 4))


def kept_table(data: Path, pack: Pack, *, today: date) -> dict[str, Any]:
    """The table of a pack, from the data folder or made now. A file that cannot be read is made again."""
    kept = _kept(data, pack, today)
    with _MAKING:
        found = _read(kept)
        if found is None:
            found = desk_table(pack, today=today)
            _write(kept, found)
        _remember(kept, found)
    return found


def _kept(data: Path, pack: Pack, today: date) -> Path:
    return data / FOLDER / f"{_name(pack, today)}.json"


def _remember(kept: Path, table: dict[str, Any] | None) -> None:
    if table is not None:
        _HASHES[kept] = str(table["hash"])


def _read(kept: Path) -> dict[str, Any] | None:
    try:
        found, written = json.loads(kept.read_bytes()), kept.stat().st_mtime_ns
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or "hash" not in found:
        return None
    if _PROVED.get(kept) != written:  # once for each file that was written: a clerk does not wait for it
        if table_hash({name: found[name] for name in found if name != "hash"}) != found["hash"]:
            return None
        _PROVED[kept] = written
    return found


def _write(kept: Path, table: dict[str, Any]) -> None:
    """Whole or not at all; a folder that cannot be written costs time and nothing else."""
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        data = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
        write_whole(kept, data, lasting=False)
    except OSError:
        return


def _name(pack: Pack, today: date) -> str:
    return _name_of(pack, today > pack.trusted_until)


@once_for_each(_PACKS_MOST)
def _name_of(pack: Pack, stale: bool) -> str:
    parts = [repr(getattr(pack, name)) if name != "covers" else "" for name in pack.__dataclass_fields__]
    return sha256("\0".join([_rules(), str(stale), *map(_steady, parts)]).encode()).hexdigest()[:24]


def _steady(text: str) -> str:
    """Sets are written in no steady order: their letters are, sorted."""
    return "".join(sorted(text)) if "frozenset" in text else text


@cache
def _rules() -> str:
    """A hash over everything that the table is made from."""
    digest = sha256()
    for package in ("zonemap.rules", "zonemap.model", "zonemap.work"):
        for source in _sources(files(package)):
            digest.update(source.read_bytes())
    return digest.hexdigest()


def _sources(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for each in sorted(folder.iterdir(), key=lambda item: item.name):
        if each.is_dir():
            found += _sources(each)
        elif each.name.endswith((".py", ".toml")):
            found.append(each)
    return found
