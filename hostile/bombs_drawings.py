"""Drawings that mean harm: SVG and DXF."""

from __future__ import annotations

from base64 import b64encode

from hostile import seeds
from hostile.bomb_words import ELSEWHERE, NUMBERS, TRICKS, Made
from hostile.bombs import png, zeros
from hostile.seeds import dxf, svg

# --- drawings ----------------------------------------------------------------------------------------------------


def entities(count: int, times: int) -> str:
    """A DOCTYPE in which each word is so many of the one before."""
    each = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * times}">' for n in range(1, count))
    return f'<!DOCTYPE svg [<!ENTITY e0 "ha">{each}]>'


def svgs() -> Made:
    """SVG."""
    for count, times in ((10, 10), (3, 50_000), (30, 2)):
        yield f"svg of {times} times {count} entities", svg(f"<text>&e{count - 1};</text>", entities(count, times))
    for reference in ("file:///etc/hostname", ELSEWHERE, "php://filter/x"):
        dtd = f'<!DOCTYPE svg [<!ENTITY % p SYSTEM "{reference}"> %p;<!ENTITY e SYSTEM "{reference}">]>'
        yield f"svg with an entity from {reference[:4]}", svg("<text y='9'>&e;</text>", dtd)
        yield f"svg with a DTD from {reference[:4]}", svg("<rect/>", f'<!DOCTYPE svg SYSTEM "{reference}">')
        for tag in ("image", "use", "feImage", "script", "a", "mpath", "textPath", "style", "link"):
            more = f'<{tag} href="{reference}" xlink:href="{reference}#x" src="{reference}" width="9" height="9"/>'
            yield f"svg with {tag} from {reference[:4]}", svg(f"<rect width='9' height='9'/>{more}")
        css = f"@import url({reference});@font-face{{font-family:x;src:url({reference})}}*{{fill:url({reference}#a)}}"
        yield f"svg with a style from {reference[:4]}", svg(f"<style>{css}</style><text font-family='x'>a</text>")
    for number, trick in enumerate(TRICKS[:16]):
        words = "".join(c for c in trick if c.isprintable() and c not in "<&").encode("utf-8", "ignore").decode()
        yield f"svg that says trick {number}", svg(f"<title>{words}</title><text y='50'>{words}</text>")
    nested = {
        "groups": svg("<g>" * 99 + "<rect width='9' height='9'/>" + "</g>" * 99),
        "100,000 groups": svg("<g>" * 100_000),
        "svg in svg": svg(f"<svg {seeds.SVG_SPACE} viewBox='0 0 9 9'>" * 90 + "</svg>" * 90),
        "filters": svg("<filter id='f'>" + "<feGaussianBlur stdDeviation='999'/>" * 999 + "</filter><rect filter='url(#f)'/>"),
        "uses": svg('<g id="a0"><rect/></g>' + "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 9 + "</g>" for n in range(1, 9))),
        "a use of itself": svg('<use id="a" href="#a"/><g id="b"><use href="#b"/></g>'),
        "markers": svg("<marker id='m'><path marker-mid='url(#m)' d='M0 0L9 9L5 5'/></marker><path marker-mid='url(#m)' d='M0 0L9 9L5 5'/>"),
        "patterns of themselves": svg("<pattern id='p' width='1e-9' height='1'><rect fill='url(#p)' width='9' height='9'/></pattern><rect fill='url(#p)' width='99' height='99'/>"),
    }  # fmt: skip
    yield from ((f"svg of {name}", data) for name, data in nested.items())
    for number in NUMBERS:
        shapes = (
            f'<rect width="{number}" height="9"/><circle r="{number}"/><path d="M0 0L{number} 5A{number} 1 0 0 1 9 9"/>'
        )
        yield f"svg with {number[:12]} everywhere", svg(f'{shapes}<g transform="scale({number})">{shapes}</g>')
        yield f"svg of {number[:12]} wide", svg("<rect/>", size=f'width="{number}" height="{number}mm"')
    yield "svg of one attribute of 4 MB", svg(f'<path d="{"M0 0L9 9" * 500_000}"/>')
    yield "svg of 200,000 attributes", svg("<rect " + " ".join(f'a{n}="1"' for n in range(200_000)) + "/>")
    yield "svg of a picture that is a bomb", svg(f'<image width="9" height="9" href="data:image/png;base64,{b64encode(png(30_000, 30_000, zeros(1))).decode()}"/>')  # fmt: skip
    yield "svg with svg in it", svg(f'<image width="9" height="9" href="data:image/svg+xml;base64,{b64encode(svg("<script/>")).decode()}"/>')  # fmt: skip
    for encoding in ("utf-16", "utf-32", "utf-7", "latin-1"):
        text = f'<?xml version="1.0" encoding="{encoding}"?>' + svg("<text>ä</text>").decode()
        yield f"svg in {encoding}", text.encode(encoding)
    yield "svg with another encoding than it says", b'<?xml version="1.0" encoding="utf-16"?>' + svg("<rect/>")


def dxfs() -> Made:
    """DXF."""
    for number in NUMBERS:
        line = f"0 LINE|8 0|10 {number}|20 0|11 9|21 {number}"
        curves = f"0 CIRCLE|8 0|10 0|20 0|40 {number}|0 ARC|8 0|10 0|20 0|40 9|50 {number}|51 0|0 TEXT|8 0|10 0|20 0|40 {number}|1 x"
        insert = f"0 INSERT|2 D|10 0|20 0|41 {number}|42 {number}|50 {number}"
        yield f"dxf with lines to {number[:12]}", dxf(line, seeds.LINE)
        yield f"dxf with curves of {number[:12]}", dxf(curves, seeds.LINE)
        yield f"dxf with blocks as large as {number[:12]}", dxf(insert, seeds.LINE, before=seeds.BLOCK)
    for rows in (2, 300, 32_767, 2**31):
        yield (
            f"dxf of {rows} rows of a block",
            dxf(f"0 INSERT|2 D|10 0|20 0|70 {rows}|71 {rows}|44 5|45 5", before=seeds.BLOCK),
        )
    chain = "".join(
        f"0\nBLOCK\n2\nB{n}\n70\n0\n10\n0\n20\n0\n" + f"0\nINSERT\n2\nB{n + 1}\n10\n0\n20\n0\n" * 9 + "0\nENDBLK\n"
        for n in range(12)
    )
    yield "dxf of blocks in blocks", dxf("0 INSERT|2 B0|10 0|20 0", before=f"0\nSECTION\n2\nBLOCKS\n{chain}0\nENDSEC\n")
    itself = "0\nSECTION\n2\nBLOCKS\n0\nBLOCK\n2\nD\n70\n0\n10\n0\n20\n0\n0\nINSERT\n2\nD\n10\n0\n20\n0\n0\nENDBLK\n0\nENDSEC\n"
    yield "dxf of a block in itself", dxf("0 INSERT|2 D|10 0|20 0", before=itself)
    for count in (10, 2**31, -1):
        said = f"0 LWPOLYLINE|100 AcDbEntity|8 0|100 AcDbPolyline|90 {count}|70 1|10 0|20 0|10 9|20 9"
        yield f"dxf of a line that claims {count} corners", dxf(said, before=seeds.HEADER)
        spline = f"0 SPLINE|100 AcDbEntity|8 0|100 AcDbSpline|70 8|71 {count}|72 {count}|73 {count}|10 0|20 0|10 9|20 9"
        yield f"dxf of a spline of {count}", dxf(spline, before=seeds.HEADER)
    yield "dxf of 200,000 points", dxf(*["0 POINT|8 0|10 0|20 0"] * 200_000)
    yield "dxf of 60,000 circles", dxf(*[f"0 CIRCLE|8 0|10 {n}|20 {n}|40 {n}" for n in range(60_000)])
    yield "dxf of 3,000 layers", dxf(*[f"0 LINE|8 L{n}|10 0|20 0|11 9|21 {n}" for n in range(3_000)])
    yield "dxf with a reference elsewhere", dxf("0 IMAGE|8 0|1 /etc/hostname|10 0|20 0", seeds.LINE)
    yield "dxf of one line of 5 MB", dxf(f"0 TEXT|8 0|10 0|20 0|40 9|1 {'x' * 5_000_000}")
    yield "dxf without an end", b"0\nSECTION\n2\nENTITIES\n" + b"0\nLINE\n" * 50_000
    yield "dxf of codes alone", b"0\nSECTION\n" + b"999\n" * 99_999
    yield "dxf in binary of nonsense", b"AutoCAD Binary DXF\r\n\x1a\0" + bytes(range(256)) * 50
    for number, trick in enumerate(TRICKS):
        words = trick.replace("\n", " ").replace("|", " ").encode("utf-8", "ignore").decode()
        yield f"dxf that says trick {number}", dxf(f"0 TEXT|8 {words[:200]}|10 0|20 0|40 9|1 {words}", seeds.LINE)
