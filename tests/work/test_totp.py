"""Codes of an app, against the figures of RFC 6238 and an implementation of others."""

from __future__ import annotations

import pyotp
import pytest

from zonemap.work.totp import STEP_S, address_of, code_of, new_secret

OF_THE_RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890"


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_figures_of_the_standard_come_out(second, code):
    assert code_of(OF_THE_RFC, second // STEP_S) == code


def test_a_new_secret_has_160_bits_and_an_app_of_others_shows_the_same_codes():
    secret = new_secret()

    assert len(secret) == 32
    assert secret != new_secret()
    for step in range(59_000_000, 59_000_200):
        assert code_of(secret, step) == pyotp.TOTP(secret).at(step * STEP_S)


def test_an_app_of_others_reads_the_picture():
    read = pyotp.parse_uri(address_of(OF_THE_RFC, "ana+home@clinic.example"))

    assert (read.secret, read.name, read.issuer) == (OF_THE_RFC, "ana+home@clinic.example", "zonemap")
