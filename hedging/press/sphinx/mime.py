"""From a notebook's output to the page: a chart with its words becomes a numbered figure, a finding becomes a card."""

from typing import Any, ClassVar

from docutils import nodes as doc

from hedging.outputs import CHART
from hedging.press import pictures
from hedging.press.sphinx import nodes

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
    caption = _caption(renderer.renderer, words["caption"], data.line)
    return figure(renderer.renderer.document, data.content, words, caption, data.line, cell=data.cell_index)


def figure(
    document: doc.document, spec: dict[str, Any], words: dict[str, Any], caption: doc.caption, line: int, cell: int = 0
) -> list[doc.Element]:
    """Return a numbered figure and its notes, and note it for the guard; `words` as `charts.figure` leaves them."""
    name = doc.fully_normalize_name(words["name"])
    framed = doc.figure(names=[name], classes=["chart-figure"])
    framed.source, framed.line = document["source"], line
    framed += [nodes.Chart(spec=spec, alt=words["alt"]), caption]
    document.note_explicit_target(framed, framed)
    _remember(document, {"name": name, "cell": cell, "chart": pictures.digest(spec), "source": words["source"]})
    return [framed, nodes.ChartNotes(spec=spec, source=words["source"], name=name)]


def _caption(renderer: Any, text: str, line: int | None) -> doc.caption:
    """Parse the caption as Markdown: it may cite and emphasise."""
    holder = doc.Element()
    with renderer.current_node_context(holder):
        renderer.nested_render_text(text, line or 0)
    first = holder.children[0] if holder.children else doc.paragraph(text, text)
    caption = doc.caption(text, "", *first.children)
    caption.source, caption.line = renderer.document["source"], line
    return caption


def _remember(document: doc.document, place: dict[str, Any]) -> None:
    """Note the figure for the guard, which compares pages with notebooks and sources with what a chapter may read."""
    env = document.settings.env
    book = getattr(env, "hedging_figures", None)
    if book is None:
        book = env.hedging_figures = {}
    book.setdefault(env.docname, []).append(place)


def _finding(renderer: Any, data: Any) -> list[doc.Element]:
    document, found = renderer.renderer.document, data.content
    name = doc.fully_normalize_name(f"finding-{found['claim']}")
    if name in document.nameids:  # shown twice on a page: the first is the one to link to
        name = f"{name}-cell-{data.cell_index}-{data.output_index}"
    card = nodes.FindingCard(finding=found, names=[name])
    document.note_explicit_target(card, card)
    return [card]
