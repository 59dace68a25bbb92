"""The one door to Typst: data in, a finished PDF, SVG or PNG out. Nothing is written to disk.

The compiler is kept warm, one for the process; a lock keeps two threads from setting the same one. Output depends on
the templates, the packaged fonts and the data alone: no system font, no date, no random name.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import threading
import unicodedata
import zlib
from collections.abc import Mapping, Set
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import typst

from zonemap.errors import Invalid
from zonemap.printing.letters import font_folders, printable
from zonemap.settings import settings_from

Format = Literal["pdf", "svg", "png"]
_PNG_HEAD = 33  # bytes: the signature and the chunk IHDR

_ROUNDS = 12  # each round replaces every letter that Typst reported; more would mean that it reports new ones for ever
_UNSET = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\(.)")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_lock = threading.Lock()


@cache
def template_folder() -> Path:
    """Where the sheets' templates lie."""
    return settings_from({}).templates / "print"


@cache
def templates_mark() -> str:
    """Changes when a template or Typst itself does: the same data may then look another way."""
    texts = [path.read_bytes() for path in sorted(template_folder().glob("*.typ"))]
    return hashlib.sha256(b"\0".join([version("typst").encode(), *texts])).hexdigest()


@cache
def _fonts() -> typst.Fonts:
    folders = [str(folder) for folder in font_folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=template_folder(), font_paths=_fonts(), ignore_system_fonts=True)


def forget(runs: int) -> None:
    """Give back the memory of what was set before: Typst keeps it for ten runs, so ``runs`` empty ones follow."""
    with _lock:
        for _ in range(runs):
            _compiler().compile(input=b"", format="svg")


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(each) for each in value]
    return value


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)


def _without(document: str, error: typst.TypstError) -> str | None:
    """The document with every letter replaced that no packaged font holds; None where that was not the trouble."""
    unset = {letter for found in _UNSET.findall(error.diagnostic) for letter in _unescaped(found)}
    # ASCII has its glyphs, and is what the document itself is written in: where it is told, a mark upon it is meant.
    bearing = {letter for letter in unset if letter.isascii()} - {" "}
    others = {letter for letter in unset if not letter.isascii()} - {_REPLACEMENT}
    plainer = _without_marks(document, bearing).translate({ord(letter): _REPLACEMENT for letter in others})
    return plainer if plainer != document else None


def _without_marks(document: str, bearing: Set[str]) -> str:
    """The document with every mark replaced that stands upon one of these letters."""
    if not bearing:
        return document
    made, upon = [], False
    for letter in document:
        is_mark = unicodedata.category(letter).startswith("M")
        made.append(_REPLACEMENT if upon and is_mark else letter)
        upon = letter in bearing or (upon and is_mark)
    return "".join(made)


def _compile(document: str, pictures: Mapping[str, str], form: Format, ppi: float | None) -> bytes | list[bytes]:
    with _lock:
        made = _compiler().compile(
            input=template_folder() / "book.typ",
            format=form,
            ppi=ppi,
            sys_inputs={"data": document, **pictures},
            pdf_standards=["ua-1"] if form == "pdf" else [],
        )
    return made or b""


def _checked(document: str, pictures: Mapping[str, str]) -> tuple[str, bytes]:
    """The document in which every letter can be set, and its PDF: only PDF/UA-1 finds a letter without a glyph."""
    for _ in range(_ROUNDS):
        try:
            made = _compile(document, pictures, "pdf", None)
        except typst.TypstError as error:
            plainer = _without(document, error)
            if plainer is None:
                raise Invalid(f"This sheet could not be set: {error.message}.", diagnostic=error.diagnostic) from error
            document = plainer
        else:
            return document, made if isinstance(made, bytes) else made[0]
    raise Invalid("This sheet holds letters that cannot be printed. Write the names in letters of one script.")


def _written(book: Mapping[str, Any]) -> str:
    return json.dumps(_cleaned(book), ensure_ascii=False, separators=(",", ":"))


def pdf(book: Mapping[str, Any], pictures: Mapping[str, str] | None = None) -> bytes:
    """The book as a tagged PDF (PDF/UA-1). ``pictures`` are SVG texts by the names that the sheets use.

    Raises Invalid where it cannot be set. A letter that no packaged font holds becomes U+FFFD.
    """
    return _checked(_written(book), pictures or {})[1]


def svg(book: Mapping[str, Any], pictures: Mapping[str, str] | None = None) -> tuple[bytes, ...]:
    """Every page of the book as an SVG, letters as outlines. Raises Invalid like ``pdf``."""
    return _pages(_written(book), pictures or {}, "svg", None)


def png(book: Mapping[str, Any], pictures: Mapping[str, str] | None = None, *, ppi: float = 96) -> tuple[bytes, ...]:
    """Every page of the book as a PNG with so many pixels an inch. Raises Invalid like ``pdf``."""
    return tuple(_sized(each, ppi) for each in _pages(_written(book), pictures or {}, "png", ppi))


def _sized(picture: bytes, ppi: float) -> bytes:
    """The PNG with its dots an inch (PNG specification, 11.3.4.3, dots a metre), so that it is printed at true size."""
    dots = round(ppi / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return picture[:_PNG_HEAD] + chunk + picture[_PNG_HEAD:]


def asked(book: Mapping[str, Any], pictures: Mapping[str, str], mark: str) -> list[Any]:
    """What the templates say of the book under that mark, as "<headline-mm>". Raises Invalid like ``pdf``."""
    try:
        found = typst.query(
            input=template_folder() / "book.typ",
            selector=mark,
            field="value",
            root=template_folder(),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": _written(book), **pictures},
        )
    except typst.TypstError as error:
        raise Invalid(f"This sheet could not be set: {error.message}.", diagnostic=error.diagnostic) from error
    return list(json.loads(found))


def _pages(document: str, pictures: Mapping[str, str], form: Format, ppi: float | None) -> tuple[bytes, ...]:
    try:
        made = _compile(document, pictures, form, ppi)
    except typst.TypstError as error:
        raise Invalid(f"This sheet could not be set: {error.message}.", diagnostic=error.diagnostic) from error
    return (made,) if isinstance(made, bytes) else tuple(made)
