"""What a file is, told by its first bytes and never by its name or by what the browser says of it."""

from __future__ import annotations

from enum import StrEnum

from zonemap.errors import Invalid

READABLE = "PDF, PNG, JPEG, SVG, DXF, IFC, IMDF, GeoJSON or OpenStreetMap XML"
_HEAD = 4096
_JSON_HEAD = 65_536  # a file may tell a lot about itself before its first feature


class Kind(StrEnum):
    """The kinds that are read: sheets with a plan on them, models with rooms in them, and lists of rooms."""

    PNG = "png"
    JPEG = "jpeg"
    PDF = "pdf"
    SVG = "svg"
    DXF = "dxf"
    IFC = "ifc"
    IMDF = "imdf"
    GEOJSON = "geojson"
    OSM = "osm"
    XLSX = "xlsx"
    CSV = "csv"

    @property
    def is_model(self) -> bool:
        """Whether a file of this kind holds rooms, floor by floor."""
        return self in (Kind.IFC, Kind.IMDF, Kind.GEOJSON, Kind.OSM)

    @property
    def is_list(self) -> bool:
        """Whether a file of this kind lists rooms without saying where they are."""
        return self in (Kind.XLSX, Kind.CSV)


_AS_PDF = "Open it in the program that made it, save it as PDF, and upload the PDF."
_AS_DRAWING = "Open it in the program that made it, save it as DXF or PDF, and upload that."
_AS_MODEL = "Open it in the program that made it, export it as IFC or PDF, and upload that."
_AS_PICTURE = "Save or export it as PNG or JPEG, and upload that."
_AS_LIST = "Open it in the program that made it, save it as .xlsx or CSV, and upload that."
_UNPACK = f"Unpack it, and upload the floor plan inside: {READABLE}."

# Offset, first bytes, what it is, what to do.
_REFUSED: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"AC10", "a DWG drawing", _AS_DRAWING),
    (0, b"ISO-10303-21", "a STEP model that is no building (IFC)", _AS_MODEL),
    (0, b"%!PS", "a PostScript file", "Save it as PDF, and upload the PDF."),
    (0, b"{\\rtf", "a text document", _AS_PDF),
    (0, b"\x1f\x8b", "a packed file (gzip)", _UNPACK),
    (0, b"Rar!", "a packed file (RAR)", _UNPACK),
    (0, b"7z\xbc\xaf", "a packed file (7z)", _UNPACK),
    (0, b"II*\0", "a TIFF picture", _AS_PICTURE),
    (0, b"MM\0*", "a TIFF picture", _AS_PICTURE),
    (0, b"GIF8", "a GIF picture", _AS_PICTURE),
    (0, b"BM", "a BMP picture", _AS_PICTURE),
    (0, b"8BPS", "a Photoshop picture", _AS_PICTURE),
    (8, b"WEBP", "a WebP picture", _AS_PICTURE),
    (4, b"jP  ", "a JPEG 2000 picture", _AS_PICTURE),
    (4, b"ftyphei", "a HEIC photograph", _AS_PICTURE),
    (4, b"ftypmif", "a HEIC photograph", _AS_PICTURE),
    (4, b"ftypavif", "an AVIF picture", _AS_PICTURE),
)
_IN_MAP = f"Download the building as OpenStreetMap XML (.osm), and upload that. Other kinds that are read: {READABLE}."
_INSIDE_ZIP = (
    (b"word/", "a Word document", _AS_PDF),
    (b"ppt/", "a PowerPoint file", _AS_PDF),
    (b"visio/", "a Visio drawing", _AS_PDF),
    (b"xl/worksheets/binary", "a binary Excel workbook", _AS_LIST),
    (b".ifc", "a packed building model", "Unpack it, and upload the .ifc file inside."),
)
# What lies in the old container of Microsoft's programs, by a name that is written in it in UTF-16.
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0"
_INSIDE_CONTAINER = (
    ("RevitPreview", "a Revit model", _AS_MODEL),
    ("BasicFileInfo", "a Revit model", _AS_MODEL),
    ("WordDocument", "an older Word document", _AS_PDF),
    ("Workbook", "an older Excel workbook", _AS_LIST),
    ("VisioDocument", "an older Visio drawing", _AS_PDF),
)


def kind_of(data: bytes) -> Kind:
    """The kind of the file. Raises Invalid, saying what the file is and what to do, where it is not read."""
    if not data:
        raise Invalid("This file is empty. If it is empty on your computer too, save the plan again, and upload that.")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if _is_svg(head):
        return Kind.SVG
    if _is_dxf(head):
        return Kind.DXF
    found = _model(data) or _list(data)
    if found is not None:
        return found
    what, remedy = _other(data)
    known = f"This is {what}, which zonemap does not read." if what else "zonemap does not read this kind of file."
    raise Invalid(f"{known} {remedy}", what=what)


def _text(head: bytes) -> str:
    """The beginning as text, whatever its encoding: good enough to find a tag in."""
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return head.decode(encoding, "ignore").lstrip()


def _is_svg(head: bytes) -> bool:
    text = _text(head)
    return text.startswith("<") and ("<svg" in text or ":svg" in text) and "<html" not in text.lower()


def _is_dxf(head: bytes) -> bool:
    """Whether it is a DXF drawing: binary, or text that begins with a section, perhaps after comments (999)."""
    if head.startswith(b"AutoCAD Binary DXF"):
        return True
    words = _text(head).split()
    return words[:2] == ["0", "SECTION"] or words[:1] == ["999"]


def is_ifc(data: bytes) -> bool:
    """Whether it begins as a building model in IFC does."""
    return _text(data[:_HEAD]).startswith("ISO-10303-21") and b"IFC" in data[:_JSON_HEAD]


def _model(data: bytes) -> Kind | None:
    """The kind of a file that holds rooms, or None."""
    if data.startswith(b"PK"):
        return Kind.IMDF if b"unit.geojson" in data else None
    start = _text(data[:_HEAD])
    if is_ifc(data):
        return Kind.IFC
    if start.startswith("{"):
        return Kind.GEOJSON if b'"Feature' in data[:_JSON_HEAD] else None
    return Kind.OSM if start.startswith("<") and "<osm" in start else None


def _list(data: bytes) -> Kind | None:
    """The kind of a file that lists rooms, or None."""
    if data.startswith(b"PK"):
        return Kind.XLSX if b"xl/workbook.xml" in data else None
    lines = _text(data[:_HEAD]).splitlines()[:2]
    binary = b"\0" in data[:_HEAD] and data[:2] not in (b"\xff\xfe", b"\xfe\xff")
    known = any(data.startswith(magic, offset) for offset, magic, _, _ in _REFUSED)
    if binary or known or len(lines) < 2 or lines[0].startswith(("<", "{", "%", "[")):
        return None
    columns = (max(line.count(mark) for mark in ",;\t|") for line in lines)
    return Kind.CSV if min(columns) > 0 else None


def _other(data: bytes) -> tuple[str, str]:
    """What a refused file is ("" where nobody knows), and what to do about it."""
    for offset, magic, what, remedy in _REFUSED:
        if data.startswith(magic, offset):
            return what, remedy
    if data.startswith(b"PK"):
        return next(
            ((what, remedy) for mark, what, remedy in _INSIDE_ZIP if mark in data), ("a packed file (ZIP)", _UNPACK)
        )
    if data.startswith(_OLD_CONTAINER):
        found = (entry for entry in _INSIDE_CONTAINER if entry[0].encode("utf-16-le") in data)
        return next(found, ("", "an older Office, Visio or Revit file", _AS_PDF))[1:]
    return _other_text(_text(data[:_HEAD]), data)


def _other_text(text: str, data: bytes) -> tuple[str, str]:
    """What a text is that is not read, and what to do."""
    start = text.lower()
    if start.startswith(("<!doctype html", "<html")):
        return "a web page", "Save the floor plan itself from that page, and upload it."
    if "<ifcxml" in start or "<ifc:" in start:
        return "a building model as XML", "Export it as .ifc, and upload that."
    if b"OSMHeader" in data[:64]:
        return "an OpenStreetMap file in its packed form", _IN_MAP
    if start.startswith(("{", "[")):
        return "a JSON file without rooms in it", _IN_MAP
    return "", f"Save the floor plan as {READABLE}, and upload that."
