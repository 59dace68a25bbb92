"""The command line: the only reader of argv."""

from __future__ import annotations


def main() -> int:
    """Run one command; the exit status is its result."""
    return 0
