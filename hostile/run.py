"""Every hostile file through the real door: read, or refused with a sentence, within the limits, and nothing else.

    python -m hostile run                  all of them, a report at the end
    python -m hostile run --share 20       every twentieth

Each is given to ``intake/guard`` as an upload is. A finding is whatever is no answer and no sentence, takes more of the
processor or of memory than the child may, leaves a file behind, or asks this computer for something by its network.
"""

from __future__ import annotations

import os
import resource
import socket
import tempfile
import threading
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlsplit

from hostile.bomb_words import ELSEWHERE
from hostile.files import File, every

_CPU_MOST, _MEMORY_MOST = 130.0, 3 << 30  # of a child, or two of them one after the other: what models may
_BEGUN = 6  # words of a sentence by which it is told from others


@dataclass(frozen=True)
class Came:
    """What came of one file."""

    name: str
    what: str  # the kind of what was read, or "refused"
    sentence: str
    seconds: float
    cpu: float
    memory: int  # bytes, the most of any child of this process so far

    @property
    def is_well(self) -> bool:
        """Whether it is an answer or a sentence, within the limits."""
        spoken = self.what != "refused" or (self.sentence.endswith(".") and len(self.sentence) < 400)
        return self.what != "BROKE" and spoken and self.cpu < _CPU_MOST and self.memory < _MEMORY_MOST


def given(file: File) -> Came:
    """Give one file to the door."""
    from zonemap.errors import ZonemapError
    from zonemap.intake import guard, model_guard

    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    what, sentence = "BROKE", ""
    try:
        result = model_guard.read_list(file.data) if file.is_list else guard.read(file.data)
        what = type(result).__name__.replace("tuple", "rows")
    except ZonemapError as error:
        what, sentence = "refused", error.message
    except Exception as error:
        sentence = repr(error)
    used, took = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return Came(file.name, what, sentence, took, cpu, used.ru_maxrss * 1024)


def run(share: int = 1, jobs: int = 2) -> Iterator[str]:
    """Give all, or every so many-th; the report, line by line. Raises SystemExit where there is a finding."""
    with _listening() as asked, tempfile.TemporaryDirectory() as folder:
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        with get_context("fork").Pool(jobs, maxtasksperchild=100) as pool:
            came = list(pool.imap_unordered(given, _every(share), chunksize=1))
        left = sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*"))
    yield from _report(came)
    broke = [f"{each.name}: {each.what} {each.sentence} ({each.cpu:.0f} s)" for each in came if not each.is_well]
    broke += [f"left behind: {name}" for name in left] + [f"asked for by network: {what}" for what in asked]
    yield from broke
    yield f"{len(broke)} findings."
    if broke:
        raise SystemExit(1)


def _every(share: int) -> Iterator[File]:
    warnings.simplefilter("ignore")  # archives with a name twice, which are meant
    for number, file in enumerate(every()):
        if number % share == 0:
            yield file


def _report(came: Sequence[Came]) -> Iterator[str]:
    kinds = Counter(each.what for each in came)
    yield f"{len(came)} files: " + ", ".join(f"{count} {what}" for what, count in kinds.most_common())
    slow = sorted(came, key=lambda each: -each.cpu)[:5]
    yield "the most of the processor: " + "; ".join(f"{each.cpu:.1f} s {each.name}" for each in slow)
    large = max(came, key=lambda each: each.memory)
    yield f"the most memory of a child: {large.memory / 1e6:.0f} MB, up to {large.name}"
    yield f"of the processor altogether: {sum(each.cpu for each in came):.0f} s"
    sentences = Counter(" ".join(each.sentence.split()[:_BEGUN]) for each in came if each.what == "refused")
    yield from (f"{count:6} {sentence} ..." for sentence, count in sentences.most_common())


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Whoever follows an address in a hostile file comes here, and is noted."""
    where, asked = urlsplit(ELSEWHERE), list[str]()
    with closing(socket.create_server((where.hostname or "", where.port or 0))) as server:
        server.settimeout(0.2)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, _ = server.accept()
                except OSError:
                    continue
                with closing(connection):
                    asked.append(connection.recv(200).decode("latin-1"))

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield asked
        finally:
            stop.set()
            thread.join()
