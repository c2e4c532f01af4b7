"""Build the site: Jupyter Book's configuration, run through Sphinx in this process, with every warning a fault."""

import io
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from hedging import paths
from hedging.errors import HedgingError
from hedging.press.sphinx import guard
from hedging.press.sphinx.data import stubs

UNUSED = {
    "sphinx_thebe",
    "sphinx_comments",
    "sphinx_togglebutton",
    "sphinx.ext.intersphinx",
}  # each costs time or hosts


def build_site(changed: Iterable[str] | None = None, *, fresh: bool = False, jobs: int = 1) -> Path:
    """Build `_build/html` from `book/` and return its path; `changed` names pages to read again whatever their dates.

    Raises `HedgingError` with all warnings of Sphinx, or with the pages and figures that are not in the site.
    After a fault the next build starts anew: Sphinx would otherwise not repeat the warnings of pages it has kept.
    """
    doctrees = paths.BUILD / "doctrees"
    if fresh:
        shutil.rmtree(paths.HTML, ignore_errors=True)
        shutil.rmtree(doctrees, ignore_errors=True)
    stubs.write()
    pages = _pages()
    _touch(pages, changed or ())
    with _diary_kept(doctrees):
        complaints = _run(doctrees, jobs)
    found = complaints or list(guard.faults(paths.HTML, pages))
    if found:
        (doctrees / "environment.pickle").unlink(missing_ok=True)
        remedy = "mend the page or the notebook that is named, then build again"
        raise HedgingError(
            f"the book has {len(found)} fault(s):\n  " + "\n  ".join(found), where="book/", remedy=remedy
        )
    _sweep(pages)
    return paths.HTML


def _pages() -> dict[str, Path]:
    """Map the pages of `_toc.yml` to their sources."""
    toc = yaml.safe_load((paths.ROOT / "_toc.yml").read_text(encoding="utf-8"))
    pages: dict[str, Path] = {}
    for page in guard.pages_of(toc, paths.BOOK):
        sources = [paths.BOOK / f"{page}{ending}" for ending in (".ipynb", ".md")]
        source = next((path for path in sources if path.is_file()), None)
        if source is None:
            remedy = "run the chapters first (hedging build), or take the page out of _toc.yml"
            raise HedgingError(f"page {page} has no source", where="_toc.yml", remedy=remedy)
        pages[page] = source
    return pages


def _touch(pages: dict[str, Path], changed: Iterable[str]) -> None:
    for name in changed:
        for page, source in pages.items():
            if page == name or Path(page).name == name:
                source.touch()


def configuration() -> dict[str, Any]:
    """Return Jupyter Book's final configuration without the extensions that this book does not use."""
    from jupyter_book.config import get_final_config

    config, _ = get_final_config(
        user_yaml=paths.ROOT / "_config.yml",
        cli_config={"latex_individualpages": False},
        sourcedir=paths.BOOK,
    )
    config.pop("comments_config", None)  # belongs to an extension that is left out
    config["external_toc_path"] = "../_toc.yml"  # relative, so that the place of the project is in no output
    config["extensions"] = [name for name in config["extensions"] if name not in UNUSED]
    return config


def _run(doctrees: Path, jobs: int) -> list[str]:
    """Run Sphinx and return its warnings, one line each."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    heard = io.StringIO()
    try:
        with patch_docutils(None), docutils_namespace():
            app = Sphinx(
                srcdir=paths.BOOK,
                confdir=None,
                outdir=paths.HTML,
                doctreedir=doctrees,
                buildername="html",
                confoverrides=configuration(),
                status=None,
                warning=heard,
                parallel=jobs,
            )
            if app.config["use_multitoc_numbering"]:
                app.setup_extension("sphinx_multitoc_numbering")
            app.build()
    except HedgingError:
        raise
    except Exception as fault:
        said = _lines(heard.getvalue())
        (doctrees / "environment.pickle").unlink(missing_ok=True)
        raise HedgingError(f"Sphinx stopped: {fault}", where="book/", remedy="\n  ".join(said)) from fault
    return _lines(heard.getvalue())


@contextmanager
def _diary_kept(doctrees: Path) -> Iterator[None]:
    """Keep Sphinx's note of its configuration beside the doctrees: it hashes folders of this machine."""
    kept, shown = doctrees / "buildinfo", paths.HTML / ".buildinfo"
    if kept.is_file() and paths.HTML.is_dir():
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
