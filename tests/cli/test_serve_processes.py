"""zonemap serve --workers: several processes at one address, one life."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.cli.conftest import COMMAND
from tests.faults.serving import free_port

PATIENCE_S = 30.0
LINUX = Path("/proc/self/task").is_dir()
pytestmark = pytest.mark.skipif(not LINUX, reason="the children of a process are read from /proc")


def children(process: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def page(port: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    connection.request("GET", "/signin")
    status = connection.getresponse().status
    connection.close()
    return status


@contextmanager
def two_processes(environment: Mapping[str, str], port: int) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port), "--workers", "2"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def test_two_processes_print_one_line_answer_come_back_and_end_together(environment: Mapping[str, str]) -> None:
    port = free_port()
    with two_processes(environment, port) as first:
        assert first.stdout
        assert re.search(rf"http://127\.0\.0\.1:{port}/first/\S+", first.stdout.readline())
        both = children(first.pid)
        assert len(both) == 2
        assert [page(port) for _ in range(8)] == [200] * 8

        os.kill(both[0], signal.SIGKILL)
        until(lambda: len(children(first.pid)) == 2 and both[0] not in children(first.pid))
        assert [page(port) for _ in range(8)] == [200] * 8

        now = children(first.pid)
        first.terminate()
        assert first.stdout.read() == ""
    assert first.returncode == 0
    assert not any(map(alive, now))


def is_free(port: int) -> bool:
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            again.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def test_when_the_first_process_is_killed_the_others_end_and_let_go_of_the_port(
    environment: Mapping[str, str],
) -> None:
    port = free_port()
    with two_processes(environment, port) as first:
        assert first.stdout
        first.stdout.readline()
        both = children(first.pid)
        first.kill()
        until(lambda: not any(map(alive, both)))
        until(lambda: is_free(port))  # one that was only just being started goes a moment later


def test_two_processes_on_a_taken_port_say_how_to_choose_another(environment: Mapping[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with two_processes(environment, port) as first:
            assert first.stdout
            said = first.stdout.read()

    assert first.returncode == 2
    assert f"PORT={port + 1} make" in said
    assert len(said.splitlines()) == 1
