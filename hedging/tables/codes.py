"""The registry of countries: ISO 3166 letters, Correlates of War numbers and names, in `codes.csv` beside this module.

Members of the United Nations past and present, territories that trade, and the names that the book's sources use; a
number is one state's, whatever it was called. A test compares the pairs with those of Voeten's ideal points.
"""

import csv
import difflib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

REGISTRY = Path(__file__).with_name("codes.csv")
KINDS = ("iso3", "cow")


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with REGISTRY.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def known(kind: str) -> frozenset[str]:
    """Return every code of one kind, iso3 or cow, as text."""
    return frozenset(code for row in _rows() for code in row[kind].split("|") if code)


@cache
def names() -> dict[str, str]:
    """Return {name in small letters: iso3} for codes of both kinds and all names."""
    found: dict[str, str] = {}
    for row in _rows():
        for name in (row["iso3"], row["name"], *row["also"].split("|"), *row["cow"].split("|")):
            found.setdefault(name.lower(), row["iso3"])
    found.pop("", None)
    return found


@cache
def of_names() -> dict[str, str]:
    """Return {name as it is written: iso3}, without codes: what a source calls its states."""
    written = {name: row["iso3"] for row in _rows() for name in row["also"].split("|") if name}
    return written | {row["name"]: row["iso3"] for row in _rows()}


@cache
def of_numbers() -> dict[int, str]:
    """Return {Correlates of War number: iso3}; no number is two states'."""
    return {int(number): row["iso3"] for row in _rows() for number in row["cow"].split("|") if number}


def title(iso3: str) -> str:
    """Return the common name of a code, or the code itself where the registry does not know it."""
    return next((row["name"] for row in _rows() if row["iso3"] == iso3), iso3)


def numbers(iso3: str) -> tuple[str, ...]:
    """Return the Correlates of War numbers of a state, as text; empty without one."""
    return tuple(code for row in _rows() if row["iso3"] == iso3 for code in row["cow"].split("|") if code)


def nearest(name: str, options: Iterable[str]) -> str:
    """Return the option most like `name` (a country's name counts as its code), or "" where none is near."""
    among = sorted(options)
    coded = names().get(name.strip().lower(), name)
    if coded in among:
        return coded
    return next(iter(difflib.get_close_matches(coded, among, n=1, cutoff=0.5)), "")
