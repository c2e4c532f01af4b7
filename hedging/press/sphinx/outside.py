"""Which unchanged pages must be written again, because something of another page that they show has changed.

Sphinx leaves that to whoever builds: a title in the side bar, the number of a figure in another chapter, the year of
a citation would stay as they were, and a link whose goal has gone would never be told. Here each page has a mark made
of all that it shows of others; where the mark differs from that of the last build, the page is written again.
"""

from functools import cached_property
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.ext.glue.utils import PendingGlueReference
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.nodes import bibliography

from hedging.press.reach import file_sha, sha
from hedging.press.sphinx.facts import PageFacts, kept
from hedging.press.sphinx.html import Pages
from hedging.press.sphinx.references import described

MARKS = "hedging_marks"
LISTS = "hedging_lists"  # marks of the pages without a source
Fact = tuple[str, str]  # what kind of thing of another page is shown, and its name


class Shown(PageFacts):
    """Notes what each page shows of others: goals of links, citations, contents, values."""

    name = "hedging_shown"

    def read(self, env: BuildEnvironment, doctree: nodes.document) -> list[Fact]:
        """Look through a page for what only the whole book can fill."""
        found: set[Fact] = set()
        for node in doctree.findall():
            if isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "cite":
                found |= {("cite", one.key) for one in parse_citation_targets(node["reftarget"])}
            elif isinstance(node, addnodes.pending_xref):
                found.add(("link", str(node.get("reftarget"))))
            elif isinstance(node, bibliography):
                found.add(("list", env.docname))
            elif isinstance(node, addnodes.toctree) and not node.get("hidden"):
                found |= {("contents", str(page)) for _, page in node["entries"]}
            elif isinstance(node, PendingGlueReference):
                found.add(("value", node.refdoc))
        return sorted(found)


class Book:
    """What pages can show of others, as it is now."""

    def __init__(self, env: BuildEnvironment) -> None:
        self.env = env

    def marks(self) -> dict[str, str]:
        """Return the mark of every page."""
        shown = Shown.of(self.env)
        return {
            page: sha(repr((self.frame, [self.about(*fact) for fact in shown.get(page, [])])).encode())
            for page in self.env.all_docs
        }

    def of_lists(self) -> dict[str, str]:
        """Return the marks of the pages without a source: all show what is around every page, the index its words."""
        entries = sorted(self.env.domains["index"].entries.items())
        return {"search": self.frame, "genindex": sha(repr((self.frame, entries)).encode())}

    @cached_property
    def frame(self) -> str:
        """What is around every page: the order of the pages, their titles and numbers."""
        titles = [
            (page, [kind[page].pformat() for kind in (self.env.titles, self.env.longtitles) if page in kind])
            for page in sorted(self.env.all_docs)
        ]
        numbers = sorted((page, found.get("")) for page, found in self.env.toc_secnumbers.items())
        return sha(repr((sorted(self.env.toctree_includes.items()), titles, numbers)).encode())

    def about(self, kind: str, name: str) -> Any:
        """Return what is known about one thing that a page shows."""
        if kind == "cite":
            return self.citations.get(name)
        if kind == "list":
            return self.lists.get(name)
        if kind == "contents":
            return self.env.tocs[name].pformat() if name in self.env.tocs else None
        if kind == "value":
            return file_sha(Path(self.env.mystnb_config.output_folder) / f"{name}.glue.json")
        return self.goal(name)

    def goal(self, name: str) -> Any:
        """Return where links to a name lead, and what they may say: title, number of section, figure or formula."""
        standard, formulas = self.env.domains["std"], self.env.domains["math"]
        places = [table.get(word) for table in (standard.labels, standard.anonlabels) for word in {name, name.lower()}]
        numbers = [self._numbers(*place[:2]) for place in places if place]
        slugs = self.env.metadata[name].get("myst_slugs") if name in self.env.metadata else None
        others = [found for (_, word), found in standard.objects.items() if word == name]
        return places, numbers, formulas.equations.get(name), slugs, others

    def _numbers(self, page: str, anchor: str) -> Any:
        figures = [found.get(anchor) for found in self.env.toc_fignumbers.get(page, {}).values()]
        sections = self.env.toc_secnumbers.get(page, {})
        return figures, sections.get(f"#{anchor}"), sections.get("")

    @cached_property
    def citations(self) -> dict[str, list[str]]:
        """Map each key to what is cited under it: a place, a label, and all that its entry says."""
        found: dict[str, list[str]] = {}
        for one in self.env.domains["cite"].citations:
            place = (one.bibliography_key.docname, one.citation_id, one.formatted_entry.label)
            found.setdefault(one.key, []).append(repr((place, described(one.entry))))
        return found

    @cached_property
    def lists(self) -> dict[str, list[Any]]:
        """Map each page with a list of references to its entries, in their order."""
        found: dict[str, list[Any]] = {}
        for one in self.env.domains["cite"].citations:
            found.setdefault(one.bibliography_key.docname, []).append((one.key, self.citations[one.key]))
        return found


def stale(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name the pages whose mark has changed; called when all is read and numbered."""
    book = Book(env)
    if isinstance(app.builder, Pages):
        lists = book.of_lists()
        app.builder.same = lists.keys() - _changed(kept(env, LISTS), lists)
    return sorted(_changed(kept(env, MARKS), book.marks()))


def _changed(marks: dict[str, str], new: dict[str, str]) -> set[str]:
    """Put new marks in the place of the last build's; returns the pages whose mark differs."""
    found = {page for page, mark in new.items() if marks.get(page) != mark}
    marks.clear()
    marks.update(new)
    return found


def setup(app: Sphinx) -> None:
    """Note what pages show, and look for stale ones after Sphinx has numbered everything."""
    app.add_env_collector(Shown)
    app.connect("env-get-updated", stale, priority=900)
