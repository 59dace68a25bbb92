"""A part of a print run: some sheets set by Typst in a process of their own, then taken apart to be joined.

A part's objects are kept as text with "%d" wherever they name another object; whoever joins the parts counts objects
anew. What a PDF has once (catalogue, roots of pages, tags and bookmarks) is left out and named by the numbers below 0.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from zonemap.printing import typst_page

PAGES, TAGS, DOCUMENT, BOOKMARKS = -1, -2, -3, -4  # the objects that the parts share
KEYS_A_PART = 100_000  # keys of the parent tree that each part has for itself; a page takes one
_CATALOGUE = ("/Lang", "/MarkInfo", "/ViewerPreferences")
_NAMED = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9a-fA-F]*>|\b(\d+) 0 R\b", re.DOTALL)
_FORGET_AFTER = 11  # Typst keeps what it has set for ten runs: so many empty ones give the memory back


@dataclass(frozen=True, slots=True)
class Text:
    """A PDF value: "%d" stands where it names an object, in the order of ``names``."""

    text: bytes
    names: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One indirect object, with the bytes of its stream where it has one."""

    body: Text
    stream: bytes | None = None


@dataclass(frozen=True, slots=True)
class Bookmarks:
    """The bookmarks of the first level: the first and the last (they are linked to other parts), and how many."""

    first: int
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class Part:
    """Objects by their number within the part, and where the parts have to be sewn together."""

    sheets: int
    pages: int
    pieces: Mapping[int, Piece]
    pages_root: int
    tags: tuple[Text, ...]  # the first level under the document
    tag_keys: int  # the branch of the parent tree
    tag_names: int | None  # the branch of the tree of named tags, where there are any
    bookmarks: Bookmarks | None
    roles: Text
    information: Text
    catalogue: Text  # language and preferences
    metadata: bytes


def set_part(
    number: int, title: str, author: str, sheets: Sequence[Mapping[str, Any]], pictures: Mapping[str, str]
) -> Part:
    """Set these sheets as part ``number`` (from 0) of a run. Raises Invalid like ``typst_page.pdf``."""
    made = typst_page.pdf({"title": title, "author": author, "sheets": sheets}, pictures)
    typst_page.forget(_FORGET_AFTER)
    with Pdf.open(io.BytesIO(made)) as document:
        return _taken_apart(document, number, len(sheets))


def _taken_apart(document: Pdf, number: int, sheets: int) -> Part:
    root, tags = document.Root, document.Root.StructTreeRoot
    first_level = _items(tags.K[0].K)
    _move_keys(document, number * KEYS_A_PART)
    keys = document.make_indirect(_branch_of_keys(tags, number * KEYS_A_PART))
    names = _branch_of_names(document, tags, b"%04d-" % number)
    shared = _shared(document)
    return Part(
        sheets=sheets,
        pages=len(document.pages),
        pieces={each.objgen[0]: _piece(each, shared) for each in document.objects if shared.get(each.objgen[0], 1) > 0},
        pages_root=root.Pages.objgen[0],
        tags=tuple(_text(each, shared, whole=False) for each in first_level),
        tag_keys=keys.objgen[0],
        tag_names=names.objgen[0] if names is not None else None,
        bookmarks=_bookmarks(root),
        roles=_text(tags.get(Name.RoleMap, Dictionary()), {}),
        information=_text(document.trailer.Info, {}),
        catalogue=_text(Dictionary({name: root[name] for name in _CATALOGUE if name in root}), {}),
        metadata=root.Metadata.read_bytes(),
    )


def _shared(document: Pdf) -> dict[int, int]:
    """What the parts share, by its number in this part; 0 for what is not kept at all."""
    root, tags = document.Root, document.Root.StructTreeRoot
    above = document.make_indirect(Dictionary())
    root.Pages.Parent = above
    shared = {each.objgen[0]: 0 for each in (root, document.trailer.Info, root.Metadata)}
    shared |= {above.objgen[0]: PAGES, tags.objgen[0]: TAGS, tags.K[0].objgen[0]: DOCUMENT}
    if Name.Outlines in root:
        shared[root.Outlines.objgen[0]] = BOOKMARKS
    return shared


def _branch_of_keys(tags: Object, base: int) -> Dictionary:
    """The parent tree as a branch of a larger one; every page that names a key of it is moved along."""
    numbers = list(tags.ParentTree.Nums)
    keys = [base + int(key) for key in numbers[::2]]
    moved = [each for pair in zip(keys, numbers[1::2], strict=True) for each in pair]
    return Dictionary(Nums=Array(moved), Limits=Array([keys[0], keys[-1]]))


def _move_keys(document: Pdf, base: int) -> None:
    for each in document.objects:
        if isinstance(each, (Dictionary, Stream)):
            for name in (Name.StructParents, Name.StructParent):
                if name in each:
                    each[name] = base + int(each[name])


def _branch_of_names(document: Pdf, tags: Object, prefix: bytes) -> Object | None:
    """The tree of named tags as a branch of a larger one, each name with the part's number before it."""
    if Name.IDTree not in tags:
        return None
    names = list(tags.IDTree.Names)
    names[::2] = [String(prefix + bytes(name)) for name in names[::2]]
    for element in document.objects:
        if isinstance(element, Dictionary) and element.get(Name.Type) == Name.StructElem:
            _rename(element, prefix)
    return document.make_indirect(Dictionary(Names=Array(names), Limits=Array([names[0], names[-2]])))


def _rename(element: Object, prefix: bytes) -> None:
    if Name.ID in element:
        element.ID = String(prefix + bytes(element.ID))
    for attributes in element.get(Name.A, ()):
        if Name.Headers in attributes:
            attributes.Headers = Array([String(prefix + bytes(each)) for each in attributes.Headers])


def _bookmarks(root: Object) -> Bookmarks | None:
    if Name.Outlines not in root:
        return None
    first, count = root.Outlines.First, 1
    last = first
    while Name.Next in last:
        last, count = last.Next, count + 1
    return Bookmarks(first.objgen[0], last.objgen[0], count)


def _items(kids: Object) -> list[Object]:
    return list(kids) if isinstance(kids, Array) else [kids]


def _piece(value: Object, shared: Mapping[int, int]) -> Piece:
    if isinstance(value, Stream):
        return Piece(_text(value.stream_dict, shared), value.read_raw_bytes())
    return Piece(_text(value, shared))


def _text(value: Object, shared: Mapping[int, int], *, whole: bool = True) -> Text:
    """The value as text: an indirect one ``whole``, or else by its number."""
    names: list[int] = []

    def stand_in(found: re.Match[bytes]) -> bytes:
        if found[1] is None:
            return found[0]
        number = int(found[1])
        names.append(shared.get(number, number))
        return b"%d 0 R"

    written = value.unparse(resolved=whole).replace(b"%", b"%%")
    return Text(_NAMED.sub(stand_in, written), tuple(names))
