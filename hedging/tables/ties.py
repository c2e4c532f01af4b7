"""Wide frames of ties: one row a year (or month), one column a power, NaN for what is missing, never a filled zero.

A loader gives the values, and by `.status` with the same arguments why each is what it is: `trade.status("panel")`.
Every frame carries `attrs` with table, variant, unit and source. Columns are RUS, CHN, USA, JPN, KOR in this order.
"""

import pandas as pd

from hedging.errors import HedgingError, unknown
from hedging.tables import wide
from hedging.tables.load import load
from hedging.tables.meetings import meeting_completeness, meeting_counts, meeting_dates, meetings
from hedging.tables.status import NOT_REPORTED, OBSERVED, ZERO, Ties, tied
from hedging.tables.wide import POWERS

__all__ = [
    "POWERS", "aid", "arms", "events_monthly", "events_yearly", "imports", "media", "meeting_completeness",
    "meeting_counts", "meeting_dates", "meetings", "trade", "trade_total",
]  # fmt: skip

COOPERATION, CONFLICT = ("verbal_coop", "material_coop"), ("verbal_conf", "material_conf")
EVENTS = {**{name: (name,) for name in (*COOPERATION, *CONFLICT)}, "cooperation": COOPERATION, "conflict": CONFLICT}


@tied
def trade(
    variant: str, inter_korean: bool = True, start: int | None = None, end: int | None = None, *, claims: bool = False
) -> Ties:
    """Return exports + imports with each power in current US$ million, years as index.

    `variant` is one definition: panel, kotra, cow or mou. Structural zeros are 0.0; not reported and withheld are NaN.
    Without `inter_korean` the column KOR is left out: the set of powers is then four. `kotra` and `cow` leave the
    South out by definition, so that their KOR is NaN. `claims` puts what officials claim where a figure is withheld.
    Raises HedgingError for an unknown variant and for years outside its coverage.
    """
    rows = load("trade", variant)
    value = rows["usd_million"].fillna(rows["claimed_usd_million"]) if claims else rows["usd_million"]
    return _traded(rows, value, variant, inter_korean, start, end, known=not claims)


@tied
def imports(variant: str, inter_korean: bool = True, start: int | None = None, end: int | None = None) -> Ties:
    """Return what North Korea buys from each power in current US$ million, where the definition knows the direction.

    Known for most cells of cow and of panel to 2014, for single years of kotra, never for the South.
    """
    rows = load("trade", variant)
    value = rows["imports"].mask(rows["status"] == ZERO, 0.0)  # no trade at all is no trade in one direction
    whole = rows["status"].where(rows["status"] != OBSERVED, NOT_REPORTED)  # the total may be known without its parts
    rows["status"] = whole.mask(rows["imports"].notna(), OBSERVED)
    return _traded(rows, value, variant, inter_korean, start, end)


def _traded(
    rows: pd.DataFrame,
    value: pd.Series,
    variant: str,
    south: bool,
    start: int | None,
    end: int | None,
    *,
    known: bool = True,
) -> Ties:
    """Return the value and `status` of rows as ties; without `known` the values have no status of their own."""
    values = wide.spread(rows, "partner", value)
    cut = wide.years(values if south else values.drop(columns="KOR"), start, end, f"trade, variant {variant}")
    told = wide.marked(wide.reasons(rows, cut), "trade", variant, "") if known else None
    return Ties(wide.marked(cut, "trade", variant, "current US$ million"), told)


@tied
def trade_total(variant: str, start: int | None = None, end: int | None = None) -> pd.Series:
    """Return total trade by year in current US$ million: KOTRA's WORLD, or all partners in the COW file.

    The COW total is not the world: before 1992 it is the non-communist remainder. Raises HedgingError for a variant
    without a total.
    """
    names = {"kotra": "WORLD", "cow": "RECORDED"}
    if variant not in names:
        raise unknown("variant with a total", variant, names, where="table trade")
    rows = load("trade", variant)
    total = rows[rows["partner"] == names[variant]].set_index("year")["usd_million"].rename("total")
    cut = wide.years(total.to_frame(), start, end, f"trade, variant {variant}")
    return wide.marked(cut, "trade", variant, "current US$ million")["total"]


@tied
def arms(
    variant: str = "2022-07", licensed: bool = True, start: int | None = None, end: int | None = None
) -> pd.DataFrame:
    """Return major arms delivered by each power in SIPRI TIV million, years as index; a zero is "none identified".

    `variant` is a vintage: 2022-07 (1950-2021), 2024-register (1950-2023) or 2026-02 (1995-2024). Without `licensed`,
    production in North Korea under old licences is left out, which only 2026-02 can tell: HedgingError for the others.
    """
    rows = load("arms", variant)[["year", "partner", "direction", "kind", "tiv"]]
    rows = rows[rows["direction"] == "import"]
    if not licensed:
        if "licensed" not in set(rows["kind"]):
            raise HedgingError(
                f"vintage {variant} does not tell deliveries from licensed production",
                where="table arms",
                remedy="pass variant='2026-02' (1995-2024), or licensed=True",
            )
        rows = rows[rows["kind"] == "delivered"]
    sums = rows.groupby(["year", "partner"], as_index=False)["tiv"].sum()
    cut = wide.years(wide.spread(sums, "partner", sums["tiv"]), start, end, f"arms, variant {variant}")
    return wide.marked(cut, "arms", variant, "SIPRI TIV million")


@tied
def events_monthly(
    kind: str = "positive", start: str | None = None, end: str | None = None, *, per_day: bool = True
) -> pd.DataFrame:
    """Return GDELT news interaction by month 2018-01 to 2024-02 (PeriodIndex), positive or negative, as magnitudes.

    `start` and `end` are months "YYYY-MM". `per_day` divides by the days that the source holds, for some months miss
    days. The net score is no divisible tie and is not offered.
    """
    if kind not in ("positive", "negative"):
        raise unknown("kind of event score", kind, ("positive", "negative"), where="table events_monthly")
    rows = load("events_monthly")
    value = rows[f"{kind}_per_day" if per_day else kind].abs()
    frame = rows.assign(value=value).pivot(index="month", columns="power", values="value")[list(POWERS)]
    frame.index = pd.PeriodIndex(frame.index, freq="M", name="month")
    cut = wide.months(frame.rename_axis(columns=None), start, end, "events_monthly")
    return wide.marked(cut, "events_monthly", kind, "GDELT score a day" if per_day else "GDELT score")


@tied
def events_yearly(
    kind: str = "verbal_coop", direction: str = "both", start: int | None = None, end: int | None = None
) -> pd.DataFrame:
    """Return ICEWS events with each power by year 2002-14: a class, or cooperation or conflict as a whole.

    `direction` is from_PRK, to_PRK or both.
    """
    if kind not in EVENTS:
        raise unknown("class of events", kind, EVENTS, where="table events_yearly")
    rows = load("events_yearly")
    if direction not in (known := set(rows["direction"])):
        raise unknown("direction", direction, known, where="table events_yearly")
    rows = rows[rows["direction"] == direction]
    frame = wide.spread(rows, "power", rows[list(EVENTS[kind])].sum(axis=1))
    return wide.marked(
        wide.years(frame, start, end, "events_yearly"), "events_yearly", f"{kind}, {direction}", "coded events"
    )


@tied
def media(start: int | None = None, end: int | None = None) -> pd.DataFrame:
    """Return the share of KCNA headlines that name each power, by year 1997-2014 (2014 to September)."""
    rows = load("media_terms").dropna(subset=["power"])
    frame = wide.spread(rows, "power", rows["share"])
    return wide.marked(wide.years(frame, start, end, "media_terms"), "media_terms", "", "share of headlines")


@tied
def aid(concept: str, start: int | None = None, end: int | None = None) -> pd.DataFrame:
    """Return aid of each power by year for one concept of table aid, in that concept's own unit and prices.

    A power that does not report is NaN, which is not zero: most concepts know one giver only.
    """
    rows = load("aid", concept)
    frame = wide.spread(rows, "giver", rows["value"])
    cut = wide.years(frame, start, end, f"aid, concept {concept}")
    return wide.marked(cut, "aid", concept, f"{rows['unit'].iloc[0]}, {rows['prices'].iloc[0]} prices")
