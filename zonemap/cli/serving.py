"""Commands that keep zonemap going: serve, jobs, doctor, purge, version."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from zonemap.cli.opened import LEFT, Commands, opened_store

WORKERS_MOST = 32
_BEHIND_PAGES = 10  # niceness: whoever waits for a page comes first


def add(commands: Commands) -> None:
    """Say what can be typed."""
    _add_serve(commands)
    _add_jobs(commands)
    _add_doctor(commands)
    _add_purge(commands)
    _add_version(commands)


def _add_serve(commands: Commands) -> None:
    serve = commands.add_parser("serve", help="start the pages, until Ctrl-C")
    serve.add_argument("--host", help="the address to listen on (default: ZONEMAP_HOST, else 127.0.0.1)")
    serve.add_argument("--port", type=_port, help="the port to listen on (default: ZONEMAP_PORT, else 8000)")
    serve.add_argument("--workers", type=_workers, help="how many processes answer (default: ZONEMAP_WORKERS, else 1)")
    serve.add_argument("--sample", action="store_true", help="bring in the sample clinic if there is no facility yet")
    serve.set_defaults(run=_serve)


def _add_jobs(commands: Commands) -> None:
    jobs = commands.add_parser("jobs", help="make the packs that were asked for, beside the pages; until Ctrl-C")
    jobs.add_argument("--until-idle", action="store_true", help="end when nothing is left")
    jobs.add_argument("--with-input", action="store_true", help="end when the input does: with whoever started this")
    jobs.set_defaults(run=_jobs)


def _add_doctor(commands: Commands) -> None:
    doctor = commands.add_parser("doctor", help="prove the records, and name each problem of the data with its fix")
    doctor.add_argument("facility", nargs="?", metavar="FACILITY", help="its id or name (default: every facility)")
    doctor.add_argument("--head", metavar="NUMBER:CODE", help="the head that is printed on a memo: shows a cut end too")
    doctor.set_defaults(run=_doctor)


def _add_purge(commands: Commands) -> None:
    purge = commands.add_parser("purge", help="take away records of visits whose time is over; none under a legal hold")
    purge.add_argument("facility", nargs="?", metavar="FACILITY", help="its id or name (default: every facility)")
    purge.add_argument("--clock-is-right", action="store_true", help="also where nothing was written for two months")
    purge.set_defaults(run=_purge)


def _add_version(commands: Commands) -> None:
    commands.add_parser("version", help="tell which version this is").set_defaults(run=_version)


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"a port is a whole number from 1 to 65535, not {text!r}")
    return int(text)


def _workers(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= WORKERS_MOST:
        raise argparse.ArgumentTypeError(f"it is a whole number from 1 to {WORKERS_MOST}, not {text!r}")
    return int(text)


def _serve(arguments: argparse.Namespace) -> None:
    from dataclasses import replace

    from zonemap.settings import settings_from
    from zonemap.storage.one_server import only_server
    from zonemap.storage.workroom import clear_leftovers
    from zonemap.web.serve import serve

    clear_leftovers(settings_from())
    typed = {name: value for name in ("host", "port", "workers") if (value := getattr(arguments, name)) is not None}
    with only_server(settings_from()), opened_store() as store:
        if arguments.sample:
            from zonemap.work.sample import load_sample

            load_sample(store, settings_from().floorplans, now=datetime.now(UTC))
        serve(replace(settings_from(), **typed), store, lambda line: print(line, flush=True))


def _jobs(arguments: argparse.Namespace) -> None:
    import os
    import secrets
    import signal
    import threading

    from zonemap.work.jobs import work_off

    if hasattr(os, "nice"):
        os.nice(_BEHIND_PAGES)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if arguments.with_input:
        threading.Thread(target=_end_with_input, daemon=True).start()
    with opened_store() as store:
        work_off(
            store,
            clock=lambda: datetime.now(UTC),
            new_id=lambda: secrets.token_hex(16),
            over=threading.Event(),
            until_idle=arguments.until_idle,
        )


def _end_with_input() -> None:
    """Whoever started this has gone: what is being made is taken by another, and made from the beginning."""
    import os

    os.read(0, 1)
    os._exit(0)


def _doctor(arguments: argparse.Namespace) -> int:
    from zonemap.errors import Busy
    from zonemap.settings import settings_from
    from zonemap.work.doctor import file_problems, problems
    from zonemap.work.encryption import encryption_lines
    from zonemap.work.record import doctor_lines

    settings = settings_from()
    try:
        with opened_store() as store:
            lines, whole = doctor_lines(store, arguments.facility, arguments.head)
            found = list(problems(store, settings, datetime.now(UTC)))
    except Busy as error:  # the database cannot be read: what lies beside it can
        lines, whole, found = [error.message], False, list(file_problems(settings))
    print(*lines, *encryption_lines(settings), *(problem.line for problem in found), sep="\n")
    return 0 if whole and not found else LEFT


def _purge(arguments: argparse.Namespace) -> None:
    from zonemap.work.visit_purge import purge_lines

    with opened_store() as store:
        given = {"now": datetime.now(UTC), "clock_is_right": arguments.clock_is_right}
        lines = purge_lines(store, arguments.facility, **given)
    print(*lines, sep="\n")


def _version(_: argparse.Namespace) -> None:
    from zonemap import __version__

    print(f"zonemap {__version__}")
