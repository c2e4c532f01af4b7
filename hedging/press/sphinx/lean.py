"""What a build of pages does not load or do twice: executing notebooks, scanning packages, compiling templates.

Measured on an edit of one page, where loading and looking around is most of the time.
"""

import functools
import gc
import importlib
import importlib.metadata
import json
import sys
from types import ModuleType
from typing import Any

import jinja2
import sphinx.application
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search.en import SearchEnglish

from hedging import paths
from hedging.errors import HedgingError

# MyST-NB would import a database and Jupyter's client for them; in this book the press runs the chapters.
EXECUTORS = {"cache": "NotebookClientCache", "direct": "NotebookClientDirect", "inline": "NotebookClientInline"}
OTHER_BUILDERS = ("sphinx.builders.epub3", "sphinx.builders.linkcheck")
DECLARED_SAFE = ("sphinx_external_toc", "sphinx_jupyterbook_latex", "sphinx_multitoc_numbering")


def prepare(many: bool = False) -> None:
    """Make ready the process in which Sphinx will run; called before any extension is imported.

    `many`: many pages will be read, whose trees must go again.
    """
    gc.disable()  # a build of few pages makes many objects and drops few before its end
    every = functools.cache(importlib.metadata.entry_points)  # pybtex asks thirty times, each time for all packages
    importlib.metadata.entry_points = lambda **wanted: every().select(**wanted)
    sphinx.application.builtin_extensions = tuple(
        name for name in sphinx.application.builtin_extensions if name not in OTHER_BUILDERS
    )
    for name, client in EXECUTORS.items():
        module = ModuleType(f"myst_nb.core.execute.{name}")
        setattr(module, client, _no_client)
        sys.modules.setdefault(module.__name__, module)
    _without_prompt()
    if many:
        gc.enable()
        gc.set_threshold(100_000, 20, 100)
    gc.freeze()  # one extension walks through all objects that the collector knows


def _without_prompt() -> None:
    """Import MyST-NB's glue, whose half for notebooks would load all of IPython, without that."""
    prompt = {"IPython": ModuleType("IPython"), "IPython.display": ModuleType("IPython.display")}
    prompt["IPython.display"].display = _no_client
    borrowed = {name: module for name, module in prompt.items() if name not in sys.modules}
    sys.modules.update(borrowed)
    importlib.import_module("myst_nb.ext.glue")
    for name in borrowed:
        del sys.modules[name]


def _no_client(*_: Any) -> None:
    remedy = 'keep execute_notebooks: "off" in _config.yml: hedging build runs the chapters'
    raise HedgingError("a page would be made by running its notebook", where="_config.yml", remedy=remedy)


def declare_safe(app: Sphinx) -> None:
    """Let pages be read and written side by side: these extensions act before or after that, but do not say so."""
    for name in DECLARED_SAFE:
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True
            app.extensions[name].parallel_write_safe = True


def keep_templates(app: Sphinx) -> None:
    """Keep compiled templates by the hash of their source (Jinja checks it), and write the index of words once."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        folder = paths.STATE / f"templates-{jinja2.__version__}"
        folder.mkdir(parents=True, exist_ok=True)
        app.builder.templates.environment.bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder))
        app.builder.indexer_format = WordIndex(app.builder.indexer_format)


class Stems(SearchEnglish):
    """Sphinx's English, which works out the stem of each word once: most words stand on many pages."""

    def init(self, options: dict[str, str]) -> None:
        """Remember stems for the length of a build."""
        super().init(options)
        self.stem = functools.cache(super().stem)


class WordIndex:
    """Sphinx's index of words without those that no page holds any more.

    Sphinx keeps them, so that a rebuilt site would differ from a new one.
    """

    def __init__(self, format: Any) -> None:
        self.format = format

    def load(self, file: Any) -> Any:
        """Read an index."""
        return self.format.load(file)

    def dump(self, data: dict[str, Any], file: Any) -> None:
        """Write an index."""
        for kind in ("terms", "titleterms"):
            data[kind] = {word: pages for word, pages in data[kind].items() if pages != []}
        file.write(f"{self.format.PREFIX}{json.dumps(data, sort_keys=True)}{self.format.SUFFIX}")
