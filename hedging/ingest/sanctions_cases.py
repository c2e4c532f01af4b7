"""Sanction cases against North Korea by sender in two data sets; a case is a legal act, not a bite."""

import re

import pandas as pd

from hedging.ingest._facts import STATUS, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

GSDB, TIES = "upstream/gsdb/gsdb_v4_prk_cases.csv", "upstream/ties/TIESv4-1.csv"
TYPES = ("trade", "arms", "military", "financial", "travel", "other")
SENDERS = {
    "United States": "USA", "Japan": "JPN", "UN": "UN", "EU": "EU", "Korea, South": "KOR", "Australia": "AUS",
    "Canada": "CAN", "Burkina Faso": "BFA",
}  # fmt: skip
NUMBERS = {  # 1000 is a reading, not checked in the manual
    "2": "USA", "200": "GBR", "211": "BEL", "260": "DEU", "732": "KOR", "740": "JPN", "900": "AUS", "1000": "EU",
}  # fmt: skip
LAST = 2023  # an end in the last year means: still on

TABLE = Table(
    name="sanctions_cases",
    title="Sanction cases against North Korea",
    description="31 cases of 1950-2023 in the Global Sanctions Data Base, release 4 (gsdb), and 7 threats and "
    "sanctions of 1950-2002 in Threat and Imposition of Economic Sanctions 4.1 (ties).",
    columns=(
        Column("variant", "string", "Data set", enum=("gsdb", "ties")),
        Column("case", "string", "Number of the case in its data set"),
        Column("senders", "string", "Who sanctions, ISO 3166 alpha-3 or UN, EU, joined by |",
               pattern=r"[A-Z]{2,3}(\|[A-Z]{2,3})*"),
        Column("year", "integer", "Year in which the case begins", minimum=1950, maximum=2023),
        Column("year_end", "integer", "Year in which it ends; in gsdb 2023 means still on", required=False,
               minimum=1950, maximum=2023),
        Column("status", "string", "Of the end: observed or not_reported", enum=STATUS),
        Column("ongoing", "boolean", "Coded as still on (ties: when its coders looked, 2007 to 2011)"),
        Column("imposed", "boolean", "Sanctions were imposed (else: only threatened, ties)"),
        Column("threatened", "boolean", "A threat came first (ties)"),
        *(Column(kind, "boolean", f"Sanction of this type: {kind} (gsdb)", required=False) for kind in TYPES),
        Column("targets", "integer", "States that the case names as targets", "states", minimum=1),
        Column("doubtful", "boolean", "Consider leaving it out: see the defects"),
    ),
    key=("variant", "case"),
    missing="The data set gives no end of the case (see status); types are not read for ties.",
    sources=(source(GSDB), source(TIES)),
    may_publish="yes: the part on North Korea (2% of gsdb, 0.5% of ties) and derived values, with citation",
    variant="variant",
    values=("year_end",),
    measures="One case of sanctions against North Korea: who, from when to when, of what kind.",
    method="Case {case} of {variant}; the senders' names are turned into codes.",
    defects=(
        "COUNTING CASES COUNTS LEGAL ACTS, NOT BITE: the twelve American acts of 2023 overlap.",
        "Case 26 of gsdb (a UN measure of 1951 still on) is probably the embargo of the Korean War, and case 1364 a "
        "human-rights act on many targets: both are marked doubtful.",
        "ties ends in 2005, mixes threats and sanctions, and has no types here: its codes were not checked in the "
        "manual, nor was the number 1000 that is read as the European Union. International bodies stand behind "
        "three of its cases.",
        "China and Russia are never senders by themselves: what they do in the Security Council stands under UN.",
        "The base begins in 1949 and its paper on release 4 was not seen.",
    ),
)  # fmt: skip


def build(raw: Raw) -> Built:
    """Return one row a case."""
    base, ties = _base(raw.csv(GSDB)), _ties(raw.csv(TIES, encoding_errors="replace"))
    frame = pd.concat([base, ties], ignore_index=True)
    frame["status"] = frame["year_end"].notna().map({True: "observed", False: "not_reported"})
    codes = Correction("names of senders are written as codes", "two data sets name them differently", len(frame))
    return Built(frame, (codes,))


def _base(cases: pd.DataFrame) -> pd.DataFrame:
    """Return the cases of the Global Sanctions Data Base; names that hold a comma are not split."""
    expect(len(cases), 31, "cases against North Korea")
    targets = cases["sanctioned_state"].str.replace("Korea, ", "Korea ", regex=False)
    last = cases["end"].astype(int)
    return pd.DataFrame(
        {
            "variant": "gsdb",
            "case": cases["case_id"],
            "senders": cases["sanctioning_state"].map(_codes),
            "year": cases["begin"].astype(int),
            "year_end": last,
            "ongoing": last == LAST,
            "imposed": True,
            "threatened": False,
            **{kind: cases[kind] == "1" for kind in TYPES},
            "targets": targets.str.count(",") + 1,
            "doubtful": cases["case_id"].isin(["26", "1364"]),
        }
    )


def _codes(names: str) -> str:
    found = re.findall("|".join(SENDERS), names)
    expect(len(", ".join(found)), len(names), f"senders of {names!r}")
    return "|".join(SENDERS[name] for name in found)


def _ties(cases: pd.DataFrame) -> pd.DataFrame:
    """Return the cases of Threat and Imposition of Economic Sanctions that name North Korea as target."""
    ours = cases[cases["targetstate"].str.fullmatch(r"731(\.0)?")]
    expect(len(ours), 7, "cases against North Korea")
    senders = ours[[f"sender{number}" for number in range(1, 6)]].replace(r"\.0$", "", regex=True)
    return pd.DataFrame(
        {
            "variant": "ties",
            "case": ours["caseid"],
            "senders": senders.apply(lambda row: "|".join(NUMBERS[one] for one in row if one), axis=1),
            "year": ours["startyear"].astype(int),
            "year_end": pd.to_numeric(ours["endyear"]),
            "ongoing": ours["endyear"] == "",
            "imposed": ours["imposition"] == "1",
            "threatened": ours["threat"] == "1",
            **dict.fromkeys(TYPES, ""),
            "targets": 1,
            "doubtful": False,
        }
    )
