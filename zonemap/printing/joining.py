"""Several tagged PDFs of Typst as one: their pages, their bookmarks, and their tags as one tree.

Typst numbers the tags of each PDF from 0, so those of later parts are moved along. Only the first part may hold tables:
their cells are named, and the names of two parts would be the same.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Name, NumberTree, Object, OutlineItem, Pdf


def join(parts: Sequence[bytes]) -> bytes:
    """One PDF; the first part gives the title and the language. The same parts give the same bytes."""
    out = Pdf.open(io.BytesIO(parts[0]))
    for part in parts[1:]:
        with Pdf.open(io.BytesIO(part)) as source:
            _add(out, source)
    made = io.BytesIO()
    out.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    out.close()
    return made.getvalue()


def _add(out: Pdf, source: Pdf) -> None:
    first = len(out.pages)
    out.pages.extend(source.pages)
    _add_tags(out, source, first)
    places: dict[object, int] = {page.objgen: place for place, page in enumerate(source.pages, first)}
    with source.open_outline() as theirs, out.open_outline() as ours:
        for item in theirs.root:
            target = item.destination
            place = places[target[0].objgen] if isinstance(target, Array) else first
            ours.root.append(OutlineItem(item.title, place))


def _add_tags(out: Pdf, source: Pdf, first: int) -> None:
    ours, theirs = out.Root.StructTreeRoot, source.Root.StructTreeRoot
    used = int(ours.ParentTreeNextKey)
    for page in list(out.pages)[first:]:
        for each in (page.obj, *page.obj.get(Name.Annots, ())):
            for name in (Name.StructParents, Name.StructParent):
                if name in each:
                    each[name] = int(each[name]) + used
    document = ours.K[0]
    for element in source.Root.StructTreeRoot.K[0].K:
        moved = out.copy_foreign(_indirect(source, element))
        moved.P = document
        document.K.append(moved)
    numbers = NumberTree(ours.ParentTree)
    for number, elements in NumberTree(theirs.ParentTree).items():
        numbers[used + int(number)] = out.copy_foreign(_indirect(source, elements))
    ours.ParentTreeNextKey = used + int(theirs.ParentTreeNextKey)


def _indirect(source: Pdf, value: Object) -> Object:
    return value if value.is_indirect else source.make_indirect(value)
