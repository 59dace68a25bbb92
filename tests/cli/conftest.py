"""The command line, run as people and programs run it: another process, its output, its exit status."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.cli.forked import run_forked
from zonemap.model.facility import Designation, Facility
from zonemap.model.plan import Floor
from zonemap.settings import Settings
from zonemap.storage.store import Store

COMMAND = (sys.executable, "-m", "zonemap")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(settings: Settings) -> Mapping[str, str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("ZONEMAP_")}
    return {**others, "ZONEMAP_DATA": str(settings.data)}


@pytest.fixture
def run(environment: Mapping[str, str], tmp_path: Path) -> Run:
    def run_it(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return run_forked(arguments, given=given, folder=tmp_path, environment=environment)

    return run_it


@pytest.fixture
def designated(store: Store, stored_floor: Floor, facility: Facility, now: object) -> Facility:
    with store.begin() as books:
        books.designations.add(Designation("de51" * 8, facility, stored_floor, 1, 1, now, "Ana Ruiz"))  # type: ignore[arg-type]
    return facility
