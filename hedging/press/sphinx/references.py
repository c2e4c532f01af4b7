"""The citations of the book: sphinxcontrib-bibtex, which writes entries out again only when something has changed."""

from typing import Any

from sphinx.application import Sphinx
from sphinxcontrib.bibtex.domain import BibtexDomain

from hedging.press.reach import sha

KEPT = "hedging_written"  # in what Sphinx keeps of the domain


def described(entry: Any) -> tuple[Any, ...]:
    """Return all that an entry of a bibliography says."""
    people = [(role, [str(person) for person in group]) for role, group in entry.persons.items()]
    return entry.key, entry.type, list(entry.fields.items()), people


class Citations(BibtexDomain):
    """The domain `cite`, with lists of references kept from build to build."""

    def get_formatted_entries(
        self, bibliography_key: Any, docnames: list[str], tooltips: bool, tooltips_style: str
    ) -> list[tuple[Any, Any, Any]]:
        """Return entries written out; anew if an entry, their order or the style differs, or one was faulty."""
        asked = self.bibliographies[bibliography_key]
        entries = [described(entry) for _, entry in self.get_sorted_entries(bibliography_key, docnames)]
        mark = sha(repr((asked.style, asked.labelprefix, tooltips, tooltips_style, entries)).encode())
        kept = self.data.setdefault(KEPT, {})
        if kept.get(bibliography_key, (None,))[0] == mark:
            return kept[bibliography_key][1]
        found = list(super().get_formatted_entries(bibliography_key, docnames, tooltips, tooltips_style))
        if tooltips and all(tip is not None for _, _, tip in found):  # none where a field is missing: warn again
            kept[bibliography_key] = mark, found
        return found


def setup(app: Sphinx) -> None:
    """Take the place of the domain that the extension has brought."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_domain(Citations, override=True)
