"""The same signs as a page of HTML, for a program that prints HTML: the same words, faces and sizes, no fitting."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from zonemap.printing.imposition import Sheet

_STYLE = """
@page { size: 215.9mm 279.4mm; margin: 10mm }
body { font-family: "Noto Sans"; color: #15202b; margin: 0 }
section { page-break-after: always }
h1 { background: #15202b; color: white; font-size: 40mm; line-height: 1; margin: 0 0 10mm; padding: 7mm }
p { font-size: 22mm; line-height: 1.1; margin: 0 0 8mm }
.others { border-top: 1.2pt solid; display: flex; gap: 8mm }
.others div { flex: 1 }
h2 { font-size: 12mm; margin: 4mm 0 }
.others p, footer { font-size: 15pt }
footer { border-top: 0.6pt solid; font-size: 7.5pt }
"""


def as_html(sheets: Iterable[Sheet]) -> str:
    """One page a sheet."""
    pages = "".join(map(_page, sheets))
    head = f"<meta charset=utf-8><title>Signs</title><style>{_STYLE}</style>"
    return f"<!doctype html><html lang=en><head>{head}</head><body>{pages}</body></html>"


def _page(sheet: Sheet) -> str:
    first, *others = sheet["words"] if sheet["kind"] == "sign" else [None, *sheet["words"]]
    head = f"<h1>{escape(first['headline'] if first else sheet['headline'])}</h1>"
    lines = f"<p>{escape(first['sentence'])}</p><p>{escape(first['second'])}</p>" if first else ""
    blocks = "".join(
        f"<div lang={each['language']} dir={each['direction']}><h2>{escape(each['headline'])}</h2>"
        f"<p>{escape(each['sentence'])} {escape(each['second'])}</p></div>"
        for each in others
    )
    foot = "<br>".join(escape(" ".join(row)) for row in sheet["foot"])
    return f"<section>{head}{lines}<div class=others>{blocks}</div><footer>{foot}</footer></section>"
