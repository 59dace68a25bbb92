"""What no text of the desk may say: told from what it says is not to be done."""

from __future__ import annotations

import re

_URGES = re.compile(
    r"\b(block|hide|lie|warn|lock|unlock|open|destroy|delete|conceal|release|let them)\b", re.IGNORECASE
)
_CALMLY_SAID = re.compile(
    r"\b(do not|does not|don't|isn't|is not|not|never|nobody)\b[^.?!]*"  # what is not to be done
    r"|\bopen(, as to anyone| point| to anyone| question)\b|\bis open\b|\bsomething open\b",
    re.IGNORECASE,
)
_CLAIMS = re.compile(r"\b(in)?valid\b|\bfake\b|\billegal\b|\bunlawful\b|\bICE is\b|\bsanctuary\b", re.IGNORECASE)
_NAMED_NOT_SAID = "Do not call the paper a fake"


def urges(text: str) -> bool:
    """Whether a sentence tells somebody to block, hide, lie, warn, destroy, open or release."""
    return any(_URGES.search(_CALMLY_SAID.sub(" ", each)) for each in re.split(r"(?<=[.?!])\s+", text))


def claims(text: str) -> bool:
    """Whether it says what a paper is worth, or what an agency may not do."""
    return _NAMED_NOT_SAID not in text and bool(_CLAIMS.search(text))
