"""Words in the forms that measures need: a speaker's terms by year, likeness to six states, KCNA by month."""

import pandas as pd

from hedging.errors import unknown
from hedging.tables import wide
from hedging.tables.load import load, record
from hedging.tables.status import tied
from hedging.tables.wide import POWERS

SERIES = ("headlines_jp", "stories_kp")
LIKENESS = ("percentile", "cosine")


def speech_terms(iso3: str = "PRK", start: int | None = None, end: int | None = None) -> pd.DataFrame:
    """Return mentions in 1,000 words of a state's UN speech: years as index, 36 terms as columns, 1946-2024.

    A year without a speech is NaN. Raises HedgingError for a state that never speaks and for years outside.
    """
    rows = load("un_speech_world")
    own = rows[rows["iso3"] == _state(iso3, rows["iso3"], "un_speech_world")].set_index("year")
    counts = own.drop(columns=["iso3", "n_words", "bad_characters"])
    frame = _whole(1000 * counts.div(own["n_words"], axis=0))
    cut = wide.years(frame, start, end, f"un_speech_world, {iso3}")
    return wide.marked(cut, "un_speech_world", iso3, "mentions per 1,000 words")


def speech_term(term: str, states: tuple[str, ...] = ("PRK", *POWERS)) -> pd.DataFrame:
    """Return mentions of one term in 1,000 words by year for several states, and WORLD: all states but six, pooled."""
    known = [field["name"] for field in record("un_speech_world")["schema"]["fields"][4:]]
    if term not in known:
        raise unknown("term", term, known, where="table un_speech_world")
    rest = load("un_speech_rest").query("term == @term").set_index("year")["per_1000_words"]
    frame = pd.DataFrame({state: speech_terms(state)[term] for state in states} | {"WORLD": rest})
    return wide.marked(frame.rename_axis("year").sort_index(), "un_speech_world", term, "mentions per 1,000 words")


def speech_likeness(
    iso3: str = "PRK", kind: str = "percentile", variant: str = "all_terms", *, both_koreas: bool = False
) -> pd.DataFrame:
    """Return how like the powers' UN speeches a state's is, by year: percentile (0-100) or cosine (0-1).

    A power's own column is NaN, and so are years in which one of both holds no speech. `both_koreas` adds PRK.
    """
    if kind not in LIKENESS:
        raise unknown("kind of likeness", kind, LIKENESS, where="table un_speech_similarity_world")
    rows = load("un_speech_similarity_world", variant)
    own = rows[rows["iso3"] == _state(iso3, rows["iso3"], "un_speech_similarity_world")].set_index("year")
    states = [*POWERS, "PRK"] if both_koreas else list(POWERS)
    frame = _whole(own[[f"{kind}_{state}" for state in states]].set_axis(states, axis=1))
    unit = "% of states less like it" if kind == "percentile" else "cosine"
    return wide.marked(frame, "un_speech_similarity_world", f"{iso3}, {variant}", unit)


@tied
def media_monthly(series: str, start: str | None = None, end: str | None = None) -> pd.DataFrame:
    """Return the share of KCNA items that name each power by month (PeriodIndex) in one series, never in both.

    `series` is headlines_jp (1997-01 to 2014-09) or stories_kp (2024-07 to 2024-11). A month not held is NaN.
    """
    if series not in SERIES:
        raise unknown("series of KCNA", series, SERIES, where="table media_monthly")
    rows = load("media_monthly", series).dropna(subset=["power"])
    frame = rows.pivot(index="month", columns="power", values="share").rename_axis(columns=None)
    frame.index = pd.PeriodIndex(frame.index, freq="M", name="month")
    months = pd.period_range(frame.index[0], frame.index[-1], freq="M", name="month")
    whole = frame.reindex(months)[list(POWERS)]
    cut = wide.months(whole, start, end, f"media_monthly, {series}")
    return wide.marked(cut, "media_monthly", series, "share of items")


def _state(iso3: str, states: pd.Series, table: str) -> str:
    if iso3 not in set(states):
        raise unknown("state", iso3, set(states), where=f"table {table}")
    return iso3


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.reindex(range(int(frame.index.min()), int(frame.index.max()) + 1)).rename_axis("year").astype(float)
