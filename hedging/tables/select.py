"""The rows of a table that speak of one year and one country, whatever its columns of time and of countries are."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from hedging.errors import HedgingError
from hedging.tables import codes
from hedging.tables.record import ending

Record = dict[str, Any]
LISTED = 12  # names that an error offers beside the nearest
APART = re.compile(r"\s*[|;,/-]\s*")  # between the countries of one cell


def rows_of(frame: pd.DataFrame, record: Record, year: int | None, country: str | None) -> pd.DataFrame:
    """Return the rows of a year and a country (iso3, COW number or common name); None asks for all.

    Raises HedgingError for a year outside the coverage, a country that the table does not know, and a pair without a
    row, each with the nearest that has one.
    """
    own = frame[_is_of(frame, record, country)] if country is not None else frame
    if year is None:
        return own
    first, last = years(frame, record)
    _inside(record, year, int(first.min()), int(last.max()))
    found = own[(first.loc[own.index] <= year) & (year <= last.loc[own.index])]
    if found.empty:
        near = _nearest(own, first, last, year)
        raise HedgingError(
            f"table {record['name']} has no row of {year}" + (f" for {country}" if country else ""),
            where=f"rows with that country: {len(own)}",
            remedy=f"the nearest year with a row is {near}",
        )
    return found


def _nearest(own: pd.DataFrame, first: pd.Series, last: pd.Series, year: int) -> int:
    ends = pd.concat([first.loc[own.index], last.loc[own.index]]).dropna().astype(int)
    return int(ends.loc[(ends - year).abs().argsort(kind="stable").index].iloc[0]) if len(ends) else year


def _inside(record: Record, year: int, first: int, last: int) -> None:
    if not first <= year <= last:
        raise HedgingError(
            f"{year} is outside the coverage of table {record['name']}",
            where=f"{first} to {last}",
            remedy=f"ask for {min(max(year, first), last)}, the nearest year, or for no year",
        )


def years(frame: pd.DataFrame, record: Record) -> tuple[pd.Series, pd.Series]:
    """Return first and last year of each row, NaN where a row has none; HedgingError for a table without time."""
    cover = record.get("coverage")
    if cover is None:
        raise HedgingError(
            f"table {record['name']} has no column of time", where=record.get("undated", ""), remedy="name no year"
        )
    first = _year(frame[cover["column"]])
    end = ending(cover["column"])
    last = _year(frame[end]) if end in frame.columns else first
    last = last.fillna(first)
    if pd.api.types.is_string_dtype(frame[cover["column"]]):
        last = last.where(~frame[cover["column"]].str.endswith("0s", na=False), first + 9)  # a decade is its ten years
    return first, last


def _year(cells: pd.Series) -> pd.Series:
    if pd.api.types.is_numeric_dtype(cells):
        return cells.astype("Float64")
    return pd.to_numeric(cells.astype("str").str.extract(r"^(\d{4})")[0])


def _is_of(frame: pd.DataFrame, record: Record, country: str) -> pd.Series:
    """Return which rows name a country; all of them where it is a column of its own."""
    named = list(countries(frame, record))
    wanted = codes.names().get(country.strip().lower(), country.strip())
    if wanted in frame.columns:
        return pd.Series(True, index=frame.index)
    parts = {cell: set(_coded(cell)) for name in named for cell in frame[name].dropna().astype("str").unique()}
    whole = {code.lower(): code for found in parts.values() for code in found}
    if wanted.lower() not in whole:
        raise _unknown(
            record, country, wanted, [*whole.values(), *(c for c in frame.columns if c in codes.known("iso3"))]
        )
    hits = [cell for cell, found in parts.items() if whole[wanted.lower()] in found]
    return frame[named].astype("str").isin(hits).any(axis=1)


def countries(frame: pd.DataFrame, record: Record) -> Iterator[str]:
    """Yield the columns of a frame that hold countries: by the record's registry, or by what most cells say."""
    for field in record["schema"]["fields"]:
        cells = frame[field["name"]].dropna().astype("str").unique()
        known = [cell for cell in cells if any(part in codes.known("iso3") for part in _coded(cell))]
        if field.get("codes") or (field["type"] == "string" and 2 * len(known) > len(cells)):
            yield field["name"]


def _coded(cell: str) -> list[str]:
    names = codes.names()
    return [names.get(part.lower(), part) for part in [*APART.split(cell), cell]]


def _unknown(record: Record, country: str, wanted: str, known: Iterable[str]) -> HedgingError:
    have = sorted(set(known))
    if not have:
        return HedgingError(f"table {record['name']} has no column of countries", remedy="name no country")
    near = codes.nearest(wanted, [*have, *(codes.title(code) for code in have)])
    near = codes.names().get(near.lower(), near)
    hint = f"did you mean {near!r} ({codes.title(near)})? " if near else ""
    more = f" and {len(have) - LISTED} more" if len(have) > LISTED else ""
    return HedgingError(
        f"table {record['name']} has no country {country!r}",
        where=f"columns {', '.join(field['name'] for field in record['schema']['fields'])}"[:160],
        remedy=f"{hint}known: {', '.join(have[:LISTED])}{more}",
    )
