"""What zonemap is made of: every part that the lock files name, what it is for, and under which licence it comes.

Read by tools/sbom.py. The lock files say which parts there are; the installed metadata says their licences; the
comments beside the names in pyproject.toml say what each is for.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[1]
NPM_LOCK = "static/src/package-lock.json"
RUN, ALL, BUILDERS = "requirements.lock", "requirements-dev.lock", "requirements-node.lock"
# As CycloneDX has it: part of every installation, of some, or of none (it builds and tests).
Scope = Literal["required", "optional", "excluded"]
_BY_CLASSIFIER = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Zope Public License": "ZPL-2.1",
}
_BY_WORDS = {"Apache 2.0": "Apache-2.0", "3-Clause BSD": "BSD-3-Clause", "BSD 2-Clause": "BSD-2-Clause"}
_SPDX = re.compile(r"\(?[A-Z0-9][\w.+-]*\d[\w.+-]*|MIT|ISC|Zlib")


@dataclass(frozen=True, slots=True)
class Part:
    """One version of one library, as a lock file pins it."""

    kind: Literal["pypi", "npm"]
    name: str
    version: str
    scope: Scope
    lock: str  # the first that names it
    licence: str
    needed_by: tuple[str, ...]  # names of other parts; zonemap itself where we name it
    named: bool  # by us, for what its lock file is for
    digest: str = ""  # SHA-512 in hexadecimal; the locks of Python hold one hash for each file of a part

    @property
    def purl(self) -> str:
        """Its name everywhere (package URL)."""
        return f"pkg:{self.kind}/{self.name.replace('@', '%40')}@{self.version}"


@dataclass(slots=True)
class _Pin:
    name: str
    version: str
    via: list[str] = field(default_factory=list)


def parts() -> list[Part]:
    """Every part of every lock file, once each: those that every installation has, those of some, the others."""
    found: dict[tuple[str, str], Part] = {}
    for lock in locks():
        scope: Scope = "required" if lock == RUN else "excluded" if lock in (ALL, BUILDERS) else "optional"
        for pin in _pins((ROOT / lock).read_text(encoding="utf-8")):
            known = found.get((pin.name, pin.version)) or Part(
                "pypi", pin.name, pin.version, scope, lock, licence_of(pin.name), (), named=False
            )
            named = known.named or ("zonemap" in pin.via and scope == known.scope)
            needed_by = tuple(sorted({*known.needed_by, *pin.via}))
            found[pin.name, pin.version] = replace(known, needed_by=needed_by, named=named)
    return [*sorted(found.values(), key=_order), *sorted(_npm(), key=_order)]


def locks() -> list[str]:
    """The lock files of Python: what every installation has, then the extras, then what builds and tests."""
    extras = sorted({path.name for path in ROOT.glob("requirements-*.lock")} - {ALL, BUILDERS})
    return [RUN, *extras, BUILDERS, ALL]


def _order(part: Part) -> tuple[int, str, str]:
    return ("required", "optional", "excluded").index(part.scope), part.name, part.version


def _pins(lock: str) -> Iterator[_Pin]:
    pin: _Pin | None = None
    for line in lock.splitlines():
        if named := re.match(r"([a-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([^\s;]+)", line):
            if pin is not None:
                yield pin
            pin = _Pin(named[1], named[2])
        elif pin is not None and (via := re.match(r"    #(?: via| {2}) (.+)", line)) and not via[1].startswith("-c "):
            pin.via.append("zonemap" if via[1].startswith("zonemap ") or ".toml" in via[1] else via[1].split("[")[0])
    if pin is not None:
        yield pin


def _npm() -> Iterator[Part]:
    packages = json.loads((ROOT / NPM_LOCK).read_text(encoding="utf-8"))["packages"]
    names = {path: path.rpartition("node_modules/")[2] for path in packages if path}
    for path, name in names.items():
        entry = packages[path]
        needed_by = [names.get(other, "zonemap") for other, each in packages.items() if name in _wanted(each)]
        yield Part(
            kind="npm",
            name=name,
            version=entry["version"],
            scope="excluded" if entry.get("dev") else "required",
            lock=NPM_LOCK,
            licence=entry["license"].strip("()"),
            needed_by=tuple(sorted(needed_by)),
            named="zonemap" in needed_by,
            digest=_hexadecimal(entry["integrity"]),
        )


def _wanted(entry: dict[str, dict[str, str]]) -> set[str]:
    return {
        name for kind in ("dependencies", "devDependencies", "optionalDependencies") for name in entry.get(kind, ())
    }


def _hexadecimal(integrity: str) -> str:
    import base64

    kind, _, digest = integrity.partition("-")
    return base64.b64decode(digest).hex() if kind == "sha512" else ""


# --- what they are for, and their licences ----------------------------------------------------------------------


def purposes() -> dict[str, str]:
    """What each part that we name is for: the comment beside it in pyproject.toml, and for npm in licences.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = re.findall(r'^\s*"([\w.-]+)[^"]*"(?:; [^"]*)?,\s*# (.+)$', text, re.MULTILINE)
    return {canonical(name): purpose for name, purpose in named} | told()["purposes"]


@cache
def told() -> dict[str, dict[str, str]]:
    """What is known of licences beyond the metadata, from licences.toml."""
    return tomllib.loads((ROOT / "tools" / "licences.toml").read_text(encoding="utf-8"))


def licence_of(name: str) -> str:
    """The licence (SPDX) of an installed part. Raises LookupError where neither metadata nor licences.toml tell it."""
    if name in told()["licences"]:
        return told()["licences"][name]
    try:
        about = metadata(name)
    except PackageNotFoundError:
        raise LookupError(f"{name} is not installed: write its licence into tools/licences.toml") from None
    if expression := about.get("License-Expression"):
        return str(expression)
    classifiers = [each.rpartition(" :: ")[2] for each in about.get_all("Classifier") or () if "License ::" in each]
    words = str(about.get("License") or "").removesuffix(" License")
    by_classifier = next((_BY_CLASSIFIER[each] for each in classifiers if each in _BY_CLASSIFIER), "")
    found = by_classifier or _BY_WORDS.get(words) or (words if _SPDX.match(words) and len(words) < 40 else "")
    if not found:
        raise LookupError(f"{name} does not say its licence in its metadata: write it into tools/licences.toml")
    return found


def canonical(name: str) -> str:
    """A name of PyPI as lock files write it."""
    return re.sub(r"[-_.]+", "-", name).lower()
