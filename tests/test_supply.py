"""What zonemap is built from: few direct dependencies, each of them named, and nothing imported that is not."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tools import audit, sbom
from tools.parts import Part, parts, told

ROOT = Path(__file__).resolve().parents[1]
DIRECT_MOST = 25
OF_FLASK = {"werkzeug", "jinja2", "markupsafe"}  # parts of Flask, which names and pins them


def _project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _name(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0]).lower()


def _imported() -> set[str]:
    """The modules that the package imports and that are neither its own nor Python's."""
    found = set()
    for path in (ROOT / "zonemap").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {each.name.split(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"zonemap"}


def test_few_others_are_needed_to_run_it() -> None:
    assert len(_project()["dependencies"]) <= DIRECT_MOST  # type: ignore[arg-type]


def test_what_is_imported_is_named_and_what_is_named_is_imported() -> None:
    project = _project()
    extras = [name for extra, names in project["optional-dependencies"].items() if extra != "dev" for name in names]  # type: ignore[union-attr]
    needed = {_name(each) for each in project["dependencies"]}  # type: ignore[union-attr]
    optional = {_name(each) for each in extras}
    distributions = packages_distributions()
    used = {_name(distributions[module][0]) for module in _imported() if module in distributions}

    assert used - needed - optional - OF_FLASK == set()
    assert needed - used == set()


# --- what it is made of, for machines and for people -------------------------------------------------------------

PERMISSIVE = re.compile(r"0BSD|Apache-2\.0|BSD-[23]-Clause|CC0-1\.0|ISC|MIT(-0|-CMU)?|OFL-1\.1|PSF-2\.0|ZPL-2\.1|Zlib")
ASKS_FOR_MORE = re.compile(r"MPL-2\.0|LGPL-[23]\.[01]-(only|or-later)")  # with a reason in tools/licences.toml


@pytest.fixture(scope="module")
def made_of() -> list[Part]:
    return parts()


def test_the_bill_of_materials_lists_exactly_what_the_lock_files_list() -> None:
    listed = [
        (each["purl"].split("/")[0], each["name"], each["version"])
        for each in json.loads(sbom.SBOM.read_text())["components"]
    ]
    pinned = {
        ("pkg:pypi", *pin)
        for lock in ROOT.glob("requirements*.lock")
        for pin in re.findall(r"^([a-z][\w.-]*)(?:\[\S+\])?==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    }
    packages = json.loads((ROOT / "static" / "src" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    pinned |= {
        ("pkg:npm", path.rpartition("node_modules/")[2], each["version"]) for path, each in packages.items() if path
    }

    assert len(pinned) > 100
    assert sorted(listed) == sorted(pinned)


def test_the_bill_of_materials_and_the_page_of_licences_are_up_to_date(made_of: list[Part]) -> None:
    current = sbom.SBOM.read_text(encoding="utf-8"), sbom.LICENCES.read_text(encoding="utf-8")

    assert current == (sbom.sbom(made_of), sbom.page(made_of)), "run make sbom"


def test_every_licence_lets_its_part_come_along(made_of: list[Part]) -> None:
    reasons = told()["reasons"]
    shipped = [part for part in made_of if part.scope != "excluded"]

    def comes_along(part: Part, licence: str) -> bool:
        return bool(PERMISSIVE.fullmatch(licence)) or bool(ASKS_FOR_MORE.fullmatch(licence) and part.name in reasons)

    assert len(shipped) > 50
    assert [
        f"{part.name}: {part.licence}"
        for part in shipped
        if not any(
            all(comes_along(part, one) for one in choice.split(" AND ")) for choice in part.licence.split(" OR ")
        )
    ] == []
    assert [name for name in reasons if name not in {part.name for part in shipped}] == []


# --- whether one is known to be vulnerable -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "status", "says"),
    [
        ({"name": "a", "version": "1", "vulns": []}, audit.CLEAN, "1 parts looked up, 0 known"),
        (
            {"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]},
            audit.VULNERABLE,
            "a 1: CVE-1, mended in 2",
        ),
        ({"name": "a", "skip_reason": "not found"}, audit.UNKNOWN, "NOT LOOKED UP: 1, so nothing is known"),
    ],
    ids=["clean", "vulnerable", "not looked up"],
)
def test_an_audit_that_looked_nothing_up_is_not_called_clean(found: dict[str, object], status: int, says: str) -> None:
    finding = audit.of_python({"dependencies": [found]})

    assert finding.status == status
    assert says in "\n".join(finding.lines())


def test_an_npm_audit_that_was_refused_is_not_called_clean() -> None:
    assert audit.of_npm({"message": "405 Method Not Allowed"}, 50).status == audit.UNKNOWN
    assert audit.of_npm({"vulnerabilities": {}}, 50).status == audit.CLEAN
    assert audit.of_npm({"vulnerabilities": {"a": {"name": "a", "severity": "low"}}}, 50).status == audit.VULNERABLE
