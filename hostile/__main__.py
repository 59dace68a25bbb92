"""``python -m hostile fuzz``: fuzz every parser. See ``--help``."""

from __future__ import annotations

import argparse
from pathlib import Path

from hostile import fuzz

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
given = parser.parse_args()
for _ in range(0 if given.added else given.rounds):
    for line in fuzz.fuzz(given.names, given.seconds, given.jobs, given.work):
        print(line, flush=True)
for line in fuzz.added_up(given.work):
    print(line)
