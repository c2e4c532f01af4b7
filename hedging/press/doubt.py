"""Which pages of the site may be neither old nor new, since the last build of pages did not end well.

Without this, a page could keep what a failed or killed build has written, because nothing seems to have changed since.
"""

import json
from collections.abc import Iterable

from hedging import paths
from hedging.press import notebook

FILE = "doubt.json"
ALL = "*"


def pages() -> list[str]:
    """List the pages in doubt; `ALL` stands for every page."""
    try:
        return list(json.loads((paths.STATE / FILE).read_bytes()))
    except FileNotFoundError:
        return []
    except (OSError, ValueError):
        return [ALL]


def write(found: Iterable[str]) -> None:
    """Note the pages in doubt. `[ALL]` while a build runs: should it be killed, the next one starts from nothing."""
    notebook.write(paths.STATE / FILE, json.dumps(sorted(found)).encode())


def settle() -> None:
    """All pages are as they should be."""
    (paths.STATE / FILE).unlink(missing_ok=True)
