"""``python -m hostile fuzz``: fuzz every parser; ``run``: give hostile files to the real door. See ``--help``."""

from __future__ import annotations

import argparse
from pathlib import Path

from hostile import fuzz, run

parser = argparse.ArgumentParser(
    prog="python -m hostile", description="Files that mean harm, and what is done with them."
)
commands = parser.add_subparsers(dest="command", required=True)
fuzzing = commands.add_parser("fuzz", help="fuzz every parser, or those that are named")
fuzzing.add_argument("names", nargs="*", metavar="TARGET")
fuzzing.add_argument("--seconds", type=int, default=60, help="of the processor, for each target")
fuzzing.add_argument("--jobs", type=int, default=1, help="targets at the same time")
fuzzing.add_argument("--rounds", type=int, default=1, help="how often, one target after the other")
fuzzing.add_argument("--added", action="store_true", help="only add up the runs so far")
fuzzing.add_argument("--work", type=Path, default=fuzz.WORK, help="where corpus, logs and findings are kept")
running = commands.add_parser("run", help="give every hostile file to the real door")
running.add_argument("--share", type=int, default=1, help="only every so many-th")
running.add_argument("--jobs", type=int, default=2, help="at the same time; the door lets two in")
given = parser.parse_args()
if given.command == "run":
    for line in run.run(given.share, given.jobs):
        print(line, flush=True)
    raise SystemExit
for _ in range(0 if given.added else given.rounds):
    for line in fuzz.fuzz(given.names, given.seconds, given.jobs, given.work):
        print(line, flush=True)
for line in fuzz.added_up(given.work):
    print(line)
