"""The units of systemd: understood by it, and shut in as far as zonemap's work allows."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.running.server import FILES, ROOT, unit

pytestmark = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here: sudo apt-get install systemd"
)
EXPOSURE_MOST = 20  # tenths; 100 is open to everything, and most services of a system have more than 90


def test_systemd_understands_the_units_and_finds_the_service_shut_in(tmp_path: Path) -> None:
    for name in ("zonemap.service", "zonemap.socket"):
        text = (FILES / name).read_text()
        (tmp_path / name).write_text(re.sub(r"^ExecStart=.*$", "ExecStart=/bin/true", text, flags=re.MULTILINE))
    units = [str(tmp_path / "zonemap.service"), str(tmp_path / "zonemap.socket")]

    said = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    assert (said.stdout, said.stderr) == ("", "")

    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE_MOST}", units[0]],
        capture_output=True,
        text=True,
    )
    if "unrecognized option" in rated.stderr:
        pytest.skip("this systemd is too old to rate a unit that does not run")
    assert rated.returncode == 0, rated.stdout[-300:] + rated.stderr


def test_the_guide_puts_the_tested_files_in_place_and_no_others() -> None:
    guide = (ROOT / "docs" / "running.md").read_text()
    named = set(re.findall(r"docs/server/([\w.]+)", guide))
    assert named == {each.name for each in FILES.iterdir() if each.is_file()} - {"gunicorn.conf.py"}
    assert unit("zonemap.service")["Service"]["ExecStart"].endswith("/docs/server/gunicorn.conf.py")
    for command in ("/opt/zonemap", "/etc/zonemap/zonemap.env", "/etc/nginx/conf.d/"):
        assert command in guide
