"""What the extension puts on a page: a chart's picture, its numbers, and a finding's card, each with its HTML."""

import json
from html import escape
from typing import Any

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from hedging.outputs import INVENTED
from hedging.press import pictures
from hedging.press.sphinx import rows
from hedging.press.sphinx.data import records

SIGNS = {"supported": "✓", "contested": "≈", "contradicted": "✗", "not testable with these data": "?"}
OUTCOMES = {"for": "✓", "against": "✗", "unclear": "≈", "too few": "?"}


class Chart(nodes.General, nodes.Element):
    """The drawing itself (attributes: spec, alt); its frame, number and caption are docutils' figure."""


class ChartNotes(nodes.General, nodes.Element):
    """Under the figure: data as a table, the CSV, the tables that it came from (attributes: spec, source, name)."""


class FindingCard(nodes.General, nodes.Element):
    """A claim and how it fared (attribute: finding)."""


def visit_chart(self: HTML5Translator, node: Chart) -> None:
    """Write the static picture, and the chart's data as a script that the loader asks for when it is in sight."""
    spec, name = node["spec"], pictures.digest(node["spec"])
    folder = self.builder.outdir / "_static" / "charts"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{name}.js").write_text(f'hedgingChart("{name}",{text});\n', encoding="utf-8")
    drawing = pictures.svg(spec)
    height = pictures.size(drawing)[1]
    self.body.append(
        f'<div class="chart" data-chart="{name}" role="img" aria-label="{escape(node["alt"])}" '
        f'style="--chart-height:{height}px">{drawing}</div>\n'
    )
    raise nodes.SkipNode


def visit_notes(self: HTML5Translator, node: ChartNotes) -> None:
    """Write what lies behind the chart."""
    spec, name = node["spec"], node["name"]
    head, body = rows.table(spec)
    data = (
        f'data-chart="{pictures.digest(spec)}" data-rows="{escape(rows.dataset(spec)[0])}" data-name="{escape(name)}"'
    )
    links = ", ".join(_table_link(self, table) for table in node["source"])
    source = f"Source: {links}. " if links else ""  # the catalogue draws the records, all of which it links
    self.body.append(
        f'<div class="chart-notes"><p>{source}<a href="#{name}">Permalink</a>'
        f'<button type="button" class="chart-csv" hidden {data}>Data (CSV)</button></p>\n'
    )
    if head:
        self.body.append(f"<details><summary>The numbers of this figure</summary>{_table(name, head, body)}</details>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def _table_link(self: HTML5Translator, table: str) -> str:
    """Lead to the page of a table, where its sources are; a book without pages on its data names it only."""
    if table == INVENTED:
        return "random numbers, drawn for this figure"
    page = records.page_of(table)
    if page not in self.builder.env.found_docs:
        return f"<code>{escape(table)}</code>"
    target = self.builder.get_relative_uri(self.builder.current_docname, page)
    return f'<a href="{target}"><code>{escape(table)}</code></a>'


def _table(name: str, head: list[str], body: list[list[str]]) -> str:
    more = f"<p>The first {rows.MOST} of {len(body)} rows.</p>" if len(body) > rows.MOST else ""
    return more + scrolling(f"Numbers of {name}", head, body[: rows.MOST])


def scrolling(label: str, head: list[str], body: list[list[str]], kind: str = "") -> str:
    """Return a table that scrolls by itself, not with the page, on a phone and by keyboard too; `kind`: its class."""
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>" for line in body)
    table = f"<table><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table>"
    classes = f"chart-table {kind}".strip()
    return f'<div class="{classes}" role="region" tabindex="0" aria-label="{escape(label)}">{table}</div>'


def visit_finding(self: HTML5Translator, node: FindingCard) -> None:
    """Write the card: what was said, what would have counted against it, how each test came out, and the word."""
    found: dict[str, Any] = node["finding"]
    verdict = str(found["verdict"])
    kind = verdict.split()[0]
    says = "".join(
        f"<dt>{word}</dt><dd>{escape(str(found[key]))}</dd>"
        for key, word in (("expects", "Expects"), ("fails_if", "Fails if"), ("reason", "Why this word"))
        if found.get(key)
    )
    claim = escape(str(found["claim"]))
    self.body.append(
        f'<div class="finding finding-{kind}" id="{node["ids"][0]}" role="group" aria-label="Finding on claim {claim}">'
        f'<p class="finding-head"><span class="finding-claim">Claim {claim}</span> '
        f'<span class="finding-verdict"><span aria-hidden="true">{SIGNS.get(verdict, "·")}</span> {escape(verdict)}'
        f'</span></p><p class="finding-says">{escape(str(found["says"]))}</p><dl>{says}</dl>{_tests(found)}</div>\n'
    )
    raise nodes.SkipNode


def _tests(found: dict[str, Any]) -> str:
    """List the tests, one a line: a table of the same numbers would not fit a phone, and the sentence holds them."""
    lines = [
        f'<li><span class="finding-outcome"><span aria-hidden="true">{OUTCOMES.get(test["outcome"], "·")}</span> '
        f"{escape(str(test['outcome']))}</span> {escape(str(test['statement']))}</li>"
        for test in found.get("tests") or []
    ]
    return f'<ul class="finding-tests">{"".join(lines)}</ul>' if lines else ""


def visit_nothing(self: Any, node: nodes.Element) -> None:
    """Leave out of formats that are not pages; figure and caption stay."""
    raise nodes.SkipNode
