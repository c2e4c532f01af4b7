"""Green must not mean empty: pages, figures and charts of the built site are counted against what was meant."""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from hedging.outputs import CHART, INVENTED

_FIGURE = re.compile(r'<figure[^>]*\bid="([^"]+)"')


def duplicate_figures(figures: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """Find names of figures that two places of the book claim: a citation of one would lead to the other."""
    places = defaultdict(list)
    for page, found in sorted(figures.items()):
        for figure in found:
            places[figure["name"]].append(f"{page}, cell {figure['cell']}")
    for name, where in sorted(places.items()):
        if len(where) > 1:
            yield f"two figures are named {name}: {'; '.join(where)}"


def undeclared_sources(figures: dict[str, list[dict[str, Any]]], declared: dict[str, Iterable[str]]) -> Iterator[str]:
    """Find figures that name a table which their chapter may not read: the link under them would lead astray."""
    for page, found in sorted(figures.items()):
        for figure in found:
            for table in figure["source"]:
                if page in declared and table not in (*declared[page], INVENTED):
                    remedy = "name the tables that it draws, or declare this one in chapters.yml"
                    what = f"{figure['name']} names {table} as a source, which its chapter did not declare"
                    yield f"{page}: {what}; {remedy}"


def faults(site: Path, pages: dict[str, Path], written: Collection[str]) -> Iterator[str]:
    """Find pages that were meant (docname to source) and are not there, or that lack a figure of their notebook.

    The content of the pages in `written` is looked at; that of the others was, when they were written.
    """
    for page, source in sorted(pages.items()):
        html = site / f"{page}.html"
        if not html.is_file():
            yield f"page {page} of _toc.yml is not in the site"
        elif page in written:
            shown = [name for name in _FIGURE.findall(html.read_text(encoding="utf-8")) if name.startswith("fig-")]
            yield from _faults_of(source, shown)


def _faults_of(source: Path, shown: list[str]) -> Iterator[str]:
    cells = json.loads(source.read_bytes())["cells"] if source.suffix == ".ipynb" else []
    for number, cell in enumerate(cells):
        yield from (f"{source.name}, cell {number} {what}" for what in unsound(cell))
    meant = list(figure_names(cells))
    for name in meant:
        if name not in shown:
            yield f"figure {name} of {source.name} is not on its page"
    if cells and len(meant) != len(shown):
        yield f"{source.name} shows {len(meant)} charts, its page {len(shown)} figures"


def figure_names(cells: list[dict[str, Any]]) -> Iterator[str]:
    """Read the names of the charts that the cells of an executed notebook show."""
    for number, cell in enumerate(cells):
        for output in cell.get("outputs", []):
            if CHART in output.get("data", {}):
                words = output.get("metadata", {}).get("hedging", {})
                yield words.get("name", f"(no name, cell {number})")


def unsound(cell: dict[str, Any]) -> Iterator[str]:
    """Say if a cell raised or was never run: a page of such a notebook shows nothing, or an error as result."""
    if cell["cell_type"] != "code":
        return
    if "".join(cell["source"]).strip() and cell.get("execution_count") is None:
        yield "was never run"
    for output in cell.get("outputs", []):
        if output["output_type"] == "error":
            yield f"raised {output['ename']}: {output['evalue']}"


def pages_of(toc: dict[str, Any], book: Path) -> list[str]:
    """List the pages that a table of contents names, in its order; a `glob` stands for the sources that fit it."""
    found = [toc["root"]] if "root" in toc else []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if "file" in node:
                found.append(str(node["file"]))
            if "glob" in node:
                found.extend(sorted(path.relative_to(book).as_posix() for path in book.glob(f"{node['glob']}.*")))
            for key in ("parts", "chapters", "sections", "subtrees", "entries"):
                walk(node.get(key))
        elif isinstance(node, list):
            for one in node:
                walk(one)

    walk(toc)
    return [re.sub(r"\.(md|ipynb|rst)$", "", name) for name in found]
