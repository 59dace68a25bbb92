"""Commands that start in a blink: forked from a process that has imported everything already.

The same code in a process of its own, with its own folder, environment, input, output and exit status; only the second
that Python needs for its imports is spared. ``test_cli.py`` types some commands for real beside them.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.serving import PRELOADED

_PATIENCE_S = 60


def run_forked(
    arguments: Sequence[str], *, given: str, folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """What ``zonemap ARGUMENTS`` prints and ends with, in that folder and environment."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*PRELOADED])
    with TemporaryDirectory() as name:
        pipes = Path(name)
        (pipes / "in").write_text(given, encoding="utf-8")
        process = context.Process(target=_run, args=(list(arguments), pipes, folder, dict(environment)))
        process.start()
        process.join(_PATIENCE_S)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(list(arguments), _PATIENCE_S)
        said, complained = ((pipes / each).read_text(encoding="utf-8") for each in ("out", "err"))
        return subprocess.CompletedProcess(list(arguments), process.exitcode, said, complained)


def _run(arguments: list[str], pipes: Path, folder: Path, environment: dict[str, str]) -> None:
    from zonemap.cli import main

    for number, (name, flags) in enumerate((("in", os.O_RDONLY), ("out", os.O_WRONLY), ("err", os.O_WRONLY))):
        file = os.open(pipes / name, flags | (os.O_CREAT if number else 0), 0o600)
        os.dup2(file, number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as the process
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    try:
        status = main(arguments)
    except SystemExit as ended:
        status = int(ended.code or 0)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
