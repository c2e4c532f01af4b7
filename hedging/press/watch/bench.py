"""The bench: a process that has imported what builds need, holds warm kernels, and forks a builder for each wish.

It has one thread and ends when its creator goes away. One wish (JSON of `build.Options`) a line comes in; one report
a line goes out.
"""

import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import sys
from pathlib import Path
from typing import Any, TextIO

from hedging.press import build, notebook
from hedging.press.session import Session
from hedging.press.watch import builder

RUNNING = ("nbformat", "papermill", "nbclient", "jupyter_client", "zmq", "multiprocessing.synchronize",
           "hedging.press.execute", "hedging.press.progress")  # fmt: skip
READING = ("hedging.press.sphinx.site", "sphinx.builders.html", "myst_nb.sphinx_ext", "pydata_sphinx_theme",
           "sphinx_book_theme", "sphinxcontrib.bibtex", "pybtex.backends.plaintext", "latexcodec.codec",
           "ipython_pygments_lexers", "sphinx_design", "sphinx_copybutton", "sphinx_external_toc",
           "hedging.press.sphinx.outside", "latex2mathml.converter")  # fmt: skip


PAGE = """# A page

Words, *words*, `words`, $x$.

```{note}
Words.
```

```python
print("words")
```
"""


CELL = {
    "cell_type": "code", "id": "cell-1", "metadata": {}, "execution_count": 1, "source": "# words\nprint('words')",
    "outputs": [{"output_type": "stream", "name": "stdout", "text": "words\n"}],
}  # fmt: skip
NOTEBOOK = {"cells": [CELL], "metadata": notebook.METADATA, "nbformat": 4, "nbformat_minor": 5}


def load(folder: Path) -> None:
    """Import what builders need, and make a page in `folder`; the book's own modules they import anew."""
    importlib.import_module("hedging.press.sphinx.lean").prepare()
    for name in (*RUNNING, *READING):
        importlib.import_module(name)
    importlib.import_module("nbformat").validate(NOTEBOOK)  # compiles the schema
    with contextlib.suppress(Exception):  # a book that cannot be read yet is told by its first build
        rehearse(folder)
    gc.collect()
    gc.freeze()


def rehearse(folder: Path) -> None:
    """Make pages of nothing, after which patterns and templates are compiled for every builder that is forked."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    from hedging.press.sphinx.config import configuration

    config = configuration() | {"external_toc_path": "_toc.yml", "bibtex_bibfiles": []}
    config["extensions"] = [name for name in config["extensions"] if not name.startswith("hedging")]
    config |= {"html_math_renderer": "mathjax", "templates_path": []}  # a theme adds to the list, else to its default
    source = folder / "rehearsal"
    source.mkdir()
    toc = "format: jb-book\nroot: page\nchapters:\n- file: cells\n"
    (source / "_toc.yml").write_text(toc, encoding="utf-8")
    (source / "page.md").write_text(PAGE, encoding="utf-8")
    (source / "cells.ipynb").write_bytes(notebook.dumps(NOTEBOOK))
    with patch_docutils(None), docutils_namespace():
        Sphinx(source, None, source / "html", source / "trees", "html", config, status=None, warning=None).build()


def modules() -> set[str]:
    """Name what the chapters import; a book that cannot be read yet names nothing, and its first build says why."""
    try:
        book = build.Book(build.Options())
        return book.outside([chapter.slug for chapter in book.all])
    except Exception:
        return set()


class Bench:
    """Takes wishes, one at a time."""

    def __init__(self, session: Session, reports: TextIO) -> None:
        self.session, self.reports = session, reports
        self.building = 0  # process number of the builder at work

    def serve(self) -> None:
        """Serve until the line of wishes ends."""
        for line in sys.stdin:
            self.build(json.loads(line))

    def build(self, wish: dict[str, Any]) -> None:
        """Fork a builder and pass its report on; end with it if the creator goes away meanwhile."""
        ours, theirs = os.pipe()
        self.building = os.fork()
        if self.building == 0:
            os.close(ours)
            self._become_builder(wish, theirs)
        os.close(theirs)
        with os.fdopen(ours, encoding="utf-8") as pipe:
            self._wait(pipe)
            said = pipe.readline()
        _, status = os.waitpid(self.building, 0)
        self.building = 0
        print(said.strip() or json.dumps(_died(os.waitstatus_to_exitcode(status))), file=self.reports, flush=True)

    @staticmethod
    def _wait(pipe: Any) -> None:
        with selectors.DefaultSelector() as events:
            events.register(pipe, selectors.EVENT_READ, False)
            events.register(sys.stdin, selectors.EVENT_READ, True)
            for key, _ in events.select():
                if key.data:
                    sys.exit()  # no second wish comes before the report: the line has ended

    def _become_builder(self, wish: dict[str, Any], out: int) -> None:
        try:
            signal.signal(signal.SIGTERM, signal.default_int_handler)  # kernels and temporary files go as with Ctrl-C
            builder.main(self.session, wish, out)
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stderr.flush()
            os._exit(0)

    def stop(self) -> None:
        """End the builder at work."""
        if self.building:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.building, signal.SIGTERM)
            os.waitpid(self.building, 0)


def _died(code: int) -> builder.Report:
    how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
    fault = {"what": f"the build died ({how})", "where": "hedging watch", "remedy": "save again; if memory ran out, "
             "lower --jobs"}  # fmt: skip
    return {"faults": [fault], "said": "not built", "built": False}


def main() -> None:
    """Load, then serve."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    # Reports have a line of their own; whatever else is printed here, or by kernels, is for people.
    with os.fdopen(os.dup(1), "w") as reports:
        os.dup2(2, 1)
        _serve(reports)


def _serve(reports: TextIO) -> None:
    with Session(modules=modules()) as session:
        load(session.dir)
        bench = Bench(session, reports)
        try:
            bench.serve()
        finally:
            bench.stop()


if __name__ == "__main__":
    main()
