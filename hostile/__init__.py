"""Files that mean harm, and what is done with them: ``python -m hostile --help``. The same files each time.

``seeds`` has small good files of every kind. ``targets`` are the parsers, and ``fuzz`` lets atheris look for files that
break them (``make fuzz``). What it found is in ``tests/hostile/test_found.py``.
"""
