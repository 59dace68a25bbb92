"""What stands on the desk's papers beside the rules' own words: ``wording/desk_papers.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@cache
def paper_words() -> Mapping[str, Any]:
    """Every text of the papers, as the file orders them."""
    text = (files("zonemap.rules") / "wording" / "desk_papers.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))
