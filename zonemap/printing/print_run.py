"""A print run: any number of sheets as one tagged PDF that comes out piece by piece while the rest is still being set.

Parts of some dozens of sheets are set in processes of their own and joined here: pages, tags, named tags, bookmarks.
Memory is that of a few parts, whatever the run's length. The same sheets give the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import re
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context

from zonemap.errors import Busy
from zonemap.printing.print_part import BOOKMARKS, DOCUMENT, KEYS_A_PART, PAGES, TAGS, Part, Text, set_part
from zonemap.printing.sheets import Sheet

FIRST_PART, OTHER_PARTS = 16, 40  # sheets: a small part first, so that the first page is soon there
WORKERS_MOST = 2  # each takes some 150 MB

PrintSheet = tuple[Sheet, Mapping[str, str]]  # a sheet, and the pictures that it shows by their names
_CATALOGUE, _PAGES, _TAGS, _DOCUMENT, _BOOKMARKS = 1, 2, 3, 4, 5
_SHARED = {PAGES: _PAGES, TAGS: _TAGS, DOCUMENT: _DOCUMENT, BOOKMARKS: _BOOKMARKS}
_PAGE_COUNT = re.compile(rb"(?<=<xmpTPg:NPages>)\d+(?=</)")


def print_run(
    title: str,
    author: str,
    sheets: Iterable[PrintSheet],
    *,
    on_progress: Callable[[int], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    workers: int | None = None,
) -> Iterator[bytes]:
    """The sheets as one PDF, in pieces that follow one another. ``sheets`` is read only as far as it is needed.

    ``on_progress`` is told how many sheets are done. Where ``cancelled`` says so, or the iterator is closed, the run
    stops after the parts under way. Raises Invalid where a sheet cannot be set, Busy where a worker was stopped.
    """
    joined, done = _Joined(), 0
    for part in _parts(title, author, sheets, workers or _workers()):
        if cancelled():
            return
        yield joined.add(part)
        done += part.sheets
        on_progress(done)
    yield joined.end()


def _workers() -> int:
    return min(WORKERS_MOST, os.cpu_count() or 1)


def _chunks(sheets: Iterable[PrintSheet]) -> Iterator[list[PrintSheet]]:
    left, size = iter(sheets), FIRST_PART
    while some := list(islice(left, size)):
        yield some
        size = OTHER_PARTS


def _parts(title: str, author: str, sheets: Iterable[PrintSheet], workers: int) -> Iterator[Part]:
    """The parts in order, so many set at a time, and one more waiting for each worker."""
    under_way: deque[Future[Part]] = deque()
    with _pool(workers) as pool:
        for number, some in enumerate(_chunks(sheets)):
            pictures = {name: picture for _, shown in some for name, picture in shown.items()}
            under_way.append(pool.submit(set_part, number, title, author, [sheet for sheet, _ in some], pictures))
            if len(under_way) > 2 * workers:
                yield _result(under_way)
        while under_way:
            yield _result(under_way)


def _result(under_way: deque[Future[Part]]) -> Part:
    try:
        return under_way.popleft().result()
    except BrokenExecutor as error:
        raise Busy(
            "The pages could not be set: this computer ran out of memory. Try again with fewer sheets."
        ) from error


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    # A server has threads, and a forked child could inherit a lock that one of them holds.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class _Joined:
    """The PDF as far as it is written: where its objects stand, and what the end has to name."""

    def __init__(self) -> None:
        self._out: list[bytes] = [b"%PDF-1.7\n%\x80\x80\x80\x80\n"]
        self._at = len(self._out[0])
        self._digest = hashlib.sha256()
        self._offsets = array("Q", [0] * (_BOOKMARKS + 1))
        self._roots: list[bytes] = []
        self._tags: list[bytes] = []
        self._keys: list[bytes] = []
        self._names: list[bytes] = []
        self._pages = self._bookmarks = self._first_bookmark = 0
        self._last_bookmark: tuple[int, bytes] | None = None
        self._first: Part | None = None

    def add(self, part: Part) -> bytes:
        """Write a part; gives the bytes that it adds to the file."""
        self._first = self._first or part
        numbers = {local: len(self._offsets) + place for place, local in enumerate(part.pieces)} | _SHARED
        self._offsets.extend([0] * len(part.pieces))
        links = self._linked(part, numbers)
        for local, piece in part.pieces.items():
            body = _filled(piece.body, numbers) if local not in links else links[local]
            if part.bookmarks and local == part.bookmarks.last:
                self._last_bookmark = (numbers[local], body)
            else:
                self._write(numbers[local], body, piece.stream)
        self._roots.append(b"%d 0 R" % numbers[part.pages_root])
        self._tags += [_filled(each, numbers) for each in part.tags]
        self._keys.append(b"%d 0 R" % numbers[part.tag_keys])
        if part.tag_names is not None:
            self._names.append(b"%d 0 R" % numbers[part.tag_names])
        self._pages += part.pages
        return self._taken()

    def _linked(self, part: Part, numbers: Mapping[int, int]) -> dict[int, bytes]:
        """The first bookmark of the part with the one before it; that one is written, and names this one."""
        if part.bookmarks is None:
            return {}
        first = numbers[part.bookmarks.first]
        self._bookmarks += part.bookmarks.count
        self._first_bookmark = self._first_bookmark or first
        body = _filled(part.pieces[part.bookmarks.first].body, numbers)
        if self._last_bookmark:
            number, before = self._last_bookmark
            self._write(number, _with(before, b"/Next %d 0 R" % first))
            body = _with(body, b"/Prev %d 0 R" % number)
        return {part.bookmarks.first: body}

    def end(self) -> bytes:
        """Write what names the parts; gives the rest of the file."""
        if self._first is None:
            return b""
        first = self._first
        if self._last_bookmark:
            self._write(*self._last_bookmark)
        self._write(_PAGES, b"<< /Type /Pages /Count %d /Kids [ %b ] >>" % (self._pages, b" ".join(self._roots)))
        self._write_tags(first)
        catalogue = _filled(first.catalogue, {})
        metadata = self._new(
            b"<< /Type /Metadata /Subtype /XML /Length %d >>",
            _PAGE_COUNT.sub(b"%d" % self._pages, first.metadata),
        )
        parts = b"/Type /Catalog /Pages 2 0 R /StructTreeRoot 3 0 R /Metadata %d 0 R" % metadata
        if self._last_bookmark:
            parts += b" /Outlines 5 0 R"
        self._write(_CATALOGUE, _with(catalogue, parts))
        return self._ended(self._new(_filled(first.information, {})))

    def _write_tags(self, first: Part) -> None:
        keys = self._new(b"<< /Kids [ %b ] >>" % b" ".join(self._keys))
        more = b""
        if self._names:
            more = b" /IDTree %d 0 R" % self._new(b"<< /Kids [ %b ] >>" % b" ".join(self._names))
        self._write(_DOCUMENT, b"<< /Type /StructElem /S /Document /P 3 0 R /K [ %b ] >>" % b" ".join(self._tags))
        self._write(
            _TAGS,
            b"<< /Type /StructTreeRoot /K [ 4 0 R ] /ParentTree %d 0 R /ParentTreeNextKey %d /RoleMap %b%b >>"
            % (keys, len(self._keys) * KEYS_A_PART, _filled(first.roles, {}), more),
        )
        if self._last_bookmark:
            ends = (self._first_bookmark, self._last_bookmark[0], self._bookmarks)
            self._write(_BOOKMARKS, b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % ends)

    def _ended(self, information: int) -> bytes:
        self._digest.update(b"".join(self._out))
        mark, size = self._digest.hexdigest()[:32].encode(), len(self._offsets)
        table = bytearray(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        for number in range(1, size):  # one by one: as a list the rows of a long run would take some 30 MB
            free = number == _BOOKMARKS and not self._offsets[number]
            table += b"0000000000 00001 f \n" if free else b"%010d 00000 n \n" % self._offsets[number]
        trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R /ID [ <%b> <%b> ] >>\nstartxref\n%d\n%%%%EOF\n"
        self._out += [bytes(table), trailer % (size, information, mark, mark, self._at)]
        return b"".join(self._out)

    def _new(self, body: bytes, stream: bytes | None = None) -> int:
        self._offsets.append(0)
        self._write(len(self._offsets) - 1, body % len(stream) if stream is not None else body, stream)
        return len(self._offsets) - 1

    def _write(self, number: int, body: bytes, stream: bytes | None = None) -> None:
        self._offsets[number] = self._at
        content = body if stream is None else b"%b\nstream\n%b\nendstream" % (body, stream)
        self._out.append(b"%d 0 obj\n%b\nendobj\n" % (number, content))
        self._at += len(self._out[-1])

    def _taken(self) -> bytes:
        made = b"".join(self._out)
        self._digest.update(made)
        self._out = []
        return made


def _filled(text: Text, numbers: Mapping[int, int]) -> bytes:
    return text.text % tuple(numbers[each] for each in text.names)


def _with(dictionary: bytes, entry: bytes) -> bytes:
    """A dictionary's text with one more entry."""
    return b"%b %b >>" % (dictionary.rstrip().removesuffix(b">>").rstrip(), entry)
