"""Where things lie. `HEDGING_ROOT` moves the whole project (tests build small projects of their own)."""

import os
from pathlib import Path

ROOT = Path(os.environ.get("HEDGING_ROOT") or Path(__file__).resolve().parents[1])
DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
BOOK = ROOT / "book"
CHAPTERS = BOOK / "chapters"  # executed notebooks: built, not tracked
BUILD = ROOT / "_build"
HTML = BUILD / "html"
STATE = BUILD / "state"  # fingerprints of what was built, one small JSON each
