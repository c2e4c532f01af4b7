"""GDELT interaction of North Korea with the five powers by month: news volume and tone in one number, no count."""

from hedging.ingest._facts import POWERS, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

FILE = "upstream/gdelt-gzemo-dyads/prk_partner_monthly.csv"
SUMS = {"positive": "pos_sum", "negative": "neg_sum", "net": "sum_edge"}
SCORE = "score: Goldstein value, sources, articles and tone, summed over events"

TABLE = Table(
    name="events_monthly",
    title="News interaction of North Korea with the five powers by month, 2018-01 to 2024-02",
    description=(
        "GDELT 2.0 scores of pairs of countries, undirected. positive and negative sum the days with a positive or a "
        "negative score. Use shares or per-day rates: some months miss days."
    ),
    columns=(
        Column("month", "string", "calendar month", pattern=r"20(1[89]|2[0-4])-(0[1-9]|1[0-2])"),
        Column("power", "string", "partner", enum=POWERS),
        Column("positive", "number", "sum over days with a positive score", SCORE, minimum=0),
        Column("negative", "number", "sum over days with a negative score", SCORE, maximum=0),
        Column("net", "number", "sum over all days: not a divisible tie", SCORE),
        Column("positive_per_day", "number", "positive / days with a file", SCORE, minimum=0),
        Column("negative_per_day", "number", "negative / days with a file", SCORE, maximum=0),
        Column("days_nonzero", "integer", "days with a score of the pair", "days", minimum=0, maximum=31),
        Column("days_with_file", "integer", "days of the month that the source holds", "days", minimum=1, maximum=31),
    ),
    key=("month", "power"),
    missing="No empty cell.",
    sources=(source(FILE),),
    may_publish="yes: derived values with citation of the GDELT Project",
    period="month",
    measures="Sum of the good (or bad) daily news scores of North Korea with a power in one month.",
    method="Sum over the {days_with_file} days of {month} that the source holds, {power}.",
    defects=(
        "Months with fewer than 27 days: 2020-12, 2022-11 to 2023-06, 2024-02.",
        "News volume: English-language and US media weigh most; machine coding errors; undirected.",
        "The pact with Russia and the troops of 2024 come after the end.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the five powers with sums and per-day rates."""
    table = raw.csv(FILE)
    frame = table[table["partner_iso3"].isin(POWERS)].rename(columns={"partner_iso3": "power"})
    expect(len(frame), 74 * len(POWERS), "months of the five powers")
    for name in ("days_nonzero", "days_with_file"):
        frame[name] = frame[name].astype(int)
    for name, raw_name in SUMS.items():
        frame[name] = frame[raw_name].astype(float).round(3)
    for name in ("positive", "negative"):
        frame[f"{name}_per_day"] = (frame[name] / frame["days_with_file"]).round(4)
    return Built(frame[[column.name for column in TABLE.columns]])
