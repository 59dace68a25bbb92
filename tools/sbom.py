"""Writes what zonemap is made of: docs/sbom.json for machines (CycloneDX 1.6), docs/licences.md for people.

Both follow from the lock files and the installed metadata alone, so they are the same wherever they are made.
``make sbom`` calls it after a change of the lock files; a test fails while they differ.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.parts import NPM_LOCK, RUN, Part, parts, purposes, told  # noqa: E402
from zonemap import __version__  # noqa: E402

SBOM, LICENCES = ROOT / "docs" / "sbom.json", ROOT / "docs" / "licences.md"
_ITSELF = f"pkg:pypi/zonemap@{__version__}"
_HEAD = (
    "# What zonemap is made of, and the licences\n\n"
    "Made by `make sbom` from the lock files and the metadata of what is installed; not written by hand. "
    "The same for machines, with every version and what needs what: [sbom.json](sbom.json) (CycloneDX 1.6).\n\n"
    "All of it is fetched when zonemap is installed, and checked by its hash. Nothing of it lies in this repository. "
    "The editor's libraries are built into `static/dist`, with their licences in `licences.txt`, and so into the "
    "wheel.\n\n"
)
_INSIDE = (
    "## Inside the wheels\n\n"
    "Wheels of PyPI bring libraries of their own, which no lock file names and no audit sees. Those that ask for more "
    "than their notice, or that somebody who keeps watch should know of:\n\n"
    "| part | brings | what follows |\n|---|---|---|\n"
)
_SECTIONS = (
    ("To run zonemap", lambda part: part.kind == "pypi" and part.lock == RUN),
    ("In the browser", lambda part: part.kind == "npm" and part.scope == "required"),
    ("Only where somebody adds them", lambda part: part.scope == "optional"),
    ("To build and to test, never part of an installation", lambda part: part.scope == "excluded"),
)


def sbom(some: Sequence[Part]) -> str:
    """The bill of materials. Without a time, so that the same parts give the same file."""
    refs = {part.purl: sorted(_needs(part, some)) for part in some}
    direct = sorted(part.purl for part in some if "zonemap" in part.needed_by)
    content: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "lifecycles": [{"phase": "pre-build"}],
            "component": {
                "type": "application",
                "bom-ref": _ITSELF,
                "name": "zonemap",
                "version": __version__,
                "purl": _ITSELF,
            },
        },
        "components": [_component(part) for part in some],
        "dependencies": [
            {"ref": _ITSELF, "dependsOn": direct},
            *({"ref": ref, **({"dependsOn": on} if on else {})} for ref, on in refs.items()),
        ],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))
    return json.dumps({**content, "serialNumber": f"urn:uuid:{serial}"}, indent=1) + "\n"


def _component(part: Part) -> dict[str, Any]:
    hashes = {"hashes": [{"alg": "SHA-512", "content": part.digest}]} if part.digest else {}
    return {
        "type": "library",
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "scope": part.scope,
        **hashes,
        "licenses": [{"expression": part.licence}],
        "purl": part.purl,
        "properties": [{"name": "zonemap:lock", "value": part.lock}],
    }


def _needs(part: Part, some: Sequence[Part]) -> Iterator[str]:
    return (other.purl for other in some if other.kind == part.kind and part.name in other.needed_by)


def page(some: Sequence[Part]) -> str:
    """The page of licences."""
    reasons, inside = told()["reasons"], told()["inside"]
    text = _HEAD
    for title, belongs in _SECTIONS:
        rows = _rows([part for part in some if belongs(part)])
        text += f"## {title}\n\n| name | version | licence | used for |\n|---|---|---|---|\n{''.join(rows)}\n"
    shipped = {part.name for part in some if part.scope != "excluded"}
    text += "## Why these may come along\n\n"
    text += "".join(f"- {name}: {reason}.\n" for name, reason in sorted(reasons.items()) if name in shipped)
    text += "\n" + _INSIDE
    return text + "".join(f"| {name} | {what.replace('; ', ' | ', 1)} |\n" for name, what in sorted(inside.items()))


def _rows(some: Sequence[Part]) -> Iterator[str]:
    """A row for each name; what is the same thing for another system each shares one."""
    versions: dict[str, list[Part]] = {}
    for part in some:
        versions.setdefault(re.sub(r"^@esbuild/.*", "@esbuild/*", part.name), []).append(part)
    for name, each in sorted(versions.items()):
        numbers = ", ".join(sorted({part.version for part in each}))
        licences = ", ".join(sorted({part.licence for part in each}))
        yield f"| {name} | {numbers} | {licences} | {_use(name, each, set(versions))} |\n"


def _use(name: str, versions: Sequence[Part], here: set[str]) -> str:
    if any(part.named for part in versions):
        if name not in purposes():
            raise LookupError(f"Write beside {name} in pyproject.toml, or into tools/licences.toml, what it is for.")
        return purposes()[name]
    needed_by = {other for part in versions for other in part.needed_by}
    return "for " + ", ".join(sorted(needed_by & here or needed_by))


def main() -> None:
    """Write both."""
    some = parts()
    SBOM.write_text(sbom(some), encoding="utf-8")
    LICENCES.write_text(page(some), encoding="utf-8")
    print(f"{len(some)} parts, of {NPM_LOCK} and the lock files of Python: {SBOM.name}, {LICENCES.name} in docs.")


if __name__ == "__main__":
    main()
