"""Raw files from their pinned addresses: whole and right, or not at all; a cut download goes on where it ended."""

import contextlib
import sys
import time
from pathlib import Path
from typing import Any

from hedging.errors import HedgingError

TIMEOUT = 60  # seconds without a byte
TRIES = 4  # as long as bytes arrive, or the server asks for patience
PAUSE = 0.5  # seconds before the second try, and as much more before each further one
MIRROR = "pass --mirror DIR with a copy of the raw files"


def download(entry: dict[str, str], target: Path) -> Path:
    """Fetch one registered file to `target`, which exists afterwards with the registry's bytes, or not at all.

    What arrived before a connection was cut waits beside it, and the next call asks for the rest only. One process at
    a time downloads into a folder; another one waits, and takes what the first has brought. Raises HedgingError: no
    connection, an answer that is not the file, other bytes, a folder that cannot be written.
    """
    import locket

    part = target.with_name(f".{target.name}.{entry['sha256'][:12]}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with locket.lock_file(str(target.parent / ".lock")):
            _retrieve(entry, target, part)
    except (ValueError, OSError) as fault:
        raise _told(fault, entry, part) from fault
    return target


def _retrieve(entry: dict[str, str], target: Path, part: Path) -> None:
    """Let pooch look for the file (whoever we waited for may have brought it), fetch it and compare the hash."""
    import pooch

    def once(downloader: Resuming) -> None:
        known_hash = f"sha256:{entry['sha256']}"
        pooch.retrieve(entry["url"], known_hash, target.name, target.parent, downloader=downloader)

    first = Resuming(part)
    try:
        once(first)
    except ValueError:
        if not first.joined:
            raise
        once(Resuming(part))  # the older piece may have been damaged: all of it anew before the address is blamed


class Resuming:
    """A downloader for pooch that collects a file in `part` and asks only for the bytes that are not there yet.

    `joined` says whether the bytes come from more than one answer.
    """

    def __init__(self, part: Path) -> None:
        self.part, self.joined = part, False

    def __call__(self, url: str, output_file: str, pooch: Any, check_only: bool = False) -> None:
        """Fetch `url` to `output_file`, pooch's temporary file; raises what requests raises."""
        import requests

        for attempt in range(1, TRIES + 1):
            before = self._size()
            try:
                self._rest(url, before)
                break
            except requests.RequestException as fault:
                if attempt == TRIES or not (self._size() > before or _passing(fault)):
                    raise
                time.sleep(PAUSE * attempt)
        self.part.replace(output_file)

    def _rest(self, url: str, start: int) -> None:
        """Ask for the bytes from `start` on; a server without ranges sends them all, and the piece begins anew."""
        import pooch

        # Ranges count bytes as they are sent: compressed and plain pieces could not be joined.
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
        with self.part.open("ab") as out:

            def look(response: Any, **_: Any) -> None:
                rest = response.headers.get("Content-Range", "").startswith(f"bytes {start}-")
                self.joined |= rest and start > 0
                if response.status_code == 416 or (response.status_code in (200, 206) and not rest):
                    out.truncate(0)

            shown = sys.stderr.isatty()
            fetch = pooch.HTTPDownloader(shown, timeout=TIMEOUT, headers=headers, hooks={"response": look})
            fetch(url, out, None)

    def _size(self) -> int:
        return self.part.stat().st_size if self.part.is_file() else 0


def _passing(fault: Exception) -> bool:
    code = getattr(getattr(fault, "response", None), "status_code", 0)
    return code >= 500 or code in (416, 429)  # 416: the piece was longer than the file, and is empty now


def _told(fault: Exception, entry: dict[str, str], part: Path) -> HedgingError:
    import requests

    if isinstance(fault, requests.RequestException):
        kept = f"{part.stat().st_size:,} bytes are kept: " if part.is_file() and part.stat().st_size else ""
        what, where = f"could not download {entry['file']}: {_reason(fault)}", entry["url"]
        return HedgingError(what, where=where, remedy=f"{kept}check the network and run again, or {MIRROR}")
    if isinstance(fault, OSError):
        with contextlib.suppress(OSError):
            part.unlink()  # on a full disk the piece would keep it full
        what = f"cannot keep {entry['file']} in the cache: {fault.strerror or fault}"
        remedy = f"set HEDGING_CACHE to a folder that can be written and has room, or {MIRROR}"
        return HedgingError(what, where=str(part.parent), remedy=remedy)
    return HedgingError(
        f"the file behind the address has changed: {entry['file']} has other bytes than those pinned",
        where=entry["url"],
        remedy="take the pinned bytes from a mirror (--mirror DIR), or pin the new file in sources.csv on purpose",
    )


def _reason(fault: Exception) -> str:
    """Say in words what requests says in names of classes."""
    import requests

    kinds = requests.exceptions
    if (response := getattr(fault, "response", None)) is not None:
        return f"the server answers {response.status_code} {response.reason}"
    if isinstance(fault, kinds.ChunkedEncodingError):
        return "the connection was cut"
    if isinstance(fault, kinds.Timeout):
        return f"no answer within {TIMEOUT} s"
    if isinstance(fault, kinds.ConnectionError):
        return "no connection to the server"
    return str(fault) or type(fault).__name__
