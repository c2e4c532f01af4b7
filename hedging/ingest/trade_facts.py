"""Every printed fact on North Korea's trade, with what it counts: inter-Korean trade in or out, crude oil in or out."""

import pandas as pd

from hedging.ingest import _printed, _trade
from hedging.ingest._facts import FACTS, OPENING, iso3, numbered, source
from hedging.ingest.build import Built, Raw, correct
from hedging.tables.record import Column, Correction, Table

SETS = {"prk_trade_facts": _trade.FACTS, "prk_interkorean_facts": _trade.SOUTH}
SOUTH = ("included", "excluded", "only", "not_stated", "not_applicable")
CRUDE = ("estimated", "left_out", "not_stated", "not_applicable")

TABLE = Table(
    name="trade_facts",
    title="North Korea's trade as printed: every fact with its definition",
    description=(
        "Single figures for 1966-2025 by partner, flow, estimator and outlet, from which variants of table trade are "
        "made. `inter_korean` says whether trade between the Koreas is in a total or a share, `crude` whether China's "
        "figure holds crude oil that customs do not show."
    ),
    columns=(
        Column("set", "string", "compiled file that holds the fact", enum=tuple(SETS)),
        *_printed.columns(
            Column("partner", "string", "iso3 (RUS includes the USSR), WORLD, or a group; joined by |"),
            Column("flow", "string", "total is exports + imports; imports are North Korea's"),
            Column("inter_korean", "string", "inter-Korean trade in the total or the share", enum=SOUTH),
            Column("crude", "string", "crude oil from China after 2013", enum=CRUDE),
        ),
    ),
    key=("set", "row"),
    missing=_printed.MISSING,
    sources=tuple(source(file) for file in SETS.values()),
    may_publish=FACTS,
    measures="A flow of goods between North Korea and a partner, or its share, as one estimator printed it.",
    method=_printed.METHOD,
    defects=(
        "KOTRA leaves inter-Korean trade out: China 2014 is 90.1 per cent there, 68.9 with the South counted.",
        "KOTRA's China holds a crude-oil estimate from 2014 (290 in 2019); Chinese customs alone are lower (2020: 539 "
        "against 761). Never mix the two.",
        "Russia publishes nothing from 2022: KOTRA's totals leave it out, China's share is overstated.",
        "USSR 1991: 231 million rubles, 1,420 million dollars, minus 68 per cent. JETRO 1989 prints 50 per cent for "
        "the USSR, its own flows give 58. 1978: a lecturer's share and a plan.",
        "Inter-Korean: 2006 is derived, 2017 an upper bound; 1990, 1993, 2011, 2018 and 2019 are missing here. 1996: "
        "237 by customs, 251 by KOTRA.",
        "Which definition a total follows is read off the estimator; not_stated says that the page read does not tell.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return all facts of both files."""
    facts = pd.concat([numbered(raw, file, set=name) for name, file in SETS.items()], ignore_index=True)
    frame = _printed.read(facts).assign(set=facts["set"], flow=facts["flow"], partner=facts["partner"].map(iso3))
    frame["inter_korean"] = facts.apply(_south, axis=1)
    frame["crude"] = facts.apply(_crude, axis=1)
    silent = (frame["partner"] == "RUS") & (frame["period"] == "2022") & (frame["status"] == "not_reported")
    frame = correct(frame, silent, "status", "withheld", rows=1)
    return Built(frame, (Correction("Russia 2022: withheld, not merely unreported", _trade.WITHHELD, 1),))


def _south(fact: pd.Series) -> str:
    if fact["partner"] == "ROK" and fact["flow"] == "total":
        return "only"
    if fact["partner"] != "WORLD" and not fact["flow"].startswith("share"):
        return "included" if "incl_interkorean" in fact["flow"] else "not_applicable"
    if "incl_interkorean" in fact["flow"]:
        return "included"
    return "excluded" if "KOTRA" in fact["estimator"] else "not_stated"


def _crude(fact: pd.Series) -> str:
    if fact["partner"] not in ("CHN", "WORLD") or fact["year"] < "2014":
        return "not_applicable"
    if fact["estimator"] == "KOTRA":
        return "estimated"
    return "left_out" if "customs" in fact["estimator"] or fact["estimator"] in ("KITA", "ITC") else "not_stated"
