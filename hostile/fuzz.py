"""All targets one after the other, each in its own process, and a table of what came of it.

    make fuzz                             a minute of the processor each
    make fuzz SECONDS_EACH=600            more
    make fuzz ONLY="pdf dxf"              some of them

What is found lies in ``.cache/fuzz-work/findings/TARGET``: the smallest file (``.bin``) and what it led to (``.txt``).
The corpus is kept beside it, so that the next run goes on where this one ended.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from hostile.targets import targets

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / ".cache" / "fuzz-work"
_STARTS_MOST = 40
_COLUMNS = ("runs", "cpu s", "edges", "read", "refused", "memory", "crashes", "found")
_LOCK = Lock()
_COVERED = re.compile(r"cov: (\d+)")
_WIDTHS = (14, 11, 9, 7, 9, 9, 8, 9, 7)


@dataclass
class Row:
    """What came of one target. ``deaths`` are crashes of a library, which in the child become a sentence."""

    name: str
    counts: Counter[str]
    cpu: float = 0.0
    edges: int = 0
    deaths: int = 0
    findings: int = 0

    @property
    def runs(self) -> int:
        """How often the target was called."""
        return sum(self.counts[each] for each in ("read", "refused", "out of memory")) + self.counts["findings"]


def fuzz(names: Sequence[str], seconds: int, jobs: int = 1, work: Path = WORK) -> Iterator[str]:
    """Fuzz these targets, or all; the table, line by line. Raises SystemExit for a name that is none."""
    known = targets()
    for name in names:
        if name not in known:
            raise SystemExit(f"There is no target {name}. They are: {', '.join(known)}.")
    yield f"{seconds} s of the processor for each target; findings in {work.name}/findings."
    yield _line("target", *_COLUMNS)
    rows = []
    with ThreadPoolExecutor(jobs) as pool:
        for row in pool.map(lambda name: fuzzed(name, seconds, work), names or list(known)):
            rows.append(row)
            yield _figures(row)
    yield _figures(_total(rows))


def _total(rows: Sequence[Row]) -> Row:
    total = Row("all", sum((row.counts for row in rows), Counter()), sum(row.cpu for row in rows))
    total.deaths, total.findings = sum(row.deaths for row in rows), sum(row.findings for row in rows)
    return total


def fuzzed(name: str, seconds: int, work: Path) -> Row:
    """Fuzz one target; a process that a library took down with it is started again."""
    log, found = work / "logs" / f"{name}.txt", work / "findings" / name
    log.parent.mkdir(parents=True, exist_ok=True)
    found.mkdir(parents=True, exist_ok=True)
    for old in [*found.glob("counts-*.json"), *found.glob("crash-*"), *found.glob("timeout-*")]:
        old.unlink()
    row = Row(name, Counter())
    with log.open("wb") as said:
        for _ in range(_STARTS_MOST):
            left = seconds - row.cpu
            if left < 1:
                break
            spent, code = _run([sys.executable, "-m", "hostile.fuzz_one", name, str(int(left) or 1), str(work)], said)
            row.cpu += spent
            if code == 0:
                break
            known = row.deaths
            row.deaths = len([each for each in found.iterdir() if each.name.startswith(("crash-", "timeout-", "oom-"))])
            if row.deaths == known and code > 0:
                raise SystemExit(f"The target {name} does not run: see {log}.")
    row.edges = max(map(int, _COVERED.findall(log.read_text(errors="replace"))), default=0)
    for each in found.glob("counts-*.json"):
        row.counts.update(json.loads(each.read_text()))
    row.findings = len(list(found.glob("*.txt")))
    _remember(row, work)
    return row


def _remember(row: Row, work: Path) -> None:
    """Put a row beside those of earlier runs."""
    with _LOCK, (work / "runs.jsonl").open("a") as file:
        file.write(json.dumps({**vars(row), "counts": dict(row.counts), "day": f"{datetime.now(UTC):%Y-%m-%d}"}) + "\n")


def added_up(work: Path = WORK) -> Iterator[str]:
    """All runs together, target by target."""
    rows: dict[str, Row] = {}
    for line in (work / "runs.jsonl").read_text().splitlines():
        said = json.loads(line)
        row = rows.setdefault(said["name"], Row(said["name"], Counter()))
        row.counts.update(said["counts"])
        row.cpu, row.deaths = row.cpu + said["cpu"], row.deaths + said["deaths"]
        row.edges, row.findings = max(row.edges, said["edges"]), said["findings"]
    yield _line("target", *_COLUMNS)
    yield from map(_figures, rows.values())
    yield _figures(_total(list(rows.values())))


def _run(command: list[str], said: object) -> tuple[float, int]:
    """Seconds of the processor that a command took, and how it ended."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, cwd=ROOT)  # type: ignore[call-overload]
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, process.returncode


def _figures(row: Row) -> str:
    counts = row.counts
    numbers = (row.runs, round(row.cpu), row.edges or "", counts["read"], counts["refused"], counts["out of memory"])
    return _line(row.name, *map(str, numbers), str(row.deaths), str(row.findings))


def _line(*cells: str) -> str:
    first, *rest = cells
    width, *widths = _WIDTHS
    return first.ljust(width) + "".join(cell.rjust(each) for cell, each in zip(rest, widths, strict=False))
