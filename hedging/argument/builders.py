"""Builders of the ties that a multiverse looks at: one choice for every fork in, a frame over years or months out.

Whatever a table does not say stays missing; the fork `missing` can put a tie at its floor or at its ceiling, which
bounds it and fills nothing in silence.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from hedging.measures import neighbours, un
from hedging.measures.similarity import STATISTICS
from hedging.tables import load, ties

Choices = Mapping[str, str]
POWER_SETS = {"five": (), "no_tokyo": ("JPN",), "no_seoul": ("KOR",)}
SEOUL = {
    "grants": ("rok_gov_grants",),
    "with_food": ("rok_gov_grants", "rok_food_loans"),
    "with_private": ("rok_gov_grants", "rok_food_loans", "rok_private"),
}
US = {
    "constant_obligations": "us_obligations_constant",
    "obligations": "us_obligations",
    "constant_disbursements": "us_disbursements_constant",
    "disbursements": "us_disbursements",
}
WITH = {"USA": (("USA",), ()), "gap": (("USA",), ("RUS", "CHN"))}


def without(frame: pd.DataFrame, powers: str) -> pd.DataFrame:
    """Leave out the powers that a named set does not count."""
    return frame.drop(columns=[name for name in POWER_SETS[powers] if name in frame])


def reach(frame: pd.DataFrame, missing: str) -> pd.DataFrame:
    """Return the ties with the missing ones left out ("drop"), at nothing ("floor") or at their ceiling ("ceiling").

    The ceiling is the larger of the nearest known values before and after; a power that is never known has none and
    stays missing at both ends. The measure may lie beyond both ends where it is no monotone function of the tie.
    """
    if missing == "drop":
        return frame
    most = neighbours.ceiling(frame).replace(np.inf, np.nan)
    return frame.fillna(most if missing == "ceiling" else most * 0.0)


def trade(choices: Choices) -> pd.DataFrame:
    """Trade in goods with the powers in current US$ million."""
    given = choices["source"], choices["south"] == "in", choices["figures"] == "claimed"
    return without(_reached(*given, choices["missing"]), choices["powers"])


@lru_cache(maxsize=64)
def _reached(source: str, south: bool, claimed: bool, missing: str) -> pd.DataFrame:
    """Bound what is missing once for all sets of powers: a tie's ceiling hangs on no other."""
    return reach(_traded(source, south, claimed), missing)


def _traded(source: str, south: bool, claimed: bool) -> pd.DataFrame:
    return _loaded(ties.trade, source, south, claims=claimed)


@lru_cache(maxsize=256)
def _loaded(loader: Callable[..., pd.DataFrame], *args: Any, **options: Any) -> pd.DataFrame:
    """Load ties once for all forks that the table does not know; nobody writes into them."""
    return loader(*args, **options)


def china(choices: Choices) -> pd.DataFrame:
    """China's trade and the whole that it is a part of: the powers' trade, or KOTRA's total with Seoul's own count."""
    if choices["source"] == "panel":
        frame = trade({**choices, "figures": "printed"})
        return pd.DataFrame({"part": frame["CHN"], "whole": frame.sum(axis=1, skipna=False)})
    total, korean = ties.trade_total("kotra"), _traded("mou", True, False)["KOR"]
    whole = total + korean.reindex(total.index) if choices["south"] == "in" else total
    return pd.DataFrame({"part": _traded("kotra", False, False)["CHN"], "whole": whole})


def meetings(choices: Choices) -> pd.DataFrame:
    """Contacts found by year; what is less complete than asked for is missing."""
    return without(
        _loaded(ties.meetings, choices["ranks"], least_completeness=int(choices["completeness"])), choices["powers"]
    )


def news(choices: Choices) -> pd.DataFrame:
    """Friendly news by month (GDELT)."""
    loaded = _loaded(ties.events_monthly, "positive", per_day=choices["counting"] == "per_day")
    return without(loaded, choices["powers"])


def events(choices: Choices) -> pd.DataFrame:
    """Cooperative events by year (ICEWS)."""
    return without(_loaded(ties.events_yearly, choices["class"], choices["direction"]), choices["powers"])


def seoul_aid(choices: Choices) -> pd.DataFrame:
    """Aid from Seoul in current won, with or without loans and private groups."""
    parts = [_loaded(ties.aid, name)["KOR"] for name in SEOUL[choices["concept"]]]
    return pd.concat(parts, axis=1).sum(axis=1, skipna=False).to_frame("value")


def us_aid(choices: Choices) -> pd.DataFrame:
    """Aid from Washington in US$ million."""
    return ties.aid(US[choices["concept"]])["USA"].to_frame("value")


def us_aid_imports(choices: Choices) -> pd.DataFrame:
    """Aid beside imports; trade between the Koreas has no direction, so it counts as imports or not at all."""
    bought = _loaded(ties.imports, "panel", False).sum(axis=1, skipna=False)
    if choices["south"] == "in":
        bought = bought + _reached("panel", True, False, choices["missing"])["KOR"].reindex(bought.index)
    given = _loaded(ties.aid, "us_obligations")["USA"]
    return pd.DataFrame({"part": given, "whole": bought.reindex(given.index)})


def donors(choices: Choices) -> pd.DataFrame:
    """Net aid of all donors in the OECD's books, US$ million; years without a figure are missing."""
    rows = load("aid", "oecd_all_donors_net").set_index("year")["value"].astype(float)
    return rows.reindex(range(int(rows.index.min()), int(rows.index.max()) + 1)).to_frame("value")


def votes(choices: Choices) -> pd.Series:
    """Agreement with Washington, or that less the mean agreement with Moscow and Beijing."""
    plus, minus = WITH[choices["partner"]]
    given = tuple(choices[fork] for fork in ("variant", "unanimous", "absences", "own"))
    near = pd.DataFrame({power: _agreement(power, *given, choices["measure"]) for power in (*plus, *minus)})
    cells = near.to_numpy()
    value = cells[:, : len(plus)].mean(axis=1)
    if minus:
        value = value - cells[:, len(plus) :].mean(axis=1)
    return pd.Series(value, near.index)


@lru_cache(maxsize=1024)
def _agreement(power: str, variant: str, unanimous: str, absences: str, own: str, statistic: str) -> pd.Series:
    """Agreement of North Korea with one power by year, kept because two partners share it."""
    years, tables = _tabulated(power, variant, unanimous, absences, own)
    return pd.Series(STATISTICS[statistic](tables), pd.Index(years, name="year"))


@lru_cache(maxsize=1024)
def _tabulated(power: str, variant: str, unanimous: str, absences: str, own: str) -> tuple[np.ndarray, np.ndarray]:
    """What both voted by year, which all statistics read."""
    nuclear = "drop" if variant == "no_nuclear" else "keep"
    forks = {"unanimous": unanimous, "absences": absences, "nuclear": nuclear, "own": own}
    return un.tabulated(_roll_calls(variant == "contested"), "PRK", power, forks)


@lru_cache(maxsize=2)
def _roll_calls(contested: bool) -> pd.DataFrame:
    votes = load("un_votes_prk")
    states = ["PRK", "USA", "RUS", "CHN"]
    rows = votes.loc[votes["contested"] | (not contested), [*un.FLAGS, *states]]
    return rows.astype(dict.fromkeys(states, "category"))  # text of one letter is slow to filter otherwise


def tests(choices: Choices) -> pd.DataFrame:
    """Missiles, or days with a launch, a year; the year that is not over is left out."""
    rows = load("weapons_tests").query("kind == 'missile' and until.isna()").set_index("year")
    counted = rows[choices["count"]].astype(float)
    return counted.where((rows["preliminary"] == "no") | (choices["preliminary"] == "in")).to_frame("value")


def words(choices: Choices) -> pd.DataFrame:
    """Mentions of one word in the yearly speech at the General Debate."""
    rows = load("un_speech_terms").query("iso3 == 'PRK'")
    unit = {"per_1000": "per_1000_words", "mentions": "mentions"}[choices["unit"]]
    return rows[rows["term"] == choices["term"]].set_index("year")[unit].astype(float).to_frame("value")
