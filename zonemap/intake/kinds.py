"""What a file is, told by its first bytes and never by its name or by what the browser says of it."""

from __future__ import annotations

from enum import StrEnum

from zonemap.errors import Invalid

READABLE = "PDF, SVG, PNG or JPEG"
_HEAD = 4096


class Kind(StrEnum):
    """The kinds that are read."""

    PNG = "png"
    JPEG = "jpeg"
    PDF = "pdf"
    SVG = "svg"


_AS_PDF = "Open it in the program that made it, save it as PDF, and upload the PDF."
_AS_PICTURE = "Save or export it as PNG or JPEG, and upload that."
_UNPACK = f"Unpack it, and upload the floor plan inside: {READABLE}."

# Offset, first bytes, what it is, what to do.
_REFUSED: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"AC10", "a DWG drawing", _AS_PDF),
    (0, b"AutoCAD Binary DXF", "a DXF drawing", _AS_PDF),
    (0, b"ISO-10303-21", "a building model (IFC)", _AS_PDF),
    (0, b"%!PS", "a PostScript file", "Save it as PDF, and upload the PDF."),
    (0, b"\xd0\xcf\x11\xe0", "an older Office, Visio or Revit file", _AS_PDF),
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
_INSIDE_ZIP = (
    (b"word/", "a Word document"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint file"),
    (b"visio/", "a Visio drawing"),
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


def _other(data: bytes) -> tuple[str, str]:
    """What a refused file is ("" where nobody knows), and what to do about it."""
    for offset, magic, what, remedy in _REFUSED:
        if data.startswith(magic, offset):
            return what, remedy
    if data.startswith(b"PK"):
        inside = next((what for mark, what in _INSIDE_ZIP if mark in data), None)
        return (inside, _AS_PDF) if inside else ("a packed file (ZIP)", _UNPACK)
    text = _text(data[:_HEAD])
    if text.lower().startswith(("<!doctype html", "<html")):
        return "a web page", "Save the floor plan itself from that page, and upload it."
    if text.split()[:2] == ["0", "SECTION"] or text.split()[:1] == ["999"]:
        return "a DXF drawing", _AS_PDF
    return "", f"Save the floor plan as {READABLE}, and upload that."
