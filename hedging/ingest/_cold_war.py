"""The form of the Cold War tables: scattered facts with unit, status and conflict; nothing is converted."""

import pandas as pd

from hedging.ingest._facts import AS_STATED, NOTE, QUALITY, ROW, STATUS, URL, iso3, number, numbered, spans
from hedging.ingest.build import Raw
from hedging.tables.record import Column

FOLDER = "compiled/cold-war-trade-aid/"
KINDS = ("outturn", "estimate", "share", "plan", "agreement", "claim", "forecast")
MEASURES = "One quantity between North Korea and a partner in a period, as one estimator and edition give it."
METHOD = "{kind} of {estimator}, edition or outlet {edition}; quality {quality} of 5; {source_url}."
TERMS = "yes: facts with their sources, own layout"
DEFECTS = (
    "No yearly Soviet or Chinese series exists here: single figures in scattered years.",
    "Plans are not outturns: North Korea delivered 42 per cent of what it owed the USSR in 1976. Plot only outturn, "
    "estimate and share.",
    "Editions of one estimator differ; never chain rows of different editions. Rows that contradict one another are "
    "marked in `conflict`.",
    "Rubles: 4 old rubles to the dollar in these deals to 1960; later the choice of rate moves the Soviet share of "
    "1990 from about 38 to about 57 per cent. Nothing is converted.",
    "Single figures were read in the opening passage of a page and not checked against its full text.",
)


def columns(sets: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns of a Cold War table joined from `sets`."""
    return (
        Column("set", "string", "compiled set that holds the fact", enum=sets),
        ROW,
        Column("period", "string", "period as stated"),
        Column("year_start", "integer", "first year", required=False, minimum=1945, maximum=2014),
        Column("year_end", "integer", "last year", required=False, minimum=1945, maximum=2014),
        Column("partner", "string", "iso3 (RUS: the USSR), WORLD, or a group; joined by |"),
        Column("measure", "string", "what is measured"),
        Column("value", "number", "the figure, in `unit`", required=False),
        Column("value_low", "number", "lower end of a printed range", required=False),
        Column("value_high", "number", "upper end of a printed range", required=False),
        Column("unit", "string", "unit of value: always read it", required=False),
        AS_STATED,
        Column("definition", "string", "what the figure counts", required=False),
        Column("kind", "string", "plot only outturn, estimate and share", enum=KINDS),
        Column("status", "string", "not_reported: words or a direction, no figure", enum=STATUS[::2]),
        Column("estimator", "string", "who gives the figure", required=False),
        Column("edition", "string", "date of the source, or outlet: never chain two", required=False),
        QUALITY,
        Column("conflict", "boolean", "another source contradicts the figure; see note"),
        Column("source", "string", "title of the page"),
        URL,
        NOTE,
    )


def _told(columns: dict[str, object]) -> pd.DataFrame:
    """Return the columns as a frame with its status: a fact without any figure is not_reported."""
    frame = pd.DataFrame(columns)
    bare = frame[["value", "value_low", "value_high"]].isna().all(axis=1)
    return frame.assign(status=bare.map({True: "not_reported", False: "observed"}))


def read(raw: Raw, file: str) -> pd.DataFrame:
    """Return one file of the set cold-war-trade-aid in the common form."""
    frame = numbered(raw, FOLDER + file, set="cold-war-trade-aid")
    code = frame["partner_iso3"].where(frame["partner_iso3"] != "", frame["partner"])
    return _told(
        {
            **{name: frame[name] for name in ("set", "row", "period", "year_start", "year_end", "unit", "definition")},
            **{name: frame[name].map(number) for name in ("value", "value_low", "value_high")},
            "partner": code.map(iso3),
            "measure": frame["measure"] + ": " + frame["flow"],
            "as_stated": frame["value_as_printed"].where(
                frame[["value", "value_low", "value_high"]].eq("").all(axis=1), ""
            ),
            **{name: frame[name] for name in ("estimator", "quality", "source_url", "note")},
            "kind": frame["status"],
            "edition": frame["source_date"],
            "conflict": frame["note"].str.contains("CONFLICT"),
            "source": frame["source_title"],
        }
    )


def older_aid(raw: Raw, file: str, kept: pd.Series) -> pd.DataFrame:
    """Return the rows `kept` of a file of facts_sanctions_aid in the common form."""
    frame = numbered(raw, file, set="facts_sanctions_aid")[kept]
    share = frame["unit"].str.startswith("percent")
    deal = frame["category"].isin(["commitment", "loan", "debt relief", "rescheduling", "debt write-off", "food loan"])
    kind = share.map({True: "share", False: "estimate"}).mask(deal & ~share, "agreement")
    return _told(
        {
            **{name: frame[name] for name in ("set", "row", "period", "unit", "source_url", "note")},
            **spans(frame["period"]).set_axis(frame.index),
            "partner": frame["giver"].map(iso3).where(frame["giver"] != "", "ALL"),
            "measure": frame["category"] + ": " + frame["item"],
            "value": frame["value_num"].map(number),
            "value_low": None,
            "value_high": None,
            "as_stated": frame["value_as_stated"].where(frame["value_num"] == "", ""),
            "definition": "",
            "kind": kind.mask(frame["category"] == "pledge", "plan"),
            "estimator": frame["publisher_or_origin"],
            "edition": "",
            "quality": frame["reliability_1_5"],
            "conflict": False,
            "source": frame["publisher_or_origin"],
        }
    )


def trade_facts(raw: Raw, file: str, last: int) -> pd.DataFrame:
    """Return the rows of prk-trade-facts that end by year `last` in the common form."""
    frame = numbered(raw, file, set="prk-trade-facts")
    years = spans(frame["year"])
    kept = (years["year_end"] <= last) & (frame["value"] != "")
    frame, years = frame[kept], years[kept]
    ends = frame["value"].str.extract(r"^(\d+)-(\d+)$").astype(float)
    counted = frame["estimator"].str.contains("statistics|MOF|Russian government|KOTRA|JETRO")
    planned = frame["estimator"].str.contains("planned")
    share = frame["flow"].str.startswith("share")
    kind = counted.map({True: "outturn", False: "estimate"}).mask(planned, "plan").mask(share, "share")
    return _told(
        {
            **{name: frame[name] for name in ("set", "row", "unit", "estimator", "quality", "source_url", "note")},
            "period": frame["year"],
            **{name: years[name] for name in ("year_start", "year_end")},
            "partner": frame["partner"].map(iso3),
            "measure": "trade: " + frame["flow"],
            "value": frame["value"].map(number),
            "value_low": ends[0],
            "value_high": ends[1],
            "as_stated": "",
            "definition": "",
            "kind": kind,
            "edition": frame["outlet"],
            "conflict": frame["note"].str.contains("conflict|does not match"),
            "source": frame["outlet"],
        }
    )
