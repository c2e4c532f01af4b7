"""The kinds of tie that the multiverse knows, each with the forks that its tables allow."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from hedging.argument import builders
from hedging.argument.builders import Choices
from hedging.tables import ties


@dataclass(frozen=True)
class Domain:
    """One kind of tie: `forks` names each fork with its values, the first the book's own choice.

    `form` says which measures fit the frame: "ties" (columns powers), "part" (columns part, whole), "value" (one
    column), or "measured" (the builder applies the measure itself and gives a series). `tables`: what it reads.
    """

    about: str
    tables: tuple[str, ...]
    forks: dict[str, tuple[str, ...]]
    build: Callable[[Choices], pd.DataFrame | pd.Series]
    form: str = "ties"
    monthly: bool = False


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
        builders.trade,
    ),
    "china_trade": Domain(
        "China's part of all trade",
        ("trade",),
        {"source": ("panel", "kotra"), "south": ("in", "out"), "powers": ("five", "no_tokyo"), "missing": KEEP},
        builders.china,
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
        builders.meetings,
    ),
    "news": Domain(
        "cooperative news by month (GDELT)",
        ("events_monthly",),
        {"counting": ("per_day", "as_given"), "powers": FIVE},
        builders.news,
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
        builders.events,
    ),
    "media": Domain(
        "headlines of the state news agency",
        ("media_terms",),
        {"powers": FIVE},
        lambda choices: builders.without(ties.media(), choices["powers"]),
    ),
    "seoul_aid": Domain(
        "aid from Seoul (won)", ("aid",), {"concept": tuple(builders.SEOUL)}, builders.seoul_aid, "value"
    ),
    "us_aid": Domain("aid from Washington", ("aid",), {"concept": tuple(builders.US)}, builders.us_aid, "value"),
    "us_aid_imports": Domain(
        "aid from Washington beside imports",
        ("aid", "trade"),
        {"south": ("in", "out"), "missing": KEEP},
        builders.us_aid_imports,
        "part",
    ),
    "donors": Domain("net aid of all donors (OECD)", ("aid",), {}, builders.donors, "value"),
    "votes": Domain(
        "votes in the UN General Assembly",
        ("un_votes_prk",),
        {
            "variant": ("no_nuclear", "all", "contested"),
            "unanimous": ("drop", "keep"),
            "absences": ("missing", "abstention", "category"),
            "own": ("keep", "drop"),
            "partner": tuple(builders.WITH),
        },
        builders.votes,
        "measured",
    ),
    "tests": Domain(
        "missile tests a year",
        ("weapons_tests",),
        {"count": ("tests", "dates"), "preliminary": ("in", "out")},
        builders.tests,
        "value",
    ),
    "words": Domain(
        "words of the UN speeches",
        ("un_speech_terms",),
        {"term": ("hegemony", "multipolar", "denuclearization"), "unit": ("per_1000", "mentions")},
        builders.words,
        "value",
    ),
}
