"""The command line: the only reader of argv. Each command imports what it needs itself, so that ``assess`` starts fast.

Names and output stay as they are from one version to the next. A command that cannot do its work says why in one
sentence on stderr, and ends with 2.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from zonemap.errors import Invalid, ZonemapError

if TYPE_CHECKING:
    from zonemap.model.pack import PackChoice
    from zonemap.model.sign import SignOptions
    from zonemap.storage.store import Store

LEFT = 1  # the command did its work, and found something
COULD_NOT = 2
INTERRUPTED = 130


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


# --- what can be typed -------------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zonemap",
        description="Which areas of a clinic are private, the signs that say so, and what a paper at the desk permits.",
        epilog="Settings are ZONEMAP_... variables; the README lists them. Information, not legal advice.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_serve(commands)
    _add_assess(commands)
    _add_print(commands)
    _add_check(commands)
    _add_doctor(commands)
    _add_export(commands)
    _add_export_desk(commands)
    _add_import(commands)
    _add_trace(commands)
    _add_rules(commands)
    commands.add_parser("version", help="tell which version this is").set_defaults(run=_version)
    return parser


_Commands = argparse._SubParsersAction  # the type has no public name


def _add_serve(commands: _Commands[argparse.ArgumentParser]) -> None:
    serve = commands.add_parser("serve", help="start the pages, until Ctrl-C")
    serve.add_argument("--host", help="the address to listen on (default: ZONEMAP_HOST, else 127.0.0.1)")
    serve.add_argument("--port", type=_port, help="the port to listen on (default: ZONEMAP_PORT, else 8000)")
    serve.add_argument("--sample", action="store_true", help="bring in the sample clinic if there is no facility yet")
    serve.set_defaults(run=_serve)


def _add_assess(commands: _Commands[argparse.ArgumentParser]) -> None:
    assess = commands.add_parser("assess", help="what papers permit: JSON lines in, JSON lines out, in order")
    assess.add_argument("file", nargs="?", metavar="FILE", help="where the lines stand (default: standard input)")
    assess.set_defaults(run=_assess)


def _add_print(commands: _Commands[argparse.ArgumentParser]) -> None:
    prints = commands.add_parser("print", help="write the signs, the maps and the schedules of a facility")
    prints.add_argument("facility", metavar="FACILITY", help="its id, or its name if no other is called the same")
    prints.add_argument("--out", required=True, type=Path, metavar="DIR", help="the folder to write to")
    prints.add_argument("--paper", default="letter", help="letter, legal, tabloid, a4, a3, half, badge, tent")
    prints.add_argument("--orientation", default="portrait", help="portrait or landscape (default: portrait)")
    prints.add_argument("--per-sheet", type=int, default=1, metavar="N", help="the same sign 1, 2 or 4 times")
    prints.add_argument("--floor", action="append", default=[], metavar="NAME", help="only it; may be repeated")
    prints.add_argument("--department", action="append", default=[], metavar="NAME", help="only its rooms")
    prints.add_argument("--kind", action="append", default=[], metavar="KIND", help="notice, private, records ...")
    prints.add_argument("--changed-since", type=int, metavar="N", help="only what says otherwise than in revision N")
    prints.add_argument("--needed", action="store_true", help="only what is unprinted, missing or out of date")
    prints.add_argument("--poster", type=int, default=1, metavar="N", help="a poster of N by N sheets, up to 4")
    prints.add_argument("--read-from", type=int, default=10, metavar="FEET", help="how far away readers stand (10)")
    prints.add_argument("--format", default="pdf,svg", help="pdf, svg or png, by comma (default: pdf,svg)")
    prints.add_argument("--dpi", type=int, default=300, help="dots an inch of a PNG (default: 300)")
    prints.add_argument("--lang", default="en", help="the languages, by comma, as in en,es (default: en)")
    prints.add_argument("--unchecked-known", action="store_true", help="you know that nobody checked the texts")
    prints.set_defaults(run=_print)


def _add_check(commands: _Commands[argparse.ArgumentParser]) -> None:
    check = commands.add_parser("check", help="what the plans of a facility still lack: JSON lines; ends with 1 if any")
    check.add_argument("facility", metavar="FACILITY", help="its id, or its name if no other is called the same")
    check.set_defaults(run=_check)


def _add_doctor(commands: _Commands[argparse.ArgumentParser]) -> None:
    doctor = commands.add_parser("doctor", help="prove that the record of designations is whole; ends with 1 if not")
    doctor.add_argument("facility", nargs="?", metavar="FACILITY", help="its id or name (default: every facility)")
    doctor.add_argument("--head", metavar="NUMBER:CODE", help="the head that is printed on a memo: shows a cut end too")
    doctor.set_defaults(run=_doctor)


def _add_export(commands: _Commands[argparse.ArgumentParser]) -> None:
    export = commands.add_parser(
        "export",
        help="write a facility as GeoJSON (in metres) or as an IMDF archive; zonemap import reads both back",
        epilog="What is in the file, and what other programs see of it: docs/floor-format.md.",
    )
    export.add_argument("facility", metavar="FACILITY", help="its id, or its name if no other is called the same")
    export.add_argument("--out", required=True, type=Path, metavar="FILE", help="the file to write")
    export.add_argument("--format", choices=("geojson", "imdf"), default="geojson", help="(default: geojson)")
    export.add_argument("--at", type=_place, metavar="LAT,LON", help="for IMDF: the plans' lower left corner (0,0)")
    export.set_defaults(run=_export)


def _add_export_desk(commands: _Commands[argparse.ArgumentParser]) -> None:
    desk = commands.add_parser("export-desk", help="write the desk as files for a USB stick or any web server")
    desk.add_argument("facility", metavar="FACILITY", help="its id, or its name if no other is called the same")
    desk.add_argument("--out", required=True, type=Path, metavar="DIR", help="the folder; open its index.html")
    desk.set_defaults(run=_export_desk)


def _add_import(commands: _Commands[argparse.ArgumentParser]) -> None:
    imports = commands.add_parser(
        "import",
        help="add an exported facility; or turn a building model (IFC, IMDF, GeoJSON, OpenStreetMap) into GeoJSON",
        description="Without --out: add the facility that zonemap export wrote, with all its floors as drafts. With "
        "--out: read a building model (IFC, IMDF, GeoJSON, OpenStreetMap XML with indoor rooms), and write GeoJSON.",
        epilog="What is written is GeoJSON in metres: a FeatureCollection whose 'floors' are a FeatureCollection each; "
        "into a folder, a file for each floor. Rooms are polygons, doors lines with the ids of the rooms they join.",
    )
    imports.add_argument("file", metavar="FILE", type=Path, help="the model")
    imports.add_argument("--out", type=Path, metavar="FILE", help="the file to write, or a folder")
    imports.add_argument("--rooms", type=Path, metavar="LIST", help="a list of rooms: CSV, .xlsx or COBie")
    imports.set_defaults(run=_import)


def _add_trace(commands: _Commands[argparse.ArgumentParser]) -> None:
    trace = commands.add_parser(
        "trace",
        help="find the rooms on a floor plan (PDF, SVG, DXF, PNG, JPEG): polygons in the file's own units",
        description="Find the rooms on a floor plan and write them as a GeoJSON FeatureCollection of polygons along "
        "the faces of the walls, with the number and name that stand in each.",
        epilog="Coordinates: PDF points with the origin at the bottom left of the page as shown; SVG user units, y "
        "down; DXF drawing units; pixels of a PNG or JPEG, y down. A PDF page that holds nothing but a scanned picture "
        "is given in that picture's pixels, y down. The 'units' of what is written say which. What is found are "
        "proposals: look them over. Letters of scans are read where zonemap[ocr] is installed.",
    )
    trace.add_argument("file", metavar="FILE", type=Path, help="the plan")
    trace.add_argument("--out", required=True, type=Path, metavar="FILE", help="the file to write")
    trace.add_argument("--page", type=int, metavar="N", help="the page of a PDF that has several, from 1")
    trace.add_argument("--scale", type=float, metavar="M_PER_UNIT", help="metres for each unit (default: found out)")
    trace.add_argument(
        "--layers", metavar="NAME,NAME...", default="", help="the layers that hold walls (default: told by their names)"
    )
    trace.set_defaults(run=_trace)


def _add_rules(commands: _Commands[argparse.ArgumentParser]) -> None:
    rules = commands.add_parser(
        "rules", help="prove what holds of the rules of the desk; ends with 1 if something breaks"
    )
    rules.add_argument("deed", choices=("verify",), help="verify: prove every claim over every observation and pack")
    rules.add_argument("--write", type=Path, metavar="FILE", help="write the proof as a page, and the new fingerprint")
    rules.set_defaults(run=_rules)


def _place(text: str) -> tuple[float, float]:
    """Longitude and latitude, as GeoJSON has them; typed the other way round, as people do."""
    try:
        latitude, longitude = map(float, text.split(","))
    except ValueError:
        longitude = latitude = 999.0
    if not (abs(longitude) <= 180 and abs(latitude) < 89):
        raise argparse.ArgumentTypeError(f"a place is its latitude and longitude, such as 41.88,-87.63, not {text!r}")
    return longitude, latitude


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"a port is a whole number from 1 to 65535, not {text!r}")
    return int(text)


# --- the commands ------------------------------------------------------------------------------------------------


def _serve(arguments: argparse.Namespace) -> None:
    from dataclasses import replace

    from zonemap.settings import settings_from
    from zonemap.web.serve import serve

    typed = {name: value for name in ("host", "port") if (value := getattr(arguments, name)) is not None}
    with _store() as store:
        if arguments.sample:
            from zonemap.work.sample import load_sample

            load_sample(store, settings_from().floorplans, now=datetime.now(UTC))
        serve(replace(settings_from(), **typed), store, lambda line: print(line, flush=True))


def _assess(arguments: argparse.Namespace) -> None:
    import json

    from zonemap.work.assess import assess_lines

    for answer in assess_lines(_lines(arguments.file), today=datetime.now(UTC).date()):
        print(json.dumps(answer, ensure_ascii=False))


def _print(arguments: argparse.Namespace) -> None:
    from zonemap.model.sign import SignOptions
    from zonemap.work.signs import print_facility

    options = SignOptions(
        paper=arguments.paper,
        languages=_listed(arguments.lang),
        orientation=arguments.orientation,
        per_sheet=arguments.per_sheet,
        poster=arguments.poster,
        read_from_feet=arguments.read_from,
    )
    if chosen := _chosen(arguments):
        if "png" in _listed(arguments.format):
            raise Invalid("A choice of sheets is written as PDF. For PNG, print the facility without choosing.")
        _print_chosen(arguments, options, chosen)
        return
    with _store() as store:
        written = print_facility(
            store,
            arguments.facility,
            arguments.out,
            options=options,
            unchecked_known=arguments.unchecked_known,
            formats=_listed(arguments.format),
            dpi=arguments.dpi,
            remark=lambda sentence: print(sentence, file=sys.stderr),
        )
    print(*written, sep="\n")


def _chosen(arguments: argparse.Namespace) -> PackChoice | None:
    """Which sheets were asked for; None for all. Raises Invalid for a kind that there is none of."""
    from zonemap.model.pack import PackChoice
    from zonemap.model.sign import SignKind

    unknown = [kind for kind in arguments.kind if kind not in set(SignKind)]
    if unknown:
        raise Invalid(f"There is no kind of sheet called {unknown[0]!r}. Choose from: {', '.join(SignKind)}.")
    floors, departments = tuple(arguments.floor), tuple(arguments.department)
    kinds = tuple(SignKind(kind) for kind in arguments.kind)
    chosen = PackChoice(floors, departments, kinds, arguments.changed_since, needed=arguments.needed)
    return None if chosen == PackChoice() else chosen


def _print_chosen(arguments: argparse.Namespace, options: SignOptions, chosen: PackChoice) -> None:
    from zonemap.work.packs import print_chosen

    with _store() as store:
        written = print_chosen(
            store, arguments.facility, arguments.out, options, chosen, unchecked_known=arguments.unchecked_known
        )
    print(*written, sep="\n")


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())


def _check(arguments: argparse.Namespace) -> int:
    import json

    from zonemap.work.checks import check_lines

    with _store() as store:
        found = check_lines(store, arguments.facility)
    print(*(json.dumps(line, ensure_ascii=False) for line in found), sep="\n", end="\n" if found else "")
    return LEFT if found else 0


def _doctor(arguments: argparse.Namespace) -> int:
    from zonemap.work.record import doctor_lines

    with _store() as store:
        lines, whole = doctor_lines(store, arguments.facility, arguments.head)
    print(*lines, sep="\n")
    return 0 if whole else LEFT


def _export(arguments: argparse.Namespace) -> None:
    from zonemap.work.export import export_facility

    with _store() as store:
        export_facility(store, arguments.facility, arguments.out, arguments.format, arguments.at)
    print(arguments.out)


def _export_desk(arguments: argparse.Namespace) -> None:
    from zonemap.settings import settings_from
    from zonemap.web.desk_kept import write_desk

    with _store() as store:
        made = write_desk(store, settings_from(), arguments.facility, arguments.out, now=datetime.now(UTC))
    print(*made, sep="\n")


def _import(arguments: argparse.Namespace) -> None:
    from zonemap.work.imports import import_facility, import_file

    if arguments.out is None:
        if arguments.rooms is not None:
            raise Invalid("A list of rooms goes with --out. Or add the list in the editor, floor by floor.")
        with _store() as store:
            made = import_facility(store, arguments.file, new_id=lambda: secrets.token_hex(16), now=datetime.now(UTC))
        print(made.id)
        return
    written, remarks = import_file(arguments.file, arguments.out, arguments.rooms)
    for remark in remarks:
        print(remark, file=sys.stderr)
    print(*written, sep="\n")


def _trace(arguments: argparse.Namespace) -> None:
    from zonemap.work.trace import trace_file

    layers = [name.strip() for name in arguments.layers.split(",") if name.strip()]
    said = trace_file(arguments.file, arguments.out, page=arguments.page, scale=arguments.scale, layers=layers)
    print(*said, sep="\n", file=sys.stderr)
    print(arguments.out)


def _rules(arguments: argparse.Namespace) -> int:
    from time import perf_counter

    from zonemap.work.rules_proof import prove

    lines, held = prove(arguments.write, perf_counter)
    print(*lines, sep="\n")
    return 0 if held else LEFT


def _version(_: argparse.Namespace) -> None:
    from zonemap import __version__

    print(f"zonemap {__version__}")


# --- what they work on -------------------------------------------------------------------------------------------


@contextmanager
def _store() -> Iterator[Store]:
    from zonemap.settings import settings_from
    from zonemap.storage.store import Store

    store = Store.open(settings_from())
    try:
        yield store
    finally:
        store.close()


def _lines(file: str | None) -> Iterator[str]:
    """The lines of a file or of standard input, UTF-8. Raises Invalid where they cannot be read."""
    try:
        with open(file or 0, encoding="utf-8", closefd=bool(file)) as lines:
            yield from lines
    except UnicodeDecodeError as error:
        raise Invalid(f"{file or 'The input'} is not UTF-8 text. Save it as UTF-8 and try again.") from error
    except OSError as error:
        raise Invalid(f"{file or 'The input'} cannot be read: {error.strerror}.") from error
