"""What can be read in training: texts of the facility, each with a version that changes with any of its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from zonemap.errors import NotFound
from zonemap.model.record import code
from zonemap.model.report import Report
from zonemap.rules.training import training_words
from zonemap.storage.store import Books, Store
from zonemap.work.binder_texts import Site, policy_report, scripts_report, site_of
from zonemap.work.protocol import facility_protocol
from zonemap.work.protocol_report import protocol_report

MAKERS: dict[str, Callable[[Books, Site], Report]] = {
    "protocol": lambda books, site: protocol_report(facility_protocol(books, site.facility.id)),
    "scripts": lambda _books, site: scripts_report(site),
    "policies": lambda _books, site: policy_report(site),
}


@dataclass(frozen=True, slots=True)
class TrainingText:
    """A text to read. ``version`` is a short code of all its words."""

    key: str
    name: str
    version: str
    report: Report


def training_text(store: Store, facility_id: str, key: str, *, now: datetime) -> TrainingText:
    """A text as it is now. Raises NotFound."""
    with store.read() as books:
        return _text(books, facility_id, key, now)


class Versions(Mapping[str, str]):
    """The versions of all texts, by their keys; each is made when somebody asks for it."""

    def __init__(self, store: Store, facility_id: str, now: datetime) -> None:
        self._of = (store, facility_id, now)
        self._known: dict[str, str] = {}

    def __getitem__(self, key: str) -> str:
        if key not in MAKERS:
            raise KeyError(key)
        if key not in self._known:
            store, facility_id, now = self._of
            self._known[key] = training_text(store, facility_id, key, now=now).version
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(MAKERS)

    def __len__(self) -> int:
        return len(MAKERS)


def versions_of(books: Books, site: Site) -> Mapping[str, str]:
    """The same, for a look that is under way."""
    return {key: _made(key, books, site).version for key in MAKERS}


def _text(books: Books, facility_id: str, key: str, now: datetime) -> TrainingText:
    if key not in MAKERS:
        raise NotFound("There is no such text.")
    facility = books.facilities.get(facility_id)
    return _made(key, books, site_of(books, facility, today=now.astimezone(ZoneInfo(facility.clock)).date()))


def _made(key: str, books: Books, site: Site) -> TrainingText:
    report = MAKERS[key](books, site)
    mark = sha256(repr(report).encode()).hexdigest()
    return TrainingText(key, training_words()["texts"][key], code(mark), report)
