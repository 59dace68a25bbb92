"""Settings: every variable is known, or the start stops with a sentence."""

from __future__ import annotations

import sys
import zoneinfo
from pathlib import Path

import pytest

from zonemap.errors import Invalid
from zonemap.settings import settings_from


def test_an_unknown_variable_stops_the_start_and_names_the_known_ones():
    with pytest.raises(Invalid, match="ZONEMAP_PROT is not a setting") as raised:
        settings_from({"ZONEMAP_PROT": "8000"})

    assert "ZONEMAP_PORT" in raised.value.message


def test_variables_of_other_programs_are_left_alone():
    assert settings_from({"PATH": "/bin", "ZONE": "x"}).port == 8000


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("ZONEMAP_PORT", "many", "must be a whole number"),
        ("ZONEMAP_UPLOAD_MOST_MB", "-1", "must be a whole number"),
        ("ZONEMAP_BEHIND_PROXY", "perhaps", "must be yes or no"),
        ("ZONEMAP_SESSION_IDLE_MINUTES", "4", "must be from 5 to 720"),
        ("ZONEMAP_SESSION_HOURS", "25", "must be from 1 to 24"),
    ],
)
def test_an_unusable_value_names_its_variable(name, text, sentence):
    with pytest.raises(Invalid, match=f"{name} {sentence}"):
        settings_from({name: text})


def test_a_computer_without_time_zones_is_told_how_to_get_them(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "tzdata", None)  # the package that Python asks where the system has none
    zoneinfo.ZoneInfo.clear_cache()
    zoneinfo.reset_tzpath([str(tmp_path)])
    try:
        with pytest.raises(Invalid, match="no list of time zones"):
            settings_from({})
    finally:
        zoneinfo.reset_tzpath()


def test_values_have_their_kind():
    made = settings_from({"ZONEMAP_DATA": "~/x", "ZONEMAP_PORT": "81", "ZONEMAP_BEHIND_PROXY": "Yes"})

    assert (made.data, made.port, made.behind_proxy) == (Path("~/x").expanduser(), 81, True)


def test_templates_static_files_and_floorplans_are_found():
    made = settings_from({})

    assert (made.templates / "base.html").is_file()
    assert (made.static / "css" / "base.css").is_file()
