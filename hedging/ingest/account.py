"""The account of all raw files: each is read by a table, or left out for a reason that stands in `omitted.csv`."""

import csv
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from hedging.errors import HedgingError

OMITTED = Path(__file__).with_name("omitted.csv")
CATALOG = "catalog.csv"  # in a mirror: one row a file
REMEDY = "name each file as a Source of a table, or give it a row with a reason in hedging/ingest/omitted.csv"


def omitted() -> dict[str, str]:
    """Return {file: why no table is made from it}; HedgingError unless files are sorted, single and with a reason."""
    with OMITTED.open(encoding="utf-8", newline="") as lines:
        rows = [(row["file"], (row["reason"] or "").strip()) for row in csv.DictReader(lines)]
    files = [file for file, _ in rows]
    faults = [f"{file}: no reason is given" for file, reason in rows if not reason]
    faults += [f"{file}: twice" for file in sorted(set(files)) if files.count(file) > 1]
    faults += [f"{two}: stands after {one}" for one, two in pairwise(files) if two < one]
    if faults:
        raise _error("the list of files left out is not in order", faults, OMITTED, "sort it; one row a file")
    return dict(rows)


def listed(mirror: Path | None) -> list[str]:
    """Return the files in a mirror's catalogue, sorted; none without a mirror or without a catalogue."""
    catalog = mirror / CATALOG if mirror else None
    if catalog is None or not catalog.is_file():
        return []
    with catalog.open(encoding="utf-8", newline="") as lines:
        return sorted(row["file"] for row in csv.DictReader(lines))


def lines(
    used: Mapping[str, Sequence[str]], mirror: Path | None = None, wanted: Collection[str] | None = None
) -> list[str]:
    """Return one line a file (of `wanted`, or all): the tables that read it, why none does, or that nobody knows."""
    told = dict.fromkeys(listed(mirror), "NOT ACCOUNTED FOR")
    told |= {file: f"not used: {reason}" for file, reason in omitted().items()}
    told |= {file: ", ".join(tables) for file, tables in used.items()}
    return [f"{file}: {words}" for file, words in sorted(told.items()) if wanted is None or file in wanted]


def check(used: Mapping[str, Sequence[str]], mirror: Path | None = None) -> int:
    """Return how many files are accounted for; HedgingError names those that are not, or are in two ways.

    With the catalogue of a `mirror`, every file in it must be read or left out, and nothing else may be left out.
    """
    reasons, catalogue = omitted(), listed(mirror)
    faults = [f"{file}: left out, and read by {', '.join(used[file])}" for file in reasons if file in used]
    if catalogue:
        faults += [f"{file}: neither read nor left out" for file in catalogue if file not in {*used, *reasons}]
        faults += [f"{file}: left out, but not in the catalogue" for file in reasons if file not in catalogue]
    if faults:
        raise _error("raw files are not accounted for", faults, mirror or OMITTED, REMEDY)
    return len({*used, *reasons})


def _error(what: str, faults: list[str], where: Path, remedy: str) -> HedgingError:
    return HedgingError(f"{what}:\n    " + "\n    ".join(faults), where=str(where), remedy=remedy)
