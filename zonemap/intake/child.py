"""The child process: bytes in, our own pictures out. Started by ``guard.py`` and by nobody else.

The only modules that touch Pillow, pypdfium2 and resvg are those that this one imports after it has locked itself in.
"""

from __future__ import annotations

import sys

from zonemap.errors import TooLarge, ZonemapError
from zonemap.intake.confine import confine
from zonemap.intake.frames import packed_error, packed_result
from zonemap.intake.kinds import Kind, kind_of
from zonemap.intake.sheet import Pages, Sheet

_TOO_MUCH = (
    "This plan needs more memory than is allowed. "
    "Export it as PNG or JPEG with 4000 to 8000 pixels on the long side, and upload that."
)


def sheet_or_pages(data: bytes, page: int | None) -> Sheet | Pages:
    """What ``data`` holds. Raises Invalid or TooLarge."""
    kind = kind_of(data)
    if kind is Kind.PDF:
        from zonemap.intake.pdf import read_pdf

        return read_pdf(data, page)
    if kind is Kind.SVG:
        from zonemap.intake.svg import read_svg

        return read_svg(data)
    from zonemap.intake.raster import read_raster

    return read_raster(data)


def main(cpu_seconds: str, memory_bytes: str, page: str) -> None:
    """Read standard input, write the framed answer to standard output."""
    confine(cpu_seconds=int(cpu_seconds), memory_bytes=int(memory_bytes))
    try:
        answer = packed_result(sheet_or_pages(sys.stdin.buffer.read(), int(page) or None))
    except ZonemapError as error:
        answer = packed_error(error)
    except MemoryError:
        answer = packed_error(TooLarge(_TOO_MUCH))
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
