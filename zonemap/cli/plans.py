"""Commands for plans and whole facilities: import, trace, check, export."""

from __future__ import annotations

import argparse
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

from zonemap.cli.opened import LEFT, Commands, opened_store
from zonemap.errors import Invalid


def add(commands: Commands) -> None:
    """Say what can be typed."""
    _add_import(commands)
    _add_trace(commands)
    _add_check(commands)
    _add_export(commands)


def _add_import(commands: Commands) -> None:
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


def _add_trace(commands: Commands) -> None:
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
    trace.add_argument(
        "--no-labels", action="store_true", help="leave numbers and names on a scan unread: reading takes the longest"
    )
    trace.set_defaults(run=_trace)


def _add_check(commands: Commands) -> None:
    check = commands.add_parser("check", help="what the plans of a facility still lack: JSON lines; ends with 1 if any")
    check.add_argument("facility", metavar="FACILITY", help="its id, or its name if no other is called the same")
    check.set_defaults(run=_check)


def _add_export(commands: Commands) -> None:
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


def _place(text: str) -> tuple[float, float]:
    """Longitude and latitude, as GeoJSON has them; typed the other way round, as people do."""
    try:
        latitude, longitude = map(float, text.split(","))
    except ValueError:
        longitude = latitude = 999.0
    if not (abs(longitude) <= 180 and abs(latitude) < 89):
        raise argparse.ArgumentTypeError(f"a place is its latitude and longitude, such as 41.88,-87.63, not {text!r}")
    return longitude, latitude


def _import(arguments: argparse.Namespace) -> None:
    from zonemap.work.imports import import_facility, import_file

    if arguments.out is None:
        if arguments.rooms is not None:
            raise Invalid("A list of rooms goes with --out. Or add the list in the editor, floor by floor.")
        with opened_store() as store:
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
    said = trace_file(
        arguments.file,
        arguments.out,
        page=arguments.page,
        scale=arguments.scale,
        layers=layers,
        labels=not arguments.no_labels,
    )
    print(*said, sep="\n", file=sys.stderr)
    print(arguments.out)


def _check(arguments: argparse.Namespace) -> int:
    import json

    from zonemap.work.checks import check_lines

    with opened_store() as store:
        found = check_lines(store, arguments.facility)
    print(*(json.dumps(line, ensure_ascii=False) for line in found), sep="\n", end="\n" if found else "")
    return LEFT if found else 0


def _export(arguments: argparse.Namespace) -> None:
    from zonemap.work.export import export_facility

    with opened_store() as store:
        export_facility(store, arguments.facility, arguments.out, arguments.format, arguments.at)
    print(arguments.out)
