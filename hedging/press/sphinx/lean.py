"""What a build of pages does not load or do twice: executing notebooks, scanning packages, compiling templates.

Measured on an edit of one page, where loading and looking around is most of the time.
"""

import functools
import gc
import importlib
import importlib.metadata
import json
import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any

import jinja2
import sphinx.application
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search.en import SearchEnglish

from hedging import paths
from hedging.errors import HedgingError

# Execution (a database, Jupyter's client), a prompt (IPython) and the network (requests) would be loaded by extensions
# that need them only for what this book never does: the press runs the chapters, and no page asks another host.
ABSENT = {
    "IPython": (), "IPython.display": ("display",), "IPython.lib": (),
    "IPython.lib.lexers": ("IPythonTracebackLexer",),
    "myst_nb.core.execute.cache": ("NotebookClientCache",),
    "myst_nb.core.execute.direct": ("NotebookClientDirect",),
    "myst_nb.core.execute.inline": ("NotebookClientInline",),
    "requests": ("Response", "Session"), "requests.exceptions": ("ConnectionError", "HTTPError", "RetryError"),
    "urllib3": (), "urllib3.exceptions": ("InsecureRequestWarning",),
    "chardet": ("detect",), "soupsieve": (),
    "fastjsonschema": ("JsonSchemaException",),
    "jsonschema": ("Draft4Validator",), "jsonschema.exceptions": ("ErrorTree", "ValidationError"),
}  # fmt: skip
WITHOUT_THEM = ("myst_nb.sphinx_ext", "myst_nb.core.lexers", "sphinx.ext.intersphinx", "pydata_sphinx_theme")
# Builders of other formats, and the domains of other languages.
OTHER = {
    *(f"sphinx.builders.{name}" for name in ("changes", "epub3", "linkcheck", "manpage", "texinfo", "xml")),
    *(f"sphinx.domains.{name}" for name in ("c", "cpp", "javascript", "rst")),
}
DECLARED_SAFE = ("sphinx_external_toc", "sphinx_jupyterbook_latex", "sphinx_multitoc_numbering")


def prepare(many: bool = False) -> None:
    """Make ready the process in which Sphinx will run; called before any extension is imported.

    `many`: many pages will be read, whose trees must go again.
    """
    gc.disable()  # a build of few pages makes many objects and drops few before its end
    every = functools.cache(importlib.metadata.entry_points)  # pybtex asks thirty times, each time for all packages
    importlib.metadata.entry_points = lambda **wanted: every().select(**wanted)
    builtin = sphinx.application.builtin_extensions
    sphinx.application.builtin_extensions = tuple(name for name in builtin if name not in OTHER)
    _import_without()
    if many:
        gc.enable()
        gc.set_threshold(100_000, 20, 100)
    gc.freeze()  # one extension walks through all objects that the collector knows


def _import_without() -> None:
    """Import extensions while stand-ins take the place of what they would load; what is loaded already stays."""
    others = _take_nbformat()
    borrowed = {name: _stand_in(name, words) for name, words in ABSENT.items() if name not in sys.modules}
    sys.modules.update(borrowed)
    for name in WITHOUT_THEM:
        importlib.import_module(name)
    for name in borrowed:
        del sys.modules[name]
    if "soupsieve" not in sys.modules:
        importlib.import_module("bs4.css").soupsieve = importlib.import_module("hedging.press.sphinx.selectors")
    if ours := _take_nbformat().get("nbformat"):
        _trust(ours)
    sys.modules.update(others)


def _take_nbformat() -> dict[str, ModuleType]:
    """Take nbformat out of this process: the extensions get one of their own, whoever runs notebooks the usual one."""
    return {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] == "nbformat"}


def _trust(nbformat: ModuleType) -> None:
    """Let the extensions read and write notebooks as they are: the press has made them, and the guard looks at them.

    What pages keep of them are plain dicts: a tree of such nodes could only be loaded with this nbformat.
    """
    nbformat.reads = lambda text, as_version: nbformat.v4.reads(text)
    nbformat.writes = json.dumps
    nbformat.NotebookNode.__reduce__ = lambda node: (dict, (), None, None, iter(node.items()))


def _stand_in(name: str, words: Iterable[str]) -> ModuleType:
    module = ModuleType(name)
    for word in words:
        setattr(module, word, type(word, (Absent,), {"__module__": name}))
    return module


class Absent(Exception):
    """Stands for a class or a function that no build of pages needs."""

    aliases = ()  # Pygments asks all lexers for their names

    def __init__(self, *_: Any) -> None:
        what = f"{type(self).__module__}.{type(self).__name__} was asked for, which is not there while pages are made"
        remedy = "pages are made of executed notebooks, and of nothing from another host: see _config.yml"
        raise HedgingError(what, where="hedging/press/sphinx/lean.py", remedy=remedy)


def declare_safe(app: Sphinx) -> None:
    """Let pages be read and written side by side: these extensions act before or after that, but do not say so."""
    for name in DECLARED_SAFE:
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True
            app.extensions[name].parallel_write_safe = True


def name_lexers(app: Sphinx) -> None:
    """Name the lexers of cells and of their outputs: Pygments would load those of all packages, for each cell again."""
    from ipython_pygments_lexers import IPython3Lexer
    from myst_nb.core.lexers import AnsiColorLexer
    from pygments.lexers import TextLexer

    app.add_lexer("ipython3", IPython3Lexer)
    app.add_lexer("myst-ansi", AnsiColorLexer)
    app.add_lexer("ipythontb", TextLexer)  # plain: the guard lets no page pass that shows an error


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
