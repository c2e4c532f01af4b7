"""China's share of North Korea's trade in 2010 by source: the same year, 45 to 83 per cent."""

import pandas as pd

from hedging.ingest import _trade
from hedging.ingest._facts import URL, source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

# Sources that the compiled facts do not hold; read in the page's opening passage.
PAGES = (
    (
        "KDI", 56.9, 3466.0, 6085.0, "included",
        "Korea Development Institute, June 2011: trade of 2010 with inter-Korean trade",
        "https://s.japanese.joins.com/JArticle/141577?sectcode=500&servcode=500",
    ),
    (
        "IMF", 46.0, 3900.0, 8390.0, "confused",
        "IMF mirror data via the European Commission and VOA: partners that mix up the two Koreas are not filtered out",
        "http://www.nkeconwatch.com/2011/06/17/statistics-on-dprk-prc-trade/",
    ),
)  # fmt: skip

TABLE = Table(
    name="trade_disagreement",
    title="China's share of North Korea's trade in 2010, by source",
    description="One row a source, with what it counts. The shares differ by a factor of almost two.",
    columns=(
        Column("year", "integer", "calendar year", minimum=2010, maximum=2010),
        Column("estimator", "string", "who says so"),
        Column("share", "number", "China's share of total trade", "percent", minimum=0, maximum=100),
        Column("china_usd_million", "number", "trade with China", "current US$ million", required=False),
        Column("total_usd_million", "number", "total trade", "current US$ million", required=False),
        Column(
            "inter_korean",
            "string",
            "is inter-Korean trade in the total? confused: South Korean trade is booked to the North",
            enum=("included", "excluded", "confused"),
        ),
        Column("definition", "string", "what is counted"),
        URL,
    ),
    key=("year", "estimator"),
    missing="The source prints a share and no amount.",
    sources=(source(_trade.FACTS), source(_trade.COW)),
    may_publish="yes: facts",
    defects=("KDI and IMF stand on pages that repeat them; the originals were not read.",),
)


def build(raw: Raw) -> Built:
    """Return the five sources; KOTRA and KITA from the compiled facts, COW computed over all partners in the file."""
    facts = raw.csv(_trade.FACTS)
    near = facts[(facts["year"] == "2010") & (facts["partner"] == "CHN")]
    kotra = near[near["flow"] == "share_total"].iloc[0]
    kita = near[near["flow"] == "share_total_incl_interkorean"].iloc[0]
    cells = _trade.cow_cells(raw)
    flows = cells[cells["year"] == 2010].set_index("ccode")[["imports", "exports"]].sum(axis=1)
    china, total = flows[710], flows.sum()
    south = "KOTRA, inter-Korean trade left out as a matter of policy"
    rows = [
        ("KOTRA", float(kotra["value"]), 3470.0, 4170.0, "excluded", south, kotra["source_url"]),
        (
            "KITA",
            float(kita["value"]),
            None,
            None,
            "included",
            "KITA, inter-Korean trade counted in",
            kita["source_url"],
        ),
        (
            "COW",
            round(100 * china / total, 1),
            china,
            total,
            "confused",
            "COW v4, all partners in the file, c.i.f.",
            "",
        ),
        *PAGES,
    ]
    columns = [column.name for column in TABLE.columns][1:]
    return Built(pd.DataFrame(rows, columns=columns).assign(year=2010))
