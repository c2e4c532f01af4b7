"""The Security Council's votes on Korea; vetoed drafts carry no tally before 2022, and short titles err."""

from hedging.ingest._facts import STATUS
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Source, Table

FILE = "compiled/unsc-dprk/unsc_dprk_votes.csv"
STATES = ("CHN", "TWN", "RUS", "USA", "GBR", "FRA", "JPN", "KOR")
KINDS = {
    "adopted resolution": "adopted",
    "draft vetoed": "vetoed",
    "procedural vote (agenda: the situation in the DPRK)": "procedural",
}
SEAT = {"TWN": " (Republic of China, which held the seat until October 1971)", "RUS": " (the USSR until 1991)"}

TABLE = Table(
    name="unsc_korea",
    title="Votes of the UN Security Council on Korea",
    description="31 adopted resolutions, 8 vetoed drafts and 5 procedural votes on the human-rights item, 1949-2024, "
    "with the votes of the permanent members, Japan and South Korea.",
    columns=(
        Column("year", "integer", "Calendar year of the vote", minimum=1949, maximum=2024),
        Column("date", "date", "Day of the vote"),
        Column("kind", "string", "Adopted resolution, vetoed draft or procedural vote", enum=tuple(KINDS.values())),
        Column("symbol", "string", "Symbol of the text or meeting, where known", required=False),
        Column("text", "string", "Short title in the source (not to be quoted as fact)"),
        *(
            Column(
                f"n_{way}", "integer", f"Members of the Council: {way}", "votes", required=False, minimum=0, maximum=15
            )
            for way in ("yes", "no", "abstain")
        ),
        Column("status", "string", "Of the tally: observed or not_reported", enum=STATUS),
        *(
            Column(
                state,
                "string",
                f"Vote of {state}{SEAT.get(state, '')}: Y, N, A abstained, X absent or not voting",
                required=False,
                enum=("Y", "N", "A", "X"),
            )
            for state in STATES
        ),
        Column("meeting", "string", "Record of the meeting", required=False),
        Column("source_url", "string", "Where the vote was read", pattern="https?://.+"),
        Column("note", "string", "What the source adds or leaves out", required=False),
        Column("quality", "integer", "5 official record, 4 veto list or press", minimum=4, maximum=5),
    ),
    key=("date",),
    missing="A state's cell: not a member then, or not named by the source. A tally: the source gives none.",
    sources=(
        Source(
            file=FILE,
            title="Security Council Voting Data, vetoes and procedural votes on Korea",
            citation="United Nations, Dag Hammarskjold Library, UN Digital Library, Security Council Voting Data; "
            "vetoed drafts: Carlos L. Yordan, World Politics Data Lab; procedural votes: the page named in each row.",
            licence="UN Digital Library terms: non-commercial use with attribution to the United Nations; facts",
            url="https://digitallibrary.un.org/record/4055387",
        ),
    ),
    may_publish="yes, with attribution to the United Nations, non-commercial",
    defects=(
        "Chosen by the word Korea in the title: S/RES/90 (1951) and the vetoed draft S/1752 (1950) are not in it.",
        "Vetoed drafts before 2022 carry no tally; nor does the procedural vote of 9 December 2016.",
        "Short titles err: resolution 2397 calls a missile launch a nuclear test, 2094 a nuclear test a missile "
        "launch, 2375 dates the sixth test a day early.",
        "Sources disagree on the day of the procedural vote of June 2024; the symbol S/2024/255 has a single source.",
        "A vote of 15 to 0 hides what was bargained away before it: unanimity is no measure of alignment.",
    ),
    period="date",
    measures="How the permanent members, Japan and South Korea voted on one text or procedural motion on Korea.",
)


def build(raw: Raw) -> Built:
    """Return one row a vote."""
    frame = raw.csv(FILE)
    coded = frame["kind"].isin(KINDS)
    expect(int(coded.sum()), 44, "coding the kind of vote")
    frame = frame.assign(
        kind=frame["kind"].map(KINDS),
        year=frame["date"].str[:4],
        status=(frame["n_yes"] == "").map({True: "not_reported", False: "observed"}),
        quality=(frame["kind"] == "adopted resolution").map({True: 5, False: 4}),
    )
    renamed = Correction(what="kind of vote is one word", why="the source writes three phrases", rows=44)
    return Built(frame[[column.name for column in TABLE.columns]], (renamed,))
