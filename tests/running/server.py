"""A server as docs/running.md says to set one up: gunicorn and nginx with the project's own files, on this computer.

What must differ here is changed in the text of the files, word for word, and each change must fit: the ports, the paths
of certificate, pages and log, the name of the socket. systemd's part, the open socket and the sign of being ready, is
played by this module.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from configparser import RawConfigParser
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.faults.serving import free_port
from tests.journeys.server import share_tables

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "docs" / "server"
NAME = "zonemap.clinic.example"
MISSING = [each for each in ("nginx", "openssl") if shutil.which(each, path=f"{os.environ['PATH']}:/usr/sbin") is None]
NEEDED = f"not here: {', '.join(MISSING)}. This adds it: sudo apt-get install nginx-light openssl"
_PATIENCE_S = 60.0
# The open socket is number 3, and this process is the one it is for. Of what shuts the service in, what a process can
# do to itself: UMask, NoNewPrivileges (38), and MemoryDenyWriteExecute (65, from Linux 6.3 on).
_AS_SYSTEMD = (
    "import ctypes, os, sys; os.dup2(int(sys.argv[1]), 3); os.environ['LISTEN_PID'] = str(os.getpid()); "
    "os.umask(0o077); [ctypes.CDLL(None).prctl(option, 1, 0, 0, 0) for option in (38, 65)]; "
    "os.execv(sys.argv[2], sys.argv[2:])"
)
_AROUND = """daemon off; master_process off; worker_processes 1;
pid {folder}/nginx.pid; error_log {folder}/nginx.log crit;
events {{ worker_connections 512; }}
http {{ client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5; include {folder}/zonemap.conf; }}
"""


def until(true: Callable[[], object]) -> None:
    """Wait for a state. Raises AssertionError where it does not come."""
    end = time.monotonic() + _PATIENCE_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def unit(name: str) -> RawConfigParser:
    """A unit of systemd. Of what stands there several times the last is read."""
    read = RawConfigParser(strict=False, comment_prefixes=("#",), delimiters=("=",))
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read_string((FILES / name).read_text())
    return read


class ServerUnderTest:
    """gunicorn behind nginx. ``with`` starts both and ends both."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.data = data
        self.folder = Path(tempfile.mkdtemp(prefix="zm-"))  # short: the name of a socket has at most 107 letters
        self.tls, self.plain = free_port(), free_port()
        self.certificate = self.folder / "cert.pem"
        self.path = str(self.folder / "zonemap.sock")
        self.log = self.folder / "gunicorn.log"
        self._settings = settings
        self._held = socket.socket(socket.AF_UNIX)  # as zonemap.socket holds it
        self._ready = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)  # as systemd hears of Type=notify
        self._gunicorn: subprocess.Popen[bytes] | None = None
        self._nginx: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self._held.bind(self.path)
            self._held.listen(64)
            self._ready.bind(str(self.folder / "notify"))
            self._ready.settimeout(0.1)
            share_tables(self.data)
            self._certify()
            self.start()
            self._start_nginx()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in (self._nginx, self._gunicorn):
            if process is not None:
                process.terminate()
                process.wait()
        self._held.close()
        self._ready.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- gunicorn, as systemd starts it --------------------------------------------------------------------------

    def start(self) -> None:
        """What the unit says under ExecStart, with its environment; back once it says that it is ready."""
        service = unit("zonemap.service")["Service"]
        command = service["ExecStart"].split()
        assert [each for each in command if each.startswith("/opt/zonemap/")] == [command[0], command[2]]
        program = str(Path(sys.executable).parent / Path(command[0]).name)
        config = command[2].replace("/opt/zonemap", str(ROOT), 1)
        environment = {key: value for key, value in os.environ.items() if not key.startswith("ZONEMAP_")}
        environment |= dict(each.split("=", 1) for each in service["Environment"].split())
        environment |= _set_in(FILES / "zonemap.env") | self._settings | {"ZONEMAP_DATA": str(self.data)}
        environment |= {"LISTEN_FDS": "1", "NOTIFY_SOCKET": str(self.folder / "notify"), "PYTHONPATH": str(ROOT)}
        with self.log.open("ab") as log:
            self._gunicorn = subprocess.Popen(
                [sys.executable, "-S", "-c", _AS_SYSTEMD, str(self._held.fileno()), program, command[1], config],
                env=environment,
                pass_fds=[self._held.fileno()],
                stdout=log,
                stderr=log,
            )
        until(self._says_ready)
        until(lambda: len(self.workers()) == int(environment["ZONEMAP_WORKERS"]))

    def _says_ready(self) -> bool:
        self.workers()
        try:
            return b"READY=1" in self._ready.recv(1000)
        except TimeoutError:
            return False

    def reload(self) -> None:
        """What ExecReload does."""
        assert self._gunicorn is not None
        assert unit("zonemap.service")["Service"]["ExecReload"] == "/bin/kill -HUP $MAINPID"
        os.kill(self._gunicorn.pid, 1)

    def stop(self) -> None:
        """What systemctl stop does: SIGTERM to the first process (KillMode=mixed)."""
        assert self._gunicorn is not None
        self._gunicorn.terminate()
        self._gunicorn.wait(_PATIENCE_S)

    def kill(self) -> None:
        """SIGKILL to all of its processes, as when its computer fails; who asks nginx waits for the next start."""
        assert self._gunicorn is not None
        workers = self.workers()
        for each in (self._gunicorn.pid, *workers, *(maker for worker in workers for maker in _children(worker))):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        self._gunicorn.wait(_PATIENCE_S)

    def workers(self) -> list[int]:
        """The processes that answer."""
        assert self._gunicorn is not None
        assert self._gunicorn.poll() is None, self.log.read_text()
        return _children(self._gunicorn.pid)

    # --- nginx ---------------------------------------------------------------------------------------------------

    def _certify(self) -> None:
        made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        made += ["-days", "1", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
        made += ["-keyout", str(self.folder / "key.pem"), "-out", str(self.certificate)]
        subprocess.run(made, check=True, capture_output=True)

    def _start_nginx(self) -> None:
        text = (FILES / "zonemap.conf").read_text()
        for there, here, times in (
            ("listen 443 ssl", f"listen 127.0.0.1:{self.tls} ssl", 2),
            ("    listen [::]:443 ssl http2;\n", "", 1),
            ("    listen [::]:443 ssl http2 default_server;\n", "", 1),
            ("listen 80;", f"listen 127.0.0.1:{self.plain};", 1),
            ("    listen [::]:80;\n", "", 1),
            ("/run/zonemap/zonemap.sock", self.path, 2),
            ("/etc/zonemap/tls/fullchain.pem", str(self.certificate), 1),
            ("/etc/zonemap/tls/privkey.pem", str(self.folder / "key.pem"), 1),
            ("/var/log/nginx/", f"{self.folder}/", 1),
            ("/opt/zonemap/docs/server/pages", str(FILES / "pages"), 1),
        ):
            assert text.count(there) == times, there
            text = text.replace(there, here)
        left = re.findall(r"(?<![\w.$}])/(?:etc|var|opt|run)/\S+", re.sub(r"#.*", "", text))
        assert left == []
        (self.folder / "zonemap.conf").write_text(text)
        (self.folder / "nginx.conf").write_text(_AROUND.format(folder=self.folder))
        program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        assert program
        said = (self.folder / "nginx.said").open("wb")
        with said:
            command = [program, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]
            command += ["-e", str(self.folder / "nginx.log")]
            self._nginx = subprocess.Popen(command, stdout=said, stderr=said)
        until(self._nginx_listens)

    def _nginx_listens(self) -> bool:
        assert self._nginx is not None
        assert self._nginx.poll() is None, (self.folder / "nginx.said").read_text()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.tls)) == 0


def _children(process: int) -> list[int]:
    """Those of all its threads."""
    found = Path(f"/proc/{process}/task").glob("*/children")
    return [int(each) for file in found for each in file.read_text().split()]


def _set_in(file: Path) -> dict[str, str]:
    lines = (line for line in file.read_text().splitlines() if line and not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)
