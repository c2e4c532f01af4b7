"""Where a table comes from, in words and links: raw files, corrections, defects, and how to cite it."""

import re
from typing import Any
from urllib.parse import quote

from docutils import nodes

from hedging.press.sphinx import citing
from hedging.press.sphinx.data.parts import Inline, facts, link, paragraph
from hedging.press.sphinx.data.records import Record, sha256

FORGE = "https://github.com"
_TOLD = re.compile(r"https?://[^\s;,]+[^\s;,.)]|`([^`]+)`|\{(\w+)\}")  # an address, a word of the code, a column


def sources(record: Record) -> list[nodes.Node]:
    """Return one block a raw file: who publishes it, where these bytes lie, their hash, dates, citation and terms."""
    found: list[nodes.Node] = []
    for source in record.get("sources", []):
        url = source.get("path") or source.get("url") or ""
        found.append(paragraph([nodes.strong("", source.get("title", source.get("file", "")))], "source-title"))
        found.append(
            facts(
                {
                    "Publisher": source.get("publisher"),
                    "Raw file": [nodes.literal("", source["file"])] if source.get("file") else None,
                    "Origin": _origin(source),
                    "Address": [link(url, url)] if url.startswith("http") else None,
                    "Published": source.get("published"),
                    "Accessed": source.get("accessed"),
                    "SHA-256": [nodes.literal("", source["sha256"])] if source.get("sha256") else None,
                    "Cite as": linked(source.get("citation", "")),
                    "Licence": linked(source.get("licence", "")),
                }
            )
        )
    return found


def made_from(record: Record) -> list[nodes.Node]:
    """Name the publishers of the raw files, each with a link to the place where the file lies, if that is public."""
    found: dict[str, str] = {}
    for source in record.get("sources", []):
        name = source.get("publisher") or source.get("title", "")
        address = source_address(source)
        found[name] = found.get(name) or address
    linked_names = [link(name, address) if address else nodes.Text(name) for name, address in found.items() if name]
    return [node for name in linked_names for node in (name, nodes.Text("; "))][:-1]


def source_address(source: dict[str, Any]) -> str:
    """Return where a raw file lies: at its commit in a public repository, else the address that its record names."""
    origin = source.get("origin") or {}
    repo, commit, path = (origin.get(word, "") for word in ("repo", "commit", "path"))
    if not repo:
        url = source.get("path") or source.get("url") or ""
        return url if url.startswith("http") else ""
    return f"{FORGE}/{repo}" + (
        f"/blob/{commit}/{quote(path)}" if commit and path else f"/tree/{commit}" if commit else ""
    )


def _origin(source: dict[str, Any]) -> Inline | None:
    """Return repository, commit and path as one link to these very bytes."""
    origin = source.get("origin") or {}
    if not origin.get("repo"):
        return None
    parts = [
        f" @ {origin['commit'][:10]}" if origin.get("commit") else "",
        f", {origin['path']}" if origin.get("path") else "",
    ]
    return [link(origin["repo"] + "".join(parts), source_address(source))]


def linked(text: str) -> list[nodes.Node]:
    """Turn addresses in a text of a record into links, and names of columns into code."""
    found: list[nodes.Node] = []
    end = 0
    for hit in _TOLD.finditer(text):
        name = hit[1] or hit[2]
        found += [nodes.Text(text[end : hit.start()]), nodes.literal("", name) if name else link(hit[0], hit[0])]
        end = hit.end()
    rest = text[end:]
    return [node for node in (*found, nodes.Text(rest)) if node.astext()]


def correction(entry: dict[str, Any]) -> tuple[Inline, Inline, Inline]:
    """Return a correction as a row: what was done, to how many rows, and why."""
    rows = entry.get("rows")
    return linked(entry.get("what", "")), "" if rows is None else f"{rows:,}", linked(entry.get("why", ""))


def citation(record: Record, url: str) -> str:
    """Return the reference of a table as a sentence: this book for its form, its sources for its content."""
    book = citing.record()
    names = "; ".join(citing.authors(book)) or "The book's authors"
    year = str(book.get("date-released", ""))[:4]
    home = f"In: {_line(book.get('title', 'this book'))}, version {book.get('version', '')}"
    what = f"{record['title']} [data table {record['name']}, sha256 {sha256(record)[:12]}]"
    parts = [f"{names} ({year})", what, home, url, f"Made from: {derived(record)}"]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def described(record: Record) -> dict[str, Any]:
    """Return what search engines for data read of a table, in the words of schema.org."""
    cover = record.get("coverage") or {}
    files = [{"@type": "DataDownload", "encodingFormat": record["mediatype"], "sha256": sha256(record)}]
    found = {
        "@type": "Dataset",
        "description": record["description"],
        "identifier": record["name"],
        "temporalCoverage": f"{cover['first']}/{cover['last']}" if cover else None,
        "variableMeasured": [field["name"] for field in record["schema"]["fields"]],
        "isBasedOn": list(dict.fromkeys(filter(None, map(source_address, record["sources"])))),
        "conditionsOfAccess": record.get("may_publish"),
        "distribution": files,
    }
    return {word: value for word, value in found.items() if value}


def derived(record: Record) -> str:
    """Name the sources' own citations, each once."""
    said = [source.get("citation") or source.get("title", "") for source in record.get("sources", [])]
    return "; ".join(dict.fromkeys(_line(text) for text in said if text))


def bibtex(record: Record, url: str) -> str:
    """Return the reference of a table as BibTeX."""
    book = citing.record()
    year = str(book.get("date-released", ""))[:4]
    fields = {
        "author": citing.bibtex_names(book),
        "title": "{" + _line(record["title"]) + "}",
        "howpublished": f"Data table {_escaped(record['name'])} in {_line(book.get('title', ''))}",
        "year": year,
        "version": str(book.get("version", "")),
        "note": f"sha256 {sha256(record)}. Made from: {_escaped(derived(record))}",
        "url": url,
    }
    return citing.entry("misc", f"donehedging{year}{record['name'].replace('_', '')}", fields)


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _escaped(text: str) -> str:
    """Guard the characters that LaTeX would take for commands."""
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
