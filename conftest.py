"""How the tests are run: the longest first, so that two workers end together; and in CI no journey is skipped."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

LONGEST = ("tests/journeys/", "tests/test_readme.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first; the rest keeps its order."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


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
