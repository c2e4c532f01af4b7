"""Aid totals over the periods that the sources state: KEDO, six-party energy, Washington, Tokyo, Brussels, Beijing."""

import pandas as pd

from hedging.ingest._facts import (
    AS_STATED,
    FACTS,
    NOTE,
    OPENING,
    QUALITY,
    ROW,
    STATUS,
    URL,
    iso3,
    number,
    numbered,
    source,
    spans,
)
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

FOLDER = "compiled/facts_sanctions_aid/"
SETS = {
    "kedo": FOLDER + "kedo_and_agreed_framework.csv",
    "six_party_energy": FOLDER + "six_party_energy.csv",
    "us_japan_eu_china": FOLDER + "us_japan_eu_china_aid_totals.csv",
}
KEDO = "compiled/nk-talks/kedo_funding_1995_2005.csv"
SEOUL = "compiled/rok_aid/rok_total_support_1995_2006.csv"
TERMS = "compiled/rok_aid/rok_cash_and_goods_by_administration.csv"
UNGRADED = 21
# The last year of periods that name it in other words: 1993-98, and a term of five years.
ENDS = {"1993-98": 1998, "five-year administration starting February 1998": 2003}

TABLE = Table(
    name="aid_facts",
    title="Aid to North Korea: stated totals, pledges and deliveries",
    description="Single figures with the period that the source states. Items overlap with totals: never add rows.",
    columns=(
        Column(
            "set", "string", "list that holds the fact", enum=(*SETS, "kedo_funding", "rok_support", "rok_payments")
        ),
        ROW,
        Column("period", "string", "period as stated", required=False),
        Column("year_start", "integer", "first year", required=False, minimum=1990, maximum=2020),
        Column("year_end", "integer", "last year", required=False, minimum=1990, maximum=2020),
        Column("giver", "string", "iso3, EU, or a name; joined by |"),
        Column("category", "string", "kind of aid"),
        Column("item", "string", "what is counted"),
        Column("value", "number", "the figure, in `unit`", required=False),
        Column("unit", "string", "unit of value: always read it", required=False),
        AS_STATED,
        Column("status", "string", "not_reported: words, no figure", enum=STATUS[::2]),
        QUALITY,
        Column("source", "string", "who prints the fact"),
        URL,
        NOTE,
    ),
    key=("set", "row"),
    missing="No number in the source (see as_stated).",
    sources=tuple(source(file) for file in (*SETS.values(), KEDO, SEOUL, TERMS)),
    may_publish=FACTS,
    measures="Aid, energy or payments by one giver over a period that the source states: promised, delivered or spent.",
    method="Printed by {source}; quality {quality} of 5; {source_url}.",
    defects=(
        "US food aid 1995-2009: 781.5 or 708 million dollars in two press reports of one study; 708 fits the total.",
        "EU pledge to KEDO: ECU 75 million or 70 million dollars.",
        "KEDO funding comes from an encyclopaedia copy of the annual report 2005.",
        "Final South Korean and Chinese totals of six-party energy aid were not found.",
        "rok_payments is cash and goods including payments for trade, not aid.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return all lists in one form."""
    lists = [_facts(raw, name, file) for name, file in SETS.items()]
    frame = pd.concat([*lists, *_seoul_and_kedo(raw)], ignore_index=True)
    years = spans(frame["period"])
    worded = frame["period"].isin(ENDS)
    expect(int(worded.sum()), len(ENDS), "periods in other words")
    years.loc[worded, "year_end"] = frame.loc[worded, "period"].map(ENDS)
    bare = frame["value"].isna().map({True: "not_reported", False: "observed"})
    return Built(
        pd.concat([frame, years], axis=1).assign(status=bare),
        (
            Correction(
                "facts without a grade get that of their set", "reliability 3 in the README of the set", UNGRADED
            ),
            Correction("last year of a period read from its words", "1993-98; a term of five years", len(ENDS)),
        ),
    )


def _facts(raw: Raw, name: str, file: str) -> pd.DataFrame:
    frame = numbered(raw, file, set=name)
    return pd.DataFrame(
        {
            **{
                column: frame[column]
                for column in ("set", "row", "period", "category", "item", "unit", "source_url", "note")
            },
            "giver": frame["giver"].map(iso3),
            "value": frame["value_num"].map(number),
            "as_stated": frame["value_as_stated"].where(frame["value_num"] == "", ""),
            "quality": frame["reliability_1_5"],
            "source": frame["publisher_or_origin"],
        }
    )


def _seoul_and_kedo(raw: Raw) -> list[pd.DataFrame]:
    """Return three lists without grades of their own: all rows have the grade that the README of their set gives."""
    common = ["set", "row", "period", "giver", "category", "item", "value", "unit", "source_url", "note", "source"]
    kedo = numbered(raw, KEDO, set="kedo_funding", category="KEDO", item="funding", unit="USD million")
    address = kedo["source_url"].str.split(" ", n=1, expand=True)
    kedo = kedo.assign(value=kedo["usd_million"], giver=kedo["contributor"].map(iso3))
    kedo = kedo.assign(source_url=address[0], note=address[1], source="KEDO annual report 2005, encyclopaedia copy")
    total = numbered(raw, SEOUL, set="rok_support", giver="KOR", category="support", unit="KRW billion", note="")
    total = total.assign(value=total["value_krw_bn"], source="Dong-A Ilbo, 8 September 2006")
    terms = numbered(
        raw, TERMS, set="rok_payments", giver="KOR", category="cash and goods", unit="USD billion", note=""
    )
    terms = terms.assign(period=terms["period_as_stated"], item=terms["administration"], value=terms["value_usd_bn"])
    terms["source"] = "Korea Bizwire (Yonhap), 2017"
    lists = [frame[common].assign(value=frame["value"].map(number), quality="3") for frame in (kedo, total, terms)]
    expect(sum(map(len, lists)), UNGRADED, "facts without a grade of their own")
    return lists
