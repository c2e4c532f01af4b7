"""The kinds of tie that the multiverse knows, each with the forks that its tables allow.

A builder takes one choice for every fork and returns a frame over years or months. Whatever a table does not say stays
missing; the fork `missing` can put a tie at its floor or at its ceiling, which bounds it and fills nothing in silence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from hedging.measures import neighbours, un
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


@dataclass(frozen=True)
class Domain:
    """One kind of tie: `forks` names each fork with its values, the first the book's own choice.

    `form` says which measures fit the frame: "ties" (columns powers), "part" (columns part, whole), "value" (one
    column), or "measured" (the builder applies the measure itself). `tables`: what it reads.
    """

    about: str
    tables: tuple[str, ...]
    forks: dict[str, tuple[str, ...]]
    build: Callable[[Choices], pd.DataFrame]
    form: str = "ties"
    monthly: bool = False


def _without(frame: pd.DataFrame, powers: str) -> pd.DataFrame:
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


def _trade(choices: Choices) -> pd.DataFrame:
    frame = ties.trade(choices["source"], choices["south"] == "in", claims=choices["figures"] == "claimed")
    return reach(_without(frame, choices["powers"]), choices["missing"])


def _china(choices: Choices) -> pd.DataFrame:
    """China's trade and the whole that it is a part of: the powers' trade, or KOTRA's total with Seoul's own count."""
    if choices["source"] == "panel":
        frame = _trade({**choices, "figures": "printed"})
        return pd.DataFrame({"part": frame["CHN"], "whole": frame.sum(axis=1, skipna=False)})
    total, korean = ties.trade_total("kotra"), ties.trade("mou")["KOR"]
    whole = total + korean.reindex(total.index) if choices["south"] == "in" else total
    return pd.DataFrame({"part": ties.trade("kotra", False)["CHN"], "whole": whole})


def _meetings(choices: Choices) -> pd.DataFrame:
    frame = ties.meetings(choices["ranks"], least_completeness=int(choices["completeness"]))
    return _without(frame, choices["powers"])


def _news(choices: Choices) -> pd.DataFrame:
    return _without(ties.events_monthly("positive", per_day=choices["counting"] == "per_day"), choices["powers"])


def _events(choices: Choices) -> pd.DataFrame:
    return _without(ties.events_yearly(choices["class"], choices["direction"]), choices["powers"])


def _seoul_aid(choices: Choices) -> pd.DataFrame:
    parts = [ties.aid(name)["KOR"] for name in SEOUL[choices["concept"]]]
    return pd.concat(parts, axis=1).sum(axis=1, skipna=False).to_frame("value")


def _us_aid(choices: Choices) -> pd.DataFrame:
    return ties.aid(US[choices["concept"]])["USA"].to_frame("value")


def _us_aid_imports(choices: Choices) -> pd.DataFrame:
    """Aid beside imports; trade between the Koreas has no direction, so it counts as imports or not at all."""
    bought = ties.imports("panel", False).sum(axis=1, skipna=False)
    if choices["south"] == "in":
        bought = bought + reach(ties.trade("panel"), choices["missing"])["KOR"].reindex(bought.index)
    given = ties.aid("us_obligations")["USA"]
    return pd.DataFrame({"part": given, "whole": bought.reindex(given.index)})


def _donors(choices: Choices) -> pd.DataFrame:
    rows = load("aid", "oecd_all_donors_net").set_index("year")["value"].astype(float)
    return rows.reindex(range(int(rows.index.min()), int(rows.index.max()) + 1)).to_frame("value")


def _votes(choices: Choices) -> pd.DataFrame:
    """Agreement with Washington, or that less the mean agreement with Moscow and Beijing."""
    plus, minus = WITH[choices["partner"]]
    given = tuple(choices[fork] for fork in ("variant", "unanimous", "absences", "own", "measure"))
    near = pd.DataFrame({power: _agreement(power, *given) for power in (*plus, *minus)})
    value = near[list(plus)].mean(axis=1, skipna=False)
    return (value - near[list(minus)].mean(axis=1, skipna=False) if minus else value).to_frame("value")


@lru_cache(maxsize=1024)
def _agreement(power: str, variant: str, unanimous: str, absences: str, own: str, statistic: str) -> pd.Series:
    """Agreement of North Korea with one power by year, kept because two partners share it."""
    found = un.agreement(
        _roll_calls(variant == "contested"),
        "PRK",
        power,
        unanimous=unanimous,
        absences=absences,
        nuclear="drop" if variant == "no_nuclear" else "keep",
        own=own,
        statistic=statistic,
    )
    return found["value"]


@lru_cache(maxsize=2)
def _roll_calls(contested: bool) -> pd.DataFrame:
    votes = load("un_votes_prk")
    states = ["PRK", "USA", "RUS", "CHN"]
    rows = votes.loc[votes["contested"] | (not contested), [*un.FLAGS, *states]]
    return rows.astype(dict.fromkeys(states, object))  # text of one letter is slow to filter otherwise


def _tests(choices: Choices) -> pd.DataFrame:
    rows = load("weapons_tests").query("kind == 'missile' and until.isna()").set_index("year")
    counted = rows[choices["count"]].astype(float)
    return counted.where((rows["preliminary"] == "no") | (choices["preliminary"] == "in")).to_frame("value")


def _words(choices: Choices) -> pd.DataFrame:
    rows = load("un_speech_terms").query("iso3 == 'PRK'")
    unit = {"per_1000": "per_1000_words", "mentions": "mentions"}[choices["unit"]]
    return rows[rows["term"] == choices["term"]].set_index("year")[unit].astype(float).to_frame("value")


FIVE = ("five", "no_tokyo", "no_seoul")
KEEP = ("drop", "floor", "ceiling")
DOMAINS: dict[str, Domain] = {
    "trade": Domain(
        "trade in goods with the powers",
        ("trade",),
        {
            "source": ("panel", "cow", "kotra"),
            "south": ("in", "out"),
            "powers": ("five", "no_tokyo"),  # without Seoul is `south: out`
            "missing": KEEP,
            "figures": ("printed", "claimed"),
        },
        _trade,
    ),
    "china_trade": Domain(
        "China's part of all trade",
        ("trade",),
        {"source": ("panel", "kotra"), "south": ("in", "out"), "powers": ("five", "no_tokyo"), "missing": KEEP},
        _china,
        "part",
    ),
    "arms": Domain(
        "major arms delivered (SIPRI)",
        ("arms",),
        {"vintage": ("2022-07", "2024-register", "2026-02")},
        lambda choices: ties.arms(choices["vintage"]),
    ),
    "meetings": Domain(
        "meetings of leaders",
        ("contacts_yearly",),
        {"ranks": ("top", "leaders", "core"), "completeness": ("4", "3"), "powers": FIVE},
        _meetings,
    ),
    "news": Domain(
        "cooperative news by month (GDELT)",
        ("events_monthly",),
        {"counting": ("per_day", "as_given"), "powers": FIVE},
        _news,
        monthly=True,
    ),
    "events": Domain(
        "cooperative events by year (ICEWS)",
        ("events_yearly",),
        {
            "class": ("cooperation", "verbal_coop", "material_coop"),
            "direction": ("both", "from_PRK", "to_PRK"),
            "powers": FIVE,
        },
        _events,
    ),
    "media": Domain(
        "headlines of the state news agency",
        ("media_terms",),
        {"powers": FIVE},
        lambda choices: _without(ties.media(), choices["powers"]),
    ),
    "seoul_aid": Domain("aid from Seoul (won)", ("aid",), {"concept": tuple(SEOUL)}, _seoul_aid, "value"),
    "us_aid": Domain("aid from Washington", ("aid",), {"concept": tuple(US)}, _us_aid, "value"),
    "us_aid_imports": Domain(
        "aid from Washington beside imports",
        ("aid", "trade"),
        {"south": ("in", "out"), "missing": KEEP},
        _us_aid_imports,
        "part",
    ),
    "donors": Domain("net aid of all donors (OECD)", ("aid",), {}, _donors, "value"),
    "votes": Domain(
        "votes in the UN General Assembly",
        ("un_votes_prk",),
        {
            "variant": ("no_nuclear", "all", "contested"),
            "unanimous": ("drop", "keep"),
            "absences": ("missing", "abstention", "category"),
            "own": ("keep", "drop"),
            "partner": tuple(WITH),
        },
        _votes,
        "measured",
    ),
    "tests": Domain(
        "missile tests a year",
        ("weapons_tests",),
        {"count": ("tests", "dates"), "preliminary": ("in", "out")},
        _tests,
        "value",
    ),
    "words": Domain(
        "words of the UN speeches",
        ("un_speech_terms",),
        {"term": ("hegemony", "multipolar", "denuclearization"), "unit": ("per_1000", "mentions")},
        _words,
        "value",
    ),
}
