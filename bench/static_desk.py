"""``python -m bench.static_desk``: the desk as files behind nginx, where that is here: pages a second from one core."""

from __future__ import annotations

import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bench.desk_load import Clerk
from tests.faults.serving import free_port
from zonemap.settings import environment_of, settings_from
from zonemap.storage.store import Store
from zonemap.work.sample import load_sample

CONNECTIONS, RUN_S = 100, 10.0
CONFIGURATION = """
worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/errors;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; keepalive_requests 1000000; client_body_temp_path {folder}/t;
  proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t; uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;
  server {{ listen 127.0.0.1:{port}; root {folder}/desk; index index.html; }} }}
"""


async def opened(port: int, took: list[float]) -> None:
    """Open the desk's page again and again on one connection."""
    clerk, over = Clerk(port, ""), time.monotonic() + RUN_S
    while time.monotonic() < over:
        took.append(await clerk.ask("/"))


async def measured(port: int) -> list[float]:
    """What all of them waited."""
    took: list[float] = []
    await asyncio.gather(*(opened(port, took) for _ in range(CONNECTIONS)))
    return took


def main() -> None:
    """Write the desk, serve it, open it; print one line."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(nginx).exists():
        print("skipped, without nginx (apt install nginx)")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        settings = settings_from({"ZONEMAP_DATA": str(folder / "data")})
        with closing(Store.open(settings)) as store:
            facility = load_sample(store, settings.floorplans, now=datetime.now(UTC))
        export = ["-m", "zonemap", "export-desk", facility, "--out", str(folder / "desk")]
        subprocess.run([sys.executable, *export], env=environment_of(settings), check=True, stdout=subprocess.DEVNULL)
        port = free_port()
        (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, port=port))
        with subprocess.Popen([nginx, "-c", str(folder / "nginx.conf")]) as server:
            time.sleep(0.5)
            took = asyncio.run(measured(port))
            server.terminate()
    parts = statistics.quantiles(took, n=100)
    kept = len(took) / RUN_S
    print(
        f"the desk's page from nginx, one process, {CONNECTIONS} connections: {kept:,.0f} a second, "
        f"p50 {parts[49] * 1000:.1f} ms, p99 {parts[98] * 1000:.1f} ms; load of the computer {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main()
