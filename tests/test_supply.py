"""What zonemap is built from: few direct dependencies, each of them named, and nothing imported that is not."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

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
