"""``python -m zonemap``: the same as the command ``zonemap``."""

import sys

from zonemap.cli import main

sys.exit(main())
