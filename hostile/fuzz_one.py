"""One target under atheris, in a process of its own: ``python -m hostile.fuzz_one TARGET SECONDS FOLDER``.

The seconds are those of the processor.

zonemap's own errors are answers. Everything else is noted once for each place it came from, with the smallest file
that does it, and the search goes on: an exception, too much of the processor's time. Too little memory is what the
child's limit makes of a file and becomes a sentence, so it is only counted; a crash of a library ends this process, and
``fuzz`` starts it again.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import resource
import sys
import time
import traceback
import warnings
from collections import Counter
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WALL_MOST = 6
WITH_SENSE = 0.7  # of the changes keep the structure of the file


def main(name: str, seconds: int, folder: Path) -> None:
    """Fuzz one target for so many seconds of the processor."""
    atheris = _atheris()
    from hostile.targets import targets  # what it imports of zonemap is imported below, instrumented

    target = targets()[name]
    findings, corpus = folder / "findings" / name, folder / "corpus" / name
    for each in (findings, corpus):
        each.mkdir(parents=True, exist_ok=True)
    for seed in target.seeds():
        (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)  # noqa: S324 - a name, as libFuzzer gives
    notes = Notes(findings, target, time.process_time() + seconds)
    resource.setrlimit(resource.RLIMIT_AS, (target.memory, target.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")  # archives with a name twice, which are meant
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what parsers print

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < WITH_SENSE:
            with suppress(RecursionError, ValueError, OverflowError):  # JSON that is too deep, or holds no JSON at all
                out = target.mutator(data, most, chance)
                if out != data:
                    return out
        return bytes(atheris.Mutate(data, most))

    options = [
        f"-max_total_time={60 + WALL_MOST * seconds}",  # a computer that is busy with other things takes longer
        "-timeout=300",  # by the clock; what takes too much of the processor is noted below
        "-rss_limit_mb=0",
        f"-max_len={target.length_most}",
        f"-artifact_prefix={findings}/",
        "-reload=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], notes.one, custom_mutator=mutate)
    atheris.Fuzz()


def _atheris() -> ModuleType:
    """Atheris, from the folder that ``make fuzz`` installed it into; zonemap's modules are imported through it."""
    for place in (ROOT / ".cache" / "fuzz").glob("lib/python*/site-packages"):
        sys.path.append(str(place))
    import atheris  # type: ignore[import-not-found,unused-ignore]

    # Imported before the rest, so that it is not instrumented: the harness and what has nothing to do with parsing.
    guided = ["zonemap", *_libraries()]
    with atheris.instrument_imports(include=guided, enable_loader_override=False):
        import_module("hostile.targets_files")
        import_module("hostile.targets_values")
        _import_all()
    return atheris  # type: ignore[no-any-return,unused-ignore]


def _libraries() -> list[str]:
    return {"dxf": ["ezdxf"], "svg-lines": ["svgelements"]}.get(sys.argv[1], [])


def _import_all() -> None:
    """What the targets import only when called: the first call must not be the one that is measured."""
    for name in (
        "intake.jobs", "intake.raster", "intake.pdf", "intake.pdf_lines", "intake.svg", "intake.svg_lines",
        "intake.dxf", "intake.dxf_sheet", "intake.models.ifc", "intake.models.imdf", "intake.models.geojson",
        "intake.models.osm", "intake.models.own", "intake.lists.csv_file", "intake.lists.workbook",
        "intake.tracing_jobs", "work.model_floors", "work.zones", "work.designations", "work.restore", "work.assess",
        "web.tracing", "web.desk_form", "work.desk_turns", "rules.protocol_guard", "rules.sign_guard",
    ):  # fmt: skip
        with suppress(ImportError):  # an extra that is not installed
            import_module(f"zonemap.{name}")


class Notes:
    """Calls the target and keeps what it should not have done."""

    def __init__(self, folder: Path, target: Any, until: float) -> None:
        from zonemap.errors import ZonemapError

        self.folder, self.target, self.until = folder, target, until
        self.fine = (ZonemapError, *target.allowed)
        self.counts: Counter[str] = Counter()
        self.written = time.monotonic()

    def one(self, data: bytes) -> None:
        """One file."""
        begun = time.process_time()
        try:
            self.target.call(data)
            self.counts["read"] += 1
        except self.fine:
            self.counts["refused"] += 1
        except MemoryError:
            self.counts["out of memory"] += 1
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic of Rust is no Exception
            self._note(_place(error), data, "".join(traceback.format_exception(error)[-12:]))
        spent = time.process_time() - begun
        if spent > self.target.cpu_seconds:
            self._note(f"slow: over {self.target.cpu_seconds:g} s", data, f"{spent:.1f} s of the processor")
        if time.process_time() > self.until:
            self._write()
            os._exit(0)  # libFuzzer counts by the clock on the wall, and would say that Python left it
        if time.monotonic() - self.written > 5:
            self._write()

    def _note(self, what: str, data: bytes, story: str) -> None:
        self.counts["findings"] += 1
        file = self.folder / (hashlib.sha1(what.encode()).hexdigest()[:12])  # noqa: S324
        known = file.with_suffix(".bin")
        if not known.exists() or known.stat().st_size > len(data):
            known.write_bytes(data)
            file.with_suffix(".txt").write_text(f"{what}\n\n{story}", encoding="utf-8", errors="backslashreplace")

    def _write(self) -> None:
        self.written = time.monotonic()
        (self.folder / f"counts-{os.getpid()}.json").write_text(json.dumps(self.counts))


def _place(error: BaseException) -> str:
    """What it was, and the last lines of zonemap's own that led there."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/zonemap/" in frame.filename] or list(frames)
    return f"{type(error).__name__} at {Path(ours[-1].filename).name}:{ours[-1].name}"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
