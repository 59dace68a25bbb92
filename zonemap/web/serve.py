"""Starts the app with waitress: one process or several, some threads each, on this computer unless told otherwise."""

from __future__ import annotations

import errno
import secrets
import select
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from socket import socket
from typing import Any

import waitress

from zonemap.errors import Invalid
from zonemap.settings import Settings
from zonemap.storage.store import Store
from zonemap.web.app import create_app
from zonemap.web.makers import Processes
from zonemap.web.processes import can_fork, listening, run_processes
from zonemap.web.queue import dispatcher
from zonemap.web.tally import Counts, Shared
from zonemap.work.accounts import first_link
from zonemap.work.alert_channels import channels_of
from zonemap.work.alerts import keep_sending
from zonemap.work.backup import check_settings, nightly
from zonemap.work.jobs import keep_looking

THREADS = 8  # a thread waits while a sheet is printed or an upload is read; the desk must not
CONNECTIONS_MOST = 1000  # of one process; most are kept open and ask for nothing
POLLS = hasattr(select, "poll")  # select itself ends with the 1,024th open file
_CONNECTIONS_SELECTED = 400
FORM_AROUND_UPLOAD_MB = 2
SWITCH_S = 0.001
_TAKEN = (
    "Port {port} of this computer is taken, maybe by zonemap itself in another window. "
    "Close that one, or choose another port: PORT={other} make"
)


def serve(settings: Settings, store: Store, ready: Callable[[str], None]) -> None:
    """Answer until SIGTERM or Ctrl-C; what has begun is finished first. ``ready`` gets the line for the administrator.

    Raises Invalid with a sentence where the port or the host cannot be had.
    """
    if settings.workers > 1 and can_fork():
        _serve_in_processes(settings, store, ready)
        return
    makers = Processes(settings)
    server = _server(settings, store, makers, host=settings.host, port=settings.port)
    signal.signal(signal.SIGTERM, _stop)
    begin_nightly_backups(settings, store)
    begin_alerts(settings, store)
    begin_jobs(store, makers)
    ready(_welcome(settings, store))
    server.run()


def _server(settings: Settings, store: Store, makers: Processes, counts: Counts | None = None, **where: Any) -> Any:
    """What answers, in this process. Raises Invalid where the port or the host cannot be had."""
    # Between two threads that both compute, Python changes every 5 ms: too long for who only hands a page over.
    sys.setswitchinterval(SWITCH_S)
    try:
        return waitress.create_server(
            create_app(settings, store, counts, makers),
            _dispatcher=dispatcher(THREADS),
            threads=THREADS,
            connection_limit=CONNECTIONS_MOST if POLLS else _CONNECTIONS_SELECTED,
            asyncore_use_poll=POLLS,
            max_request_body_size=(settings.models_most_mb + FORM_AROUND_UPLOAD_MB) * 1_000_000,
            clear_untrusted_proxy_headers=False,  # web/peers.py says whose are believed
            ident=None,
            **where,
        )
    except OSError as error:
        raise Invalid(_why_not(error, settings)) from error


def _serve_in_processes(settings: Settings, store: Store, ready: Callable[[str], None]) -> None:
    try:
        at = listening(settings.host, settings.port)
    except OSError as error:
        raise Invalid(_why_not(error, settings)) from error
    if settings.backup_folder is not None:
        check_settings(settings)
    welcome = _welcome(settings, store)
    shared = Shared(settings.workers)
    store.close()  # a connection to the database must not be shared by forking: each process opens its own

    def answer(which: int, at: socket, answers: Callable[[], None]) -> None:
        with closing(Store.open(settings)) as own:
            makers = Processes(settings)
            server = _server(settings, own, makers, shared.counts(which), sockets=[at])
            if which == 0:  # of what is done once a night, one process takes care
                begin_nightly_backups(settings, own)
                begin_alerts(settings, own)
                begin_jobs(own, makers)
            answers()
            server.run()

    try:
        run_processes(settings.workers, at, answer, lambda: ready(welcome))
    except ChildProcessError as error:
        raise Invalid("zonemap could not start all its processes. What went wrong stands above.") from error


def begin_nightly_backups(settings: Settings, store: Store) -> None:
    """Look from time to time whether a backup is due, on a thread of its own. Raises Invalid for unusable settings."""
    if settings.backup_folder is None:
        return
    check_settings(settings)
    threading.Thread(
        target=nightly,
        args=(store, settings),
        kwargs={"clock": lambda: datetime.now(UTC), "new_id": lambda: secrets.token_hex(16), "stop": threading.Event()},
        daemon=True,
    ).start()


def begin_alerts(settings: Settings, store: Store) -> None:
    """Send queued alerts on a thread of its own, where a channel is set. Raises Invalid for unusable settings."""
    channels = channels_of(settings)
    if channels.on:
        more = {"clock": lambda: datetime.now(UTC), "stop": threading.Event()}
        threading.Thread(target=keep_sending, args=(store, channels), kwargs=more, daemon=True, name="alerts").start()


def begin_jobs(store: Store, makers: Processes) -> None:
    """Look on a thread of its own what there is to do that nobody waits for: sites to count, packs without a maker."""
    more = {"clock": lambda: datetime.now(UTC), "over": threading.Event()}
    threading.Thread(target=keep_looking, args=(store, makers.wake), kwargs=more, daemon=True, name="jobs").start()


def _stop(*_: object) -> None:
    raise SystemExit(0)


def _why_not(error: OSError, settings: Settings) -> str:
    if error.errno == errno.EADDRINUSE:
        return _TAKEN.format(port=settings.port, other=settings.port + 1)
    if error.errno == errno.EACCES:
        return f"Only root may use port {settings.port}. Choose one above 1023: PORT=8000 make"
    return (
        f"zonemap cannot listen on {settings.host}: {error.strerror}. ZONEMAP_HOST must be an address of this computer."
    )


def _welcome(settings: Settings, store: Store) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    line = welcome(f"http://{host}:{settings.port}", store)
    return line if "/first/" in line else f"{line} (Ctrl-C stops it)"


def welcome(address: str, store: Store) -> str:
    """The line for the administrator: how to begin, or that it runs."""
    token = first_link(store, datetime.now(UTC), secrets.token_urlsafe(32))
    if token:
        return f"Open this link in a browser to begin (it works once, for 15 minutes): {address}/first/{token}"
    return f"zonemap is running: {address}/signin"
