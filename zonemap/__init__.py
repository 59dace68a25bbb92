"""zonemap: which areas of a clinic are private, the signs that say so, and what a paper at the front desk permits."""

__version__ = "0.1.0"
