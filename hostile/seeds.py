"""Small good files of every kind that is read: what fuzzing starts from, and what hostile files are made of."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[1]
DEGREE = 111_319.49079327358  # metres of a degree at the equator
_DATE = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
OFFICE = [[0, 0], [4, 0], [4, 3], [0, 3]]
STORE = [[4, 0], [6, 0], [6, 3], [4, 3]]
CORRIDOR = [[0, 3], [6, 3], [6, 5], [0, 5]]
Values = dict[str, Any]


# --- pictures ----------------------------------------------------------------------------------------------------


def picture(kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (160, 120), **options: Any) -> bytes:
    """A black room on white."""
    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).rectangle((10, 20, 60, 70), outline=0, width=3)
    out = BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def pngs() -> list[bytes]:
    """One for each way in which a PNG may keep its pixels."""
    plain = [picture(mode=mode) for mode in ("1", "L", "P", "RGB", "RGBA", "LA", "I;16")]
    return [*plain, picture(dpi=(200, 200)), picture(mode="P", transparency=3)]


def jpegs() -> list[bytes]:
    """Plain, grey, progressive, in the colours of printing, and one that a phone has turned."""
    turned = Image.Exif()
    turned[0x0112] = 6
    return [
        picture("JPEG"),
        picture("JPEG", "L"),
        picture("JPEG", progressive=True),
        picture("JPEG", "CMYK"),
        picture("JPEG", exif=turned.tobytes(), dpi=(150, 150)),
    ]


# --- PDF ---------------------------------------------------------------------------------------------------------

_CONTENT = (
    b"q 1 0 0 1 10 10 cm 0 g 0 0 36 36 re f 2 w 50 50 m 200 50 l 200 180 l 50 180 l s Q "
    b"0 0 1 RG 80 80 m 90 120 140 120 150 80 c S q 20 20 100 100 re W n 0 0 300 300 re f Q "
    b"BT /F 12 Tf 60 60 Td (EXAM 101) Tj ET q 30 0 0 30 120 20 cm /I Do Q /X Do [3 2] 0 d 0 200 m 200 200 l S"
)


def pdf(content: bytes = _CONTENT, pages: int = 1, **page: Any) -> bytes:
    """Pages with lines, a curve, a clip, words, a picture and a form."""
    document = pikepdf.new()
    for _ in range(pages):
        added = document.add_blank_page(page_size=(220, 220))
        added.obj.Contents = document.make_stream(content)
        added.obj.Resources = _resources(document)
        for name, value in page.items():
            added.obj["/" + name] = value
    out = BytesIO()
    document.save(out, deterministic_id=True, compress_streams=False)
    return out.getvalue()


def _resources(document: pikepdf.Pdf) -> pikepdf.Dictionary:
    name = pikepdf.Name
    image = document.make_stream(bytes(range(48)))
    image.stream_dict = pikepdf.Dictionary(
        Type=name.XObject, Subtype=name.Image, Width=4, Height=4, BitsPerComponent=8, ColorSpace=name.DeviceRGB
    )
    form = document.make_stream(b"1 0 0 RG 5 5 m 40 40 l S")
    form.Type, form.Subtype, form.BBox = name.XObject, name.Form, pikepdf.Array([0, 0, 50, 50])
    font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
    return pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image, X=form), Font=pikepdf.Dictionary(F=font))


def pdfs() -> list[bytes]:
    """One page, three pages, one that is turned and cut."""
    return [pdf(), pdf(pages=3), pdf(Rotate=90, CropBox=pikepdf.Array([10, 10, 150, 150]), UserUnit=2)]


# --- drawings ----------------------------------------------------------------------------------------------------

SVG_SPACE = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(body: str, before: str = "", size: str = 'viewBox="0 0 400 300"') -> bytes:
    """A drawing with that in it."""
    return f"{before}<svg {SVG_SPACE} {size}>{body}</svg>".encode()


def svgs() -> list[bytes]:
    """Shapes, transforms, layers, words, paint, and a picture that lies inside."""
    return [
        svg('<path d="M10 10H90V80H10Z" stroke="black" fill="none"/><text x="20" y="40">EXAM 101</text>'),
        svg(
            '<g id="l" transform="translate(5,6) rotate(30 1 2) scale(2)"><rect x="1" y="2" width="30" height="40"/>'
            '<circle cx="9" cy="9" r="4"/><ellipse cx="5" cy="5" rx="2" ry="3"/><line x1="0" y1="0" x2="9" y2="9"/>'
            '<polygon points="0,0 5,5 0,9"/><polyline points="1,1 2,2"/></g><use href="#l" x="60"/>',
            size='width="200mm" height="150mm"',
        ),
        svg(
            "<style>.w{stroke:#000;stroke-width:2} path{fill:none}</style><defs><clipPath id='c'><rect width='50' "
            "height='50'/></clipPath><linearGradient id='g'><stop offset='0' stop-color='red'/></linearGradient></defs>"
            "<path class='w' clip-path='url(#c)' d='M0 0C10 10 20 0 30 9S40 1 50 5Q5 5 9 9T1 2A5 6 30 1 0 9 9z'/>"
            "<rect width='9' height='9' fill='url(#g)' opacity='.5'/>"
            "<text x='9' y='9'><tspan dy='3'>12</tspan></text>"
        ),
        svg(f'<image width="40" height="30" href="data:image/png;base64,{_base64(picture(size=(100, 100)))}"/>'),
    ]


def _base64(data: bytes) -> str:
    from base64 import b64encode

    return b64encode(data).decode()


def dxf(*entities: str, before: str = "") -> bytes:
    """A drawing of those entities; each line is a code, a blank and a value; a bar ends each."""
    pairs = "\n".join(f"{code}\n{value}" for one in entities for code, value in map(_pair, one.split("|")))
    return f"{before}0\nSECTION\n2\nENTITIES\n{pairs}\n0\nENDSEC\n0\nEOF\n".encode()


def _pair(text: str) -> tuple[str, str]:
    code, _, value = text.strip().partition(" ")
    return code, value


LINE = "0 LINE|8 A-WALL|10 0|20 0|11 4000|21 0"
_AT = "|10 0|20 0|10 1|20 5|10 9|20 5|10 9|20 0"
ENTITIES = (
    LINE,
    "0 ARC|8 A-DOOR|10 500|20 500|40 900|50 0|51 90",
    "0 CIRCLE|8 0|10 5|20 5|40 90",
    "0 TEXT|8 A-TEXT|10 100|20 100|40 200|1 EXAM 101|50 30",
    "0 MTEXT|100 AcDbEntity|8 A-TEXT|100 AcDbMText|10 100|20 900|40 200|41 900|1 {\\fArial;ROOM} 102",
    "0 ELLIPSE|100 AcDbEntity|8 0|100 AcDbEllipse|10 0|20 0|11 100|21 0|40 0.5|41 0|42 3",
    "0 LWPOLYLINE|100 AcDbEntity|8 A-WALL|100 AcDbPolyline|90 3|70 1|10 0|20 0|42 0.5|10 0|20 3000|10 4000|20 3000",
    "0 SPLINE|100 AcDbEntity|8 0|100 AcDbSpline|70 8|71 3|72 8|73 4|74 0|40 0|40 0|40 0|40 0|40 1|40 1|40 1|40 1" + _AT,
    "0 SOLID|8 0|10 0|20 0|11 9|21 0|12 0|22 9|13 9|23 9",
    "0 HATCH|100 AcDbEntity|8 A-PATT|100 AcDbHatch|10 0|20 0|30 0|2 SOLID|70 1|71 0|91 1|92 1|93 3|72 1|10 0|20 0|11 9"
    "|21 0|72 1|10 9|20 0|11 9|21 9|72 1|10 9|20 9|11 0|21 0|97 0|75 0|76 1|98 0",
    "0 POLYLINE|8 0|66 1|70 0|0 VERTEX|8 0|10 0|20 0|0 VERTEX|8 0|10 50|20 60|0 SEQEND",
    "0 INSERT|8 A-DOOR|2 D|10 5000|20 2000|50 90|41 2|70 2|71 2|44 1000|45 1000",
)
BLOCK = (
    "0\nSECTION\n2\nBLOCKS\n0\nBLOCK\n8\n0\n2\nD\n70\n0\n10\n0\n20\n0\n0\nLINE\n8\n0\n10\n0\n20\n0\n11\n0\n21\n900\n"
    "0\nARC\n8\nA-DOOR\n10\n0\n20\n0\n40\n900\n50\n0\n51\n90\n0\nENDBLK\n0\nENDSEC\n"
)
HEADER = "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1015\n9\n$INSUNITS\n70\n4\n0\nENDSEC\n"


def dxfs() -> list[bytes]:
    """All kinds of entities, old and new, with a block and without."""
    old = [each for each in ENTITIES if "100 AcDb" not in each]
    return [dxf(LINE), dxf(*old, before=BLOCK), dxf(*ENTITIES, before=HEADER + BLOCK)]


# --- models ------------------------------------------------------------------------------------------------------


def polygon(ring: list[list[float]], *holes: list[list[float]], degrees: bool = False) -> Values:
    """GeoJSON's polygon of a ring in metres."""
    size = DEGREE if degrees else 1
    rings = [[[x / size, y / size] for x, y in (*one, one[0])] for one in (ring, *holes)]
    return {"type": "Polygon", "coordinates": rings}


def feature(id_: str, geometry: Any, **said: Any) -> Values:
    """One thing of GeoJSON."""
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": said}


def collection(*features: Any, **more: Any) -> Values:
    """Several things of GeoJSON."""
    return {"type": "FeatureCollection", **more, "features": list(features)}


def as_json(value: Any) -> bytes:
    """In the bytes of a file."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def geojsons() -> list[bytes]:
    """In metres with doors and walls, in degrees with levels, and as zonemap exports it."""
    hole = [[1, 1], [1, 2], [2, 2], [2, 1]]
    metres = collection(
        feature("a", polygon(OFFICE, hole), number="101", name="Office", **{"class": "private"}),
        feature("b", polygon(CORRIDOR), kind="room", alt_name={"de": "Flur"}),
        feature("w", polygon([[0, 2.9], [6, 2.9], [6, 3.1], [0, 3.1]]), kind="wall"),
        feature("d", {"type": "LineString", "coordinates": [[1, 3], [2, 3]]}, kind="door", rooms=["b", "a"]),
        units="metre",
        storey="Ground",
        level=2,
    )
    degrees = collection(
        feature("a", polygon(OFFICE, degrees=True), ref="7", level="1"),
        feature("b", polygon(STORE, degrees=True), Room_No=8, level="0;1"),
        feature("m", {"type": "MultiPolygon", "coordinates": [polygon(CORRIDOR, degrees=True)["coordinates"]]}),
    )
    return [as_json(metres), as_json(degrees), *exported("geojson")]


def imdf_files() -> Values:
    """The files of an archive of IMDF."""
    line = {"type": "LineString", "coordinates": [[1 / DEGREE, 3 / DEGREE], [2 / DEGREE, 3 / DEGREE]]}
    rooms = {"o": OFFICE, "s": STORE, "c": CORRIDOR}
    return {
        "unit.geojson": collection(
            *(
                feature(id_, polygon(ring, degrees=True), category="office", level_id="l0", name={"en": id_})
                for id_, ring in rooms.items()
            )
        ),
        "level.geojson": collection(feature("l0", None, ordinal=0, name={"en": "Ground"}, building_ids=["b1"])),
        "opening.geojson": collection(feature("d1", line, level_id="l0", door={"type": "open"})),
        "building.geojson": collection(feature("b1", None, name={"en": "Main"})),
        "manifest.json": {"version": "1.0.0", "language": "en"},
    }


def zipped(files: Mapping[str, Any]) -> bytes:
    """An archive, the same bytes each time; what is no bytes becomes JSON."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            data = content if isinstance(content, bytes) else as_json(content)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def imdfs() -> list[bytes]:
    """Another program's, and zonemap's own."""
    return [zipped(imdf_files()), *exported("imdf")]


@cache
def small_floor() -> Values:
    """Three rooms and two doors of the sample clinic, as a floor's document."""
    values = json.loads((ROOT / "floorplans" / "sample-clinic.json").read_text(encoding="utf-8"))
    floor = values["floor"]
    rooms = floor["rooms"][:6]
    there = {room["id"] for room in rooms}
    doors = [door for door in floor["doors"] if set(door["rooms"]) - {None} <= there][:4]
    return {**floor, "rooms": rooms, "doors": doors, "waiting_spot": [1.0, 1.0], "north": 12.5}


def exported(file_format: str) -> list[bytes]:
    """The small floor as zonemap exports it."""
    from datetime import UTC, datetime

    from zonemap.model.facility import Facility, SiteKind
    from zonemap.model.floor_document import floor_from
    from zonemap.model.plan import FloorVersion
    from zonemap.work.export import collection as floors
    from zonemap.work.export_imdf import archive

    floor = floor_from(small_floor())
    saved = FloorVersion(floor, 1, datetime(2026, 1, 1, tzinfo=UTC), "Ann")
    clinic = Facility("0" * 32, "Clinic", "1 Main St", "", "Chicago", "IL", "60601", SiteKind.CLINIC, "America/Chicago")
    if file_format == "imdf":
        return [archive(clinic, [saved])]
    return [as_json(floors(clinic, [(saved, None)]))]


def osms() -> list[bytes]:
    """Indoor rooms with a door, and a relation with a hole."""
    corners = [(0, 0), (4, 0), (4, 3), (0, 3), (1, 1), (2, 1), (2, 2), (1, 2)]
    door = '<tag k="door" v="hinged"/>'
    nodes = "".join(
        f'<node id="{n}" lon="{x / DEGREE:.9f}" lat="{y / DEGREE:.9f}">{door if n == 1 else ""}</node>'
        for n, (x, y) in enumerate(corners)
    )
    tags = '<tag k="indoor" v="room"/><tag k="level" v="0;1-2"/><tag k="ref" v="101"/><tag k="name" v="Lab"/>'

    def way(id_: int, *ids: int, tags: str = "") -> str:
        return f'<way id="{id_}">' + "".join(f'<nd ref="{n}"/>' for n in (*ids, ids[0])) + tags + "</way>"

    members = '<member type="way" ref="11" role="outer"/><member type="way" ref="12" role="inner"/>'
    relation = f'<relation id="9">{members}<tag k="type" v="multipolygon"/>{tags}</relation>'
    head = '<?xml version="1.0"?><osm version="0.6">'
    return [
        f"{head}{nodes}{way(10, 0, 1, 2, 3, tags=tags)}</osm>".encode(),
        f"{head}{nodes}{way(11, 0, 1, 2, 3)}{way(12, 4, 5, 6, 7)}{relation}</osm>".encode(),
    ]


# --- lists -------------------------------------------------------------------------------------------------------

CSV = 'Room Number,Room Name,Department,Area (sq ft),Level\n101,Exam 1,Family,120,1\n102,Lab,Lab,"1,250.5",1\n'


def csvs() -> list[bytes]:
    """With commas, semicolons and a byte order mark, in UTF-16 with tabs."""
    return [
        CSV.encode(),
        b"\xef\xbb\xbfNummer;Raum;Fl\xc3\xa4che\n1;B\xc3\xbcro;12,5 m2\n",
        "sep=\t\nNumber\tName\n1\tA\n".encode("utf-16"),
    ]


def xlsx(*rows: list[Any], title: str = "Rooms", more: Mapping[str, list[list[Any]]] | None = None) -> bytes:
    """A workbook."""
    import openpyxl

    book = openpyxl.Workbook()
    sheets = {title: list(rows), **(more or {})}
    book.remove(book.active)
    for name, listed in sheets.items():
        sheet = book.create_sheet(name)
        for row in listed:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as box:  # without the moment at which it was made
        return zipped({name: _DATE.sub(b"2026-01-01T00:00:00Z", box.read(name)) for name in box.namelist()})


def xlsxs() -> list[bytes]:
    """A plain list, and a handover workbook."""
    space = [["Name", "Description", "Category", "FloorName", "NetArea"], ["101", "Exam", "office", "L1", 12.5]]
    zone = [["Name", "Category", "SpaceNames"], ["Family", "Occupancy", "101"]]
    box = [["SheetName", "RowName", "Category", "CoordinateXAxis", "CoordinateYAxis"]]
    box += [["Space", "101", "box-lowerleft", 0, 0], ["Space", "101", "box-upperright", 4, 3]]
    parts = [["Name", "ExtObject", "Space"], ["D1", "IfcDoor", "101"]]
    cobie = {"Floor": [["Name"], ["L1"]], "Space": space, "Zone": zone, "Coordinate": box, "Component": parts}
    return [
        xlsx(["Room Number", "Name", "Area"], ["101", "Exam 1", 120.5], [102, "Lab", None]),
        xlsx(["x"], more=cobie),
    ]


def ifcs() -> list[bytes]:
    """One space with a door's worth of walls, in the words of STEP."""
    head = (
        "ISO-10303-21;HEADER;FILE_DESCRIPTION((''),'2;1');FILE_NAME('','',(''),(''),'','','');"
        "FILE_SCHEMA(('{}'));ENDSEC;DATA;"
    )
    body = (
        "#1=IFCCARTESIANPOINT((0.,0.,0.));#2=IFCAXIS2PLACEMENT3D(#1,$,$);"
        "#3=IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-05,#2,$);#4=IFCSIUNIT(*,.LENGTHUNIT.,.MILLI.,.METRE.);"
        "#5=IFCUNITASSIGNMENT((#4));#6=IFCPROJECT('0YvctVUKr0kugbFTf53O9L',$,'P',$,$,$,$,(#3),#5);"
        "#7=IFCLOCALPLACEMENT($,#2);#8=IFCBUILDING('1YvctVUKr0kugbFTf53O9L',$,'Main',$,$,#7,$,$,.ELEMENT.,$,$,$);"
        "#9=IFCRELAGGREGATES('2YvctVUKr0kugbFTf53O9L',$,$,$,#6,(#8));"
        "#10=IFCBUILDINGSTOREY('3YvctVUKr0kugbFTf53O9L',$,'Ground',$,$,#7,$,$,.ELEMENT.,0.);"
        "#11=IFCRELAGGREGATES('0ZvctVUKr0kugbFTf53O9L',$,$,$,#8,(#10));"
        "#12=IFCCARTESIANPOINT((0.,0.));#13=IFCCARTESIANPOINT((4000.,0.));#14=IFCCARTESIANPOINT((4000.,3000.));"
        "#15=IFCCARTESIANPOINT((0.,3000.));#16=IFCPOLYLINE((#12,#13,#14,#15,#12));"
        "#17=IFCARBITRARYCLOSEDPROFILEDEF(.AREA.,$,#16);#18=IFCDIRECTION((0.,0.,1.));"
        "#19=IFCEXTRUDEDAREASOLID(#17,#2,#18,2500.);#20=IFCSHAPEREPRESENTATION(#3,'Body','SweptSolid',(#19));"
        "#21=IFCPRODUCTDEFINITIONSHAPE($,$,(#20));"
        "#22=IFCSPACE('1ZvctVUKr0kugbFTf53O9L',$,'101',$,$,#7,#21,'Exam',.ELEMENT.,.INTERNAL.,$);"
        "#23=IFCRELAGGREGATES('2ZvctVUKr0kugbFTf53O9L',$,$,$,#10,(#22));ENDSEC;END-ISO-10303-21;"
    )
    return [(head.format(schema) + body).replace(";", ";\n").encode() for schema in ("IFC4", "IFC2X3")]


KINDS: Mapping[str, Callable[[], list[bytes]]] = {
    "png": pngs,
    "jpeg": jpegs,
    "pdf": pdfs,
    "svg": svgs,
    "dxf": dxfs,
    "ifc": ifcs,
    "imdf": imdfs,
    "geojson": geojsons,
    "osm": osms,
    "csv": csvs,
    "xlsx": xlsxs,
}
