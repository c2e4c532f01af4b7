"""Alliance obligations of all states to the powers 1946-2018; accession to the ASEAN treaty of 1976 is no alliance."""

import pandas as pd

from hedging.ingest import _states
from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

PAIRS, MEMBERS = "upstream/atop/atop5_1_directed_dyad_year.parquet", "upstream/atop/atop4_member_level.csv"
FIRST = 1946
AMITY, LAST_AMITY_YEAR = 3755, 2016  # Treaty of Amity and Cooperation in Southeast Asia; end of the treaty file
OBLIGATIONS = {
    "defence": ("atop_defense", "come to the partner's defence"),
    "defence_received": ("received", "be defended by the partner"),
    "offence": ("atop_offense", "join in an attack"),
    "neutrality": ("atop_neutral", "stay neutral in a war of the partner"),
    "consultation": ("atop_consul", "consult in a crisis"),
    "nonaggression": ("atop_nonagg", "use no force against the partner"),
}
CLEARED, DROPPED = 1739, 1703

TABLE = Table(
    name="alliances",
    title="Alliance obligations of states to the five powers, and all of North Korea's",
    description="One row a state, partner and year in which a treaty obliges, 1946-2018: every state with Moscow, "
    "Beijing, Washington, Tokyo and Seoul, and North Korea with everybody.",
    columns=(
        Column("year", "integer", "Calendar year", minimum=FIRST, maximum=2018),
        Column("iso3", "string", f"State: {_states.ISO3}", pattern="[A-Z]{3}"),
        Column("ccode", "integer", "State, Correlates of War number", minimum=2, maximum=999),
        Column("partner", "string", "Partner, ISO 3166 alpha-3 (RUS is the USSR until 1991)", pattern="[A-Z]{3}"),
        *(Column(name, "boolean", f"By treaty the state must {duty}") for name, (_, duty) in OBLIGATIONS.items()),
    ),
    key=("year", "ccode", "partner"),
    missing="There is no empty cell. A pair of existing states without a row has no obligation in that year.",
    sources=(source(PAIRS), source(MEMBERS), _states.CODES),
    may_publish="yes: derived values, with citation",
    defects=(
        "Ends in 2018: the treaty of 2024 with Russia is in table treaties.",
        "A year counts in full when a pledge holds on any day of it.",
        "The Soviet treaty ends in 1996 here and in 1995 in the Correlates of War list. That of 2000 with Russia "
        "obliges to consult only, and nothing obliges in 1997-99. China is the Republic of China until 1949.",
        "The ASEAN treaty is taken out with a file that ends in 2016; states that joined later keep it in 2017-18.",
        "Defence may be one-sided (Washington defends Tokyo since 1951, not the reverse), hence two columns; the other "
        "duties are the state's own, and differ from the partner's in 11 rows only.",
        "A pledge is no deed: defence pacts are the meaningful column for patrons, non-aggression the cheapest.",
    ),
    measures="What a state and a partner have promised each other by treaty in a year.",
    method="Obligations of {iso3} and {partner} in {year} from ATOP 5.1; non-aggression that rests on the ASEAN Treaty "
    "of Amity and Cooperation alone is taken out.",
)


def build(raw: Raw) -> Built:
    """Return one row a state, partner and year with at least one obligation."""
    pairs = _both_ways(raw.parquet(PAIRS).astype("int64"))
    ours = pairs["ccode2"].isin(_states.POWERS) | (pairs["ccode1"] == _states.PRK)
    pairs = pairs[ours & (pairs["year"] >= FIRST)].reset_index(drop=True)
    frame = pd.DataFrame({name: pairs[column] == 1 for name, (column, _) in OBLIGATIONS.items()})
    amity = _amity_alone(raw, pairs) & frame["nonaggression"]
    expect(int(amity.sum()), CLEARED, "non-aggression by the ASEAN treaty alone")
    frame["nonaggression"] &= ~amity
    empty = ~frame.any(axis=1)
    expect(int((empty & amity).sum()), DROPPED, "a pair without another obligation")
    expect(int((empty & ~amity).sum()), 0, "a pair without any obligation in the source")
    frame = frame.assign(
        year=pairs["year"],
        ccode=pairs["ccode1"],
        iso3=_states.iso3(raw, pairs["ccode1"], pairs["year"]),
        partner=_states.iso3(raw, pairs["ccode2"], pairs["year"]),
    )
    corrections = (
        Correction("non-aggression is taken out", "it rests on accession to the ASEAN treaty alone", CLEARED),
        Correction("rows are left out", "nothing else bound the pair in that year", DROPPED),
    )
    return Built(frame[~empty], corrections)


def _both_ways(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the directed pairs with what the other side pledges: Tokyo is defended by Washington, not the reverse."""
    back = pairs.rename(columns={"ccode1": "ccode2", "ccode2": "ccode1", "atop_defense": "received"})
    return pairs.merge(back[["ccode1", "ccode2", "year", "received"]], validate="one_to_one")


def _amity_alone(raw: Raw, pairs: pd.DataFrame) -> pd.Series:
    """Return where both states are in the ASEAN treaty and in no other treaty of non-aggression in that year."""
    bound = raw.csv(MEMBERS).query("nonagg != '0'")
    numbers = bound[["atopid", "member", "yrent", "yrexit"]].astype(int)
    numbers["yrexit"] = numbers["yrexit"].replace(0, pairs["year"].max())
    amity = _together(numbers[numbers["atopid"] == AMITY], pairs)
    return amity & ~_together(numbers[numbers["atopid"] != AMITY], pairs)


def _together(spells: pd.DataFrame, pairs: pd.DataFrame) -> pd.Series:
    """Return which pairs share a treaty of `spells` (atopid, member, yrent, yrexit) in their year."""
    both = spells.merge(spells, on="atopid", suffixes=("_a", "_b"))
    both["first"] = both[["yrent_a", "yrent_b"]].max(axis=1)
    both["last"] = both[["yrexit_a", "yrexit_b"]].min(axis=1)
    known = {
        (row.member_a, row.member_b, year)
        for row in both.itertuples()
        if row.member_a != row.member_b
        for year in range(row.first, row.last + 1)
    }
    keys = zip(pairs["ccode1"], pairs["ccode2"], pairs["year"], strict=True)
    return pd.Series([key in known for key in keys], index=pairs.index)
