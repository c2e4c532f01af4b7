"""The pages on the data, made from the tables' records: what a row is, its units, its sources and its faults."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from hedging import paths

PACKAGE = "datapackage.json"


def resources() -> list[dict[str, Any]]:
    """Return the records of all tables in the order of their names."""
    found = json.loads((paths.DATA / PACKAGE).read_text(encoding="utf-8"))["resources"]
    return sorted(found, key=lambda record: record["name"])


class Catalogue(SphinxDirective):
    """`{catalogue}`: a section for each table of the book, with the anchor `table-<name>`."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Make the sections; the page is made anew when a record changes."""
        self.env.note_dependency(str(paths.DATA / PACKAGE))
        self.env.metadata[self.env.docname]["catalogue"] = "yes"
        root = "../" * self.env.docname.count("/")
        link = nodes.reference("", "the data package", refuri=f"{root}_static/data/{PACKAGE}", classes=["download"])
        machines = nodes.paragraph(
            "", "", nodes.Text("For machines, "), link, nodes.Text(" describes the same tables.")
        )
        return [machines, *(self._section(record, root) for record in resources())]

    def _section(self, record: dict[str, Any], root: str) -> nodes.section:
        name = f"table-{record['name']}"
        section = nodes.section(ids=[nodes.make_id(name)], names=[nodes.fully_normalize_name(name)])
        section.source, section.line = self.get_source_info()
        self.state.document.note_explicit_target(section, section)
        section += nodes.title("", "", nodes.Text(record["title"]))
        section += nodes.paragraph("", record["description"])
        section += _facts(record, root)
        section += _listing("Known defects", record.get("defects", []))
        section += _folded("Sources", _items(_source(one) for one in record.get("sources", [])))
        section += _folded("Corrections", _items(_correction(one) for one in record.get("corrections", [])))
        section += _folded("Columns", [_columns(record)])
        return section


def _facts(record: dict[str, Any], root: str) -> nodes.Node:
    cover = record.get("coverage") or {}
    link = nodes.reference("", record["path"], refuri=f"{root}_static/data/{record['path']}", classes=["download"])
    facts = {
        "Name in the code": nodes.literal("", record["name"]),
        "Download": link,
        "Rows": nodes.Text(f"{record['rows']:,}") if "rows" in record else None,
        "Covers": nodes.Text(f"{cover['first']} to {cover['last']}") if cover else None,
        "One row is": nodes.Text(", ".join(record.get("schema", {}).get("primaryKey", []))),
        "An empty cell means": nodes.Text(record.get("missing", "")),
        "Terms": nodes.Text(record.get("may_publish", "")),
        "SHA-256": nodes.literal("", record["hash"].removeprefix("sha256:")) if "hash" in record else None,
    }
    entries = nodes.definition_list(classes=["facts"])
    for word, value in facts.items():
        if value is not None and value.astext():
            term = nodes.term("", word)
            entries += nodes.definition_list_item("", term, nodes.definition("", nodes.paragraph("", "", value)))
    return entries


def _listing(title: str, lines: Iterable[str | list[nodes.Node]]) -> list[nodes.Node]:
    items = _items(lines)
    return [nodes.paragraph("", "", nodes.strong("", title)), *items] if items else []


def _items(lines: Iterable[str | list[nodes.Node]]) -> list[nodes.Node]:
    items = [nodes.list_item("", nodes.paragraph("", "", *_inline(line))) for line in lines]
    return [nodes.bullet_list("", *items)] if items else []


def _folded(title: str, content: list[nodes.Node]) -> list[nodes.Node]:
    """Fold what few readers need at once: thirty tables in full make a page that nobody scrolls through."""
    if not content:
        return []
    opening = nodes.raw("", f'<details class="folded"><summary>{title}</summary>', format="html")
    return [opening, *content, nodes.raw("", "</details>", format="html")]


def _inline(line: str | list[nodes.Node]) -> list[nodes.Node]:
    return [nodes.Text(line)] if isinstance(line, str) else line


def _source(source: dict[str, Any]) -> list[nodes.Node]:
    title, url = source.get("title", ""), source.get("path") or source.get("url")
    name = nodes.reference("", title, refuri=url) if str(url).startswith("http") else nodes.Text(title)
    licence = source.get("licence") or source.get("license")
    rest = [source.get("citation"), licence and f"Licence: {licence}"]
    return [name, nodes.Text("".join(f". {text.rstrip('.')}" for text in rest if text) + ".")]


def _correction(correction: dict[str, Any]) -> str:
    rows = correction.get("rows")
    touched = "" if rows is None else f" ({rows:,} {'row' if rows == 1 else 'rows'})"
    return f"{correction.get('what', '').rstrip('.')}{touched}: {correction.get('why', '')}"


def _columns(record: dict[str, Any]) -> nodes.Node:
    """Return the table of columns; it may be wider than a phone, so it can be scrolled by itself."""
    fields = record.get("schema", {}).get("fields", [])
    table = nodes.table(classes=["columns"])
    group = nodes.tgroup(cols=3)
    group += [nodes.colspec(colwidth=width) for width in (20, 20, 60)]
    group += nodes.thead("", _row(["Column", "Type and unit", "Meaning"]))
    group += nodes.tbody("", *(_row([field["name"], _kind(field), field.get("description", "")]) for field in fields))
    table += group
    return table


def _row(cells: list[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", cell)) for cell in cells))


def _kind(field: dict[str, Any]) -> str:
    rules = field.get("constraints", {})
    words = [field.get("type", ""), field.get("unit", ""), "" if rules.get("required") else "may be empty"]
    allowed = rules.get("enum")
    words.append(f"one of {', '.join(map(str, allowed))}" if allowed and len(allowed) <= 8 else "")
    return ", ".join(word for word in words if word)


def copy_tables(site: Path) -> None:
    """Put the tables beside the pages, so that a copy of the site holds its data too."""
    target = site / "_static" / "data"
    target.mkdir(parents=True, exist_ok=True)
    wanted = {record["path"]: paths.DATA / record["path"] for record in resources()} | {PACKAGE: paths.DATA / PACKAGE}
    for stale in {path.name for path in target.iterdir()} - wanted.keys():
        (target / stale).unlink()
    for name, source in wanted.items():
        content = source.read_bytes()
        if not (target / name).is_file() or (target / name).read_bytes() != content:
            (target / name).write_bytes(content)
