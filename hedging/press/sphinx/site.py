"""Build the site: Jupyter Book's configuration, run through Sphinx in this process, with every warning a fault."""

import io
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hedging import paths
from hedging.errors import HedgingError
from hedging.press import chapters, doubt, pictures
from hedging.press.sphinx import guard, lean
from hedging.press.sphinx.config import configuration
from hedging.press.sphinx.data import stubs

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOCTREES = paths.BUILD / "doctrees"
MEMORY = DOCTREES / "environment.pickle"  # what Sphinx knows of the book
NEXT, LAST = paths.BUILD / "html.next", paths.BUILD / "html.last"  # while one site takes the place of another


def build_site(changed: Iterable[str] = (), *, fresh: bool = False, jobs: int = 1) -> Path:
    """Build `_build/html` from `book/` and return its path; `changed` names pages to read again whatever their dates.

    Raises `HedgingError` with all warnings of Sphinx, or with the pages and figures that are not in the site.
    What a failed build has read and written is forgotten: the next one reads the same pages and tells the same faults.
    """
    stubs.write()
    doubted = set(doubt.pages())
    fresh = fresh or doubt.ALL in doubted
    run = Run(_pages(), doubted.union(changed), jobs, NEXT if fresh else paths.HTML)
    if fresh:
        shutil.rmtree(NEXT, ignore_errors=True)
        shutil.rmtree(DOCTREES, ignore_errors=True)
    for name in doubted - run.pages.keys():  # pages without a source are written where there is none
        (run.site / f"{name}.html").unlink(missing_ok=True)
    with run.kept_if_good(), _diary_kept(run.site), pictures.drawn_aside(run.specifications(fresh), jobs) as drawing:
        found = run.sphinx(drawing) or list(guard.faults(run.site, run.pages, run.pages if fresh else run.written))
        if found:
            remedy = "mend the page or the notebook that is named, then build again"
            told = f"the book has {len(found)} fault(s):\n  " + "\n  ".join(found)
            raise HedgingError(told, where="book/", remedy=remedy)
    if fresh:
        _replace_site()
    _sweep(run.pages)
    return paths.HTML


def _pages() -> dict[str, Path]:
    """Map the pages of `_toc.yml` to their sources."""
    toc = chapters.load_yaml(paths.ROOT / "_toc.yml")
    pages: dict[str, Path] = {}
    for page in guard.pages_of(toc, paths.BOOK):
        sources = [paths.BOOK / f"{page}{ending}" for ending in (".ipynb", ".md")]
        source = next((path for path in sources if path.is_file()), None)
        if source is None:
            remedy = "run the chapters first (hedging build), or take the page out of _toc.yml"
            raise HedgingError(f"page {page} has no source", where="_toc.yml", remedy=remedy)
        pages[page] = source
    return pages


def _replace_site() -> None:
    """Put a site made from nothing in the place of the old one, which could be read until now."""
    shutil.rmtree(LAST, ignore_errors=True)
    if paths.HTML.exists():
        paths.HTML.rename(LAST)
    NEXT.rename(paths.HTML)
    shutil.rmtree(LAST, ignore_errors=True)


class Run:
    """One run of Sphinx. `pages` maps pages to sources; `changed` names those that are read whatever their dates."""

    def __init__(self, pages: dict[str, Path], changed: set[str], jobs: int, site: Path) -> None:
        self.pages, self.jobs, self.site = pages, jobs, site
        self.changed = {page for page in pages for one in changed if fnmatchcase(page, one) or Path(page).name == one}
        self.written: set[str] = set()
        self.warnings = io.StringIO()

    def specifications(self, fresh: bool) -> Iterator[dict[str, Any]]:
        """Yield the charts of the notebooks that will be read."""
        every = fresh or not MEMORY.is_file()
        sources = [source for page, source in self.pages.items() if every or page in self.changed]
        return pictures.in_notebooks(source for source in sources if source.suffix == ".ipynb")

    @contextmanager
    def kept_if_good(self) -> Iterator[None]:
        """Let Sphinx's memory of the book be as before, if the build fails; note which pages are in doubt."""
        before = MEMORY.read_bytes() if MEMORY.is_file() else None
        doubt.write([doubt.ALL])
        try:
            yield
        except BaseException:
            if before is None:
                MEMORY.unlink(missing_ok=True)
            else:
                MEMORY.write_bytes(before)
                doubt.write(self.changed | self.written)
            raise
        doubt.settle()

    def sphinx(self, drawing: pictures.Drawing) -> list[str]:
        """Run Sphinx and return its warnings, one line each."""
        from sphinx.util.docutils import docutils_namespace, patch_docutils

        try:
            with patch_docutils(None), docutils_namespace():
                app = self._application()
                app.connect("env-get-outdated", lambda *_: self.changed)
                app.connect("write-started", lambda *_: drawing.wait())
                app.connect("html-page-context", lambda _, page, *__: self.written.add(page))
                app.build()
        except HedgingError:
            raise
        except Exception as fault:
            remedy = "\n  ".join(_lines(self.warnings.getvalue()))
            raise HedgingError(f"Sphinx stopped: {fault}", where="book/", remedy=remedy) from fault
        return _lines(self.warnings.getvalue())

    def _application(self) -> "Sphinx":
        from sphinx.application import Sphinx

        lean.prepare(many=self.jobs > 1)
        app = Sphinx(
            srcdir=paths.BOOK,
            confdir=None,
            outdir=self.site,
            doctreedir=DOCTREES,
            buildername="html",
            confoverrides=configuration(),
            status=None,
            warning=self.warnings,
            parallel=self.jobs,
        )
        if app.config["use_multitoc_numbering"]:
            app.setup_extension("sphinx_multitoc_numbering")
        lean.declare_safe(app)
        return app


@contextmanager
def _diary_kept(site: Path) -> Iterator[None]:
    """Keep Sphinx's note of its configuration beside the doctrees: it hashes folders of this machine."""
    kept, shown = DOCTREES / "buildinfo", site / ".buildinfo"
    if kept.is_file() and site.is_dir():
        kept.replace(shown)
    yield
    if shown.is_file():
        shown.replace(kept)


def _lines(heard: str) -> list[str]:
    plain = re.sub(r"\x1b\[[0-9;]*m", "", heard).replace(f"{paths.ROOT}/", "")
    return [line for line in plain.splitlines() if line.strip()]


def _sweep(pages: dict[str, Path]) -> None:
    """Remove pages that left the table of contents, so that an old site cannot hide in the new one."""
    kept = {paths.HTML / f"{page}.html" for page in pages}
    kept |= {paths.HTML / name for name in ("index.html", "search.html", "genindex.html")}
    for path in paths.HTML.rglob("*.html"):
        if path not in kept and "_static" not in path.relative_to(paths.HTML).parts:
            path.unlink()
