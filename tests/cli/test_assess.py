"""zonemap assess: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from zonemap.settings import Settings

QUESTION = {"id": "a", "jurisdiction": "US-IL", "observations": {"top_heading": "dhs", "form_number": "I-200"}}
KEYS = ["id", "class", "overlays", "access", "say", "must_not", "call", "citations"]


def test_assess_answers_line_by_line_in_order(run: Run) -> None:
    given = "".join(json.dumps({**QUESTION, "id": str(number)}) + "\n" for number in range(20))

    done = run("assess", given=given)

    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [str(number) for number in range(20)]
    assert all(list(answer) == KEYS for answer in answers)
    assert set(answers[0]["access"]) == {"public", "private", "records", "residential", "outdoor_private"}


def test_assess_reads_a_file_as_well_as_standard_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "papers.jsonl").write_text(json.dumps(QUESTION) + "\n", encoding="utf-8")

    assert run("assess", "papers.jsonl").stdout == run("assess", given=json.dumps(QUESTION)).stdout != ""


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        json.dumps({**QUESTION, "observations": {"top_headline": "dhs"}}),
        json.dumps({**QUESTION, "observations": {"top_heading": "royal_court"}}),
    ],
)
def test_assess_names_the_line_that_it_cannot_read(run: Run, line: str) -> None:
    done = run("assess", given=f"{json.dumps(QUESTION)}\n{line}\n")

    assert done.returncode == 2
    assert re.search(r"\b[Ll]ine 2\b", done.stderr), done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_assess_reports_a_file_that_is_not_there_or_not_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\xff\xfe")

    missing, picture = run("assess", "missing.jsonl"), run("assess", "scan.png")

    assert (missing.returncode, picture.returncode) == (2, 2)
    assert missing.stderr.startswith("missing.jsonl cannot be read")
    assert "UTF-8" in picture.stderr


def test_assess_opens_no_database(run: Run, settings: Settings) -> None:
    run("assess", given=json.dumps(QUESTION))

    assert not settings.data.exists()


def test_a_reader_who_has_had_enough_ends_assess_in_silence(environment: Mapping[str, str]) -> None:
    given = (json.dumps(QUESTION) + "\n") * 500
    done = subprocess.run(  # noqa: S602 - a pipe is the point
        f'"{sys.executable}" -m zonemap assess | head -n 1',
        shell=True,
        input=given,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
