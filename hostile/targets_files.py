"""Targets for uploads. The parser is the child's; only the drawing and packing of our own pixels is made small."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from hostile import seeds
from hostile.targets import JSON, NUMBERS, PLAIN, PNG, ZIP, Target
from zonemap.errors import Invalid
from zonemap.intake.kinds import Kind, kind_of


def targets() -> Iterator[Target]:
    """One for each parser of an upload, and for what is made of the lines in it."""
    yield Target("kinds", "what a file is", kind_of, _all_seeds, NUMBERS)
    yield Target("png", "pictures: PNG", _raster, seeds.pngs, PNG)
    yield Target("jpeg", "pictures: JPEG, photos", _photo, seeds.jpegs, PLAIN)
    yield Target("pdf", "PDF as a picture", _pdf, seeds.pdfs, NUMBERS)
    yield Target("pdf-lines", "PDF as lines", _pdf_lines, seeds.pdfs, NUMBERS, cpu_seconds=20)
    yield Target("svg", "SVG as a picture", _svg, seeds.svgs, NUMBERS)
    yield Target("svg-lines", "SVG as lines", _svg_lines, seeds.svgs, NUMBERS, library=("svgelements",), cpu_seconds=20)
    yield Target("dxf", "DXF", _dxf, seeds.dxfs, NUMBERS, library=("ezdxf",), cpu_seconds=20)
    yield Target("ifc", "models: IFC", _model_of(Kind.IFC), seeds.ifcs, NUMBERS, cpu_seconds=60)
    yield Target("imdf", "models: IMDF, and zonemap's own", _model_of(Kind.IMDF), seeds.imdfs, ZIP)
    yield Target("geojson", "models: GeoJSON, and zonemap's own", _model_of(Kind.GEOJSON), seeds.geojsons, JSON)
    yield Target("osm", "models: OpenStreetMap", _model_of(Kind.OSM), seeds.osms, NUMBERS)
    yield Target("csv", "lists of rooms: CSV", _list_of(Kind.CSV), seeds.csvs, NUMBERS)
    yield Target("xlsx", "lists of rooms: Excel, COBie", _list_of(Kind.XLSX), seeds.xlsxs, ZIP)
    yield Target("tracing", "rooms, doors and labels in hostile lines", _tracing, _lineworks, JSON, cpu_seconds=30)


def _all_seeds() -> list[bytes]:
    return [made()[0] for made in seeds.KINDS.values()]


def _raster(data: bytes) -> None:
    from zonemap.intake import raster

    raster._guarded(lambda: raster._opened(data))


def _photo(data: bytes) -> None:
    from zonemap.intake import raster

    raster.read_photo(data, 400)
    _raster(data)


def _pdf(data: bytes) -> None:
    from zonemap.intake import pdf

    pdf._DPI = pdf._DPI_SMALL_PAGE = 36.0  # type: ignore[misc]
    pdf._SCANNED = (30.0, 450.0)  # type: ignore[misc]
    pdf.read_pdf(data, None)


def _pdf_lines(data: bytes) -> None:
    from zonemap.intake import pdf_lines

    _kept(pdf_lines.read_linework(data, 1))


def _svg(data: bytes) -> None:
    from zonemap.intake import svg

    svg._DPI, svg._LONG_SIDE_MOST_PX = 20.0, 400  # type: ignore[misc]
    svg.read_svg(data, long_side_px=200)


def _svg_lines(data: bytes) -> None:
    from zonemap.intake import svg_lines

    _kept(svg_lines.read_linework(data, None))


def _dxf(data: bytes) -> None:
    from zonemap.intake import dxf, dxf_sheet

    dxf_sheet._LONG_SIDE_PX, dxf_sheet._UNKNOWN_PX = (300, 600), 400  # type: ignore[misc]
    linework = dxf.read_linework(data)
    dxf_sheet.picture_of(linework)
    _kept(linework)


def _kept(linework: Any) -> None:
    """The lines as they are kept and read back: what a reader gave must be what the store takes."""
    from zonemap.intake.linework_pack import line_source, unpacked

    unpacked(line_source(linework, 200, 200).packed)


def _model_of(kind: Kind) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        from zonemap.intake import model_sheet
        from zonemap.intake.models import read_model
        from zonemap.intake.models.own import read_own
        from zonemap.intake.sheet import Floors
        from zonemap.intake.sheet_frames import packed_result, result_from
        from zonemap.model.floor_document import floor_document
        from zonemap.work.model_floors import drawn_floors

        model_sheet._SIDE_MOST_PX = model_sheet._SIDE_MOST_PX_OF_MANY = 200  # type: ignore[misc]
        own = read_own(data, kind)
        if own is None:
            found = Floors(model_sheet.model_floors(read_model(data, kind)))
        else:
            found = model_sheet.exact_floors(own[0], [_small(floor) for floor in own[1]])
        back = result_from(packed_result(found))
        assert isinstance(back, Floors)
        ids = count()
        for floor in drawn_floors(back, "0" * 32, lambda: f"{next(ids):032x}"):
            json.dumps(floor_document(floor), allow_nan=False)

    return read


def _small(floor: Any) -> Any:
    """A sheet that says it is large is drawn small here: drawing white takes time and finds nothing."""
    if floor.picture is None or max(floor.picture.width_px, floor.picture.height_px) <= 300:
        return floor
    return replace(floor, picture=replace(floor.picture, width_px=300, height_px=300))


def _list_of(kind: Kind) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        from zonemap.intake.lists.csv_file import read_csv
        from zonemap.intake.lists.workbook import read_workbook
        from zonemap.model.listed_document import listed_document, listed_from

        rows = read_csv(data) if kind is Kind.CSV else read_workbook(data)
        listed_from(json.loads(json.dumps(listed_document(rows), allow_nan=False)))

    return read


def _lineworks() -> list[bytes]:
    from zonemap.intake import dxf, pdf_lines, svg_lines
    from zonemap.model.linework_document import linework_document

    found = [
        svg_lines.read_linework(seeds.svgs()[1], None),
        dxf.read_linework(seeds.dxfs()[2]),
        pdf_lines.read_linework(seeds.pdfs()[0], 1),
        dxf.read_linework(_house()),
    ]
    return [json.dumps(linework_document(each)).encode() for each in found]


def _house() -> bytes:
    """Two rooms of double walls with a door's swing, so that there is something to find."""
    walls = []
    for x0, y0, x1, y1 in ((0, 0, 8000, 5000), (100, 100, 3950, 4900), (4050, 100, 7900, 4900)):
        for ax, ay, bx, by in ((x0, y0, x1, y0), (x1, y0, x1, y1), (x1, y1, x0, y1), (x0, y1, x0, y0)):
            walls.append(f"0 LINE|8 A-WALL|10 {ax}|20 {ay}|11 {bx}|21 {by}")
    door = "0 ARC|8 A-DOOR|10 3950|20 2000|40 900|50 0|51 90"
    text = "0 TEXT|8 A-TEXT|10 1500|20 2500|40 200|1 EXAM 101"
    return seeds.dxf(*walls, door, text, before=seeds.HEADER)


def _tracing(data: bytes) -> None:
    from zonemap.intake import tracing_jobs
    from zonemap.intake.traced_frames import packed_traced, traced_from
    from zonemap.model.draft import TraceOptions

    try:
        json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Invalid("no JSON") from error
    packed = gzip.compress(data, 1, mtime=0)
    options = TraceOptions(0.001)
    traced_from(packed_traced(tracing_jobs.trace(packed, options, texts=True)))
    tracing_jobs.candidates(packed, (2000.0, 2000.0), options)
