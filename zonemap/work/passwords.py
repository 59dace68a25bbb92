"""Passwords: hashed with argon2, never kept. The hash is slow on purpose, so only two are computed at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from itertools import pairwise
from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import hash_secret_raw

LEAST = 12
MOST = 200

# 19 MiB, two rounds: OWASP's figures. More memory lets a crowd at the sign-in page use up a small machine.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_at_once = BoundedSemaphore(2)
_dummy = _hasher.hash("nobody's password")

# Beginnings that people choose first; with figures or signs behind them they are no better.
_COMMON = (
    "password", "passwort", "qwerty", "qwertz", "azerty", "asdfgh", "zxcvbn", "letmein", "welcome", "iloveyou",
    "sunshine", "princess", "football", "baseball", "superman", "batman", "trustno", "starwars", "whatever",
    "dragon", "monkey", "michael", "jennifer", "abcdef", "abc", "administrator", "admin", "changeme", "default",
    "secret", "hospital", "clinic", "medical", "healthcare", "zonemap", "winter", "spring", "summer", "autumn",
)  # fmt: skip


def hash_password(password: str) -> str:
    """What the store keeps of a password."""
    with _at_once:
        return _hasher.hash(password)


def slow_hash(text: str, salt: str) -> str:
    """64 hex digits, the same each time, as slow as the hash of a password: for what could be found by trying all."""
    with _at_once:
        made = hash_secret_raw(text.encode(), sha256(salt.encode()).digest(), 2, 19_456, 1, 32, Type.ID)
    return made.hex()


def is_password(password_hash: str | None, password: str) -> bool:
    """Whether they belong together. Takes the same time when there is no hash, so that nobody learns who has one."""
    with _at_once:
        try:
            return _hasher.verify(password_hash or _dummy, password[:MOST]) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False


def password_problem(password: str, words: Iterable[str] = ()) -> str | None:
    """What is wrong with a new password, as a sentence, or None. ``words``: names that others could guess."""
    if len(password) < LEAST:
        return f"Use at least {LEAST} characters. Four words in a row that only you would put together work well."
    if len(password) > MOST:
        return f"Use at most {MOST} characters."
    rest = _without(password, words)
    if len(set(rest)) < 6:
        return "Others would guess this: it has few different letters, or is mostly a name. Use four words in a row."
    if _is_common(password):
        return "Passwords like this are tried first. Use four words that only you would put together."
    return None


def _without(password: str, words: Iterable[str]) -> str:
    rest = password.lower()
    parts = {part for word in words for part in re.split(r"\W+", word.lower()) if len(part) > 3}
    for part in sorted(parts, key=len, reverse=True):
        rest = rest.replace(part, "")
    return rest


def _is_common(password: str) -> bool:
    lower = password.lower()
    steps = {ord(after) - ord(before) for before, after in pairwise(lower)}
    return lower.isdigit() or steps in ({1}, {-1}) or any(_is_common_word(text) for text in (lower, _unmasked(lower)))


def _unmasked(text: str) -> str:
    """Figures and signs read as the letters they stand for, those at the end left out: p@ssw0rd12 is password."""
    return re.sub(r"[\d\W_]+$", "", text).translate(str.maketrans("013457@$!", "oieastasi"))


def _is_common_word(text: str) -> bool:
    """Whether little is left of the letters when the common words are taken out."""
    letters = rest = "".join(char for char in text if char.isalpha())
    for word in _COMMON:
        rest = rest.replace(word, "")
    return rest != letters and len(rest) < 4
