"""What make says where something is missing, before any of zonemap is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(("variables", "status"), [({}, 0), ({"CI": "true"}, 1)])
def test_without_a_browser_the_one_command_is_named_and_ci_stops(
    variables: dict[str, str], status: int, tmp_path: Path
) -> None:
    said = subprocess.run(
        [sys.executable, "tools/browser.py"],
        cwd=ROOT,
        env={"PATH": str(tmp_path), **variables},
        capture_output=True,
        text=True,
    )

    assert said.returncode == status
    assert "sudo apt-get install chromium" in said.stdout


def test_a_python_that_is_too_old_is_told_in_a_sentence(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "import runpy, sys; sys.version_info = (3, 10, 2);'
        ' sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name=\'__main__\')" "$@"\n'
    )
    old.chmod(0o755)

    done = subprocess.run(["make"], cwd=ROOT, env={**os.environ, "PYTHON": str(old)}, capture_output=True, text=True)

    assert done.returncode != 0
    assert done.stderr.startswith("zonemap needs Python 3.11 or newer")
    assert "Traceback" not in done.stderr


def test_without_the_packages_the_start_says_why_and_where_to_read_on(tmp_path: Path) -> None:
    tree = tmp_path / "zone map"
    (tree / "tools").mkdir(parents=True)
    for name in ("tools/prepare.py", "Makefile", "hatch_build.py", "pyproject.toml", "requirements.lock"):
        (tree / name).write_bytes((ROOT / name).read_bytes())
    nowhere = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path), "PIP_EXTRA_INDEX_URL": "", "UV_OFFLINE": "1"}
    environment = {**os.environ, **nowhere, "UV_NO_CACHE": "1", "PIP_CONFIG_FILE": os.devnull}

    done = subprocess.run(["make"], cwd=tree, env=environment, capture_output=True, text=True)

    assert done.returncode != 0
    assert "Is this computer on the internet?" in done.stderr
    assert str(tree / ".cache" / "prepare.log") in done.stderr
    assert "Traceback" not in done.stderr
