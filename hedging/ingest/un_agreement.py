"""Agreement of every state with the powers in the UN General Assembly; 2025 has twice the roll calls of 2024."""

import numpy as np
import pandas as pd

from hedging.ingest import _facts, _un
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

EARLY = ("RUS", "CHN", "USA")  # the great powers alone before the two Koreas joined: else the table is slow to load
SERIES = {"": "not unanimous", "_contested": "contested", "_no_nuclear": "not unanimous and not nuclear"}


def _measure(suffix: str, calls: str) -> tuple[Column, Column]:
    return (
        Column(
            f"n{suffix}",
            "integer",
            f"Roll calls ({calls}) in which both voted yes, no or abstained",
            "roll calls",
            minimum=0,
        ),
        Column(
            f"agreement{suffix}",
            "number",
            f"Mean of 1 - abs(difference)/2 over these roll calls ({calls}), with yes 1, abstention 2, no 3",
            unit="share",
            required=False,
            minimum=0,
            maximum=1,
        ),
    )


TABLE = Table(
    name="un_agreement",
    title="Agreement with the five powers in the UN General Assembly",
    description="Half-credit agreement of every member by year with Moscow, Beijing and Washington 1946-2025, with "
    "Tokyo and Seoul 1991-2025: alike counts 1, one step apart (an abstention against yes or no) one half, yes against "
    "no 0. Unanimous roll calls are dropped (the measure of Bailey, Strezhnev and Voeten 2017). A roll call is "
    "contested when no and abstention are at least 10% of the votes cast; it is nuclear when its title matches "
    f"/{_un.NUCLEAR}/ in capitals or not ({_un.NUCLEAR_CALLS[_un.START]} of 5,697 roll calls, "
    f"{_un.NUCLEAR_CALLS[_un.JOINED]} of 2,875 since 1991).",
    columns=(
        Column("year", "integer", "Calendar year", minimum=_un.START, maximum=2025),
        Column(
            "iso3",
            "string",
            _un.MEMBER,
            pattern="[A-Z]{3}",
        ),
        Column("power", "string", "Power (RUS is the USSR until December 1991)", enum=_un.POWERS),
        Column("status", "string", "observed, or not_reported: the two never voted together", enum=_facts.STATUS),
        *(column for suffix, calls in SERIES.items() for column in _measure(suffix, calls)),
    ),
    key=("year", "iso3", "power"),
    missing="The two states voted together in no such roll call of the year (n is 0); the status is of `agreement`.",
    sources=_un.SOURCES,
    may_publish=_un.MAY_PUBLISH,
    defects=(
        *_un.DEFECTS,
        "Beijing votes since November 1971; the Republic of China that held the seat before is another state (TWN in "
        "un_rollcalls) and no power here. 1964 has no recorded vote. The two Koreas vote from October 1991.",
    ),
    measures="How alike two states voted in a year, from 0 (always yes against no) to 1 (always the same).",
    method="Mean of 1 - abs(difference)/2 over the {n} not unanimous roll calls of {year} in which {iso3} and {power} "
    "both voted yes, no or abstained, from the votes in un_rollcalls.",
)


def build(raw: Raw) -> Built:
    """Return one row a year, member and power (neither with itself, nor with a power that is no member)."""
    calls = _un.rollcalls(raw).set_index("rcid")
    wide = _un.votes(raw).reindex(calls.index)
    scored = wide.apply(lambda column: column.map(_un.SCALE)).to_numpy(float)
    member = wide.notna().to_numpy()
    frames = [
        _year(year, calls["year"].to_numpy() == year, calls, scored, member, list(wide.columns))
        for year in sorted(calls["year"].unique())
    ]
    return Built(pd.concat(frames, ignore_index=True))


def _year(
    year: int, within: np.ndarray, calls: pd.DataFrame, scored: np.ndarray, member: np.ndarray, names: list[str]
) -> pd.DataFrame:
    """Return the rows of one year: every member of that year with each of the five powers."""
    split = ~calls["unanimous"].to_numpy()
    kept = {
        "": within & split,
        "_contested": within & split & calls["contested"].to_numpy(),
        "_no_nuclear": within & split & ~calls["nuclear"].to_numpy(),
    }
    present = member[within].any(axis=0)
    frames = []
    for power in EARLY if year < _un.JOINED else _un.POWERS:
        if not present[names.index(power)]:
            continue
        frame = pd.DataFrame({"year": year, "iso3": names, "power": power})
        for suffix, rows in kept.items():
            n, share = _un.agreement(scored, scored[:, names.index(power)], rows)
            frame[f"n{suffix}"], frame[f"agreement{suffix}"] = n, share.round(4)
        frame["status"] = np.where(frame["n"] > 0, "observed", "not_reported")
        frames.append(frame[present & (frame["iso3"] != power)])
    return pd.concat(frames, ignore_index=True)
