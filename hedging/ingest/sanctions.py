"""What the Security Council decided on the DPRK 1993-2024, with the powers' votes (all votes on Korea: unsc_korea)."""

from hedging.ingest._facts import NOTE, QUALITY, STATUS, URL, numbered, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import NO_UNIT, Column, Table

VOTES = "compiled/unsc-dprk/unsc_dprk_votes.csv"
MEASURES = "compiled/facts_sanctions_aid/unsc_dprk_resolutions.csv"
COUNCIL = ("CHN", "RUS", "USA", "JPN", "KOR")
KINDS = {"adopted resolution": "resolution", "draft vetoed": "veto"}
RESOLUTIONS, VETOES = 25, 2  # on the DPRK's weapons; earlier vetoes are about the Korean War and membership

TABLE = Table(
    name="sanctions",
    title="UN Security Council on the DPRK: resolutions and vetoes, 1993-2024",
    description="One row a vote on non-proliferation and sanctions, with the powers' votes and what was decided.",
    columns=(
        Column("row", "integer", "line of the vote in its source file", minimum=1),
        Column("year", "integer", "calendar year", minimum=1993, maximum=2024),
        Column("date", "date", "day of the vote"),
        Column("kind", "string", "what was voted on", enum=("resolution", "veto")),
        Column("symbol", "string", "symbol of resolution, draft or meeting", required=False),
        Column("resolution", "integer", "number of an adopted resolution", NO_UNIT, required=False),
        *(Column(name, "integer", f"{text} votes", "votes", required=False, minimum=0, maximum=15)
          for name, text in (("yes", "yes"), ("no", "no"), ("abstain", "abstaining"))),
        *(Column(power, "string", "Y yes, N no, A abstained, X did not vote", required=False, enum=("Y", "N", "A", "X"))
          for power in COUNCIL),
        Column("trigger", "string", "what the resolution answers", required=False),
        Column("measures", "string", "what was decided, in own words", required=False),
        URL,
        NOTE,
        Column("status", "string", "of the measures: observed or not_reported (not read, or nothing was decided)",
               enum=STATUS),
        QUALITY,
    ),
    key=("row",),
    missing="No member of the Council, or not named by the source; for vetoes before 2022 no tally is printed.",
    sources=(source(VOTES), source(MEASURES)),
    may_publish="yes, with attribution to the United Nations, non-commercial",
    period="day",
    values=("measures",),
    measures="One vote of the Council on North Korea's weapons: who voted how, and what was decided.",
    defects=(
        "What resolution 1695 decided was not read.",
        "Draft S/2024/255: the symbol was seen in a third-party file only.",
        "Titles are left out: several of the library's short titles are wrong about dates and weapons.",
    ),
)  # fmt: skip


def build(raw: Raw) -> Built:
    """Return the votes on the DPRK, with trigger and measures of the resolutions joined by their number."""
    frame = numbered(raw, VOTES).rename(columns={"n_yes": "yes", "n_no": "no", "n_abstain": "abstain"})
    frame["kind"] = frame["kind"].map(KINDS)
    frame["year"] = frame["date"].str[:4]
    frame["resolution"] = frame["symbol"].str.extract(r"^S/RES/(\d+)\(")[0].fillna("")
    decided = raw.csv(MEASURES).set_index("resolution")
    vetoed = (frame["kind"] == "veto") & (frame["date"] >= "2022")
    listed = frame["resolution"].isin(decided.index)
    expect(int(listed.sum()), RESOLUTIONS, "resolutions on the DPRK")
    expect(int(vetoed.sum()), VETOES, "vetoes on the DPRK")
    frame = frame[listed | vetoed]
    for name, column in (("trigger", "trigger"), ("measures", "measures_summary")):
        frame[name] = frame["resolution"].map(decided[column]).fillna("").replace("(text of measures not read)", "")
    frame["status"] = (frame["measures"] == "").map({True: "not_reported", False: "observed"})
    frame["quality"] = (frame["kind"] == "resolution").map({True: 5, False: 4})
    return Built(frame[[column.name for column in TABLE.columns]])
