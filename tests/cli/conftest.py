"""The tests of the command line run on copies of one prepared shop."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from prepared import prepared_file, shell

__all__ = ["prepared_file", "shell"]
