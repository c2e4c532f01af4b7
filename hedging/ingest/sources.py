"""The raw files: which bytes are meant (`sources.csv`), and how to get them without ever keeping half of one."""

import csv
import datetime
import difflib
import hashlib
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import quote

from hedging.errors import HedgingError
from hedging.ingest.download import download

REGISTRY = Path(__file__).with_name("sources.csv")
COLUMNS = (
    "file", "sha256", "bytes", "url", "repo", "commit", "path", "licence", "publisher", "citation", "title",
    "published", "accessed",
)  # fmt: skip
KEPT = ("published", "accessed")  # no catalogue knows them: the date of the vintage, and the day of pinning these bytes
ORIGIN = {"url", "repo", "commit", "path"}  # upstream_url and so on in a catalogue


def registry() -> dict[str, dict[str, str]]:
    """Return every known raw file: {file: {sha256, bytes, url, repo, commit, path, licence, ...}}, all values text."""
    return _read(REGISTRY)


@cache
def _read(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["file"]: row for row in csv.DictReader(lines)}


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cache_folder() -> Path:
    """Return where downloads are kept: `HEDGING_CACHE`, else the user's cache folder."""
    if given := os.environ.get("HEDGING_CACHE"):
        return Path(given)
    import pooch

    return Path(pooch.os_cache("hedging"))


def mirror_folder(given: Path | str | None = None) -> Path | None:
    """Return the folder of raw files: `given`, else `HEDGING_MIRROR`, else none; HedgingError if it is no folder."""
    folder = given or os.environ.get("HEDGING_MIRROR")
    if folder and not Path(folder).is_dir():
        raise HedgingError("the mirror is not a folder", where=str(folder), remedy="pass a folder of raw files")
    return Path(folder) if folder else None


def find(file: str, mirror: Path | None = None) -> Path:
    """Return the path of raw file `file` with the bytes that the registry names.

    Looks in `mirror`, then in the cache, then downloads. Raises HedgingError for a file that is not registered,
    has other bytes, has no public address or cannot be fetched.
    """
    known = registry()
    if file not in known:
        near = difflib.get_close_matches(file, known, n=1)
        raise HedgingError(
            f"the raw file {file} is not pinned",
            where=str(REGISTRY),
            remedy=(f"did you mean {near[0]!r}? else " if near else "")
            + "add it with hedging.ingest.restrict_registry()",
        )
    entry = known[file]
    if mirror is not None and (mirror / file).is_file():
        return _checked(mirror / file, entry, "replace the file in the mirror; its bytes are not those of the registry")
    kept = cache_folder() / file
    if kept.is_file() and sha256(kept) == entry["sha256"]:
        return kept
    if not entry["url"]:
        made = f"; it was made from {original}" if (original := original_address(entry)) else ""
        raise HedgingError(
            f"no public address holds the raw file {file}{made}",
            where=f"mirror: {mirror or 'none given'}; cache: {kept.parent}",
            remedy="pass --mirror DIR (or set HEDGING_MIRROR) to a folder that holds it",
        )
    return download(entry, kept)


def original_address(entry: dict[str, str]) -> str:
    """Return the raw address of the public file that a raw file is or was made from; "" where there is no one file.

    Only `url` promises the pinned bytes: most files with an origin are a conversion or an extract of it.
    """
    if not (entry["repo"] and entry["commit"] and entry["path"]) or ";" in entry["path"] or entry["path"].endswith("/"):
        return ""
    return f"https://raw.githubusercontent.com/{entry['repo']}/{entry['commit']}/{quote(entry['path'])}"


def _checked(path: Path, entry: dict[str, str], remedy: str) -> Path:
    found = sha256(path)
    if found != entry["sha256"]:
        raise HedgingError(
            f"{entry['file']} has SHA-256 {found[:12]}..., expected {entry['sha256'][:12]}...",
            where=str(path),
            remedy=remedy,
        )
    return path


def register(catalog: Path, files: Iterable[str]) -> int:
    """Write the registry anew from a mirror's `catalog.csv`, restricted to `files`; returns the number of rows.

    A file whose bytes stay keeps its dates; one that is new or has other bytes is accessed today, and `published`
    (date of the vintage: year, month or day, as its publisher states it) waits to be written by hand.
    """
    with catalog.open(encoding="utf-8", newline="") as lines:
        rows = {row["file"]: row for row in csv.DictReader(lines)}
    wanted = sorted(set(files))
    if absent := [file for file in wanted if file not in rows]:
        raise HedgingError(f"the catalogue does not list {absent[0]}", where=str(catalog), remedy="correct the Source")
    known = registry() if REGISTRY.is_file() else {}
    with REGISTRY.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for file in wanted:
            row, old = rows[file], known.get(file, {})
            dates = {word: old[word] for word in KEPT} if old.get("sha256") == row["sha256"] else _dates_of_today()
            found = {word: row[f"upstream_{word}" if word in ORIGIN else word] for word in COLUMNS if word not in KEPT}
            writer.writerow(found | dates)
    _read.cache_clear()
    return len(wanted)


def _dates_of_today() -> dict[str, str]:
    return {"published": "", "accessed": datetime.date.today().isoformat()}
