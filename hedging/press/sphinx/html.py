"""Sphinx's builder of pages, which leaves what no edit of a page changes: static files, lists, and its first page.

Sphinx writes the first page, the index and the page of the search in every build. Here all is written that is marked
as changed (`hedging.press.sphinx.outside`), and nothing else.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

EVERY = "__all__"  # Sphinx's word for a book of which nothing is known


class Pages(StandaloneHTMLBuilder):
    """`due` names the pages that are written, `same` those without a source whose surroundings have not changed."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.due: set[str] = set()
        self.same: set[str] = set()
        self.new_site = False

    def write(self, build_docnames: Iterable[str] | None, updated_docnames: Sequence[str], *rest: Any) -> None:
        """Write pages; `None` or `EVERY` stand for all of them."""
        every = build_docnames is None or EVERY in build_docnames
        self.due = set(self.env.found_docs) if every else {*build_docnames, *updated_docnames}
        super().write(build_docnames, updated_docnames, *rest)

    def prepare_writing(self, docnames: set[str]) -> None:
        """Get ready, and take out what Sphinx has added in case it has changed: the caller writes what is left."""
        docnames.intersection_update(self.due)
        super().prepare_writing(docnames)

    def handle_page(self, pagename: str, *args: Any, **options: Any) -> None:
        """Write a page, unless it is one without a source that is there and would be the same again."""
        if pagename not in self.same or not Path(self.get_outfilename(pagename)).is_file():
            super().handle_page(pagename, *args, **options)

    def copy_static_files(self) -> None:
        """Copy the files of theme and extensions into a new site; when one of them changes, all pages are made anew."""
        self.new_site = not Path(self.outdir, "_static", "documentation_options.js").is_file()
        if self.new_site:
            super().copy_static_files()
        else:
            self.create_pygments_style_file()  # pages name it by its hash, and the theme puts its own in its place


def setup(app: Sphinx) -> None:
    """Take the place of Sphinx's builder."""
    app.add_builder(Pages, override=True)
