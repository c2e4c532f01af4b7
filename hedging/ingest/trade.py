"""North Korea's trade by partner and year in four definitions that differ by a factor of two: never one line."""

import pandas as pd

from hedging.ingest import _trade
from hedging.ingest._facts import STATUS, URL, source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

MONEY = "current US$ million"

TABLE = Table(
    name="trade",
    title="North Korea's trade by partner and year, four definitions",
    description=(
        "panel: five powers 1978-2024, COW to 2014 and single facts from 2015 (a level break), inter-Korean trade as "
        "KOR. kotra: KOTRA 1992-2024 with WORLD, inter-Korean trade left out, a crude-oil estimate in China from 2014. "
        "cow: Correlates of War 1964-2014, importer c.i.f.; RECORDED is the sum over the partners in the file, not the "
        "world. mou: inter-Korean trade 1989-2024 as counted in Seoul. Goods, current US dollars, both directions."
    ),
    columns=(
        Column("variant", "string", "definition of trade; never splice two", enum=("panel", "kotra", "cow", "mou")),
        Column("year", "integer", "calendar year", minimum=1964, maximum=2024),
        Column("partner", "string", "iso3 (RUS includes the USSR), EU, WORLD or RECORDED", pattern=r"[A-Z]{2,8}"),
        Column("usd_million", "number", "exports + imports", MONEY, required=False, minimum=0),
        Column("imports", "number", "of these: bought by North Korea, where known", MONEY, required=False, minimum=0),
        Column("exports", "number", "of these: sold by North Korea, where known", MONEY, required=False, minimum=0),
        Column("status", "string", "how the cell came to be", enum=STATUS),
        Column("method", "string", "estimator, or how the figure was derived"),
        Column("quality", "integer", "1 do not use to 5 primary", required=False, minimum=1, maximum=5),
        Column("printed_share", "number", "share of the total as printed by the estimator", "percent", required=False),
        Column(
            "claimed_usd_million",
            "number",
            "what an official or a trade body claims where the figure is withheld; for bounds, not for the series",
            MONEY,
            required=False,
            minimum=0,
        ),
        URL,
    ),
    key=("variant", "year", "partner"),
    missing="Not zero: not_reported says that no figure was found, withheld that a state keeps it back.",
    sources=tuple(source(file) for file in (_trade.PANEL, _trade.FACTS, _trade.SOUTH, _trade.COW, _trade.SANCTIONS)),
    may_publish="yes: facts; derived values of COW and GSDB",
    variant="variant",
    measures="Goods that North Korea traded with one partner in one year, both directions, under one definition.",
    defects=(
        "COW has no Soviet-North Korean trade and no Chinese trade before 1978; its zeros there are false (T1).",
        "COW and panel to 2014 are importer c.i.f., about 1.1 times the partner's exports, rounded to a million; from "
        "2015 the panel holds printed facts: a level break.",
        "COW totals carry South Korean trade booked to the North (India 2008, Egypt 2010): after 1990 use the powers, "
        "not RECORDED, as denominator.",
        "KOTRA leaves out inter-Korean trade and, from 2022, Russia: China's printed share is overstated.",
        "KOTRA's China holds a crude-oil estimate from 2014; Chinese customs alone are lower.",
        "Japan 2001 (panel, cow) is 1,389 because food aid is valued high; KOTRA implies about 249 of imports.",
        "Soviet trade of 1978 and 1988-90 in the panel rests on single press figures; 1990 (2,700) is probably rubles "
        "at the official rate, and another rate gives 1,138. 1991 has four values and is left out.",
        "Japan and the United States have no figure after 2014 in the panel (Japan: structural zero to 2023).",
        "mou joins counts of several Seoul offices that differ by under one per cent; 1990, 1993 and 2024 are missing, "
        "2006 is derived, 2018 is rounded to a million.",
        "Arms, labour and smuggling are outside every figure.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the four variants one below the other."""
    made = [definition(raw) for definition in (_trade.panel, _trade.kotra, _trade.cow, _trade.mou)]
    frame = pd.concat([frame.reset_index() for frame, _ in made], ignore_index=True)
    frame = _panel_flows(frame)
    numbers = ["usd_million", *_trade.FLOWS, "quality", "printed_share", "claimed_usd_million"]
    frame[numbers] = frame[numbers].apply(pd.to_numeric).round(2)
    return Built(frame[_trade.COLUMNS], tuple(one for _, corrections in made for one in corrections))


def _panel_flows(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the panel's COW cells the flows of the cow variant, which are the same numbers."""
    key = ["year", "partner"]
    cow = frame[frame["variant"] == "cow"].set_index(key)
    own = (frame["variant"] == "panel") & frame["method"].str.startswith("COW")
    for name in _trade.FLOWS:
        frame.loc[own, name] = cow[name].reindex(pd.MultiIndex.from_frame(frame.loc[own, key])).to_numpy()
    return frame
