"""Models and lists that mean harm."""

from __future__ import annotations

import json
import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

from hostile import seeds
from hostile.bomb_words import NUMBERS, TRICKS, Made
from hostile.bombs_drawings import entities
from hostile.seeds import OFFICE, as_json, collection, feature, imdf_files, polygon, zipped

# --- models ------------------------------------------------------------------------------------------------------


def geojsons() -> Made:
    """GEOJSON."""

    def rooms(text: str) -> bytes:
        return as_json(collection(feature("a", polygon(OFFICE), number="1", name="x"), units="m")).replace(
            b'"x"', text.encode()
        )

    for depth in (100, 5_000, 500_000):
        yield f"geojson {depth:,} deep", rooms("[" * depth + "]" * depth)
        yield f"geojson of objects {depth:,} deep", rooms('{"a":' * depth + "1" + "}" * depth)
    for number in NUMBERS:
        text = as_json(collection(feature("a", polygon([[7777, 0], [4, 0], [4, 3]]), number="1"))).decode()
        yield f"geojson with a corner at {number[:12]}", text.replace("7777", number).encode()
        yield f"geojson on floor {number[:12]}", rooms(f'"x", "level": {number}')
    spiral = [[(n % 50) * (-1) ** n, n % 37] for n in range(3_000)]
    yield "geojson of a room of 3,000 crossings", as_json(collection(feature("a", polygon(spiral), number="1")))
    many = [feature(str(n), polygon([[n, 0], [n + 1, 0], [n + 1, 1]]), number=str(n)) for n in range(25_000)]
    yield "geojson of 25,000 rooms", as_json(collection(*many, units="m"))
    yield "geojson of a room of 600,000 corners", as_json(collection(feature("a", polygon([[n, n % 2] for n in range(600_000)]), number="1")))  # fmt: skip
    yield (
        "geojson of 300 floors",
        as_json(collection(*[feature(str(n), polygon(OFFICE), number="1", level=n) for n in range(300)])),
    )
    holes = [[[x, x], [x + 0.1, x], [x, x + 0.1]] for x in range(1_000)]
    yield (
        "geojson of 1,000 holes",
        as_json(collection(feature("a", polygon([[0, 0], [999, 0], [999, 999]], *holes), number="1"))),
    )
    for geometry in (
        None,
        [],
        {"type": "Polygon"},
        {"type": ["Polygon"]},
        {"type": "Polygon", "coordinates": {"0": 1}},
    ):
        yield (
            f"geojson with {json.dumps(geometry)[:30]} for a shape",
            as_json(collection(feature("a", geometry, number="1"))),
        )
    for number, trick in enumerate(TRICKS):
        said = feature(trick, polygon(OFFICE), number=trick, name=trick, level=trick, **{trick: trick, "class": trick})
        yield f"geojson that says trick {number}", as_json(collection(said, name=trick, storey=trick))
    yield "geojson with a name twice", rooms('"x", "name": "y", "__proto__": {"a": 1}')
    own = seeds.geojsons()[2]
    for wrong, right in (
        (b'"kind": "room"', b'"kind": 7'),
        (b'"floors": [', b'"floors": [7, '),
        (b'"facility": {', b'"facility": {"id": [], '),
    ):
        yield f"geojson of ours with {right.decode()}", own.replace(wrong, right)


def imdfs() -> Made:
    """IMDF."""
    files = imdf_files()
    yield (
        "imdf that unpacks to 300 MB",
        zipped({**files, "unit.geojson": b'{"features": [' + b" " * 300_000_000 + b"]}"}),
    )
    yield (
        "imdf that unpacks to 40 times 50 MB",
        zipped({**{f"a{n}/level.geojson": b" " * 5_000_000 for n in range(40)}, **files}),
    )
    yield "imdf of 3,000 files", zipped({**files, **{f"x{n}": b"" for n in range(3_000)}})
    yield (
        "imdf in an archive in an archive",
        zipped({"unit.geojson": zipped(files), "a.zip": zipped({"b.zip": zipped(files)})}),
    )
    for name in TRICKS[:8]:
        name = name.encode("utf-8", "ignore").decode().replace("\0", "_")
        yield (
            f"imdf with a file called {name[:20]!r}",
            zipped({f"{name}/unit.geojson": files["unit.geojson"], name or "x": b"x"}),
        )
    for wrong in (b"[]", b"7", b"null", b'"x"', b"{}", b'{"features": 7}', b"", b"\xff\xfe", b"[" * 100_000):
        for name in ("unit.geojson", "level.geojson", "opening.geojson", "manifest.json"):
            yield f"imdf with {wrong[:16]!r} for {name}", zipped({**files, name: wrong})
    data = zipped(files)
    yield (
        "imdf with a lying size",
        data.replace(struct.pack("<I", len(as_json(files["unit.geojson"]))), b"\xff\xff\xff\x7f"),
    )
    out = BytesIO()
    with ZipFile(out, "w") as box:
        for name, content in files.items():
            box.writestr(ZipInfo(name), as_json(content), ZIP_LZMA if name[0] == "u" else ZIP_DEFLATED)
    yield "imdf packed in another way", out.getvalue()
    locked = bytearray(data)
    locked[6] |= 1
    locked[data.index(b"PK\1\2") + 8] |= 1
    yield "imdf that is locked", bytes(locked)
    linked = BytesIO()
    with ZipFile(linked, "w") as box:
        info = ZipInfo("unit.geojson")
        info.external_attr = 0o120777 << 16
        box.writestr(info, "/etc/passwd")
    yield "imdf with a link", linked.getvalue()


def osms() -> Made:
    """OSM."""
    seed = seeds.osms()[0].decode()
    yield "osm of entities", entities(10, 10).replace("svg", "osm").encode() + seed.replace("Lab", "&e9;").encode()
    yield (
        "osm with an entity from a file",
        b'<!DOCTYPE osm [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + seed.replace("Lab", "&e;").encode(),
    )
    yield "osm 50,000 deep", b"<osm>" + b"<way>" * 50_000
    yield "osm of 300,000 nodes", b"<osm>" + b'<node id="1" lon="1" lat="1"/>' * 300_000 + b"</osm>"
    for number in NUMBERS:
        yield f"osm at {number[:12]}", seed.replace('lon="0.000000000"', f'lon="{number}"').encode()
        yield f"osm on level {number[:12]}", seed.replace("0;1-2", f"{number};-999-999").encode()
    ways = "".join(f'<way id="{n}"><nd ref="{n % 8}"/><nd ref="{(n + 1) % 8}"/></way>' for n in range(5_000))
    members = "".join(f'<member type="way" ref="{n}" role="outer"/>' for n in range(5_000))
    tags = '<tag k="type" v="multipolygon"/><tag k="indoor" v="room"/>'
    yield (
        "osm of a room of 5,000 ways",
        seed.replace("</osm>", f'{ways}<relation id="1">{members}{tags}</relation></osm>').encode(),
    )
    for number, trick in enumerate(TRICKS):
        words = "".join(c for c in trick if c.isprintable() and c not in '<&"').encode("utf-8", "ignore").decode()
        yield f"osm that says trick {number}", seed.replace("Lab", words).replace("101", words[:50]).encode()


def ifcs() -> Made:
    """IFC."""
    seed = seeds.ifcs()[0].decode()
    for number in NUMBERS:
        yield f"ifc with a corner at {number[:12]}", seed.replace("4000.", number).encode("utf-8", "ignore")
        yield f"ifc as high as {number[:12]}", seed.replace("2500.", number).encode("utf-8", "ignore")
    for wrong, right in (
        ("#12", "#99"),
        ("#16", "#19"),
        ("(#22)", "(#22,#22,#10,#8)"),
        ("#10=", "#22="),
        ("IFC4", "IFC9"),
    ):
        yield f"ifc with {right} for {wrong}", seed.replace(wrong, right).encode()
    yield "ifc of nested lists", seed.replace("(#3)", "(" * 50_000 + ")" * 50_000).encode()
    yield "ifc of a text without end", seed.replace("'101'", "'" + "x" * 3_000_000).encode()
    for number, trick in enumerate(TRICKS):
        words = trick.replace("'", "").replace("\n", "").encode("utf-8", "ignore").decode()
        yield f"ifc that says trick {number}", seed.replace("'101'", f"'{words}'").encode()


# --- lists and others ----------------------------------------------------------------------------------------------


def csvs() -> Made:
    """CSV."""
    for number, trick in enumerate(TRICKS):
        words = trick.encode("utf-8", "ignore").decode()
        yield (
            f"csv that says trick {number}",
            f'Room Number,Name,Department\n"{words}","{words}","{words}"\n1,2,3\n'.encode(),
        )
    yield "csv of a cell of 10 MB", b"Room Number,Name\n1," + b"x" * 10_000_000
    yield "csv of a quote that never ends", b'Room Number,Name\n1,"' + b"a,b\n" * 500_000
    yield "csv of a million columns", b"Room Number" + b"," * 1_000_000 + b"\n1"
    yield "csv of a million rows", b"Room Number,Name\n" + b"1,x\n" * 1_000_000
    yield "csv of quotes", b"Room Number,Name\n" + b'"""' * 300_000
    yield "csv of null bytes", b"Room Number,Name\n1,\0x\n"
    yield "csv with every byte", b"Room Number,Name\n1," + bytes(range(256))
    for number in NUMBERS:
        yield f"csv of rooms of {number[:12]}", f"Room Number,Name,Area\n1,x,{number}\n".encode()


def xlsxs() -> Made:
    """XLSX."""
    seed = seeds.xlsxs()[0]
    with ZipFile(BytesIO(seed)) as box:
        parts = {entry.filename: box.read(entry) for entry in box.infolist()}
    sheet = "xl/worksheets/sheet1.xml"

    def with_(part: str, data: bytes) -> bytes:
        return zipped({**parts, part: data})

    for part in parts:
        for what, data in (("nothing", b""), ("no XML", b"\xff" * 99), ("open brackets", b"<a>" * 100_000)):
            yield f"xlsx with {what} for {part}", with_(part, data)
    yield "xlsx that unpacks to 300 MB", with_(sheet, parts[sheet] + b" " * 300_000_000)
    entities = b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 99 + b'"><!ENTITY b "' + b"&a;" * 99 + b'">]>'
    yield "xlsx of entities", with_(sheet, parts[sheet].replace(b"<worksheet", entities + b"<worksheet", 1))
    for cell in (b'r="XFD1048576"', b'r="ZZZZZ9"', b'r="A0"', b'r="-1"', b'r="A99999999999"'):
        yield f"xlsx with a cell at {cell.decode()}", with_(sheet, parts[sheet].replace(b'r="B2"', cell, 1))
    for number, trick in enumerate(TRICKS):
        plain = "".join(c for c in trick if c.isprintable())[:3000].encode("utf-8", "ignore").decode()
        yield f"xlsx that says trick {number}", seeds.xlsx(["Room Number", "Name"], [f"'{plain}", f" {plain}"])
    for number in NUMBERS:
        yield f"xlsx of rooms of {number[:12]}", seeds.xlsx(["Room Number", "Name", "Area"], ["1", "x", number])
