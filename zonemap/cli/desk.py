"""Commands for the desk and its rules: assess, export-desk, rules."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from zonemap.cli.opened import LEFT, Commands, lines_of, opened_store


def add(commands: Commands) -> None:
    """Say what can be typed."""
    _add_assess(commands)
    _add_export_desk(commands)
    _add_rules(commands)


def _add_assess(commands: Commands) -> None:
    assess = commands.add_parser("assess", help="what papers permit: JSON lines in, JSON lines out, in order")
    assess.add_argument("file", nargs="?", metavar="FILE", help="where the lines stand (default: standard input)")
    assess.set_defaults(run=_assess)


def _add_export_desk(commands: Commands) -> None:
    desk = commands.add_parser("export-desk", help="write the desk as files for a USB stick or any web server")
    desk.add_argument("facility", metavar="FACILITY", help="its id, or its name if no other is called the same")
    desk.add_argument("--out", required=True, type=Path, metavar="DIR", help="the folder; open its index.html")
    desk.set_defaults(run=_export_desk)


def _add_rules(commands: Commands) -> None:
    rules = commands.add_parser(
        "rules", help="prove what holds of the rules of the desk; ends with 1 if something breaks"
    )
    rules.add_argument("deed", choices=("verify",), help="verify: prove every claim over every observation and pack")
    rules.add_argument("--write", type=Path, metavar="FILE", help="write the proof as a page, and the new fingerprint")
    rules.set_defaults(run=_rules)


def _assess(arguments: argparse.Namespace) -> None:
    import json

    from zonemap.work.assess import assess_lines

    for answer in assess_lines(lines_of(arguments.file), today=datetime.now(UTC).date()):
        print(json.dumps(answer, ensure_ascii=False))


def _export_desk(arguments: argparse.Namespace) -> None:
    from zonemap.settings import settings_from
    from zonemap.web.desk_kept import write_desk

    with opened_store() as store:
        made = write_desk(store, settings_from(), arguments.facility, arguments.out, now=datetime.now(UTC))
    print(*made, sep="\n")


def _rules(arguments: argparse.Namespace) -> int:
    from time import perf_counter

    from zonemap.work.rules_proof import prove

    lines, held = prove(arguments.write, perf_counter)
    print(*lines, sep="\n")
    return 0 if held else LEFT
