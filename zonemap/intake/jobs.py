"""What the child does, job by job. Only for the child: here the parsers and OpenCV are imported."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import MappingProxyType
from typing import Any

from zonemap.errors import Invalid
from zonemap.intake.frames import Header, packed
from zonemap.intake.kinds import Kind, kind_of
from zonemap.intake.model_guard import packed_floors, packed_list
from zonemap.intake.sheet import Floors, Read
from zonemap.intake.sheet_frames import packed_lines, packed_result
from zonemap.intake.traced_frames import options_from, packed_rooms, packed_traced
from zonemap.model.draft_document import rooms_from

Job = Callable[[Header, bytes], bytes]
_LINE_READERS = {
    Kind.PDF: "zonemap.intake.pdf_lines",
    Kind.SVG: "zonemap.intake.svg_lines",
    Kind.DXF: "zonemap.intake.dxf",
}
_ONLY_A_LIST = (
    "This is a list of rooms, and it does not say where they are. Upload the floor plan first; "
    "then add the list to the floor, which gives its rooms their names."
)


def _read(header: Header, data: bytes) -> bytes:
    return packed_result(sheet_or_pages(data, header["page"]))


def sheet_or_pages(data: bytes, page: int | None) -> Read:
    """What an upload holds. Raises Invalid or TooLarge."""
    kind = kind_of(data)
    if kind is Kind.PDF:
        from zonemap.intake.pdf import read_pdf

        return read_pdf(data, page)
    if kind is Kind.SVG:
        from zonemap.intake.svg import read_svg

        return read_svg(data)
    if kind is Kind.DXF:
        from zonemap.intake.dxf import read_dxf

        return read_dxf(data)
    if kind.is_model:
        from zonemap.intake.model_sheet import exact_floors, model_floors
        from zonemap.intake.models import read_model
        from zonemap.intake.models.own import read_own

        own = read_own(data, kind)
        return Floors(model_floors(read_model(data, kind))) if own is None else exact_floors(*own)
    if kind.is_list:
        raise Invalid(_ONLY_A_LIST)
    from zonemap.intake.raster import read_raster

    return read_raster(data)


def _lines(header: Header, data: bytes) -> bytes:
    """The line work of a PDF, SVG or DXF whose picture is known already."""
    from zonemap.intake.linework_pack import line_source

    width_px, height_px = header["size"]
    reader = import_module(_LINE_READERS[kind_of(data)])
    return packed_lines(line_source(reader.read_linework(data, header["page"]), width_px, height_px))


def _trace(header: Header, data: bytes) -> bytes:
    from zonemap.intake import tracing_jobs

    return packed_traced(tracing_jobs.trace(data, options_from(header["options"]), texts=header["texts"]))


def _faces(header: Header, data: bytes) -> bytes:
    from zonemap.intake import tracing_jobs

    return packed_traced(tracing_jobs.faces(data, options_from(header["options"]), texts=header["texts"]))


def _candidates(header: Header, data: bytes) -> bytes:
    from zonemap.intake import tracing_jobs

    x, y = header["point"]
    return packed_rooms(tracing_jobs.candidates(data, (x, y), options_from(header["options"])))


def _label(header: Header, data: bytes) -> bytes:
    from zonemap.intake import tracing_jobs

    rooms: Any = rooms_from(header["rooms"])
    return packed_traced(tracing_jobs.label(data, rooms, options_from(header["options"])))


def _scale(header: Header, data: bytes) -> bytes:
    from zonemap.intake import tracing_jobs

    return packed({"metres": tracing_jobs.picture_scale(data, header["paper"])})


def _model(_: Header, data: bytes) -> bytes:
    from zonemap.intake.models import read_model

    return packed_floors(read_model(data, kind_of(data)))


def _photo(header: Header, data: bytes) -> bytes:
    from zonemap.intake.raster import read_photo

    return packed({}, [read_photo(data, header["side"])])


def _list(_: Header, data: bytes) -> bytes:
    from zonemap.intake.room_list import read

    return packed_list(read(data))


def _paper(_: Header, data: bytes) -> bytes:
    from zonemap.intake.paper_reading import read_paper

    return read_paper(data)


JOBS: MappingProxyType[str, Job] = MappingProxyType(
    {
        "read": _read,
        "lines": _lines,
        "trace": _trace,
        "faces": _faces,
        "candidates": _candidates,
        "label": _label,
        "scale": _scale,
        "model": _model,
        "list": _list,
        "photo": _photo,
        "paper": _paper,
    }
)
