"""Passwords: which are refused, and that only the right one is right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonemap.work.passwords import LEAST, hash_password, is_password, password_problem


def test_only_the_right_password_is_right():
    kept = hash_password("horse battery staple lamp")

    assert "horse" not in kept
    assert is_password(kept, "horse battery staple lamp")
    assert not is_password(kept, "horse battery staple lamq")
    assert not is_password(None, "nobody's password")
    assert not is_password("not a hash", "x")


def test_the_cost_is_the_one_that_a_small_machine_can_bear():
    assert "m=19456,t=2,p=1" in hash_password("horse battery staple lamp")


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "passwordpassword",
        "Password2026!",
        "P@ssw0rd123456",
        "qwertyqwerty12",
        "Zonemap2026!!!",
        "welcome12345678",
        "aaaaaaaaaaaaaaaa",
        "abababababab",
        "abcdefghijklmnop",
        "123456789012",
        "312555014200",
        "Larkspur Clinic 1",
        "dana.whitfield1",
        "x" * 201,
    ],
)
def test_a_password_that_others_would_guess_is_refused_with_a_hint(password):
    problem = password_problem(password, ("Dana Whitfield", "dana.whitfield@larkspur.example", "Larkspur Clinic"))

    assert problem
    assert problem.endswith(".")


@pytest.mark.parametrize(
    "password",
    ["horse battery staple lamp", "tr0ub4dor&3xkcd", "Grüße aus dem Süden 7", "七転び八起き七転八倒日本語入力"],
)
def test_a_long_password_of_ones_own_is_taken(password):
    assert password_problem(password, ("Dana Whitfield",)) is None


@given(st.text(max_size=LEAST - 1))
def test_a_short_password_is_never_taken(password):
    assert password_problem(password) is not None


@given(st.text(min_size=1, max_size=60), st.lists(st.text(max_size=12), max_size=3))
def test_a_name_added_to_the_words_never_makes_a_password_better(password, words):
    if password_problem(password) is not None:
        assert password_problem(password, words) is not None
