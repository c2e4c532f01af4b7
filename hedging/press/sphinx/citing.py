"""One record, CITATION.cff, for all forms of citing: scholars' tags, JSON-LD and BibTeX, which therefore agree."""

import json
import re
from functools import lru_cache
from html import escape
from typing import Any

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from hedging import paths


def record() -> dict[str, Any]:
    """Read CITATION.cff; an empty record if there is none (a book in a test has none)."""
    path = paths.ROOT / "CITATION.cff"
    return dict(_parsed(path.read_text(encoding="utf-8"))) if path.is_file() else {}


@lru_cache(maxsize=2)
def _parsed(text: str) -> dict[str, Any]:
    return yaml.safe_load(text)


def authors(cited: dict[str, Any]) -> list[str]:
    """List authors as "Family, Given", or by the one name that they use."""
    return [
        ", ".join(part for part in (one.get("family-names"), one.get("given-names")) if part) or one.get("name", "")
        for one in cited.get("authors", [])
    ]


def address(cited: dict[str, Any], base: str, page: str = "") -> str:
    """Return where a page is published, or nothing as long as the book has no address."""
    home = base or cited.get("url", "")
    return f"{home.rstrip('/')}/{page}" if home else ""


def meta_tags(cited: dict[str, Any], title: str, url: str, about: dict[str, Any] | None = None) -> str:
    """Write Highwire tags and JSON-LD of one page; empty ones are left out. `about`: what it is, if no chapter."""
    if not cited:
        return ""
    day = str(cited.get("date-released", ""))
    tags = [("citation_title", title), *(("citation_author", name) for name in authors(cited))]
    tags += [("citation_publication_date", day.replace("-", "/")), ("citation_inbook_title", cited["title"])]
    tags += [("citation_doi", cited.get("doi", "")), ("citation_public_url", url)]
    lines = [f'<meta name="{name}" content="{escape(str(value))}"/>' for name, value in tags if value]
    people = [{"@type": "Person", "name": name} for name in authors(cited)]
    book = {"@type": "Book", "name": cited["title"], "author": people, "version": str(cited.get("version", ""))}
    page = {"@context": "https://schema.org", "@type": "Chapter", "name": title, "isPartOf": book} | (about or {})
    page |= {"url": url} if url else {}
    text = json.dumps(page, ensure_ascii=False, sort_keys=True).replace("</", "<\\/")
    return "\n".join([*lines, f'<script type="application/ld+json">{text}</script>'])


def bibtex(cited: dict[str, Any], url: str = "") -> str:
    """Write the book's BibTeX entry."""
    year = str(cited.get("date-released", ""))[:4]
    fields = {
        "author": bibtex_names(cited),
        "title": "{" + cited.get("title", "") + "}",
        "year": year,
        "version": str(cited.get("version", "")),
        "doi": cited.get("doi", ""),
        "url": url,
    }
    return entry("misc", f"donehedging{year}", fields)


def bibtex_names(cited: dict[str, Any]) -> str:
    """Write authors as BibTeX wants them; a name without a comma is kept together."""
    return " and ".join(name if "," in name else "{" + name + "}" for name in authors(cited))


def entry(kind: str, key: str, fields: dict[str, str]) -> str:
    """Write one BibTeX entry without its empty fields."""
    body = "".join(f"  {word:<8}= {{{value}}},\n" for word, value in fields.items() if value)
    return f"@{kind}{{{key},\n{body}}}"


class Citation(SphinxDirective):
    """`{citation}`: the book's reference as a sentence and as BibTeX."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Make both from the record; the page is made anew when the record changes."""
        self.env.note_dependency(str(paths.ROOT / "CITATION.cff"))
        cited = record()
        url = address(cited, self.env.config.html_baseurl)
        day = str(cited.get("date-released", ""))
        version = f"Version {cited.get('version', '')}"
        names = "; ".join(authors(cited))
        parts = [f"{names} ({day[:4]})", re.sub(r"\s+", " ", cited.get("title", "")), version, url]
        block = nodes.literal_block(bibtex(cited, url), bibtex(cited, url), language="bibtex")
        return [nodes.block_quote("", nodes.paragraph("", ". ".join(part for part in parts if part) + ".")), block]
