"""Single printed figures: one estimator, one edition, one unit at a time, or an error that names the choice."""

import pandas as pd

from hedging.errors import HedgingError, unknown
from hedging.tables.load import load

TABLES = ("cold_war_aid", "cold_war_oil", "cold_war_trade", "debts")
PLOTTED = ("outturn", "estimate", "share")  # a plan, an agreement or a claim is no observation


def figures(table: str, measure: str, partner: str, **choice: str) -> pd.Series:
    """Return the observed figures of one measure and partner by year, from ONE estimator, edition and unit.

    `choice` names any of estimator, edition, unit and kind. Plans, agreements and claims are left out, periods of
    several years too. Raises HedgingError where rows of different estimators, editions or units would be chained, and
    for an unknown table, measure, partner or choice.
    """
    if table not in TABLES:
        raise unknown("table of printed figures", table, TABLES)
    rows = load(table)
    rows = rows[rows["kind"].isin(PLOTTED) & rows["value"].notna() & (rows["year_start"] == rows["year_end"])]
    for column, name in {"measure": measure, "partner": partner, **choice}.items():
        if column not in ("measure", "partner", "estimator", "edition", "unit", "kind"):
            raise unknown("choice", column, ("estimator", "edition", "unit", "kind"), where=f"table {table}")
        if name not in set(rows[column].dropna().unique()):
            raise unknown(column, name, set(rows[column].dropna().unique()), where=f"table {table}")
        rows = rows[rows[column] == name]
    for column in ("unit", "estimator", "edition"):
        if len(found := rows[column].fillna("not stated").unique()) > 1:
            raise HedgingError(
                f"{measure} with {partner} has several values of {column!r}, which must not be chained",
                where=f"table {table}",
                remedy=f"pass {column}= one of {', '.join(map(repr, sorted(found)))}",
            )
    series = rows.set_index("year_start")["value"].rename(measure).rename_axis("year").astype(float).sort_index()
    series.attrs = {"table": table, "unit": rows["unit"].iloc[0], "estimator": rows["estimator"].iloc[0]}
    return series
