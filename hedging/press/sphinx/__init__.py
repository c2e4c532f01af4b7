"""The book's Sphinx extension: numbered live charts, finding cards, MathML, the data catalogue, and the guard.

Nothing on a page asks another host for anything: the book reads the same from a server, a disk or an archive.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from hedging.press import pictures
from hedging.press.sphinx import citing, guard, lean, mathml, nodes, numbering
from hedging.press.sphinx.data import catalogue, dataset, downloads, provenance, records

LOG = logging.getLogger(__name__)
STATIC = Path(__file__).parent / "static"
ICON = (  # two discs that half cover each other; in the page itself, so that no browser asks for a favicon.ico
    '<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E'
    "%3Ccircle cx=%226%22 cy=%228%22 r=%225%22 fill=%22%23c53927%22/%3E%3Ccircle cx=%2210%22 cy=%228%22 r=%225%22 "
    'fill=%22%23cc7b1b%22 fill-opacity=%22.8%22/%3E%3C/svg%3E"/>'
)
_BALLAST = ("thebe", "require.min.js")  # scripts that other extensions add and this book never uses


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything; safe for parallel reading and writing."""
    skip = (nodes.visit_nothing, None)
    visits = ((nodes.Chart, nodes.visit_chart), (nodes.ChartNotes, nodes.visit_notes))
    for node, visit in (*visits, (nodes.FindingCard, nodes.visit_finding)):
        app.add_node(node, html=(visit, None), latex=skip, text=skip, man=skip, texinfo=skip)
    app.add_html_math_renderer("mathml", (mathml.visit_inline, None), (mathml.visit_block, None))
    app.add_directive("catalogue", catalogue.Catalogue)
    app.add_directive("omitted", catalogue.Omitted)
    app.add_directive("dataset", dataset.Dataset)
    app.add_directive("citation", citing.Citation)
    from hedging.press.sphinx import html, outside, references  # late: they load other extensions, `lean` in force

    lean.name_lexers(app)
    html.setup(app)
    numbering.setup(app)
    references.setup(app)
    outside.setup(app)
    app.connect("config-inited", _add_static)
    app.connect("builder-inited", lean.keep_templates)
    app.add_search_language(lean.Stems)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("env-check-consistency", _check_names)
    app.connect("html-page-context", _dress, priority=900)
    app.connect("build-finished", _finish)
    app.add_css_file("hedging.css")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _add_static(app: Sphinx, config: Any) -> None:
    config.html_static_path.append(str(STATIC))


def _figures(env: BuildEnvironment) -> dict[str, list[dict[str, Any]]]:
    if not hasattr(env, "hedging_figures"):
        env.hedging_figures = {}
    return env.hedging_figures


def _forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    _figures(env).pop(page, None)


def _merge(app: Sphinx, env: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    theirs = _figures(other)
    _figures(env).update({page: theirs[page] for page in pages if page in theirs})


def _check_names(app: Sphinx, env: BuildEnvironment) -> None:
    figures = _figures(env)
    for fault in (*guard.duplicate_figures(figures), *guard.undeclared_sources(figures, records.declared())):
        LOG.warning(fault, type="hedging", subtype="figure")


def _dress(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Give a page what it needs and no more: the loader where there are charts, its own citation."""
    if page in _figures(app.env):
        app.add_js_file("charts.js", defer="defer")
    meta = app.env.metadata.get(page, {})
    dataset = meta.get("dataset")
    if "catalogue" in meta:
        app.add_js_file("catalogue.js", defer="defer")
    if dataset:
        _offer_data(context, dataset)
    scripts = context.get("script_files", [])
    context["script_files"] = [one for one in scripts if not _is_ballast(one)]
    context["css_tag"] = _without_late_checksum(context["css_tag"])
    cited = citing.record()
    title = getattr(app.env.titles.get(page), "astext", str)()
    url = citing.address(cited, app.config.html_baseurl, app.builder.get_target_uri(page))
    about = provenance.described(records.named(dataset)) if dataset else None
    tags = citing.meta_tags(cited, title, url, about) if title else ""
    context["metatags"] = f"{context.get('metatags', '')}{ICON}\n{tags}"
    if "body" in context:  # docutils calls the references a list, yet their entries are no list items
        context["body"] = context["body"].replace(
            '<div role="list" class="citation-list">', '<div class="citation-list">'
        )


def _offer_data(context: dict[str, Any], name: str) -> None:
    """Let the button at the top of a table's page download the table: the page's own source is a line for machines."""
    for group in context.get("header_buttons", []):
        if group.get("label") == "download-buttons":
            pages = [one for one in group["buttons"] if one["type"] != "link"]
            group["buttons"] = [_file_button(context, f"{name}.{form}", form) for form in downloads.FORMS] + pages


def _file_button(context: dict[str, Any], file: str, form: str) -> dict[str, str]:
    url = context["pathto"](f"_static/{records.FOLDER}/{file}", 1)
    words = {"text": f".{form}", "tooltip": f"Download {file}", "label": f"download-{form}-button"}
    return {"type": "link", "url": url, "icon": "fas fa-table", **words}


def _without_late_checksum(css_tag: Callable[[Any], str]) -> Callable[[Any], str]:
    """MyST-NB's sheet, named by its hash, is written late: a first build would lack the checksum a second one has."""
    return lambda css: re.sub(r"(mystnb\.[0-9a-f]+\.css)\?v=\w+", r"\1", css_tag(css))


def _is_ballast(script: Any) -> bool:
    text = f"{getattr(script, 'filename', '')} {getattr(script, 'attributes', {}).get('body', '')}"
    return any(word in text for word in _BALLAST)


def _finish(app: Sphinx, fault: Exception | None) -> None:
    """Complete the site: Vega once, the tables, and nothing left of charts that no page shows any more."""
    if fault is not None or app.builder.name != "html":
        return
    static = Path(app.builder.outdir) / "_static"
    shown = {figure["chart"] for found in _figures(app.env).values() for figure in found}
    for path in (static / "charts").glob("*.js"):
        if path.stem not in shown:
            path.unlink()
    if shown and not (static / "vega.js").is_file():
        (static / "vega.js").write_text(pictures.bundle(), encoding="utf-8")
    if any("catalogue" in app.env.metadata.get(page, {}) for page in app.builder.due):
        downloads.publish(static.parent)
    if app.builder.new_site:
        _lighten(static)


def _lighten(static: Path) -> None:
    """Take out what no reader needs: maps for the theme's developers, and icons as script (they come as a font)."""
    for path in static.rglob("*.map"):
        path.unlink()
    icons = static / "scripts" / "fontawesome.js"
    if icons.is_file():
        icons.write_text("/* The icons of this site come from the font in vendor/fontawesome. */\n", encoding="utf-8")
