"""The front end's build: when it is needed, what is fetched for it, what it leaves behind."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

import hatch_build

ROOT = Path(__file__).resolve().parents[1]
SOURCE, DIST = ROOT / "static" / "src", ROOT / "static" / "dist"
BUNDLE_MOST_KB = 150


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with sources and a bundle that was made from them."""
    source, dist = tmp_path / "static" / "src", tmp_path / "static" / "dist"
    source.mkdir(parents=True)
    dist.mkdir()
    (source / "main.js").write_text("export const one = 1;\n")
    (dist / hatch_build.STAMP).write_text(hatch_build.source_hash(source) + "\n")
    return tmp_path


def test_an_unchanged_tree_is_not_built_again(tree: Path) -> None:
    assert not hatch_build.needs_building(tree)


@pytest.mark.parametrize("name", ["main.js", "new.js", "package-lock.json", ".npmrc"])
def test_any_source_that_changes_or_comes_in_asks_for_a_build(tree: Path, name: str) -> None:
    (tree / "static" / "src" / name).write_text("changed\n")
    assert hatch_build.needs_building(tree)


def test_a_source_that_was_renamed_asks_for_a_build(tree: Path) -> None:
    (tree / "static" / "src" / "main.js").rename(tree / "static" / "src" / "other.js")
    assert hatch_build.needs_building(tree)


def test_a_script_that_both_desks_share_asks_for_a_build_when_it_changes(tree: Path) -> None:
    shared = tree / "static" / "js"
    shared.mkdir()
    (shared / "other.js").write_text("x\n")
    assert not hatch_build.needs_building(tree)

    (shared / "desk-keys.js").write_text("x\n")
    assert hatch_build.needs_building(tree)


def test_without_a_bundle_one_is_built(tree: Path) -> None:
    (tree / "static" / "dist" / hatch_build.STAMP).unlink()
    assert hatch_build.needs_building(tree)


def test_fetched_libraries_do_not_count_as_sources(tree: Path) -> None:
    (tree / "static" / "src" / "node_modules").mkdir()
    (tree / "static" / "src" / "node_modules" / "lib.js").write_text("x")
    assert not hatch_build.needs_building(tree)


def test_the_lock_file_names_a_hash_for_every_library_and_no_address() -> None:
    lock = json.loads((SOURCE / "package-lock.json").read_text())
    packages = {name: about for name, about in lock["packages"].items() if name}
    assert len(packages) > 10
    assert all(about["integrity"].startswith("sha512-") for about in packages.values())
    assert not any("resolved" in about for about in packages.values())


def test_versions_are_exact() -> None:
    about = json.loads((SOURCE / "package.json").read_text())
    named = about["dependencies"] | about["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in named.values()), named


def test_the_bundle_is_small_and_its_libraries_are_named_with_their_licences() -> None:
    if not (DIST / "editor.js").is_file():
        pytest.skip("the editor is not built here; this builds it: python hatch_build.py")
    assert len(gzip.compress((DIST / "editor.js").read_bytes())) <= BUNDLE_MOST_KB * 1000
    licences = (DIST / "licences.txt").read_text()
    assert re.search(r"^ol 10\.\d+\.\d+ \(BSD-2-Clause\)$", licences, re.MULTILINE)
    assert "no licence text" not in licences


def test_the_editors_sources_stay_out_of_the_wheel() -> None:
    shared = hatch_build._shared_files(ROOT)
    assert "zonemap/_share/templates/base.html" in shared.values()
    assert not any("/static/src/" in name or "node_modules" in name for name in shared.values())
