"""What the world tables know of one state: its ties with the five powers as series for any-state.yml, or why not."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import pandas as pd

from hedging.argument import form
from hedging.errors import HedgingError
from hedging.measures import EAST, POWERS, cross_bloc_hedge, cross_bloc_share, level, powers, rollcalls, un
from hedging.tables import codes, load, votes, world
from hedging.tables.world_events import world_events

TABLES = {"votes": "un_agreement", "ukraine": "un_es11", "news": "events_gdelt", "arms": "arms_world",
          "trade": "trade_world"}  # fmt: skip
STATE = {"votes": "iso3", "ukraine": "iso3", "news": "iso3", "arms": "country", "trade": "country"}  # the column
CAMPS = ("East", "West")
POWER = "one of the five powers, which has no tie with itself"


@dataclass(frozen=True)
class Question:
    """Of whom it is asked and by which choices: the parameters of the notebook, in whole years, both ends included.

    `start` to `end` is the era, the years from `first` on are its past; `news` and `before` are the windows of coded
    news. `votes` and `arms` are variants of their tables. Raises HedgingError for a state that no table knows and for
    windows that are reversed.
    """

    country: str
    start: int
    end: int
    first: int
    news: tuple[int, int]
    before: tuple[int, int]
    seoul: bool
    votes: str
    arms: str

    def __post_init__(self) -> None:
        for name, span in self.windows.items():
            form.window(list(span), name, "the question of any state")
        every = {code for tie in TABLES for code in known(tie, self.arms)["state"].unique()}
        if self.country not in every:
            near = codes.nearest(self.country, every)
            hint = (
                f"did you mean {near!r} ({codes.title(near)})?" if near else "give its code of three letters (ISO 3166)"
            )
            raise HedgingError(f"no table knows a state {self.country!r}", where="parameter country", remedy=hint)

    @property
    def windows(self) -> dict[str, tuple[int, int]]:
        """Return the windows that any-state.yml names."""
        earlier = (self.first, self.start - 1)
        return {
            "era": (self.start, self.end),
            "earlier": earlier,
            "news": tuple(self.news),
            "before": tuple(self.before),
        }

    @property
    def powers(self) -> list[str]:
        """Return the powers whose ties count."""
        return [power for power in POWERS if self.seoul or power != "KOR"]


@dataclass(frozen=True)
class Tie:
    """One kind of tie of a state: `series` by the names in any-state.yml, its `level` L, or `why` there is nothing.

    `until` is the last year of the source, for any state.
    """

    series: dict[str, Any] = field(default_factory=dict)
    level: pd.Series | None = None
    why: str = ""
    until: int | None = None


@cache
def known(tie: str, arms: str) -> pd.DataFrame:
    """Return the states and years of which a kind of tie has a row: columns state and year. Not to be changed."""
    rows = load(TABLES[tie], arms if tie == "arms" else None)
    return rows[[STATE[tie], "year"]].drop_duplicates().set_axis(["state", "year"], axis=1)


def states(start: int, end: int, arms: str) -> list[str]:
    """Return the codes of all states of which some table has a row in these years, sorted."""
    rows = (known(tie, arms) for tie in TABLES)
    return sorted({code for found in rows for code in found.loc[found["year"].between(start, end), "state"]})


def of(tie: str, asked: Question) -> Tie:
    """Return what is known of one kind of tie; a missing year stays missing."""
    if asked.country in POWERS:
        return Tie(why=POWER)
    rows = known(tie, asked.arms)
    if not rows["state"].eq(asked.country).any():
        return Tie(why=f"table {TABLES[tie]} does not know {codes.title(asked.country)}")
    return replace(LOADERS[tie](asked), until=int(rows["year"].max()))


def _votes(asked: Question) -> Tie:
    frame = votes.agreement(asked.country, asked.votes)[asked.powers].loc[asked.first : asked.end]
    camps = {camp: [power for power in asked.powers if powers.camp(power) == camp] for camp in CAMPS}
    return Tie(
        {"lean": un.lean(frame), **{camp: frame[sides].mean(axis=1, skipna=False) for camp, sides in camps.items()}}
    )


def _ukraine(asked: Question) -> Tie:
    # all nine votes, as in chapter 5, whatever `end` is
    rows = load("un_es11")
    cast = rows[rows["iso3"].isin([asked.country, EAST[0]])].pivot(index="resolution", columns="iso3", values="vote")
    return Tie({"alike": float(rollcalls.alike(cast, EAST[0]).at[asked.country, "share"])})


def _news(asked: Question) -> Tie:
    return _divided(world_events(asked.country, "gdelt").loc[asked.before[0] : asked.news[1]], asked)


def _arms(asked: Question) -> Tie:
    return _divided(world.arms(asked.country, asked.arms).loc[asked.first : asked.end], asked)


def _trade(asked: Question) -> Tie:
    return _divided(world.trade(asked.country).loc[asked.first : asked.end], asked)


def _divided(ties: pd.DataFrame, asked: Question) -> Tie:
    counted = ties[asked.powers]
    return Tie({"share": cross_bloc_share(counted), "hedge": cross_bloc_hedge(counted)}, level(counted))


LOADERS: dict[str, Callable[[Question], Tie]] = {
    "votes": _votes, "ukraine": _ukraine, "news": _news, "arms": _arms, "trade": _trade,
}  # fmt: skip
