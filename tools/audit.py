"""Asks the advisory services of PyPI and npm whether a part of zonemap is known to be vulnerable. ``make audit``.

pip-audit calls it clean when it could look up nothing at all, so what it reports is counted here: only a part that was
looked up is clean. Ends with 0 where all of them are, 1 where one is vulnerable, 2 where some could not be looked up.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.parts import Part, parts  # noqa: E402

AUDITOR = ROOT / ".cache" / "audit" / "bin" / "pip-audit"
CLEAN, VULNERABLE, UNKNOWN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Finding:
    """What one service said: how many parts it knows, which are vulnerable, and why others could not be looked up."""

    service: str
    known: int
    vulnerable: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """How the command ends for it."""
        return VULNERABLE if self.vulnerable else UNKNOWN if self.unknown or not self.known else CLEAN

    def lines(self) -> Iterator[str]:
        """For whoever reads it."""
        yield f"{self.service}: {self.known} parts looked up, {len(self.vulnerable)} known to be vulnerable."
        yield from (f"  VULNERABLE {each}" for each in self.vulnerable)
        if self.unknown:
            yield f"  NOT LOOKED UP: {len(self.unknown)}, so nothing is known of them. The first: {self.unknown[0]}"


def of_python(report: Mapping[str, Any]) -> Finding:
    """What pip-audit reported (``--format json``)."""
    known = [each for each in report["dependencies"] if "skip_reason" not in each]
    vulnerable = [
        f"{each['name']} {each['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'none yet'}"
        for each in known
        for hole in each["vulns"]
    ]
    unknown = [each["skip_reason"] for each in report["dependencies"] if "skip_reason" in each]
    return Finding("Python (pip-audit)", len(known), tuple(vulnerable), tuple(unknown))


def of_npm(report: Mapping[str, Any], listed: int) -> Finding:
    """What npm audit reported (``--json``); ``listed`` is how many parts its lock file names."""
    if "vulnerabilities" not in report:
        return Finding("Editor (npm audit)", 0, unknown=(str(report.get("message") or report),) * listed)
    found = report["vulnerabilities"].values()
    return Finding("Editor (npm audit)", listed, tuple(f"{each['name']}: {each['severity']}" for each in found))


def _ask_python(some: Sequence[Part]) -> Finding:
    """Look up every version that is pinned, for other systems and Pythons too."""
    rounds: list[dict[str, Part]] = []  # one version of a name at a time
    for part in some:
        goal = next((each for each in rounds if part.name not in each), None)
        if goal is None:
            rounds.append(goal := {})
        goal[part.name] = part
    dependencies = []
    for each in rounds:
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
            file.write("".join(f"{part.name}=={part.version}\n" for part in each.values()))
            file.flush()
            options = ("--disable-pip", "--no-deps", "--format", "json", "--progress-spinner", "off")
            done = _run(str(AUDITOR), *options, "--requirement", file.name)
        try:
            dependencies += json.loads(done.stdout)["dependencies"]
        except ValueError:
            why = (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
            dependencies += [{"name": part.name, "skip_reason": why} for part in each.values()]
    return of_python({"dependencies": dependencies})


def _ask_npm(listed: int) -> Finding:
    npm = shutil.which("npm")
    if npm is None:
        return Finding("Editor (npm audit)", 0, unknown=("there is no npm on this computer",) * listed)
    done = _run(npm, "audit", "--json", "--package-lock-only", folder=ROOT / "static" / "src")
    try:
        return of_npm(json.loads(done.stdout), listed)
    except ValueError:
        return of_npm({"message": done.stderr.strip()}, listed)


def _run(*command: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def main() -> int:
    """Ask both; print what they said."""
    some = parts()
    findings = [
        _ask_python([part for part in some if part.kind == "pypi"]),
        _ask_npm(sum(part.kind == "npm" for part in some)),
    ]
    for finding in findings:
        print(*finding.lines(), sep="\n")
    statuses = {finding.status for finding in findings}
    return VULNERABLE if VULNERABLE in statuses else max(statuses)


if __name__ == "__main__":
    sys.exit(main())
