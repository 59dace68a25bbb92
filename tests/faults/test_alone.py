"""zonemap without any network, and the proof that it never asks for one.

A whole pass runs in a namespace that has loopback alone. Everything that any of its processes tries to reach is noted
twice: by an audit hook of Python, and by strace, which sees what compiled libraries do and what the child does that
reads uploads.
"""

from __future__ import annotations

import ipaddress
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APART = ("unshare", "--map-root-user", "--net")
WATCHED = ("strace", "-f", "-qq", "--seccomp-bpf", "-s", "64", "-e", "trace=connect,sendto,sendmsg,sendmmsg")
STEPS = ("first administrator", "an upload", "three answers at the desk", "an alert that is not set up")
STEPS += ("trace", "export", "print", "backup", "import", "doctor")
NAME_SERVICE = 53
_FAMILY = re.compile(r"sa_family=(AF_\w+)")
_ADDRESS = re.compile(r'inet_(?:addr\(|pton\(AF_INET6, )"([^"]+)"')
_PORT = re.compile(r"sin6?_port=htons\((\d+)\)")
_LOCAL = ("AF_UNIX", "AF_NETLINK")  # neither leaves the computer


def apart(tmp_path: Path, *command: str) -> Path:
    """Run a command without a network; gives the file in which strace wrote what it tried."""
    allowed = shutil.which("unshare") and subprocess.run([*APART, "true"], capture_output=True).returncode == 0
    if not allowed:
        pytest.skip("this computer lets nobody make a network namespace (unshare --map-root-user --net)")
    if not shutil.which("strace"):
        pytest.skip("there is no strace here; this adds it: sudo apt-get install strace")
    trace = tmp_path / "trace"
    done = subprocess.run(
        [*APART, *WATCHED, "-o", str(trace), *command], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return trace


def outbound(trace: Path) -> list[str]:
    """The lines of a trace that reach for somebody beyond this computer, or for the name of somebody."""
    return [line for line in trace.read_text(errors="replace").splitlines() if _leaves(line)]


def _leaves(line: str) -> bool:
    for family in _FAMILY.findall(line):
        if family in _LOCAL:
            continue
        addresses, ports = _ADDRESS.findall(line), _PORT.findall(line)
        if not addresses or str(NAME_SERVICE) in ports:
            return True
        return not all(ipaddress.ip_address(each).is_loopback for each in addresses)
    return False


def asked(file: Path) -> Iterator[tuple[str, str]]:
    """What Python was asked for, and how."""
    for line in file.read_text(encoding="utf-8").splitlines():
        event, where = json.loads(line)
        yield event, where[0]


def test_a_whole_pass_without_a_network_works_and_never_asks_for_one(tmp_path: Path) -> None:
    trace = apart(tmp_path, sys.executable, "-m", "tests.faults.alone", str(tmp_path))

    done = json.loads((tmp_path / "done.json").read_text())
    said = list(asked(tmp_path / "asked.jsonl"))
    assert set(STEPS) <= set(done)
    assert "127.0.0.1" in trace.read_text(errors="replace")  # strace saw the browser of the test
    assert outbound(trace) == []
    assert len(said) > len(STEPS)
    assert [each for each in said if "127.0.0.1" not in each[1] and "localhost" not in each[1]] == []


def test_what_is_tried_is_seen(tmp_path: Path) -> None:
    """Without a name service, without a route: nothing can leave the namespace in which this runs."""
    tries = (
        "import socket, contextlib\n"
        "for address in ('198.51.100.7', '2001:db8::7'):\n"
        "    family = socket.AF_INET6 if ':' in address else socket.AF_INET\n"
        "    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):\n"
        "        with contextlib.suppress(OSError), socket.socket(family, kind) as it:\n"
        "            it.connect((address, 443))\n"
    )

    found = outbound(apart(tmp_path, sys.executable, "-S", "-c", tries))

    assert len([line for line in found if "198.51.100.7" in line]) == 2
    assert len([line for line in found if "2001:db8::7" in line]) == 2


@pytest.mark.parametrize(
    ("line", "leaves"),
    [
        ('1 connect(3, {sa_family=AF_INET, sin_port=htons(8000), sin_addr=inet_addr("127.0.0.1")}, 16) = 0', False),
        ('1 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0', True),
        ('1 connect(3, {sa_family=AF_INET6, sin6_port=htons(1), inet_pton(AF_INET6, "::1", &x)}, 28) = 0', False),
        ('1 connect(3, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT', False),
        ('1 sendto(3, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("10.0.0.1")}, 16)', True),
        ("1 connect(3, {sa_family=AF_VSOCK, svm_cid=VMADDR_CID_HOST, svm_port=0x1}, 16) = 0", True),
        ('1 sendto(3, "sa_family", 9, 0, NULL, 0) = 9', False),
    ],
)
def test_a_trace_is_read_for_what_leaves_the_computer(line: str, leaves: bool) -> None:
    assert _leaves(line) == leaves
