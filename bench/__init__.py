"""What takes time, measured against something everybody knows, in the same run: ``make bench``."""
