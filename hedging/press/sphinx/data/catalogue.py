"""The catalogue: how far each table reaches on one chart, all tables in a list, what was left out and why."""

import csv
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from hedging import paths
from hedging.press.sphinx import mime
from hedging.press.sphinx.data import parts, records
from hedging.press.sphinx.data.records import Record

if TYPE_CHECKING:  # pandas is imported late: a change of prose does not need it
    import pandas as pd

OMITTED = paths.ROOT / "hedging" / "ingest" / "omitted.csv"
HEAD = ("Table", "Years", "Rows", "Vintage", "Grade of rows", "Known defects")


class Catalogue(SphinxDirective):
    """`{catalogue}`: all tables of the book, each with the anchor `table-<name>` and a link to its page."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Make chart and list; the page is made anew when a record or the list of subjects changes."""
        for path in (paths.DATA / records.PACKAGE, paths.BOOK / records.SUBJECTS):
            self.env.note_dependency(str(path))
        self.env.metadata[self.env.docname]["catalogue"] = "yes"
        grouped = records.by_subject(records.resources())
        if not any(grouped.values()):
            return [parts.paragraph("The book has no tables.")]
        from hedging.press.sphinx.data import coverage

        frames = {one["name"]: coverage.frame(one) for group in grouped.values() for one in group}
        reach = {one["name"]: coverage.by_year(one, frames[one["name"]]) for group in grouped.values() for one in group}
        return [*self._chart(grouped, reach), parts.html(self._list(grouped, frames))]

    def _chart(self, grouped: dict[str, list[Record]], reach: dict[str, "pd.DataFrame"]) -> list[nodes.Node]:
        import pandas as pd

        from hedging import charts

        rows = pd.concat(
            [_spans(reach[one["name"]], one, subject) for subject, group in grouped.items() for one in group]
        )
        if rows.empty:
            return []
        spec = charts.specification(charts.reach(rows), name="fig-data-coverage")
        words = {"name": "fig-data-coverage", "caption": _CAPTION, "alt": _alt(rows, grouped), "source": []}
        caption = nodes.caption(_CAPTION, _CAPTION)
        caption.source, caption.line = self.get_source_info()
        return mime.figure(self.state.document, spec, words, caption, self.lineno)

    def _list(self, grouped: dict[str, list[Record]], frames: dict[str, "pd.DataFrame"]) -> str:
        here = self.env.docname
        head = "".join(f'<th scope="col">{escape(word)}</th>' for word in HEAD)
        bodies = []
        for subject, group in grouped.items():
            root = "../" * here.count("/")
            lines = "".join(_line(one, frames[one["name"]], subject, root) for one in group)
            top = f'<tr class="subject"><th scope="rowgroup" colspan="{len(HEAD)}">{escape(subject)}</th></tr>'
            bodies.append(f"<tbody>{top}{lines}</tbody>")
        table = f'<table class="catalogue"><thead><tr>{head}</tr></thead>{"".join(bodies)}</table>'
        return f'<div class="catalogue-list" role="region" tabindex="0" aria-label="All tables">{table}</div>'


_CAPTION = (
    "The years that each table covers, by subject. The fainter a stretch, the fewer of its rows hold a figure. "
    "Tables whose rows belong to no year are in the list only."
)


def _spans(counts: "pd.DataFrame", record: Record, subject: str) -> "pd.DataFrame":
    """Join consecutive years with the same share of known rows: a bar for each stretch, not one for each cell."""
    years = counts.groupby("year", as_index=False)[["rows", "known"]].sum()
    years["tenth"] = (10 * years["known"] / years["rows"].where(years["rows"] > 0)).round()
    new = (years["year"].diff() != 1) | (years["tenth"].diff() != 0)
    spans = years.groupby(new.cumsum()).agg(
        first_year=("year", "min"), last_year=("year", "max"), rows=("rows", "sum"), known=("known", "sum")
    )
    share = spans["known"] / spans["rows"]
    return spans.assign(table=record["name"], title=record["title"], subject=subject, share=share)


def _alt(rows: "pd.DataFrame", grouped: dict[str, list[Record]]) -> str:
    said = []
    for subject in grouped:
        part = rows[rows["subject"] == subject]
        if len(part):
            span = f"{part['first_year'].min()} to {part['last_year'].max()}"
            said.append(f"{subject}, {part['table'].nunique()} tables, {span}")
    return (
        f"Horizontal bars on a time axis, one row a table. {'; '.join(said)}. The list below gives each table's years."
    )


def _line(record: Record, frame: "pd.DataFrame", subject: str, root: str) -> str:
    name = record["name"]
    title = f'<a href="{root}{records.page_of(name)}.html">{escape(record["title"])}</a> <code>{escape(name)}</code>'
    cells = {
        "Years": escape(records.period(record)),
        "Rows": f"{record.get('rows', len(frame)):,}",
        "Vintage": _vintage(record),
        "Grade of rows": _grade(frame),
        "Known defects": str(len(record.get("defects", []))),
    }
    rest = "".join(f'<td data-head="{word}">{cell or "–"}</td>' for word, cell in cells.items())
    place = f'id="{records.anchor(name)}" data-subject="{escape(subject)}"'
    return f'<tr {place}><th scope="row">{title}</th>{rest}</tr>'


def _vintage(record: Record) -> str:
    """Say when the youngest source was published and when these bytes of it were taken; many sources bear no date."""
    published = max(records.dates(record, "published"), default="")
    taken = max(records.dates(record, "accessed"), default="")
    return escape(published) + (f" <small>taken {escape(taken)}</small>" if taken else "")


def _grade(frame: "pd.DataFrame") -> str:
    """Say how the rows of a table are graded, from 1 (do not use) to 5 (primary)."""
    if "quality" not in frame or frame["quality"].dtype.kind not in "if":
        return ""
    grades = frame["quality"].dropna()
    return f"{grades.median():.0f} ({grades.min():.0f} to {grades.max():.0f})" if len(grades) else ""


class Omitted(SphinxDirective):
    """`{omitted}`: the raw files that are at hand and in no table, by the reason for leaving them out."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Make one folded list a reason; nothing where there is no such list."""
        if not OMITTED.is_file():
            return [parts.paragraph("No raw file is listed.")]
        self.env.note_dependency(str(OMITTED))
        by_reason: dict[str, list[str]] = {}
        with OMITTED.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                by_reason.setdefault(row["reason"], []).append(row["file"])
        return [node for entry in _by_size(by_reason) for node in _reason(*entry)]


def _by_size(found: dict[str, list[str]]) -> Iterable[tuple[str, list[str]]]:
    return sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0]))


def _reason(reason: str, files: list[str]) -> list[Any]:
    word = "file" if len(files) == 1 else "files"
    listed = parts.bullets([nodes.literal("", file)] for file in sorted(files))
    return parts.folded(f"{escape(reason.rstrip('.'))} ({len(files)} {word})", listed)
