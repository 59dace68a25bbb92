"""Changes that keep a file's structure, so that fuzzing gets past the first check: numbers, JSON, PNG, archives.

Each takes bytes, the most that may come out, and chance; it gives other bytes. Where a file does not have the
structure it gives the bytes as they came: whoever calls then changes bytes without sense.
"""

from __future__ import annotations

import copy
import io
import json
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

Mutator = Callable[[bytes, int, random.Random], bytes]

_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_NUMBERS = (
    b"0", b"-1", b"1", b"2147483647", b"-2147483648", b"4294967296", b"1e308", b"-1e308", b"1e-308", b"1e999", b"nan",
    b"inf", b"0.000001", b"255", b"256", b"65536", b"99999999999999999999", b"1e7", b"10000001", b"0.5", b"3", b"7",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 10**400, 1e308, -1e308, 5e-324, 0.1, float("inf"), float("nan"), "", "x",
    "\x00", "\u202e", "\ud800", "A" * 500, "0", "private", "=1+1", [], {}, [[]], [0, 0], [[0, 0], [1, 0], [1, 1]],
    "<script>", "../../x", 7, 4.5, "2026-02-30",
)  # fmt: skip


def numbers(data: bytes, most: int, chance: random.Random) -> bytes:
    """One or a few of the numbers in a text become others; or a piece is doubled, dropped or put elsewhere."""
    found = list(_NUMBER.finditer(data))
    if found and chance.random() < 0.6:
        for at in sorted(chance.sample(range(len(found)), min(len(found), chance.randint(1, 3))), reverse=True):
            start, end = found[at].span()
            other = chance.choice(found)[0] if chance.random() < 0.3 else chance.choice(_NUMBERS)
            data = data[:start] + other + data[end:]
        return data[:most]
    return pieces(data, most, chance)


def pieces(data: bytes, most: int, chance: random.Random) -> bytes:
    """A run of lines or tags is doubled, dropped, or put elsewhere."""
    cut = b"\n" if data.count(b"\n") > 3 else b">" if data.count(b">") > 3 else b" "
    parts = data.split(cut)
    if len(parts) < 4:
        return data
    start = chance.randrange(len(parts))
    run = parts[start : start + chance.choice((1, 1, 2, 2, 4, 8))]
    what = chance.random()
    if what < 0.4:
        place = chance.randrange(len(parts) + 1)
        parts[place:place] = run * chance.choice((1, 1, 1, 2, 30))
    elif what < 0.75:
        del parts[start : start + len(run)]
    else:
        del parts[start : start + len(run)]
        place = chance.randrange(len(parts) + 1)
        parts[place:place] = run
    return cut.join(parts)[:most]


def as_json(data: bytes, most: int, chance: random.Random) -> bytes:
    """One value somewhere in the tree becomes another, is doubled, or goes."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return data
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        tree = changed(tree, chance)
    out = json.dumps(tree).encode()
    return out if len(out) <= most else data


def changed(tree: Any, chance: random.Random) -> Any:
    """The same with one value changed."""
    if not isinstance(tree, dict | list) or not tree or chance.random() < 0.02:
        return chance.choice(_VALUES)
    holder: Any = tree
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        key = chance.choice(keys)
        inner = holder[key]
        if not isinstance(inner, dict | list) or not inner or chance.random() < 0.15:
            break
        holder = inner
    what = chance.random()
    if what < 0.15:
        del holder[key]
    elif what < 0.3 and isinstance(holder, list):
        holder.insert(key, copy.deepcopy(inner))
    elif what < 0.45:
        holder[key] = copy.deepcopy(holder[chance.choice(keys)])
    elif what < 0.55 and isinstance(inner, int | float) and not isinstance(inner, bool):
        holder[key] = chance.choice((inner + 1, -inner, inner * 1000, 0.25, str(inner)[:400]))
    else:
        holder[key] = chance.choice(_VALUES)
    return tree


def png(data: bytes, most: int, chance: random.Random) -> bytes:
    """One chunk of a PNG is changed, doubled or dropped; its sums are made right again."""
    chunks = list(_chunks(data))
    if len(chunks) < 3:
        return data
    at = chance.randrange(len(chunks))
    name, body = chunks[at]
    what = chance.random()
    if what < 0.2:
        chunks.insert(chance.randrange(len(chunks)), (name, body))
    elif what < 0.3:
        del chunks[at]
    elif name == b"IDAT" and what < 0.7:
        chunks[at] = name, _repacked(body, chance)
    else:
        chunks[at] = (
            chance.choice((name, b"tRNS", b"PLTE", b"pHYs", b"iCCP", b"zTXt", b"eXIf", b"gAMA")),
            _flipped(body, chance),
        )
    return (
        b"\x89PNG\r\n\x1a\n"
        + b"".join(
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
            for name, body in chunks
        )[: most - 8]
    )


def _chunks(data: bytes) -> Any:
    at = 8
    while at + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        if length > len(data):
            return
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length


def _repacked(body: bytes, chance: random.Random) -> bytes:
    try:
        return zlib.compress(_flipped(zlib.decompressobj().decompress(body, 1 << 20), chance))
    except zlib.error:
        return _flipped(body, chance)


def _flipped(body: bytes, chance: random.Random) -> bytes:
    if not body:
        return chance.randbytes(chance.randint(1, 20))
    out = bytearray(body)
    for _ in range(chance.randint(1, 4)):
        out[chance.randrange(len(out))] = chance.choice((0, 1, 127, 128, 255, chance.randrange(256)))
    return bytes(out[: chance.randrange(len(out) + 1)]) if chance.random() < 0.15 else bytes(out)


def archive(data: bytes, most: int, chance: random.Random) -> bytes:
    """One file in an archive is changed as what it is, and packed anew; or goes, or is there twice."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            files = [(entry.filename, box.read(entry)) for entry in box.infolist()]
    except Exception:  # whatever an archive that was changed already may raise
        return data
    if not files:
        return data
    at = chance.randrange(len(files))
    name, body = files[at]
    what = chance.random()
    if what < 0.05:
        del files[at]
    elif what < 0.1:
        files.append((name, files[chance.randrange(len(files))][1]))
    else:
        inner = as_json if body[:1] in b"{[" else numbers
        files[at] = name, inner(body, most, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, body in files:
            box.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), body, zipfile.ZIP_DEFLATED, 1)
    return out.getvalue() if len(out.getvalue()) <= most else data
