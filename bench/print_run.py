"""Long print runs: pages a second, memory, and how soon the first page is there; and the growth from 200 signs on.

``python -m bench.print_run 5000`` measures one run in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from zonemap.drawing.marks import shut_door
from zonemap.model.sign import SignKind
from zonemap.printing.imposition import Sheet
from zonemap.printing.paper import paper_named
from zonemap.printing.print_run import WORKERS_MOST, PrintSheet, print_run
from zonemap.printing.sheets import sign_sheets
from zonemap.work.sign_specimens import specimen

RUNS = (200, 1_000, 5_000)
LANGUAGES = ("en", "es", "zh-Hans", "ar")
PICTURES = {"shut-door": shut_door()}


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took. ``peak_mb`` is that of this process and the most of each worker together."""

    signs: int
    pages: int
    seconds: float
    first_s: float
    peak_mb: float
    file_mb: float


def scores() -> Iterator[str]:
    """A line for each length."""
    for signs in RUNS:
        # Linux hands a process's peak of memory on to what it starts; a shell between has a small one.
        apart = ["sh", "-c", '"$0" -m bench.print_run "$1"; exit $?', sys.executable, str(signs)]
        made = subprocess.run(apart, capture_output=True, check=True)
        run = Run(**json.loads(made.stdout))
        yield (
            f"print run, {run.signs:,} signs in {len(LANGUAGES)} languages: {run.pages / run.seconds:.0f} pages/s "
            f"({run.pages:,} pages), first page after {run.first_s:.2f} s, {run.peak_mb:.0f} MB at most, "
            f"a file of {run.file_mb:.1f} MB"
        )


def sheets(signs: int) -> Iterator[Sheet]:
    """So many signs, each with its own foot: as many sheets as their languages take."""
    floor = specimen(SignKind.PRIVATE, LANGUAGES)
    first = sign_sheets(floor, floor.signs[0], paper_named("letter"))
    for number in range(signs):
        name = f"Door {number}: {number * 7919 % 10007:05} Room"
        for sheet in first:
            yield sheet | {"title": name, "foot": [[name, sheet["foot"][0][1]], sheet["foot"][1]]}


def measured(signs: int) -> Run:
    """One run, its bytes thrown away."""
    begin = time.perf_counter()
    given: list[int] = []
    first_s, size = 0.0, 0
    for piece in print_run("Signs", "Specimen Clinic", _counted(signs, given)):
        first_s = first_s or time.perf_counter() - begin
        size += len(piece)
    seconds = time.perf_counter() - begin
    own, workers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    peak_mb = (own + WORKERS_MOST * workers) / 1024
    return Run(signs, len(given), seconds, first_s, peak_mb, size / 1e6)


def _counted(signs: int, given: list[int]) -> Iterator[PrintSheet]:
    for sheet in sheets(signs):
        given.append(1)
        yield sheet, PICTURES


if __name__ == "__main__":
    print(json.dumps(asdict(measured(int(sys.argv[1])))))
