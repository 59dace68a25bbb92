"""How the tests are run: in memory, the longest first for two workers to end together; in CI no journey is skipped."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")  # noqa: S108 - a file system of this computer; pytest makes folders of its owner in it
ENOUGH_BYTES = 6 * 2**30

# From the longest on, as measured; the rest is short.
LONGEST = (
    "tests/test_readme.py",
    "tests/journeys/test_editor_aids.py",
    "tests/journeys/test_editor.py",
    "tests/journeys/",
    "tests/cli/",
    "tests/running/",
    "tests/hostile/",
    "tests/intake/test_guard.py",
    "tests/work/test_trace.py",
    "tests/web/test_tracing.py",
    "tests/intake/test_shared_plans.py",
    "tests/storage/test_migrations.py",
    "tests/storage/test_kill.py",
    "tests/faults/",
    "tests/tracing/",
)


def _use_memory() -> None:
    """Keep what the tests write in memory where there is plenty: thousands of stores wait for no disk there."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK | os.X_OK):
        return
    there = os.statvfs(MEMORY)
    if there.f_bavail * there.f_frsize >= ENOUGH_BYTES and not there.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # it is asked for again


_use_memory()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first; the rest keeps its order."""
    items.sort(key=lambda item: next((at for at, path in enumerate(LONGEST) if item.nodeid.startswith(path)), 99))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a journey into a failure where CI is set: there it has to run."""
    report = yield
    if (
        report.skipped
        and not hasattr(report, "wasxfail")
        and os.environ.get("CI")
        and item.get_closest_marker("journey")
    ):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and in CI the journeys must run: {report.longrepr}"
    return report
