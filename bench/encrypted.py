"""What encryption at rest costs: the same saves, looks and start, on a database in the open and on an encrypted one.

``python -m bench.encrypted`` prints a line for each. The two take turns, so that what else is done here meets both.
"""

from __future__ import annotations

import secrets
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from zonemap.settings import Settings, settings_from
from zonemap.storage.store import Store
from zonemap.work.sample import load_sample

ROUNDS = 200


def main() -> None:
    """Measure and print."""
    with TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as name:
        folder = Path(name)
        (folder / "key").write_text(secrets.token_hex(32))
        plain = replace(settings_from({}), data=folder / "plain")
        sealed = replace(plain, data=folder / "sealed", key_file=folder / "key")
        with closing(Store.open(plain)) as one, closing(Store.open(sealed)) as other:
            for what, deed in (("save a floor", _saver(plain)), ("read a floor", _reader)):
                times = [[_took(deed, store) for store in (one, other)] for _ in range(ROUNDS)]
                _say(what, *(1000 * median(column) for column in zip(*times, strict=True)))
        starts = [[_start(settings) for settings in (plain, sealed)] for _ in range(20)]
        _say("open the store", *(1000 * median(column) for column in zip(*starts, strict=True)))


def _say(what: str, plain_ms: float, sealed_ms: float) -> None:
    print(f"{what}: {plain_ms:.2f} ms in the open, {sealed_ms:.2f} ms encrypted, {sealed_ms / plain_ms:.2f} times")


def _took(deed: Callable[[Store], None], store: Store) -> float:
    begun = time.perf_counter()
    deed(store)
    return time.perf_counter() - begun


def _saver(settings: Settings) -> Callable[[Store], None]:
    def save(store: Store) -> None:
        now = datetime.now(UTC)
        facility_id = load_sample(store, settings.floorplans, now=now)
        with store.begin() as books:
            floor = books.floors.get(books.floors.names(facility_id)[0][0])
            books.floors.save(floor.floor, floor.version, saved_at=now, saved_by="Bench")

    return save


def _reader(store: Store) -> None:
    with store.read() as books:
        for facility in books.facilities.list():
            books.floors.get(books.floors.names(facility.id)[0][0])


def _start(settings: Settings) -> float:
    begun = time.perf_counter()
    Store.open(settings).close()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
