"""Where printed sources contradict one another: for each quantity the facts (file and row) that give it."""

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from hedging.errors import HedgingError
from hedging.ingest import _trade
from hedging.ingest._facts import between, number
from hedging.ingest.build import Raw

OLDER = "compiled/facts_sanctions_aid/"
COLD = "compiled/cold-war-trade-aid/cold_war_"
FILES = {
    "trade": _trade.FACTS,
    "south": _trade.SOUTH,
    "oil": "compiled/prk-trade-facts/prk_oil_facts.csv",
    "economy": "compiled/prk-trade-facts/prk_economy_aid_facts.csv",
    "cold trade": COLD + "trade.csv",
    "cold oil": COLD + "oil_coke.csv",
    "cold aid": COLD + "aid_loans.csv",
    "cold debts": COLD + "debts.csv",
    "givers": OLDER + "us_japan_eu_china_aid_totals.csv",
    "kedo": OLDER + "kedo_and_agreed_framework.csv",
    "patrons": OLDER + "cold_war_aid_ussr_china.csv",
    "debts": OLDER + "debts_defaults_writeoffs.csv",
    "treaties": "compiled/prk-treaties/prk_treaties.csv",
    "checks": "compiled/prk-security-facts/cross_checks.csv",
}
# What the files call the same thing; the first name that a file has is taken.
NAMES = {
    "value": ("value_num", "value"),
    "unit": ("unit",),
    "quality": ("reliability_1_5", "quality"),
    "source_url": ("source_url",),
    "period": ("period", "year", "date", "year_or_period"),
}
GRADES = {"treaties": "4", "checks": "3"}  # from the README of the set, where rows have no grade

REMARK = "2"  # a figure that the compiler's remark names, without an address of its own


@dataclass(frozen=True)
class Fact:
    """One printed variant: who says so, the row (from 1) of a file, and what is counted.

    `words` is (column, pattern, unit) where the figure stands in another cell of the row; the pattern's group is it.
    """

    estimator: str
    file: str
    row: int
    definition: str
    words: tuple[str, str, str] | None = None
    south: str | None = None


FACTS: dict[str, tuple[Fact, ...]] = {
    "china_share_2001": (
        Fact("KOTRA", "trade", 116, "share of all trade, the South left out", south="excluded"),
        Fact("KITA", "trade", 118, "share of all trade, the South counted in", south="included"),
    ),
    "china_share_2009": (Fact("KOTRA", "trade", 170, "share of all trade, the South left out", south="excluded"),),
    "china_share_2014": (
        Fact("KOTRA", "trade", 202, "share of all trade, the South left out", south="excluded"),
        Fact("KOTRA + MOU", "trade", 205, "share of all trade, the South counted in", south="included"),
    ),
    "china_share_2018": (
        Fact("KOTRA", "trade", 232, "with an estimate of crude oil", south="excluded"),
        Fact("KITA", "trade", 233, "official statistics, no estimate of crude oil"),
    ),
    "china_trade_2019": (
        Fact("KOTRA", "trade", 236, "with an estimate of crude oil"),
        Fact("Chinese customs", "trade", 272, "no crude oil"),
    ),
    "china_trade_2020": (
        Fact("KOTRA", "trade", 243, "with an estimate of crude oil"),
        Fact("Chinese customs", "trade", 251, "no crude oil"),
    ),
    "china_trade_2023": (
        Fact("KOTRA", "trade", 267, "with an estimate of crude oil"),
        Fact("Chinese customs", "trade", 271, "no crude oil"),
    ),
    "ussr_trade_1991": (
        Fact("Russian government", "trade", 37, "both directions, clearing rubles"),
        Fact("ROK foreign ministry", "trade", 45, "both directions, from missions abroad"),
        Fact("Russian economics institute", "cold trade", 90, "with all former Soviet states"),
        Fact("Economist Intelligence Unit", "cold trade", 71, "change on 1990, part of the year"),
        Fact("ROK Unification Board", "trade", 48, "change on 1990"),
    ),
    "ussr_trade_1990": (
        Fact("official rate", "trade", 41, "both directions; probably rubles at the official rate"),
        Fact("Russian government", "trade", 36, "both directions, rubles"),
    ),
    "ussr_share_1989": (Fact("JETRO, printed", "trade", 23, "share of all trade as printed"),),
    "trade_1989": (Fact("JETRO, 1990 edition", "cold trade", 59, "all trade with 33 partners"),),
    "trade_fall_1991": (
        Fact("KOTRA, 1992 edition", "cold trade", 72, "change of all trade on 1990"),
        Fact("KOTRA, 1999 edition", "cold trade", 73, "change of all trade on 1990"),
        Fact("KITA", "cold trade", 74, "change of all trade on 1990, mirror statistics"),
    ),
    "exports_1989": (
        Fact("JETRO", "trade", 21, "sold by North Korea, dollars of partners"),
        Fact("ROK Unification Board", "cold trade", 54, "sold by North Korea; probably another rate of the ruble"),
        Fact("CIA", "cold trade", 55, "sold by North Korea, f.o.b."),
    ),
    "south_trade_1996": (
        Fact("ROK finance ministry", "south", 16, "inter-Korean trade by customs"),
        Fact("KOTRA", "south", 16, "inter-Korean trade", ("note", r"KOTRA says (\d+)", "USD million")),
    ),
    "south_trade_2013": (
        Fact("KITA", "south", 24, "inter-Korean trade"),
        Fact("ROK customs", "south", 24, "inter-Korean trade", ("note", r"customs service: ([\d.]+)", "USD million")),
    ),
    "soviet_crude_1988": (
        Fact("Soviet trade statistics", "oil", 1, "crude oil to North Korea"),
        Fact("ROK official", "cold oil", 25, "crude oil a year, 1986-89: a claim"),
    ),
    "communist_aid": (
        Fact("CIA, 1990 edition", "cold aid", 21, "all communist states together, 1970-88"),
        Fact("CIA, 1991 edition", "cold aid", 25, "all communist states, a year of the 1980s"),
    ),
    "soviet_plants": (
        Fact("Library of Congress", "patrons", 8, "plants built or rehabilitated"),
        Fact("Xinhua 2012", "patrons", 8, "plants", ("note", r"(\d+) plants", "plants")),
        Fact("Wikipedia copy", "patrons", 8, "factories", ("note", r"(\d+) factories", "plants")),
        Fact("Toloraya", "patrons", 8, "projects", ("note", r"(\d+) projects", "plants")),
    ),
    "us_food_aid": (
        Fact(
            "Congressional Research Service via Chosun", "givers", 2, "food 1995-2009; parts exceed the printed total"
        ),
        Fact("Congressional Research Service via New Age", "givers", 3, "food since 1995; fits the printed total"),
    ),
    "eu_pledge_kedo": (
        Fact("Nuclear Engineering International", "kedo", 6, "pledge to the reactor project"),
        Fact("Modern Power Systems", "kedo", 3, "pledge", ("quote_short", r"\$(\d+) million", "USD million")),
    ),
    "soviet_debt": (
        Fact("Russian bill of 2012", "cold debts", 50, "written off in dollars at 0.6 rubles"),
        Fact("Reuters", "debts", 9, "written off in dollars, rounded"),
        Fact("Kommersant", "debts", 11, "the same debt at market rates"),
    ),
    "russian_debt_2006": (
        Fact("Russian finance ministry", "cold debts", 48, "debt to Russia"),
        Fact("Russian media", "cold debts", 49, "debt to Russia with penalties"),
    ),
    "famine_deaths": (
        Fact("US Census Bureau", "economy", 26, "excess deaths 1993-2000"),
        Fact("range in the literature", "economy", 27, "deaths 1994-98"),
    ),
    "income_per_head_1995": (
        Fact("Bank of Korea", "economy", 8, "GNP a head"),
        Fact("DPRK to the UN", "economy", 8, "as reported", ("note", r"reported (\d+) to the UN", "USD")),
    ),
    "end_of_soviet_treaty": (
        Fact("ATOP", "treaties", 2, "end of the alliance in the data set"),
        Fact("Gibler", "treaties", 3, "end of the treaty's term"),
        Fact("Gibler, notice", "treaties", 4, "confirmation that it would not be renewed"),
    ),
}


def read(raw: Raw) -> list[dict[str, Any]]:
    """Return every printed variant as a row of the table, taken from the row of the file that is named."""
    tables = {name: raw.csv(file) for name, file in FILES.items()}
    return [_variant(quantity, fact, tables[fact.file]) for quantity, facts in FACTS.items() for fact in facts]


def _variant(quantity: str, fact: Fact, table: pd.DataFrame) -> dict[str, Any]:
    cells = table.iloc[fact.row - 1]
    found = {word: next((cells[name] for name in names if name in cells), "") for word, names in NAMES.items()}
    text, unit = found["value"], found["unit"]
    if fact.words:
        column, pattern, unit = fact.words
        text = taken(cells[column], pattern)
    low, high = between(text)
    if "value_low" in cells and not text:
        low, high = number(cells["value_low"]), number(cells["value_high"])
    dated = fact.file == "treaties"
    remark = fact.words is not None and fact.words[0] == "note"  # the page of the row does not print this figure
    return {
        "quantity": quantity,
        "estimator": fact.estimator,
        "period": found["period"],
        "value": number(text),
        "value_low": low,
        "value_high": high,
        "unit": "date" if dated else unit,
        "as_stated": cells["date"] if dated else "",
        "definition": fact.definition,
        "inter_korean": fact.south,
        "made": "remark" if remark else "printed",
        "quality": REMARK if remark else found["quality"] or GRADES[fact.file],
        "source_url": "" if remark else found["source_url"],
    }


def taken(text: str, pattern: str) -> str:
    """Return the figure that `pattern` finds in a remark; HedgingError when the remark has changed."""
    if not (match := re.search(pattern, text)):
        raise HedgingError(f"no figure like {pattern!r} in {text[:80]!r}", remedy="look at the raw file again")
    return match[1]
