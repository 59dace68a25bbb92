"""zonemap serve: one line, then pages until the end."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.request import urlopen

from tests.cli.conftest import COMMAND


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(environment: Mapping[str, str], port: int) -> Iterator[subprocess.Popen[str]]:
    """The pages on a port; ended with the block, if not before."""
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def test_serve_prints_one_line_answers_and_ends_gently(environment: Mapping[str, str]) -> None:
    port = free_port()
    with serving(environment, port) as process:
        assert process.stdout
        line = process.stdout.readline()
        address = re.search(rf"http://127\.0\.0\.1:{port}/first/\S+", line)
        assert address, line
        with urlopen(address[0]) as answer:  # noqa: S310 - a page of our own
            assert answer.status == 200
        process.terminate()
        assert process.stdout.read() == ""
    assert process.returncode == 0


def test_serve_on_a_taken_port_says_how_to_choose_another(environment: Mapping[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(environment, port) as process:
            assert process.stdout
            said = process.stdout.read()

    assert process.returncode == 2
    assert f"PORT={port + 1} make" in said
    assert len(said.splitlines()) == 1


def test_serve_finishes_the_answer_it_has_begun(environment: Mapping[str, str]) -> None:
    port = free_port()
    with serving(environment, port) as process:
        assert process.stdout
        process.stdout.readline()
        with socket.create_connection(("127.0.0.1", port)) as asking:
            asking.sendall(f"GET /signin HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
            time.sleep(0.05)
            process.terminate()
            said = b"".join(iter(lambda: asking.recv(65536), b""))

    assert b"</html>" in said
