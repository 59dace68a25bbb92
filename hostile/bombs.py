"""Pictures, PDF and other files that mean harm: they unpack, nest, repeat, refer, lie about their size."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from hostile import seeds
from hostile.bomb_words import ELSEWHERE, TRICKS, Made
from hostile.seeds import zipped

# --- pictures ----------------------------------------------------------------------------------------------------


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of PNG with its right sum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 0, interlaced: int = 0) -> bytes:
    """A PNG of these chunks."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


def zeros(megabytes: int, name: bytes = b"IDAT", before: bytes = b"") -> bytes:
    """A chunk of so many megabytes of nothing, packed."""
    return chunk(name, before + zlib.compress(bytes(megabytes << 20), 9))


def pngs() -> Made:
    """PNG."""
    for width, height in ((30_000, 30_000), (2**31 - 1, 1), (1, 2**31 - 1), (0, 9), (10_000, 10_001), (99, 99)):
        yield f"png of {width} x {height}", png(width, height, zeros(1))
    yield "png of 100 million grey pixels", png(10_000, 10_000, zeros(96))
    yield "png of 90 million, interlaced, a bit each", png(9_500, 9_500, zeros(12), depth=1, interlaced=1)
    yield "png of 100 million in sixteen bits with alpha", png(10_000, 10_000, zeros(200), depth=16, colour=6)
    for name in (b"zTXt", b"iCCP", b"iTXt"):
        body = b"k\0\1\0\0\0" if name == b"iTXt" else b"k\0\0"
        yield f"png with a bomb in {name.decode()}", png(400, 300, zeros(60, name, body), zeros(1))
    yield "png of 50,000 empty chunks", png(400, 300, *[chunk(b"tEXt", b"a\0b")] * 50_000, zeros(1))
    yield "png of 20,000 frames", png(400, 300, chunk(b"acTL", struct.pack(">II", 20_000, 0)), zeros(1))
    yield "png of nothing but a beginning", b"\x89PNG\r\n\x1a\n"
    yield "png with a chunk of 4 GB", png(400, 300)[:33] + struct.pack(">I", 2**32 - 1) + b"IDAT" + bytes(99)
    for depth, colour in ((3, 0), (16, 3), (8, 5), (0, 0), (255, 255)):
        yield f"png of depth {depth}, colour {colour}", png(400, 300, zeros(1), depth=depth, colour=colour)
    exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\xff\xff\xff\xff\xff\xff\xff\xff"
    yield "png with EXIF that points at itself", png(400, 300, chunk(b"eXIf", exif), zeros(1))
    for number, trick in enumerate(TRICKS[:8]):
        words = b"Title\0" + trick.encode("utf-8", "surrogatepass")
        yield f"png that calls itself trick {number}", png(400, 300, chunk(b"tEXt", words), zeros(1))


def jpegs() -> Made:
    """JPEG."""
    seed = seeds.jpegs()[0]
    at = seed.index(b"\xff\xc0")
    for width, height in ((65_500, 65_500), (65_535, 1), (0, 0), (1, 65_535)):
        yield f"jpeg of {width} x {height}", seed[: at + 5] + struct.pack(">HH", height, width) + seed[at + 9 :]
    yield "jpeg of 3,000 comments", seed[:2] + (b"\xff\xfe\xff\xff" + bytes(65_533)) * 300 + seed[2:]
    yield "jpeg of 255 components", seed[: at + 9] + b"\xff" + seed[at + 10 :]
    yield "jpeg with EXIF that lies", seed[:2] + b"\xff\xe1\x00\x20Exif\0\0II*\0\xff\xff\xff\xff" + bytes(16) + seed[2:]
    scans = seed[seed.index(b"\xff\xda") : -2]
    yield "jpeg of 2,000 scans", seed[:-2] + scans * 2_000 + seed[-2:]
    yield "jpeg without an end", seed[:-2] + b"\xff\xd0" * 200_000


# --- PDF ---------------------------------------------------------------------------------------------------------


def _pdf(objects: list[str], *, head: str = "%PDF-1.7\n") -> bytes:
    """A PDF by hand; PDFium finds the objects itself where there is no table of them."""
    body = "".join(f"{n} 0 obj\n{each}\nendobj\n" for n, each in enumerate(objects, 1))
    return (head + body + "trailer << /Root 1 0 R >>\n%%EOF").encode("latin-1")


_ROOT = "<< /Type /Catalog /Pages 2 0 R {} >>"
_PAGES = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def _page(**more: str) -> str:
    said = {"MediaBox": "[0 0 200 200]", "Contents": "4 0 R", "Resources": "<< >>", **more}
    return "<< /Type /Page /Parent 2 0 R " + " ".join(f"/{name} {value}" for name, value in said.items()) + " >>"


def _stream(content: str, said: str = "") -> str:
    return f"<< /Length {len(content)} {said} >> stream\n{content}\nendstream"


def pdfs() -> Made:
    """PDF."""

    def one(
        name: str, content: str = "0 0 99 99 re f", root: str = "", said: str = "", **page: str
    ) -> tuple[str, bytes]:
        return name, _pdf([_ROOT.format(root), _PAGES, _page(**page), _stream(content, said)])

    for box in ("[0 0 1e30 1e30]", "[0 0 0 0]", "[0 0 14400 1]", "[nan 0 5 5]", "[-1e9 -1e9 1e9 1e9]", "[5 5]", "7"):
        yield one(f"pdf with a page of {box}", MediaBox=box)
    yield one("pdf with units of 1e9", UserUnit="1e9")
    yield one("pdf turned by 45", Rotate="45")
    yield one("pdf of a million states", "q " * 500_000)
    yield one("pdf of 300,000 lines", "0 0 m 99 99 l S " * 300_000)
    yield one("pdf of 100,000 clips", "0 0 99 99 re W n " * 100_000)
    yield one("pdf of 50,000 dashes", "[0.0001] 0 d 0 0 m 1e6 1e6 l S " * 2_000)
    yield one("pdf with numbers beyond all", "1e38 1e38 m -1e38 1e38 1e308 0 nan inf c S 9e99 w 0 0 m 9 9 l S")
    yield one("pdf of nested brackets", "[" * 100_000 + "]" * 100_000 + " TJ")
    yield one("pdf of nested dictionaries", "<<" * 50_000 + ">>" * 50_000)
    yield one("pdf that is a bomb", said="/Filter [/FlateDecode /FlateDecode /FlateDecode /ASCIIHexDecode]")
    yield one("pdf of 500 filters", said="/Filter [" + "/ASCIIHexDecode " * 500 + "]")
    yield one("pdf with a stream in another file", said=f"/F ({ELSEWHERE})")
    yield one("pdf that opens an address", root=f"/OpenAction << /S /URI /URI ({ELSEWHERE}) >>")
    yield one("pdf that starts a program", root="/OpenAction << /S /Launch /F (/bin/sh) >>")
    yield one("pdf with a script", root="/OpenAction << /S /JavaScript /JS (app.alert(1); while(1);) >>")
    yield one("pdf with a form", root="/AcroForm << /XFA (<x/>) /Fields [3 0 R] >>", Annots="[3 0 R]")
    yield one("pdf with a file in it", root="/Names << /EmbeddedFiles << /Names [(../x.exe) 4 0 R] >> >>")
    yield one("pdf whose length is -1", said="/Length -1")
    yield one("pdf whose page is its own resources", Resources="3 0 R", Contents="[4 0 R 4 0 R 3 0 R]")
    yield "pdf whose pages are their own", _pdf([_ROOT.format(""), "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"])
    yield "pdf that counts to two milliards", _pdf([_ROOT.format(""), "<< /Type /Pages /Kids [] /Count 2147483647 >>"])
    yield "pdf of 101 pages", seeds.pdf(pages=101)
    yield "pdf of 100,000 objects", _pdf([_ROOT.format(""), _PAGES, _page(), _stream("")] + ["null"] * 100_000)
    yield "pdf with a table that leads to itself", _pdf([_ROOT.format("")]) + b"\nstartxref\n9\n%%EOF"
    yield "pdf that is locked", _locked()
    deflated = zlib.compress(zlib.compress(b"0 0 m 9 9 l S " * 4_000_000, 9), 9)
    twice = _pdf([_ROOT.format(""), _PAGES, _page()])
    body = f"4 0 obj\n<< /Length {len(deflated)} /Filter [/FlateDecode /FlateDecode] >> stream\n".encode()
    yield "pdf of 56 MB of lines in a few kB", twice + body + deflated + b"\nendstream\nendobj\n"
    for number, trick in enumerate(TRICKS[:10]):
        title = trick.encode("utf-16-be", "surrogatepass").hex()
        yield (
            f"pdf that calls itself trick {number}",
            _pdf([_ROOT.format(""), _PAGES, _page(), _stream(f"<{title}> Tj")]),
        )


def _locked() -> bytes:
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(seeds.pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


# --- others ----------------------------------------------------------------------------------------------------------


def others() -> Made:
    """What is read by nobody."""
    for name, data in (
        ("nothing", b""), ("one zero", b"\0"), ("a million zeros", bytes(1_000_000)), ("a program", b"\x7fELF" + bytes(99)),
        ("a program of Windows", b"MZ" + bytes(99)), ("a shell script", b"#!/bin/sh\nrm -rf /\n"), ("gzip", b"\x1f\x8b\x08" + bytes(99)),
        ("a web page", b"<html><script>alert(1)</script></html>"), ("a feed", b"<?xml version='1.0'?><rss/>"), ("tar", bytes(257) + b"ustar"),
        ("pickle", b"\x80\x04cos\nsystem\n(S'id'\ntR."), ("PostScript", b"%!PS\n{ } loop"), ("TIFF", b"II*\0" + b"\xff" * 99), ("GIF", b"GIF89a" + bytes(99)),
        ("WebP", b"RIFF\xff\xff\xff\xffWEBPVP8X" + bytes(99)), ("WebAssembly", b"\0asm\1\0\0\0"), ("a drawing of DWG", b"AC1027" + bytes(99)),
        ("an empty archive", b"PK\5\6" + bytes(18)), ("a Word document", zipped({"word/document.xml": b"<x/>"})), ("JSON", b'{"a": 1}'),
    ):  # fmt: skip
        yield f"{name}", data
