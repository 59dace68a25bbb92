"""How the tests are run: in memory, the longest first for two workers to end together; in CI no journey is skipped."""

from __future__ import annotations

import gc
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
    "tests/faults/test_write_paths.py",
    "tests/hostile/",
    "tests/intake/test_guard.py",
    "tests/work/test_trace.py",
    "tests/web/test_tracing.py",
    "tests/intake/test_shared_plans.py",
    "tests/storage/test_migrations.py",
    "tests/storage/test_kill.py",
    "tests/faults/",
    "tests/tracing/",
    "tests/work/test_binder.py",
    "tests/web/test_plans.py",
    "tests/web/test_guard.py",
    "tests/work/test_handouts.py",
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


def pytest_configure(config: pytest.Config) -> None:
    """Let each worker of many begin elsewhere to read the tests: what one has compiled, the others find."""
    worker = getattr(config, "workerinput", None)
    if worker and [config.rootpath / each for each in config.args] == [config.rootpath / "tests"]:
        files = sorted(str(path) for path in (config.rootpath / "tests").rglob("test_*.py"))
        first = len(files) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
        config.args = files[first:] + files[:first]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage among what is there to stay: the tests themselves, and all that they import."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first, and the rest by its name; within a file they stay as they are written."""

    def rank(item: pytest.Item) -> tuple[int, str]:
        at = (at for at, path in enumerate(LONGEST) if item.nodeid.startswith(path))
        return next(at, 99), item.nodeid.partition("::")[0]

    items.sort(key=rank)


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
