"""Where things lie.

`HEDGING_ROOT` moves the whole project (tests build small projects of their own), `HEDGING_DATA` the tables alone
(chapters are run on tables that a newer source would give).
"""

import os
from pathlib import Path

ROOT = Path(os.environ.get("HEDGING_ROOT") or Path(__file__).resolve().parents[1])
DATA = Path(os.environ.get("HEDGING_DATA") or ROOT / "data")
NOTEBOOKS = ROOT / "notebooks"
BOOK = ROOT / "book"
CHAPTERS = BOOK / "chapters"  # executed notebooks: built, not tracked
BUILD = ROOT / "_build"
HTML = BUILD / "html"
STATE = BUILD / "state"  # fingerprints of what was built, one small JSON each
