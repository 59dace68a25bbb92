"""The child process: a question in, an answer out. Started by ``process.py`` and by nobody else.

The only modules that touch parsers and OpenCV are those that ``jobs.py`` imports after this one has locked itself in.
"""

from __future__ import annotations

import os
import sys

from zonemap.errors import TooLarge, ZonemapError
from zonemap.intake.confine import confine
from zonemap.intake.frames import opened, packed_error

_TOO_MUCH = (
    "This plan needs more memory than is allowed. "
    "Export it as PNG or JPEG with 4000 to 8000 pixels on the long side, and upload that."
)


def main(cpu_seconds: str, memory_bytes: str) -> None:
    """Read a question from standard input, write the framed answer to standard output."""
    confine(cpu_seconds=int(cpu_seconds), memory_bytes=int(memory_bytes))
    ours = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints goes nowhere, and not into the answer
    from zonemap.intake.jobs import JOBS

    try:
        header, (data,) = opened(sys.stdin.buffer.read())
        answer = JOBS[header["job"]](header, data)
    except ZonemapError as error:
        answer = packed_error(error)
    except MemoryError:
        answer = packed_error(TooLarge(_TOO_MUCH))
    with ours:
        ours.write(answer)


if __name__ == "__main__":
    main(*sys.argv[1:])
