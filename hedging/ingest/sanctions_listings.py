"""Names added to the UN's North Korea list by year: names taken off are missing, and nobody came on after 2018."""

from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

FILE = "compiled/fts_unlist_prk/un-sanctions-listings.csv"
LISTED = {"people": 80, "entities": 75}

TABLE = Table(
    name="sanctions_listings",
    title="Names on the UN Security Council's North Korea sanctions list by year of listing",
    description="Persons and entities still on the list of the 1718 Committee by the year in which they were added, "
    "2006-26.",
    columns=(
        Column("kind", "string", "What was listed", enum=tuple(LISTED)),
        Column("year", "integer", "Calendar year", minimum=2006, maximum=2026),
        Column("added", "integer", "Names of that year that are still on the list", "names", minimum=0),
        Column("listed", "integer", "The same, from 2006 to the end of the year", "names", minimum=0),
    ),
    key=("kind", "year"),
    missing="There is no empty cell; a zero is counted.",
    sources=(source(FILE),),
    may_publish="yes, with attribution",
    measures="How many persons or entities the Security Council's committee put on its North Korea list in a year.",
    method="Names ({kind}) on the consolidated list of October 2026 that were added in {year}, counted.",
    defects=(
        "Names taken off the list are missing, so that early years are lower bounds.",
        "Nobody was added after 2018: the list stands still where the Council is divided, whatever is done.",
        "2026 is a part of a year.",
    ),
)


def build(raw: Raw) -> Built:
    """Return one row a kind and year."""
    frame = raw.csv(FILE).rename(columns={"entity": "kind", "time": "year", "value": "added"})
    frame = frame.astype({"year": int, "added": int}).sort_values(["kind", "year"])
    for kind, names in LISTED.items():
        expect(int(frame.loc[frame["kind"] == kind, "added"].sum()), names, f"names of {kind}")
    return Built(frame.assign(listed=frame.groupby("kind")["added"].cumsum()))
