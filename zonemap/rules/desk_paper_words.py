"""What stands on the desk's papers beside the rules' own words: ``wording/desk_papers.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@cache
def paper_words(language: str = "en") -> Mapping[str, Any]:
    """Every text of the papers in a language, as the file orders them."""
    name = "desk_papers.toml" if language == "en" else f"desk_papers.{language}.toml"
    text = (files("zonemap.rules") / "wording" / name).read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))
