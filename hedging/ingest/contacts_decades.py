"""Contacts by decade, power and rank with the range of completeness inside the decade."""

from hedging.ingest import contacts_yearly
from hedging.ingest._facts import FACTS, POWERS, STATUS_OF, source
from hedging.ingest.build import Built, Raw, expect
from hedging.ingest.contacts import RANKS
from hedging.tables.record import Column, Correction, Table

FILE = "compiled/high-level-contacts/decade_counts.csv"
ZEROS = 216
NAMES = {
    "partner_group": "power",
    "value": "contacts",
    "completeness_lowest": "completeness_low",
    "completeness_highest": "completeness_high",
}
MARKS = ("completeness_low", "completeness_high")

TABLE = Table(
    name="contacts_decades",
    title="High-level contacts by decade, power and rank, with completeness",
    description=(
        "Counts of the contacts table by decade (1940s: 1949 alone; 2020s: to 2026). leaders and core are sums as in "
        "contacts_yearly. status is not_reported, and the count empty, where nothing was found and any year of the "
        "decade has completeness under 4; a count found beside completeness_low under 4 is a lower bound."
    ),
    columns=(
        Column("decade", "string", "decade", pattern=r"(19[4-9]|20[0-2])0s"),
        Column("power", "string", "partner; RUS includes the USSR", enum=POWERS),
        Column("rank_class", "string", "rank, or one of two sums", enum=contacts_yearly.TABLE.columns[2].enum),
        Column("contacts", "integer", "contacts found", "contacts", required=False, minimum=0),
        Column("completeness_low", "integer", "of the least complete year", minimum=1, maximum=5),
        Column("completeness_high", "integer", "of the most complete year", minimum=1, maximum=5),
        STATUS_OF,
        Column("why", "string", "reasons for the marks"),
    ),
    key=("decade", "power", "rank_class"),
    time="decade",
    missing="not_reported: nothing was found where the search was thin in some year, which is not none.",
    sources=(source(FILE),),
    may_publish=FACTS,
    period="decade",
    measures="Visits and meetings of one rank with one power in one decade that were found in sources.",
    method="Counted rows of {rank_class} with {power} in the {decade}; completeness {completeness_low} to "
    "{completeness_high}, hence {status}.",
    defects=(
        "A zero is 'none found', not 'none'.",
        "A decade is as complete as its thinnest year: envoys before 1997 and anything after February 2026 are thin.",
        "The 1940s are one year and the 2020s end in 2026: never compare levels with whole decades.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the decade counts with the rule of contacts_yearly for zeros."""
    frame = raw.csv(FILE).rename(columns=NAMES)
    short = frame["rank_class"].str.split(" ").str[0]
    frame["rank_class"] = short.map(contacts_yearly.SUMS).fillna(frame["rank_class"].map(RANKS))
    frame = frame.astype({name: int for name in ("contacts", *MARKS)})
    frame, empty = contacts_yearly.emptied(frame, MARKS[0], ("contacts",))
    expect(empty, ZEROS, "zeros of thinly searched decades")
    why = "nothing found where the search was thin is not none"
    made = frame.drop(columns="unit")
    return Built(made, (Correction("zeros with completeness under 4 left empty", why, empty),))
