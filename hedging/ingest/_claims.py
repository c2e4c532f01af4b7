"""Claims on the exchange with Russia: who makes them, in which direction they are bounded, and in which ranges."""

import re

import pandas as pd

from hedging.ingest._facts import iso3, number, numbered
from hedging.ingest.build import Raw, expect

EXCHANGE = "compiled/facts_sanctions_aid/russia_dprk_2023_2026.csv"
TROOPS = "compiled/prk-security-facts/prk_russia_military_2023_2025.csv"
SIDES = ("KOR", "UKR", "RUS", "USA", "STATES", "UN", "RESEARCH", "PRESS")
CLAIMANTS = (  # the first that fits the words of the source
    (r"NIS / UK", "South Korea's intelligence service and British defence intelligence", "KOR"),
    (r"\bNIS\b", "South Korea's intelligence service (NIS)", "KOR"),
    (r"ROK Defense Intelligence", "South Korea's defence intelligence agency", "KOR"),
    (r"ROK (MND|defence minister)", "South Korea's defence ministry", "KOR"),
    (r"ROK estimate", "South Korean estimate, office not named", "KOR"),
    (r"Ukrainian military intelligence", "Ukraine's military intelligence", "UKR"),
    (r"Ukrainian foreign intelligence", "Ukraine's foreign intelligence", "UKR"),
    (r"Ukrainian", "Ukrainian side, office not named", "UKR"),
    (r"Shoigu", "Sergei Shoigu", "RUS"),
    (r"Kozlov", "Russian minister Kozlov", "RUS"),
    (r"Russian trade association", "official of a Russian trade association", "RUS"),
    (r"US State|US NSC", "United States government", "USA"),
    (r"MSMT", "Multilateral Sanctions Monitoring Team (MSMT)", "STATES"),
    (r"43-state", "43 states in a complaint to the United Nations", "STATES"),
    (r"Western intelligence", "western intelligence, quoted by The Times", "STATES"),
    (r"UN 1718", "UN sanctions committee, as suppliers report", "UN"),
    (r"Open Source Centre", "Open Source Centre", "RESEARCH"),
    (r"Guseinova, Friedrich", "O. Guseinova, Friedrich Naumann Foundation", "RESEARCH"),
    (r"Guseinova", "O. Guseinova", "RESEARCH"),
    (r"foundation", "Friedrich Naumann Foundation", "RESEARCH"),
    (r"Korea Institute for Defense", "Korea Institute for Defense Analyses", "RESEARCH"),
    (r"^Yonhap", "Yonhap, claimant not named in what was read", "PRESS"),
)
BOUNDS = {
    "at_least": r"at least|more than|\bover\b",
    "at_most": r"at most|as many as|up to|maximum",
    "about": r"about|around|roughly|approximately|estimated|almost|environ",
}
WORDED = {  # figures inside the words of the troops list, by line, with their unit
    1: (11000, "persons"), 2: (15000, "persons"), 3: (600, "persons"), 4: (4100, "persons"), 5: (2000, "persons"),
    6: (14000, "persons"), 7: (13000, "containers"), 8: (28000, "containers"), 9: (12_000_000, "rounds"),
    10: (6000, "persons"),
}  # fmt: skip


def claimed(texts: pd.Series, *, all_of_them: bool = True) -> pd.DataFrame:
    """Return columns claimed_by and side; HedgingError if a claim has no known claimant."""
    pairs = [next((rule[1:] for rule in CLAIMANTS if re.search(rule[0], text)), ("", "")) for text in texts]
    made = pd.DataFrame(pairs, columns=["claimed_by", "side"], index=texts.index)
    if all_of_them:
        expect(int((made["side"] == "").sum()), 0, "claims without a known claimant")
    return made


def bound(text: str) -> str:
    """Return at_least, at_most or about where the words say so, else nothing."""
    return next((name for name, words in BOUNDS.items() if re.search(words, text)), "")


def exchange(raw: Raw) -> pd.DataFrame:
    """Return the exchange in the columns of recent_facts; the power is the other side."""
    frame = numbered(raw, EXCHANGE, set="exchange")
    giver = frame["giver"].map(iso3)
    made = pd.DataFrame(
        {
            **{column: frame[column] for column in ("set", "row", "unit", "source_url", "note", "period")},
            "measure": frame["category"] + ": " + frame["item"],
            "power": giver.replace({"PRK": "RUS", "illicit shipments": "WORLD"}),
            "value": frame["value_num"].map(number).astype(float),
            "value_low": None,
            "value_high": None,
            "bound": frame["value_as_stated"].map(bound),
            "as_stated": frame["value_as_stated"],
            "definition": "from " + giver + " to " + frame["receiver"].map(iso3),
            "quality": frame["reliability_1_5"],
            "source": frame["publisher_or_origin"],
        }
    )
    return made.join(claimed(frame["publisher_or_origin"]))


def troops(raw: Raw) -> pd.DataFrame:
    """Return the claims on troops and shells in the columns of recent_facts, figures written out of their words."""
    frame = numbered(raw, TROOPS, set="troops")
    expect(len(frame), len(WORDED), "figures written out of words")
    figures = pd.DataFrame([WORDED[row] for row in frame["row"]], columns=["value", "unit"])
    made = pd.DataFrame(
        {
            **{column: frame[column] for column in ("set", "row", "source_url")},
            "period": frame["as_of"],
            "measure": frame["item"],
            "power": "RUS",
            "value_low": None,
            "value_high": None,
            "bound": frame["value_as_given"].map(bound),
            "as_stated": frame["value_as_given"],
            "definition": "from PRK to RUS",
            "quality": "3",
            "source": frame["who_says"],
            "note": "",
        }
    )
    return made.join(figures.astype({"value": float})).join(claimed(frame["who_says"]))
