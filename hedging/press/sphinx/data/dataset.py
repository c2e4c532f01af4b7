"""One page a table: what it holds, how far it reaches, its columns, sources and faults, how to load and cite it."""

import csv
import io
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from hedging.press.sphinx import citing
from hedging.press.sphinx.data import downloads, parts, provenance, records
from hedging.press.sphinx.data.records import Record
from hedging.press.sphinx.nodes import scrolling

if TYPE_CHECKING:  # pandas is imported late: a change of prose does not need it
    import pandas as pd

SAMPLE = 12  # rows shown of a table
PLAIN = ("calendar year", "no unit")  # the record says so of a number that measures nothing
LONGEST = 72  # characters shown of a cell
LABELS = {"csv": "CSV", "parquet": "Parquet", "schema.json": "JSON Schema"}


class Dataset(SphinxDirective):
    """`{dataset} name`: the whole page of one table, below its title."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """Make the sections; a table without a record is an error that names the nearest one."""
        name = self.arguments[0]
        record = records.named(name, f"{self.env.docname}, dataset")
        self.env.metadata[self.env.docname]["dataset"] = name
        from hedging.press.sphinx.data import coverage, strips

        frame = coverage.frame(record)
        counts = coverage.by_year(record, frame)
        return [
            self._target(name),
            *self._opening(record),
            *self._section("Coverage", _coverage(record, counts, strips.figure)),
            *self._section("A look at the rows", [parts.html(_sample(record, frame))]),
            *self._section("Columns", [_columns(record)]),
            *self._section("Known defects", parts.bullets(provenance.linked(x) for x in record.get("defects", []))),
            *self._section("Corrections", _corrections(record)),
            *self._section("Sources", provenance.sources(record)),
            *self._section("Used in", self._used(name)),
            *self._section("Load and trace", _commands(record, frame)),
            *self._section("Cite", self._citation(record)),
        ]

    def _target(self, name: str) -> nodes.target:
        """Return what chapters refer to: a reference to `table-<name>` leads to this page."""
        label = records.anchor(name)
        target = nodes.target("", "", ids=[label], names=[label])
        self.state.document.note_explicit_target(target, target)
        return target

    def _section(self, title: str, content: list[nodes.Node]) -> list[nodes.Node]:
        """Return a section with an id of its own, or nothing where there is nothing to say."""
        if not content:
            return []
        section = nodes.section(ids=[nodes.make_id(title)], names=[nodes.fully_normalize_name(title)])
        section.source, section.line = self.get_source_info()
        self.state.document.note_implicit_target(section, section)
        section += nodes.title("", title)
        section += content
        return [section]

    def _opening(self, record: Record) -> list[nodes.Node]:
        root = "../" * self.env.docname.count("/") + f"_static/{records.FOLDER}/"
        files = [
            parts.link(LABELS[kind], root + file, "download-file") for kind, file in downloads.names(record).items()
        ]
        files.append(parts.link("all records", root + records.PACKAGE, "download-file"))
        spaced = [node for file in files for node in (file, nodes.Text(" "))]
        return [
            parts.paragraph(provenance.linked(record["description"]), "lead"),
            parts.paragraph(spaced[:-1], "downloads"),
            parts.facts(_facts(record)),
        ]

    def _used(self, name: str) -> list[nodes.Node]:
        found = self.env.found_docs
        depth = "../" * self.env.docname.count("/")
        shown = [
            [parts.link(title, f"{depth}{page}.html") if page in found else nodes.Text(title)]
            for page, title in records.readers(name)
        ]
        return parts.bullets(shown) or [parts.paragraph("No chapter draws on this table yet.")]

    def _citation(self, record: Record) -> list[nodes.Node]:
        page = records.page_of(record["name"])
        url = citing.address(citing.record(), self.env.config.html_baseurl, f"{page}.html")
        text = provenance.bibtex(record, url)
        return [
            nodes.block_quote("", parts.paragraph(provenance.linked(provenance.citation(record, url)))),
            *parts.folded("BibTeX", [nodes.literal_block(text, text, language="bibtex")]),
        ]


def _commands(record: Record, frame: "pd.DataFrame") -> list[nodes.Node]:
    name, place = record["name"], _place(record, frame)
    first = next(iter(record.get("variants") or ()), "")
    chosen = f', variant="{first}"' if first else ""
    load = f'from hedging import tables\n\nrows = tables.load("{name}"{chosen})'
    trace = f"$ hedging trace {name}{place}\n$ hedging ingest {name}"
    told = ((load, "python"), (trace, "console"))
    return [nodes.literal_block(text, text, language=language) for text, language in told]


def _place(record: Record, frame: "pd.DataFrame") -> str:
    """Return year and country of a row in the middle of the table, so that the example has an answer."""
    from hedging.tables import codes

    row = frame.iloc[len(frame) // 2]
    column = (record.get("coverage") or {}).get("column")
    if not column or frame[column].isna().iloc[len(frame) // 2]:
        return ""
    named = [str(row[field["name"]]) for field in record["schema"]["fields"] if field.get("codes") == "iso3"]
    found = [cell for cell in named if cell in codes.known("iso3")]
    return " ".join((f" {str(row[column])[:4]}", *found[:1]))


def _facts(record: Record) -> dict[str, parts.Inline | None]:
    return {
        "Name in the code": [nodes.literal("", record["name"])],
        "One value counts": provenance.linked(record.get("measures", "")),
        "One row is": "one " + " × ".join(record["schema"].get("primaryKey", [])),
        "Rows": f"{record.get('rows', 0):,}",
        "Covers": records.period(record),
        "Variants": ", ".join(record.get("variants") or []) + _warning(record),
        "An empty cell": provenance.linked(record.get("missing", "")),
        "How a row came to be": provenance.linked(record.get("method", "")),
        "Made from": provenance.made_from(record),
        "Vintage of the sources": ", ".join(records.dates(record, "published")),
        "Taken on": ", ".join(records.dates(record, "accessed")),
        "What may be shared": record.get("may_publish"),
        "SHA-256": [nodes.literal("", records.sha256(record))],
    }


def _warning(record: Record) -> str:
    return ". They count different things: choose one, never join two" if record.get("variants") else ""


def _coverage(record: Record, counts: "pd.DataFrame", draw: Any) -> list[nodes.Node]:
    if counts.empty:
        why = record.get("undated")
        return [parts.paragraph("The rows of this table belong to no year" + (f": {why}." if why else "."))]
    return [parts.html(draw(counts, record["title"]))]


def _sample(record: Record, frame: "pd.DataFrame") -> str:
    """Return rows spread evenly from the first to the last, with the cells as the file writes them."""
    from hedging.tables import form

    count = min(SAMPLE, len(frame))
    places = [round(i * (len(frame) - 1) / max(1, count - 1)) for i in range(count)]
    head, *body = csv.reader(io.StringIO(form.csv_bytes(frame.iloc[places]).decode()))
    shown = [[_shortened(cell) for cell in line] for line in body]
    all_of = count == len(frame)
    told = f"All {count} rows." if all_of else f"{count} of {len(frame):,} rows, evenly spaced from first to last."
    return f'<p>{told} An empty cell is shown as "–".</p>' + scrolling(f"Rows of {record['name']}", head, shown)


def _shortened(cell: str) -> str:
    return "–" if cell == "" else cell if len(cell) <= LONGEST else cell[: LONGEST - 1].rstrip() + "…"


def _corrections(record: Record) -> list[nodes.Node]:
    rows = [provenance.correction(entry) for entry in record.get("corrections", [])]
    return [parts.table(("What was changed", "Rows", "Why"), rows, (45, 10, 45), "columns")] if rows else []


def _columns(record: Record) -> nodes.Node:
    """Return the columns as HTML: as docutils' nodes they would be two thirds of all that eighty pages consist of."""
    rows = [
        [field["name"], _kind(field), _allowed(field), field.get("description", "")]
        for field in record["schema"]["fields"]
    ]
    head = ["Column", "Type and unit", "Allowed", "Meaning"]
    return parts.html(scrolling(f"Columns of {record['name']}", head, rows, "columns"))


def _kind(field: dict[str, Any]) -> str:
    empty = "" if field.get("constraints", {}).get("required") else "may be empty"
    unit = "" if field.get("unit") in PLAIN else field.get("unit", "")
    return ", ".join(word for word in (field.get("type", ""), unit, empty) if word)


def _allowed(field: dict[str, Any]) -> str:
    rules = field.get("constraints", {})
    if "codes" in field:
        return ", or ".join(
            [f"a code of {field['codes']}", *([", ".join(field["groups"])] if "groups" in field else [])]
        )
    if "enum" in rules:
        return ", ".join(map(str, rules["enum"]))
    low, high = rules.get("minimum"), rules.get("maximum")
    if low is not None or high is not None:
        return (
            f"{low} to {high}" if None not in (low, high) else f"{low} or more" if high is None else f"{high} or less"
        )
    return f"text of the form {rules['pattern']}" if "pattern" in rules else ""
