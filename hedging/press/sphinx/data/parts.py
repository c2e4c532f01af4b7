"""Small pieces of the data pages as docutils nodes: lists of facts, bullets, tables, links, what is folded away."""

from collections.abc import Iterable, Mapping, Sequence

from docutils import nodes

Inline = str | Sequence[nodes.Node]


def inline(line: Inline) -> list[nodes.Node]:
    """Turn text, or nodes, into nodes."""
    return [nodes.Text(line)] if isinstance(line, str) else list(line)


def paragraph(line: Inline, *classes: str) -> nodes.paragraph:
    """Return a paragraph of text or of inline nodes."""
    return nodes.paragraph("", "", *inline(line), classes=list(classes))


def link(text: str, target: str, *classes: str, code: bool = False) -> nodes.reference:
    """Return a link to an address, inside or outside of the book."""
    shown = [nodes.literal("", text)] if code else [nodes.Text(text)]
    return nodes.reference("", "", *shown, refuri=target, classes=list(classes))


def facts(entries: Mapping[str, Inline | None]) -> nodes.definition_list:
    """Return a list of words and what they stand for; entries without content are left out."""
    found = nodes.definition_list(classes=["facts"])
    for word, content in entries.items():
        if content:
            body = nodes.definition("", paragraph(content))
            found += nodes.definition_list_item("", nodes.term("", word), body)
    return found


def bullets(lines: Iterable[Inline]) -> list[nodes.Node]:
    """Return a list with one item a line; nothing if there are none."""
    items = [nodes.list_item("", paragraph(line)) for line in lines]
    return [nodes.bullet_list("", *items)] if items else []


def folded(title: str, content: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Fold away what few readers need at once."""
    opening = nodes.raw("", f'<details class="folded"><summary>{title}</summary>', format="html")
    return [opening, *content, nodes.raw("", "</details>", format="html")] if content else []


def table(head: Sequence[str], body: Iterable[Sequence[Inline]], widths: Sequence[int], *classes: str) -> nodes.table:
    """Return a table whose cells are text or inline nodes; Sphinx lets it scroll by itself."""
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=width) for width in widths]
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *(_row(cells) for cells in body))
    return nodes.table("", group, classes=list(classes))


def _row(cells: Sequence[Inline]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", paragraph(cell)) for cell in cells))


def html(text: str) -> nodes.raw:
    """Return HTML as it is."""
    return nodes.raw("", text, format="html")
