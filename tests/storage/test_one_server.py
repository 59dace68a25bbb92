"""A second server on the same data does not start, and says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.serving import free_port
from tests.journeys.server import Server
from zonemap.errors import Busy
from zonemap.settings import Settings, settings_from
from zonemap.storage.engine import DATABASE_NAME
from zonemap.storage.one_server import only_server
from zonemap.web import wsgi

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data(tmp_path: Path, migrated_sqlite: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    shutil.copy(migrated_sqlite, folder / DATABASE_NAME)
    return folder


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_second_server_on_the_same_data_says_what_to_do_and_after_a_kill_another_starts(
    data: Path, workers: str
) -> None:
    with Server(data, "--workers", workers) as first:
        environment = os.environ | {"ZONEMAP_DATA": str(data), "ZONEMAP_PORT": str(free_port())}
        second = subprocess.run(
            [sys.executable, "-m", "zonemap", "serve"], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        assert second.returncode == 2
        assert second.stdout == ""
        assert "already running on the data" in second.stderr
        assert "docs/running.md" in second.stderr
        assert "Traceback" not in second.stderr
        doctor = subprocess.run(
            [sys.executable, "-m", "zonemap", "doctor"], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        assert doctor.returncode == 0, doctor.stdout

        first.kill()
        first.start()  # nothing is left of the first that would have to be taken away


def test_gunicorn_is_refused_in_the_same_words_and_a_server_that_only_reads_is_not(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZONEMAP_DATA", str(settings.data))
    with only_server(settings):
        with pytest.raises(Busy, match="already running on the data"):
            wsgi.begin()
        with only_server(replace(settings, read_only=True)):
            assert list(settings.data.iterdir()) == []


def test_of_postgresql_many_servers_may_have_one_folder(settings: Settings) -> None:
    served = settings_from({"ZONEMAP_DATA": str(settings.data), "ZONEMAP_DATABASE_URL": "postgresql://x@/x"})
    with only_server(served), only_server(served):
        assert not settings.data.exists()


def test_a_folder_that_cannot_be_made_is_left_to_whoever_opens_the_database(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with only_server(Settings(data=tmp_path / "file" / "data")):
        pass
