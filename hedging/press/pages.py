"""The pages: made by Sphinx when something that they show has changed, and not started otherwise."""

import json
from collections.abc import Iterator
from pathlib import Path

from hedging import paths
from hedging.press import chapters, notebook
from hedging.press.reach import PACKAGE, file_sha, sha

STATE = "site.json"
TITLES = "the titles of the tables"
ROOMS = ("press", "charts", "tables", "argument")  # the rooms whose code shapes pages
TOP = (
    "_config.yml", "_toc.yml", "chapters.yml", "claims.yml", "CITATION.cff", "CHANGELOG.md", "requirements.lock",
    "data/datapackage.json",
)  # fmt: skip


def publish(force: bool = False) -> str:
    """Build the pages if need be; returns in words what was done. Raises HedgingError for a page that is wrong."""
    new = fingerprint()
    changed = _changed(new)
    if changed == [] and not force:
        return "unchanged"
    from hedging.press.sphinx.site import build_site

    # Sphinx follows the files under book/ by itself, and of the tables' pages only those whose record has changed are
    # written anew; for what shapes all pages (code, configuration, the titles in the side bar) it starts anew.
    fresh = force or changed is None or not all(name.startswith(("book/", "data/")) for name in changed)
    build_site([_page(name) for name in changed or ()], fresh=fresh)
    notebook.write(paths.STATE / STATE, json.dumps(new, indent=1).encode())
    return "built"


def _page(name: str) -> str:
    if name.startswith("data/"):
        return "data"  # the catalogue shows every record
    return Path(name).relative_to("book").with_suffix("").as_posix() if name.startswith("book/") else name


def why() -> str | None:
    """Name what the pages must be made again for; None if nothing."""
    changed = _changed(fingerprint())
    return "never built" if changed is None else f"{changed[0]} changed" if changed else None


def _changed(new: dict[str, str]) -> list[str] | None:
    """List the files that differ from those the pages were made from; None if there are no pages."""
    old = _load()
    return differences(old, new) if old is not None and (paths.HTML / "index.html").is_file() else None


def fingerprint() -> dict[str, str]:
    """Hash every file that the pages are made from, by its path."""
    titles = [[item["name"], item.get("title")] for item in chapters.package().get("resources", [])]
    files = {path.relative_to(paths.ROOT).as_posix(): path for path in _book_files()}
    files |= {name: paths.ROOT / name for name in TOP if (paths.ROOT / name).is_file()}
    for room in ROOMS:
        found = (path for path in (PACKAGE / room).rglob("*") if path.is_file() and path.suffix != ".pyc")
        files |= {path.relative_to(PACKAGE.parent).as_posix(): path for path in found}
    return {TITLES: sha(json.dumps(titles).encode())} | {name: file_sha(path) for name, path in sorted(files.items())}


def differences(old: dict[str, str], new: dict[str, str]) -> list[str]:
    """Name the files that were changed, added or removed."""
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def _load() -> dict[str, str] | None:
    try:
        return json.loads((paths.STATE / STATE).read_bytes())
    except (OSError, ValueError):
        return None


def _book_files() -> Iterator[Path]:
    """Yield what is written by hand under book/, and the executed chapters; other generated files do not count."""
    generated = [path for path in _generated() if path != paths.CHAPTERS]
    for path in paths.BOOK.rglob("*"):
        if path.is_file() and not any(path.is_relative_to(folder) for folder in generated):
            yield path


def _generated() -> list[Path]:
    # What git ignores under book/ is what tools make there: one list for both.
    ignore = paths.ROOT / ".gitignore"
    lines = ignore.read_text(encoding="utf-8").split() if ignore.is_file() else []
    return [paths.ROOT / line.strip("/") for line in lines if line.lstrip("/").startswith("book/")]
