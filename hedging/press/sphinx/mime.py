"""From a notebook's output to the page: a chart with its words becomes a numbered figure, a finding becomes a card."""

from typing import Any, ClassVar

from docutils import nodes as doc

from hedging.press.sphinx import nodes, pictures

CHART = "application/vnd.vegalite.v6+json"
FINDING = "application/vnd.hedging.finding+json"
WORDS = ("name", "caption", "alt", "source")


class BookMime:
    """Renders our two kinds of output; every other kind is MyST-NB's."""

    mime_priority_overrides: ClassVar = [("*", CHART, 1), ("*", FINDING, 1)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[doc.Element] | None:
        """Return the nodes of a chart or a finding, None for what is not ours."""
        if data.mime_type == CHART:
            return _chart(renderer, data)
        if data.mime_type == FINDING:
            return _finding(renderer, data)
        return None


def _chart(renderer: Any, data: Any) -> list[doc.Element]:
    words = data.output_metadata.get("hedging", {})
    lacking = [key for key in WORDS if not words.get(key)]
    if lacking:
        where = f"{renderer.source}, cell {data.cell_index}"
        remedy = "show it with hedging.charts.figure(chart, name, caption, alt, source)"
        message = f"a chart without {', '.join(lacking)}: {where}; {remedy}"
        renderer.logger.warning(message, subtype="hedging_figure", line=data.line)
        return []
    document = renderer.renderer.document
    name = doc.fully_normalize_name(words["name"])
    figure = doc.figure(names=[name], classes=["chart-figure"])
    figure.source, figure.line = document["source"], data.line
    figure += nodes.Chart(spec=data.content, alt=words["alt"])
    figure += _caption(renderer.renderer, words["caption"], data.line)
    document.note_explicit_target(figure, figure)
    _remember(document, name, data)
    return [figure, nodes.ChartNotes(spec=data.content, source=words["source"], name=name)]


def _caption(renderer: Any, text: str, line: int | None) -> doc.caption:
    """Parse the caption as Markdown: it may cite and emphasise."""
    holder = doc.Element()
    with renderer.current_node_context(holder):
        renderer.nested_render_text(text, line or 0)
    first = holder.children[0] if holder.children else doc.paragraph(text, text)
    caption = doc.caption(text, "", *first.children)
    caption.source, caption.line = renderer.document["source"], line
    return caption


def _remember(document: doc.document, name: str, data: Any) -> None:
    """Note the figure for the guard, which compares pages with notebooks."""
    env = document.settings.env
    book = getattr(env, "hedging_figures", None)
    if book is None:
        book = env.hedging_figures = {}
    place = {"name": name, "cell": data.cell_index, "chart": pictures.digest(data.content)}
    book.setdefault(env.docname, []).append(place)


def _finding(renderer: Any, data: Any) -> list[doc.Element]:
    document, found = renderer.renderer.document, data.content
    name = doc.fully_normalize_name(f"finding-{found['claim']}")
    if name in document.nameids:  # shown twice on a page: the first is the one to link to
        name = f"{name}-cell-{data.cell_index}-{data.output_index}"
    card = nodes.FindingCard(finding=found, names=[name])
    document.note_explicit_target(card, card)
    return [card]
