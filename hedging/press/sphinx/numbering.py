"""The numbers of figures, from facts noted when a page is read: Sphinx would load the tree of every page each time."""

from types import SimpleNamespace
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.util import url_re

from hedging.press.sphinx.facts import PageFacts

Fact = tuple[tuple[str, ...], str, str]  # anchors of the sections around it, kind of thing, its id or page
PAGE = ""  # the kind of an entry of a table of contents
SPHINXS = TocTreeCollector.assign_figure_numbers  # what ours must agree with


class NumberedThings(PageFacts):
    """Notes, for each page, its numbered things and the pages below it, in their order."""

    name = "hedging_numbered"

    def read(self, env: BuildEnvironment, doctree: nodes.document) -> list[Fact]:
        """Walk the page once, as Sphinx does for every page in every build."""
        found: list[Fact] = []
        _walk(env, doctree, (), found)
        return found


def _walk(env: BuildEnvironment, tree: nodes.Element, around: tuple[str, ...], found: list[Fact]) -> None:
    for node in tree.children:
        if isinstance(node, nodes.section):
            _walk(env, node, (*around, "#" + node["ids"][0]), found)
        elif isinstance(node, addnodes.toctree):
            found += [(around, PAGE, page) for _, page in node["entries"] if page != "self" and not url_re.match(page)]
        elif isinstance(node, nodes.Element):
            kind = _kind(env, node)
            if kind and node["ids"]:
                found.append((around, kind, node["ids"][0]))
            _walk(env, node, around, found)


def _kind(env: BuildEnvironment, node: nodes.Element) -> str | None:
    for domain in env.domains.values():
        kind = domain.get_enumerable_node_type(node)
        if kind and (domain.name != "std" or domain.get_numfig_title(node)):  # without a caption it has no number
            return kind
    return None


def assign_figure_numbers(self: TocTreeCollector, env: BuildEnvironment) -> list[str]:
    """Number figures in the order of the book; returns the pages whose numbers have changed."""
    old, env.toc_fignumbers = env.toc_fignumbers, {}
    if not env.config.numfig:
        return []
    _Numbering(env).page(env.config.root_doc, ())
    return [page for page, numbers in env.toc_fignumbers.items() if numbers != old.get(page)]


class _Numbering:
    def __init__(self, env: BuildEnvironment) -> None:
        self.env, self.seen = env, set(env.domains["std"]._virtual_doc_names)
        self.counts: dict[tuple[str, tuple[Any, ...]], int] = {}

    def page(self, page: str, number: tuple[Any, ...]) -> None:
        if page in self.seen:
            return
        self.seen.add(page)
        for around, kind, name in NumberedThings.of(self.env).get(page, []):
            section = self.section(page, around) or number
            if kind == PAGE:
                self.page(name, section)
            else:
                section = section[: self.env.config.numfig_secnum_depth]
                self.counts[kind, section] = self.counts.get((kind, section), 0) + 1
                numbers = self.env.toc_fignumbers.setdefault(page, {}).setdefault(kind, {})
                numbers[name] = (*section, self.counts[kind, section])

    def section(self, page: str, around: tuple[str, ...]) -> tuple[Any, ...]:
        """Return the number of the innermost section that has one."""
        numbers = self.env.toc_secnumbers.get(page, {})
        found = (numbers[anchor] if anchor in numbers else numbers.get("") for anchor in reversed(around))
        return next((number for number in found if number), ())


class Goals(PageFacts):
    """Notes, for each page, its numbered things as bare nodes: what a reference by number must see of them."""

    name = "hedging_goals"

    def read(self, env: BuildEnvironment, doctree: nodes.document) -> dict[str, nodes.Element]:
        """Copy each thing with its caption and without the rest."""
        found = {}
        for node in doctree.findall(nodes.Element):
            if node["ids"] and _kind(env, node):
                bare = node.copy()
                bare += [child.deepcopy() for child in node.children if isinstance(child, (nodes.caption, nodes.title))]
                for kept in bare.findall():
                    kept.document = None  # the whole page would be kept along
                found |= dict.fromkeys(node["ids"], bare)
        return found


class Near:
    """The environment, as a reference by number sees it: it would load the whole page of its goal for one node."""

    def __init__(self, env: BuildEnvironment, goal: str) -> None:
        self._env, self._goal = env, goal

    def __getattr__(self, name: str) -> Any:
        return getattr(self._env, name)

    def get_doctree(self, page: str) -> Any:
        """Return what stands for a page; the page itself if the goal is not among the numbered things."""
        goals = Goals.of(self._env).get(page, {})
        return SimpleNamespace(ids=goals) if self._goal in goals else self._env.get_doctree(page)


class Standard(StandardDomain):
    """Sphinx's standard domain, with references by number that load no page."""

    def _resolve_numref_xref(self, env: BuildEnvironment, *rest: Any) -> Any:
        target = rest[3]
        place = self.labels.get(target) or self.anonlabels.get(target) or ("", "")
        return super()._resolve_numref_xref(Near(env, place[1]), *rest)


def setup(app: Sphinx) -> None:
    """Put our numbering in the place of Sphinx's."""
    app.add_env_collector(NumberedThings)
    app.add_env_collector(Goals)
    app.add_domain(Standard, override=True)
    TocTreeCollector.assign_figure_numbers = assign_figure_numbers
