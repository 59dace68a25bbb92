"""The text of the default policy, from ``wording/policies.toml``: a draft with blanks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@cache
def policy_words() -> Mapping[str, Any]:
    """Every text of the policy, as the file orders them."""
    text = (files("zonemap.rules") / "wording" / "policies.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))
