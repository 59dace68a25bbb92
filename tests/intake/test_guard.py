"""The whole way through the child, with files that were made to do harm."""

import contextlib
import random
import socket
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from zonemap.errors import Busy, Invalid, TooLarge
from zonemap.intake import guard, process
from zonemap.intake.guard import Limits, label, read
from zonemap.intake.sheet import Pages, Sheet
from zonemap.model.draft import TraceOptions

TIGHT = Limits(cpu_seconds=1)
PNG = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 0) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return PNG + header + b"".join(chunks) + chunk(b"IEND", b"")


def zeros(megabytes: int) -> bytes:
    return chunk(b"IDAT", zlib.compress(bytes(megabytes << 20), 1))


def svg(body: str, before: str = "") -> bytes:
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{before}<svg {space} viewBox="0 0 400 300">{body}</svg>'.encode()


def nested(count: int, element: str, reference: str) -> str:
    return (
        "".join(
            f'<{element} id="i{i}"><rect {reference}="url(#i{i - 1})" width="400" height="300"/></{element}>'
            for i in range(count)
        )
        + f'<rect {reference}="url(#i{count - 1})" width="400" height="300"/>'
    )


def pdf_of(content: bytes, **page: object) -> bytes:
    document = pikepdf.new()
    added = document.add_blank_page(page_size=(612, 792))
    added.obj.Contents = document.make_stream(content)
    for name, value in page.items():
        added.obj["/" + name] = value
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_with_picture(width: int, height: int) -> bytes:
    document = pikepdf.new()
    added = document.add_blank_page(page_size=(612, 792))
    image = document.make_stream(zlib.compress(bytes(1 << 20)))
    image.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height, BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.FlateDecode,
    )  # fmt: skip
    added.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    added.obj.Contents = document.make_stream(b"612 0 0 792 0 0 cm /I Do")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_form_in_itself() -> bytes:
    document = pikepdf.new()
    added = document.add_blank_page(page_size=(612, 792))
    form = document.make_stream(b"/F Do /F Do")
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 9, 9])
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    added.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    added.obj.Contents = document.make_stream(b"/F Do")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def noise(before: bytes, size: int = 20_000) -> bytes:
    return before + random.Random(1).randbytes(size)  # noqa: S311 - the same noise every time


BILLION = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
REFUSED: dict[str, Callable[[], bytes]] = {
    "png of 10^10 pixels in 100 bytes": lambda: png(100_000, 100_000, chunk(b"IDAT", b"x")),
    "png just over the limit": lambda: png(10_001, 10_000, zeros(1)),
    "png of 2^31 columns": lambda: png(2**31 - 1, 1, zeros(1)),
    "png with no size": lambda: png(0, 0, zeros(1)),
    "png with too little in it": lambda: png(4000, 3000, chunk(b"IDAT", zlib.compress(b"\0" * 100))),
    "png with a wrong checksum": lambda: png(400, 300, zeros(1))[:40] + b"????" + png(400, 300, zeros(1))[44:],
    "png with a bomb of text": lambda: png(
        400, 300, *[chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(60 << 20), 9))] * 3, zeros(1)
    ),
    "png with a bomb for a colour profile": lambda: png(
        400, 300, chunk(b"iCCP", b"k\0\0" + zlib.compress(bytes(200 << 20), 9)), chunk(b"IDAT", b"x")
    ),
    "png of noise": lambda: noise(PNG),
    "jpeg of noise": lambda: noise(b"\xff\xd8\xff\xe0"),
    "jpeg that states 65500 x 65500": lambda: (
        b"\xff\xd8\xff\xc0\x00\x11\x08" + struct.pack(">HH", 65500, 65500) + b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    ),
    "pdf of noise": lambda: noise(b"%PDF-1.7\n"),
    "pdf that is a web page": lambda: b"<html><script>alert(1)</script>%PDF-1.4",
    "pdf that is a zip": lambda: b"PK\x03\x04%PDF-1.4 word/",
    "pdf with a page like a strip": lambda: pdf_of(b"", MediaBox=pikepdf.Array([0, 0, 14400, 1])),
    "pdf with a form in itself": pdf_form_in_itself,
    "svg billion laughs": lambda: svg("<text>&e9;</text>", f'<!DOCTYPE svg [<!ENTITY e0 "ha">{BILLION}]>'),
    "svg entity from a file": lambda: svg(
        "<text>&e;</text>", '<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    ),
    "svg of 400,000 shapes": lambda: svg("<rect/>" * 400_000),
    "svg 100,000 deep": lambda: svg("<g>" * 100_000 + "</g>" * 100_000),
    "svg uses of uses": lambda: svg(
        '<g id="a0"><rect/></g>'
        + "".join(f'<g id="a{i}">' + f'<use xlink:href="#a{i - 1}"/>' * 10 + "</g>" for i in range(1, 12))
    ),
    "svg that uses itself": lambda: svg('<g id="a"><use href="#a"/></g>'),
    "svg masks in masks": lambda: svg(nested(90, "mask", "mask")),
    "svg groups that need 90 layers": lambda: svg(
        '<g opacity="0.9">' * 90 + '<rect width="400" height="300"/>' + "</g>" * 90
    ),
    "svg path without end": lambda: svg('<path stroke="red" d="M0 0' + "L399 299L0 1" * 600_000 + '"/>'),
    "svg of a million letters": lambda: svg('<text x="5" y="50">' + "W" * 1_000_000 + "</text>"),
    "svg of noise": lambda: noise(b"<svg>"),
    "svg larger than the world": lambda: svg("").replace(b"400 300", b"1e30 1e30"),
    "svg thinner than a line": lambda: svg("").replace(b"400 300", b"1000000 1"),
    "html that calls itself svg": lambda: b"<html><body onload='alert(1)'><svg></svg></body></html>",
    "only zeros": lambda: bytes(1 << 20),
    "nothing": lambda: b"",
}
HARMLESS: dict[str, Callable[[], bytes]] = {
    "png with a web page behind it": lambda: png(400, 300, zeros(1)) + b"<html><script>alert(1)</script>",
    "png with a pdf behind it": lambda: png(400, 300, zeros(1)) + b"%PDF-1.4",
    "png with a name full of tricks": lambda: png(
        400, 300, chunk(b"tEXt", b"Title\0../../etc/\xe2\x80\xaegnp.exe"), zeros(1)
    ),
    "pdf with a page of no size": lambda: pdf_of(b"", MediaBox=pikepdf.Array([0, 0, 0, 0]), UserUnit=1e-9),
    "pdf with a script": lambda: pdf_of(
        b"0 0 99 99 re f",
        AA=pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))),
    ),
    "pdf with a picture that lies": lambda: pdf_with_picture(60_000, 60_000),
    "pdf of 14400 points": lambda: pdf_of(b"0 0 99 99 re f", MediaBox=pikepdf.Array([0, 0, 14400, 14400])),
    "pdf of nested states": lambda: pdf_of(b"q " * 200_000),
    "svg with a script": lambda: svg("<script>alert(1)</script><rect onclick='alert(1)'/>"),
    "svg with pictures from elsewhere": lambda: svg(
        '<image href="http://127.0.0.1:9/a.png"/><image href="/etc/hostname"/>'
    ),
    "svg dashes without end": lambda: svg('<path d="M0 0L1e6 1e6" stroke="red" stroke-dasharray="0.000001 0.000001"/>'),
    "svg patterns in patterns": lambda: svg(nested(20, "pattern", "fill")),
    "svg out of all bounds": lambda: svg('<path d="M0 0L1e38 1e38L-1e38 3" stroke="red" stroke-width="1e30"/>'),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_gets_a_sentence(name: str) -> None:
    with pytest.raises((Invalid, TooLarge)) as caught:
        read(REFUSED[name](), limits=TIGHT)
    assert len(caught.value.message) < 300
    assert caught.value.message.endswith(".")
    assert any(verb in caught.value.message.lower() for verb in ("save", "upload", "scan", "export"))


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_only_suspicious_is_read_without_its_sting(name: str) -> None:
    result = read(HARMLESS[name]())
    assert isinstance(result, Sheet)
    pictures = [result.png, *result.tiles.values()]
    assert all(picture.startswith(PNG) and b"alert" not in picture for picture in pictures)


def test_a_mutated_file_is_read_or_refused_and_nothing_else(
    pdf: Callable[..., bytes], picture: Callable[..., bytes]
) -> None:
    chance = random.Random(7)  # noqa: S311
    seeds = [
        picture(),
        picture(kind="JPEG"),
        pdf((200, 200)),
        svg('<path d="M0 0L99 99"/>').replace(b"400 300", b"40 30"),
    ]
    for turn in range(24):
        data = bytearray(seeds[turn % 4])
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(Invalid, TooLarge):
            assert isinstance(read(bytes(data)), Sheet | Pages)


def test_a_plan_that_takes_too_long_is_stopped_by_the_clock(picture: Callable[..., bytes]) -> None:
    with pytest.raises(TooLarge, match="too long"):
        read(picture(), limits=Limits(seconds=0.01))


def test_numbers_that_take_too_long_to_read_are_not_rooms_that_could_not_be_found(
    picture: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "_READING", Limits(seconds=0.01))
    with pytest.raises(TooLarge, match="The rooms stand without them"):
        label(picture(), (), TraceOptions(0.02))


def test_a_plan_that_needs_too_much_memory_is_refused(picture: Callable[..., bytes]) -> None:
    with pytest.raises((TooLarge, Invalid), match=r"memory|intricate"):
        read(picture(size=(9000, 9000)), limits=Limits(memory_bytes=200 << 20))


def test_an_answer_that_is_too_long_is_not_taken(picture: Callable[..., bytes]) -> None:
    with pytest.raises(TooLarge, match="too much room"):
        read(picture(), limits=Limits(answer_bytes=500))


def test_more_bytes_than_the_limit_are_refused_before_a_child_starts() -> None:
    with pytest.raises(TooLarge, match=r"This file has 3.1 MB; the most is 2 MB"):
        read(bytes(3 << 20), limits=Limits(upload_bytes=2_000_000))


def test_two_plans_are_read_at_once_and_the_third_is_asked_to_wait(picture: Callable[..., bytes]) -> None:
    large = picture(size=(6000, 6000))
    threads = [threading.Thread(target=read, args=(large,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    while process._AT_ONCE._value:
        time.sleep(0.005)
    with pytest.raises(Busy, match="in a minute"):
        read(picture(), limits=Limits(patience_seconds=0))
    for thread in threads:
        thread.join()
    assert isinstance(read(picture()), Sheet)


CONFINED = """
import sys, os, socket
from zonemap.intake.confine import confine
confine(cpu_seconds=5, memory_bytes=400 << 20)
tries = {
    "reading": lambda: open(sys.argv[2], "rb").read(),
    "listing": lambda: os.listdir("."),
    "signal": lambda: os.kill(os.getppid(), 0),
    "network": lambda: socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2),
    "file": lambda: open("written", "wb", buffering=0).write(b"x"),
    "memory": lambda: bytearray(500 << 20),
}
for name, attempt in tries.items():
    try:
        attempt()
        print(name, "possible")
    except (OSError, MemoryError) as error:
        print(name, "impossible")
import zonemap.intake.raster, zonemap.intake.pdf, zonemap.intake.svg
print("program possible")
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="The limits are those of Linux.")
def test_the_child_can_reach_nothing_and_nobody(tmp_path: Path) -> None:
    secret = tmp_path / "zonemap.db"
    secret.write_text("the plan")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        command = [sys.executable, "-I", "-B", "-c", CONFINED, port, str(secret)]
        done = subprocess.run(command, env={}, cwd=tmp_path, capture_output=True, text=True, check=True)
    said = dict(line.split() for line in done.stdout.splitlines())
    assert said.pop("program") == "possible"
    assert said["file"] == said["memory"] == "impossible"
    missing = [name for name, answer in said.items() if answer == "possible"]
    if missing:
        pytest.skip(f"This kernel lacks Landlock or namespaces; still possible: {', '.join(missing)}.")
