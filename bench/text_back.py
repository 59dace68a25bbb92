"""How much of a sign's text comes back from its PDF, by language and tool.

``python -m bench.text_back --write docs/print.md`` measures every language and writes the table there.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pypdfium2 import PdfDocument

from zonemap.model.sign import NoticeWords, SignKind, SignOptions
from zonemap.printing import book
from zonemap.rules.sign_texts import languages
from zonemap.work.sign_specimens import specimen

KINDS = (SignKind.PRIVATE, SignKind.NOTICE)
_MARKS = "<!-- text back -->", "<!-- end of text back -->"


@dataclass(frozen=True, slots=True)
class Back:
    """What came back, as shares from 0 to 1: of the letters, and of the words as they are written."""

    letters: float
    words: float


def by_pdfium(pdf: bytes) -> str:
    """The text as PDFium, and so Chrome, reads it."""
    document = PdfDocument(pdf)
    try:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def by_poppler(pdf: bytes) -> str:
    """The text as pdftotext reads it, which GNOME's and KDE's readers share."""
    program = shutil.which("pdftotext") or "pdftotext"
    done = subprocess.run([program, "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def readers() -> Mapping[str, Callable[[bytes], str]]:
    """The tools that are here."""
    found: dict[str, Callable[[bytes], str]] = {"PDFium": by_pdfium}
    return found | ({"Poppler": by_poppler} if shutil.which("pdftotext") else {})


def written(code: str, kind: SignKind) -> str:
    """What a specimen says in that language."""
    signs = specimen(kind, ("en", code) if code != "en" else ("en",))
    words = (signs.notices or signs.signs or signs.places)[0].words[-1]
    if isinstance(words, NoticeWords):
        return " ".join([words.title, *words.paragraphs, words.interpreter]).replace("{whom}", words.whom)
    return " ".join(value for name, value in asdict(words).items() if name not in ("language", "direction"))


def printed(code: str, kind: SignKind) -> bytes:
    """The specimen's PDF, English and that language on a Letter sheet."""
    return book.sheet_pdf(specimen(kind, ("en", code) if code != "en" else ("en",)), "specimen", SignOptions())


def back(asked: str, text: str) -> Back:
    """How much of what was asked for stands in the text: every letter, and every word whole."""
    wanted, found = _letters(asked), _letters(text)
    words, plain = _plain(asked).split(), _plain(text)
    whole = sum(word in plain for word in words)
    return Back(1 - (wanted - found).total() / wanted.total(), whole / len(words))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", _RULES.sub("", text)).split())


_RULES = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # which way to read: pdftotext adds them


def _letters(text: str) -> Counter[str]:
    return Counter(char for char in _plain(text) if not char.isspace() and unicodedata.category(char) != "Cf")


def rows() -> Iterator[tuple[str, Mapping[str, Back]]]:
    """Each language, and what each tool gives back of its private door and its notice together."""
    for language in languages():
        asked = " ".join(written(language.code, kind) for kind in KINDS)
        pdfs = [printed(language.code, kind) for kind in KINDS]
        yield (
            f"{language.name} ({language.code})",
            {tool: back(asked, " ".join(map(read, pdfs))) for tool, read in readers().items()},
        )


def table() -> str:
    """The table in Markdown."""
    tools = list(readers())
    head = ["language", *(f"{tool}, {what}" for tool in tools for what in ("letters", "words"))]
    lines = [head, ["---", *["---:"] * (len(head) - 1)]]
    for name, found in rows():
        lines.append([name, *(f"{share:.0%}" for tool in tools for share in (found[tool].letters, found[tool].words))])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main(arguments: list[str]) -> None:
    """Print the table, or with ``--write FILE`` put it between its marks there."""
    made = table()
    if arguments[:1] != ["--write"]:
        print(made)
        return
    path = Path(arguments[1])
    before, rest = path.read_text(encoding="utf-8").split(_MARKS[0])
    after = rest.split(_MARKS[1])[1]
    path.write_text(f"{before}{_MARKS[0]}\n{made}\n{_MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
