import contextlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonemap.errors import Invalid
from zonemap.intake.kinds import Kind, kind_of


def zipped(name: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", Kind.PNG),
        (b"\xff\xd8\xff\xe0", Kind.JPEG),
        (b"%PDF-1.7", Kind.PDF),
        (b"\n\n junk of a mail program %PDF-1.4", Kind.PDF),
        (b"<svg/>", Kind.SVG),
        (b"\xef\xbb\xbf <?xml version='1.0'?><!-- a --><svg xmlns='http://www.w3.org/2000/svg'/>", Kind.SVG),
        ('<?xml version="1.0" encoding="UTF-16"?><svg/>'.encode("utf-16"), Kind.SVG),
        (b"<ns0:svg xmlns:ns0='http://www.w3.org/2000/svg'/>", Kind.SVG),
        (b"AutoCAD Binary DXF\r\n", Kind.DXF),
        (b"  0\r\nSECTION\r\n  2\r\nHEADER", Kind.DXF),
        (b"999\nmade by hand\n  0\nSECTION\n  2\nENTITIES", Kind.DXF),
        (b"ISO-10303-21;\nHEADER;\nFILE_SCHEMA(('IFC4'));", Kind.IFC),
        (b'\xef\xbb\xbf{"name": "x", "features": [], "type":"FeatureCollection"}', Kind.GEOJSON),
        (b"<?xml version='1.0'?><osm version='0.6'></osm>", Kind.OSM),
        (zipped("venue/unit.geojson"), Kind.IMDF),
        (zipped("xl/workbook.xml"), Kind.XLSX),
        (b"Number;Name\r\n101;Exam room\r\n", Kind.CSV),
        ("Number\tName\n101\tExam room\n".encode("utf-16"), Kind.CSV),
    ],
)
def test_the_first_bytes_tell_the_kind(data: bytes, kind: Kind) -> None:
    assert kind_of(data) is kind


@pytest.mark.parametrize(
    ("data", "what", "remedy"),
    [
        (b"", "empty", "save the plan again"),
        (b"AC1032 drawing", "a DWG drawing", "save it as DXF or PDF"),
        (b"ISO-10303-21;\nHEADER;", "a STEP model", "export it as IFC or PDF"),
        (b"%!PS-Adobe-3.0 EPSF", "PostScript", "PDF"),
        (b"II*\0....", "a TIFF picture", "PNG or JPEG"),
        (b"MM\0*....", "a TIFF picture", "PNG or JPEG"),
        (b"GIF89a", "a GIF picture", "PNG or JPEG"),
        (b"BM......", "a BMP picture", "PNG or JPEG"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a WebP picture", "PNG or JPEG"),
        (b"\0\0\0\x18ftypheic", "a HEIC photograph", "PNG or JPEG"),
        (b"\0\0\0\x18ftypmif1", "a HEIC photograph", "PNG or JPEG"),
        (b"\0\0\0\x1cftypavif", "an AVIF picture", "PNG or JPEG"),
        (b"8BPS", "a Photoshop picture", "PNG or JPEG"),
        (b"\x1f\x8b\x08", "a packed file", "Unpack it"),
        (b"Rar!\x1a\x07", "a packed file", "Unpack it"),
        (zipped("plan.png"), "a packed file", "Unpack it"),
        (zipped("word/document.xml"), "a Word document", "save it as PDF"),
        (zipped("plan.ifc"), "a packed building model", ".ifc file inside"),
        (b"\xd0\xcf\x11\xe0" + "RevitPreview4.0".encode("utf-16-le"), "a Revit model", "export it as IFC or PDF"),
        (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "an older Excel workbook", "save it as .xlsx"),
        (b"\0\0\0\x0d\x0a\x09OSMHeader", "an OpenStreetMap file in its packed form", "as OpenStreetMap XML"),
        (b'{"rooms": 3}', "a JSON file without rooms", "GeoJSON"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Revit", "save it as PDF"),
        (b"<!DOCTYPE html><html><body><svg></svg>", "a web page", "Save the floor plan itself"),
        (b"just words", "this kind of file", "PDF, PNG, JPEG, SVG"),
        (b"\0" * 5000, "this kind of file", "PDF, PNG, JPEG, SVG"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_do(data: bytes, what: str, remedy: str) -> None:
    with pytest.raises(Invalid) as caught:
        kind_of(data)
    assert what in caught.value.message
    assert remedy in caught.value.message


@given(st.binary(max_size=300))
def test_any_bytes_have_a_kind_or_a_sentence(data: bytes) -> None:
    with contextlib.suppress(Invalid):
        assert kind_of(data) in Kind
