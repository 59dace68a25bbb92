"""Which letters the packaged fonts hold, and what stands on paper in place of those that they lack.

A cluster (a letter with the marks upon it) can be set where one font holds all of it. Where none does, the marks go; a
letter that no font holds becomes U+FFFD and loses its marks, which would stand beside it and leave their box.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import BinaryIO

import manimgx_fonts
import manimgx_fonts_cjk

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_MARKS_MOST = 8  # upon one letter: a Burmese syllable has six
_PILED_MOST = 2  # over each other, above a letter or below it: more grow out of every line
_PILED = (220, 230)  # the combining classes of such marks
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_NO_LETTERS = frozenset({"Cc", "Cs", "Co", "Cn"})
_NO_GLYPH = frozenset("\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f\u00ad")  # set by no glyph of their own
_FAR_MARKS = frozenset({"Me"})  # a ring or a square around the letter is wider than the letter's own place
# Bows over two letters, and tone marks at the corners of an ideograph's square: beside any other letter they stick out.
_WIDE_MARKS = frozenset(map(chr, (*range(0x035C, 0x0363), *range(0x302A, 0x3030))))
_MARKED = "LN"  # categories that bear marks: upon a bracket or a full stop they are wider than it
_MOST = 800  # characters of a text that can matter on paper; the rest is cut before it is measured


def font_folders() -> list[Path]:
    """Where the packaged fonts lie."""
    return [Path(str(package.__file__)).parent for package in (manimgx_fonts, manimgx_fonts_cjk)]


def upright_fonts() -> list[Path]:
    """Their files, without the slanted ones, which no sheet uses."""
    paths = [path for folder in font_folders() for path in sorted(folder.glob("*.tt[cf]"))]
    return [path for path in paths if "Italic" not in path.name]


def printable(text: str) -> str:
    """The text on one line, as letters that can be set: without controls, private and direction codes."""
    if text.isascii() and text.isprintable():  # most texts: nothing in them can be wrong
        return " ".join(text.split())[:_MOST].strip()
    return _printable(text)


@lru_cache(maxsize=4096)
def _printable(text: str) -> str:
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    kept = (each for each in spaced if unicodedata.category(each) not in _NO_LETTERS and each not in _BIDI_CONTROLS)
    return "".join(_settable(cluster) for cluster in _clusters("".join(kept)[:_MOST])).strip()


def _clusters(text: str) -> Iterator[str]:
    """Each letter with its marks and joiners."""
    begin = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _is_mark(text[place]):
            yield text[begin:place]
            begin = place


def _is_mark(letter: str) -> bool:
    return letter in _NO_GLYPH or unicodedata.category(letter).startswith("M")


def _settable(cluster: str) -> str:
    base, marks = cluster[0], cluster[1:]
    if not marks and not _is_mark(base):
        return base if base.isascii() or _fonts_with(base) else REPLACEMENT
    if unicodedata.category(base).startswith("M"):  # a mark upon nothing
        return ""
    if base == " ":
        return base
    kept = "".join(_staying(marks, bears=unicodedata.category(base)[0] in _MARKED))[:_MARKS_MOST]
    for letters in (base + kept, unicodedata.normalize("NFD", base + kept)):
        if _one_font_holds(letters):
            return base + kept
    plain = next((form for form in (base, unicodedata.normalize("NFD", base)) if _one_font_holds(form)), None)
    return base if plain else REPLACEMENT


def _staying(marks: str, *, bears: bool) -> Iterator[str]:
    piled = dict.fromkeys(_PILED, 0)
    for mark in marks:
        where = unicodedata.combining(mark)
        if where in piled:
            piled[where] += 1
        far = unicodedata.category(mark) in _FAR_MARKS or mark in _WIDE_MARKS
        if mark in _NO_GLYPH or (bears and not far and piled.get(where, 0) <= _PILED_MOST):
            yield mark


def _one_font_holds(letters: str) -> bool:
    wanted = [letter for letter in letters if letter not in _NO_GLYPH]
    common: frozenset[int] | None = None
    for letter in wanted:
        found = _fonts_with(letter)
        common = found if common is None else common & found
        if not common:
            return False
    return True


@lru_cache(maxsize=65_536)
def _fonts_with(letter: str) -> frozenset[int]:
    """The numbers of the fonts that hold it."""
    return frozenset(number for number, held in enumerate(_held()) if ord(letter) in held)


@cache
def _held() -> tuple[frozenset[int], ...]:
    return tuple(letters_of(path) for path in upright_fonts())


def letters_of(path: Path) -> frozenset[int]:
    """The letters that a font holds, the first one of a collection (OpenType, table "cmap", formats 4 and 12)."""
    with path.open("rb") as file:
        cmap = _cmap(file)
    (count,) = struct.unpack_from(">H", cmap, 2)
    records = [struct.unpack_from(">HHI", cmap, 4 + 8 * number) for number in range(count)]
    tables = {struct.unpack_from(">H", cmap, offset)[0]: offset for kind, _, offset in records if kind in (0, 3)}
    return frozenset(_format_12(cmap, tables[12]) if 12 in tables else _format_4(cmap, tables[4]))


def _cmap(file: BinaryIO) -> bytes:
    head = file.read(16)
    begin = struct.unpack(">I", head[12:16])[0] if head.startswith(b"ttcf") else 0
    file.seek(begin)
    (count,) = struct.unpack(">4xH6x", file.read(12))
    directory = file.read(16 * count)
    for tag, _, offset, length in struct.iter_unpack(">4sIII", directory):
        if tag == b"cmap":
            file.seek(offset)
            return file.read(length)
    raise ValueError("a font without a table of letters")


def _format_12(cmap: bytes, at: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">I", cmap, at + 12)
    for first, last, glyph in struct.iter_unpack(">III", cmap[at + 16 : at + 16 + 12 * groups]):
        yield from range(first if glyph else first + 1, last + 1)


def _format_4(cmap: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">H", cmap, at + 6)[0] // 2
    shorts = struct.Struct(f">{count}H")
    ends = shorts.unpack_from(cmap, at + 14)
    starts = shorts.unpack_from(cmap, at + 16 + 2 * count)
    deltas = shorts.unpack_from(cmap, at + 16 + 4 * count)
    offsets_at = at + 16 + 6 * count
    for number, (first, last, delta, offset) in enumerate(
        zip(starts, ends, deltas, shorts.unpack_from(cmap, offsets_at), strict=True)
    ):
        for letter in range(first, min(last, 0xFFFE) + 1):
            if not offset:
                glyph = (letter + delta) & 0xFFFF
            else:
                place = offsets_at + 2 * number + offset + 2 * (letter - first)
                glyph = struct.unpack_from(">H", cmap, place)[0]
            if glyph:
                yield letter
