"""The series that the dated expectations read, by name: each a frame over years with the powers or one `value`.

Everything here is a plain reading of one table. A year that is not observed is NaN and stays so; contacts from years
that were gathered less well (completeness 3) are lower bounds, and enter as what was found.
"""

from collections.abc import Callable
from functools import cache
from itertools import product

import numpy as np
import pandas as pd

from hedging import tables
from hedging.errors import HedgingError, unknown
from hedging.measures import cross_bloc_hedge
from hedging.tables import ties

WEEKS = 92  # days between two offers that still answer each other: one quarter
FEWEST = 5  # meetings in two years; with fewer, a single visit decides the hedge


def series(name: str) -> pd.DataFrame:
    """Return one series by name as a frame: index year (every year of its span), columns powers or `value`."""
    if name not in SERIES:
        raise unknown("series", name, SERIES, where="expectations.yml")
    return _made(name).copy()


@cache
def _made(name: str) -> pd.DataFrame:
    frame = SERIES[name]()
    frame = frame.to_frame("value") if isinstance(frame, pd.Series) else frame
    return frame.reindex(range(int(frame.index.min()), int(frame.index.max()) + 1)).rename_axis(index="year")


def _aid_revenue() -> pd.Series:
    rows = tables.load("cold_war_aid")
    rows = rows[rows["measure"] == "total: aid as share of national revenue"]
    return rows.set_index("year_start")["value"]


def _rival_offers() -> pd.Series:
    """1 in a year in which a new commitment of each patron is dated within a quarter of the other's, else 0."""
    rows = tables.load("cold_war_aid")
    rows = rows[rows["kind"].eq("agreement") & rows["period"].str.fullmatch(r"\d{4}-\d{2}(-\d{2})?")]
    if rows.empty:  # a year without a rival offer is a finding only where offers are listed at all
        raise HedgingError("table cold_war_aid lists no dated agreement", where="series rival_offers")
    days = {power: _days(rows.loc[rows["partner"] == power, "period"]) for power in ("RUS", "CHN")}
    met = {one.year for one, other in product(days["RUS"], days["CHN"]) if abs((one - other).days) <= WEEKS}
    years = range(1950, 1991)
    return pd.Series([float(year in met) for year in years], index=years)


def _days(periods: pd.Series) -> list[pd.Timestamp]:
    return [pd.Timestamp(period) for period in periods]


def _pacts() -> pd.DataFrame:
    """Defence pacts in force at the end of each year, 1 or 0. The Soviet one ends with ATOP's date, 1996."""
    rows = tables.load("treaties").set_index(["partner", "event"])["year"]
    years = np.arange(1950, 2026)
    soviet = (years >= rows["RUS", "signed"].min()) & (years < rows["RUS", "ended (ATOP 4.01)"].min())
    russian = years >= rows["RUS", "in force"].min()
    chinese = years >= rows["CHN", "signed"].min()
    return pd.DataFrame({"RUS": soviet | russian, "CHN": chinese}, index=years).astype(float)


def _steps(values: pd.Series) -> pd.Series:
    return values.diff().iloc[1:]


def _ideal_point() -> pd.Series:
    rows = tables.load("un_ideal_points")
    return rows[rows["iso3"] == "PRK"].set_index("year")["ideal_point"]


def _no_nuclear() -> pd.Series:
    rows = tables.load("un_agreement")
    rows = rows[(rows["iso3"] == "PRK") & (rows["power"] == "USA") & (rows["year"] <= 2024)]
    return rows.set_index("year")["agreement_no_nuclear"]


def _kotra_china() -> pd.Series:
    return ties.trade("kotra")["CHN"] / ties.trade_total("kotra")


def _top_hedge_two_years() -> pd.Series:
    """Cross-bloc hedge B of the meetings of two years, by the first of them; NaN under FEWEST meetings."""
    both = ties.meetings("top", least_completeness=3).rolling(2).sum().shift(-1).iloc[:-1]
    return cross_bloc_hedge(both.where(both.sum(axis=1, skipna=False) >= FEWEST))


def _west_at_most() -> pd.Series:
    """Part of all trade that is with neither patron, the South counted in: no western share can be larger."""
    kotra, south = ties.trade("kotra"), ties.trade("mou")["KOR"]
    whole = ties.trade_total("kotra") + south
    return 1 - (kotra["CHN"] + kotra["RUS"].fillna(0.0)) / whole  # an unreported Russia only raises the bound


def _inter_korean_to_peak() -> pd.Series:
    south = ties.trade("mou")["KOR"]
    return south / south.max()


SERIES: dict[str, Callable[[], pd.DataFrame | pd.Series]] = {
    "aid_revenue": _aid_revenue,
    "rival_offers": _rival_offers,
    "pacts": _pacts,
    "leaders": lambda: ties.meetings("leaders", least_completeness=3),
    "top": lambda: ties.meetings("top", least_completeness=3),
    "top_hedge_two_years": _top_hedge_two_years,
    "market_trade_to_1980": lambda: ties.trade_total("cow", 1964, 1980),
    "japan_trade_to_1980": lambda: ties.trade("cow", start=1964, end=1980)["JPN"],
    "trade": lambda: ties.trade("panel"),
    "us_aid": lambda: ties.aid("us_obligations_constant")["USA"],
    "rok_aid": lambda: ties.aid("rok_gov_grants")["KOR"],
    "material_conflict_seoul": lambda: ties.events_yearly("material_conf")["KOR"],
    "kotra_china": _kotra_china,
    "kotra_world": lambda: ties.trade_total("kotra"),
    "inter_korean": lambda: ties.trade("mou")["KOR"],
    "inter_korean_to_peak": _inter_korean_to_peak,
    "west_at_most": _west_at_most,
    "ideal_point_steps": lambda: _steps(_ideal_point()),
    "no_nuclear_steps": lambda: _steps(_no_nuclear()),
}
