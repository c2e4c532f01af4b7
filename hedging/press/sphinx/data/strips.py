"""The picture of a table's coverage: one strip of bars a variant, made of numbers, without a script.

Seventy pages need seventy of them, so they are drawn by hand: the bars stretch with the page, the words beside them
are the page's own and stay legible on a phone, in the dark and in print.
"""

from html import escape

import pandas as pd

from hedging.press.sphinx import nodes

LEAST = 6  # height in per cent that a year with any row has at least
SOLID, FAINT = 0.95, 0.2  # strength of a year whose rows are all known, and of one with none


def figure(counts: pd.DataFrame, title: str) -> str:
    """Return the HTML of strips, axis, caption and numbers for `coverage.by_year` of one table."""
    first, last = int(counts["year"].min()), int(counts["year"].max())
    most = int(counts["rows"].max())
    groups = list(dict.fromkeys(counts["group"]))
    strips = "".join(_strip(group, counts[counts["group"] == group], first, last, most) for group in groups)
    tall = " strips-single" if len(groups) == 1 else ""
    return (
        f'<figure class="coverage"><div class="strips{tall}" role="img" aria-label="{escape(in_words(counts, title))}">'
        f"{strips}{_axis(first, last)}</div>"
        f"<figcaption>{escape(_caption(counts, most))}</figcaption></figure>\n{_numbers(counts, groups)}"
    )


def in_words(counts: pd.DataFrame, title: str) -> str:
    """Say what the strips show to someone who does not see them."""
    said = []
    for group, part in counts.groupby("group", sort=False):
        share = part["known"].sum() / part["rows"].sum()
        span = f"{part['year'].min()} to {part['year'].max()}, {len(part)} years, {part['rows'].sum():,} rows"
        said.append(f"{group + ': ' if group else ''}{span}, {share:.0%} of them known")
    return f"Rows by year of the table {title}. {'; '.join(said)}."


def _caption(counts: pd.DataFrame, most: int) -> str:
    text = f"Rows by year; the highest bar stands for {most:,}."
    if (counts["known"] < counts["rows"]).any():
        text += " The fainter a bar, the fewer of its rows hold a figure."
    return text


def _strip(group: str, part: pd.DataFrame, first: int, last: int, most: int) -> str:
    bars = "".join(
        f'<rect x="{row.year - first + 0.08:.2f}" width=".84" y="{100 - height:.0f}" height="{height:.0f}" '
        f'opacity="{FAINT + (SOLID - FAINT) * row.known / row.rows:.2f}"><title>{row.year}: {row.rows:,} '
        f"{'row' if row.rows == 1 else 'rows'}, {row.known:,} known</title></rect>"
        for row in part.itertuples()
        for height in [max(LEAST, 100 * row.rows / most)]
    )
    name = f'<span class="strip-name">{escape(group)}</span>' if group else ""
    picture = f'<svg viewBox="0 0 {last - first + 1} 100" preserveAspectRatio="none">{bars}</svg>'
    return f'<div class="strip">{name}{picture}</div>'


def _axis(first: int, last: int) -> str:
    """Write a few round years where they belong; the strip's width is cut into equal years."""
    span = last - first + 1
    step = next(one for one in (1, 2, 5, 10, 20, 50) if span / one <= 6)
    ticks = [year for year in range(first, last + 1) if year % step == 0] or [first]
    words = "".join(f'<span style="left:{100 * (year - first + 0.5) / span:.2f}%">{year}</span>' for year in ticks)
    return f'<div class="strip-axis">{words}</div>'


def _numbers(counts: pd.DataFrame, groups: list[str]) -> str:
    cells = {(row.year, row.group): (row.rows, row.known) for row in counts.itertuples()}
    named = len(groups) > 1
    head = [
        "Year",
        *(f"{group}: {word}" if named else word.capitalize() for group in groups for word in ("rows", "known")),
    ]
    years = range(int(counts["year"].min()), int(counts["year"].max()) + 1)
    body = [[str(year), *(f"{n:,}" for group in groups for n in cells.get((year, group), (0, 0)))] for year in years]
    table = nodes.scrolling("Rows by year", head, body)
    return f'<details class="folded"><summary>The numbers of this chart</summary>{table}</details>'
