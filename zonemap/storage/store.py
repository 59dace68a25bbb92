"""The store: transactions, and the books that are open in one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from zonemap.errors import Busy, Invalid, NoRoom
from zonemap.settings import Settings
from zonemap.storage.accounts import Accounts, Links, Sessions
from zonemap.storage.alerts import Alerts
from zonemap.storage.backup_rows import snapshot
from zonemap.storage.backups import Backups
from zonemap.storage.binders import Binders
from zonemap.storage.clock import Clock
from zonemap.storage.designations import Designations
from zonemap.storage.devices import Devices
from zonemap.storage.engine import engine_for
from zonemap.storage.facilities import Contacts, Facilities
from zonemap.storage.floors import Floors, Pictures
from zonemap.storage.law import Law
from zonemap.storage.line_sources import LineSources
from zonemap.storage.migrations import migrate
from zonemap.storage.model_imports import ModelImports
from zonemap.storage.organization import Organization
from zonemap.storage.passkeys import Passkeys
from zonemap.storage.practice import Practice
from zonemap.storage.print_jobs import PrintJobs
from zonemap.storage.protocol import Protocols, SharedProtocols
from zonemap.storage.read_only import forbid_changes, require_newest
from zonemap.storage.readiness import ReadinessBook
from zonemap.storage.recall import KEPT_MOST, Recall
from zonemap.storage.records import Records
from zonemap.storage.referrals import Referrals
from zonemap.storage.reviews import Reviews
from zonemap.storage.second_factors import SecondFactors
from zonemap.storage.sign_plans import SignPlans
from zonemap.storage.site_readiness import SiteReadiness
from zonemap.storage.sso_bindings import SsoBindings
from zonemap.storage.throttle import Throttle
from zonemap.storage.training import Training
from zonemap.storage.upgrading import keep_before
from zonemap.storage.uploads import Uploads
from zonemap.storage.visits import Visits
from zonemap.storage.wall import WallMarks

Found = TypeVar("Found")

_DAMAGED = (
    "The database is damaged, and nothing was saved. Ask whoever runs this computer to stop zonemap, to say zonemap "
    "doctor, which names what is damaged, and to restore the last backup."
)
DISK_FULL = "The disk is full, so nothing was saved. Make room on the disk, then try again."


class Books:
    """All repositories, on one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.facilities = Facilities(connection)
        self.contacts = Contacts(connection)
        self.organization = Organization(connection)
        self.floors = Floors(connection)
        self.pictures = Pictures(connection)
        self.line_sources = LineSources(connection)
        self.uploads = Uploads(connection)
        self.model_imports = ModelImports(connection)
        self.designations = Designations(connection)
        self.records = Records(connection)
        self.sign_plans = SignPlans(connection)
        self.wall_marks = WallMarks(connection)
        self.print_jobs = PrintJobs(connection)
        self.reviews = Reviews(connection)
        self.law = Law(connection)
        self.practice = Practice(connection)
        self.training = Training(connection)
        self.alerts = Alerts(connection)
        self.binders = Binders(connection)
        self.devices = Devices(connection)
        self.visits = Visits(connection)
        self.protocols = Protocols(connection)
        self.shared_protocols = SharedProtocols(connection)
        self.referrals = Referrals(connection)
        self.backups = Backups(connection)
        self.clock = Clock(connection)
        self.readiness = ReadinessBook(connection)
        self.site_readiness = SiteReadiness(connection)
        self.accounts = Accounts(connection)
        self.sessions = Sessions(connection)
        self.links = Links(connection)
        self.throttle = Throttle(connection)
        self.second_factors = SecondFactors(connection)
        self.passkeys = Passkeys(connection)
        self.sso_bindings = SsoBindings(connection)


class Store:
    """The database. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._recall = Recall(engine)
        self._last: dict[Hashable, object] = {}  # for when the database is gone
        self._reader = engine.execution_options(zonemap_read=True)
        if engine.dialect.name == "postgresql":
            self._reader = self._reader.execution_options(postgresql_readonly=True)

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Connect, and bring the schema up to date. Raises Invalid or Busy with a sentence."""
        engine = engine_for(settings)
        try:
            with plain_errors():
                if settings.read_only:
                    require_newest(engine)
                    forbid_changes(engine)
                else:
                    keep_before(engine, settings)
                    migrate(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        """Let go of all connections."""
        self._recall.close()
        self.engine.dispose()

    def snapshot(self, folder: Path) -> int:
        """Copy all that lasts, as of this moment, into an SQLite file there; give the number of rows. Raises Busy."""
        with plain_errors():
            return snapshot(self.engine, folder)

    @contextmanager
    def begin(self) -> Iterator[Books]:
        """One write transaction: kept at the end, or undone by an error. Raises Busy when the database is gone."""
        with plain_errors(), self.engine.begin() as connection:
            yield Books(connection)

    @contextmanager
    def read(self) -> Iterator[Books]:
        """One look at the data; the database refuses a write in it. Raises Busy when the database is gone."""
        with plain_errors(), self._reader.begin() as connection:
            yield Books(connection)

    def recall(self, name: Hashable, load: Callable[[Books], Found], *, when_gone: bool = False) -> Found:
        """What ``load`` reads: from memory where it was read before under this name and nothing has changed since.

        For what every page asks for again. ``load`` gives values that nobody changes, and reads no clock. Where the
        database does not answer, ``when_gone`` gives what was read last under this name: nobody can have changed it
        through a database that is gone. Raises Busy.
        """

        def read() -> Found:
            with self.read() as books:
                return load(books)

        try:
            with plain_errors():
                found = self._recall.get(name, read)
        except Busy:
            if when_gone and name in self._last:
                return cast(Found, self._last[name])
            raise
        if when_gone:
            self._remember(name, found)
        return found

    def _remember(self, name: Hashable, found: object) -> None:
        if len(self._last) >= KEPT_MOST:
            self._last.pop(next(iter(self._last)), None)
        self._last[name] = found


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what the database says into Busy or Invalid, with a sentence."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeoutError) as error:
        raise _plain(str(error)) from error
    except DataError as error:
        raise Invalid("There is a character in the text that cannot be kept. Type the text again.") from error
    except DatabaseError as error:
        if "malformed" in str(error) or "not a database" in str(error):
            raise Busy(_DAMAGED) from error
        raise


def _plain(reason: str) -> Busy:
    if "disk is full" in reason or "No space left" in reason:
        return NoRoom(DISK_FULL)
    if "readonly" in reason or "read-only" in reason:
        return Busy(
            "The database can only be read at the moment, so nothing was saved. Ask whoever runs this computer."
        )
    return Busy("The database does not answer at the moment, and nothing was saved. Wait a little, then try again.")
