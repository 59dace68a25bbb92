"""The command line: the only reader of argv. Each command imports what it needs itself, so that ``assess`` starts fast.

Names and output stay as they are from one version to the next. A command that cannot do its work says why in one
sentence on stderr, and ends with 2. What is typed and what then runs stand together, by subject, beside this file.
"""

from __future__ import annotations

import argparse
import os
import sys
from io import TextIOWrapper

from zonemap.cli import backups, desk, plans, prints, serving
from zonemap.cli.opened import COULD_NOT, INTERRUPTED
from zonemap.errors import ZonemapError


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit status is its result."""
    arguments = _parser().parse_args(argv)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # whatever the locale: programs read this
    try:
        status = arguments.run(arguments)
        sys.stdout.flush()
    except ZonemapError as error:
        print(error.message, file=sys.stderr)
        return COULD_NOT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough. Python flushes stdout once more at exit: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status or 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zonemap",
        description="Which areas of a clinic are private, the signs that say so, and what a paper at the desk permits.",
        epilog="Settings are ZONEMAP_... variables; the README lists them. Information, not legal advice.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for subject in (serving, backups, desk, prints, plans):
        subject.add(commands)
    return parser
