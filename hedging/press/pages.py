"""The pages: made by Sphinx when something that they show has changed, and not started otherwise."""

import json
from collections.abc import Iterator
from pathlib import Path

from hedging import paths
from hedging.press import chapters, doubt, notebook, reach
from hedging.press.reach import PACKAGE, file_sha, sha

STATE = "site.json"
TITLES = "the titles of the tables"
CODE = PACKAGE / "press" / "sphinx"
OMITTED = "hedging/ingest/omitted.csv"
TOP = (
    "_config.yml", "_toc.yml", "chapters.yml", "CITATION.cff", "CHANGELOG.md", "requirements.lock",
    "data/datapackage.json",
)  # fmt: skip
# Of the rooms before this one, only the pages about tables use code: the rest is in the executed notebooks.
ROOMS = tuple(f"hedging/{room}/" for room in ("tables", "measures", "inference", "argument", "charts"))
ABOUT_TABLES = ("data", "data/*")


def publish(force: bool = False, jobs: int = 1) -> str:
    """Build the pages if need be, those of a whole book by `jobs` processes; returns in words what was done.

    Raises HedgingError for a page that is wrong.
    """
    new = fingerprint()
    changed = _changed(new)
    if not force and changed == []:
        return "unchanged"
    from hedging.press.sphinx.site import build_site

    # For what shapes all pages (the code of the pages, configuration, the titles in the side bar) Sphinx starts anew.
    asked = [_pages_of(name) for name in changed or ()]
    fresh = force or changed is None or None in asked
    build_site({page for pages in asked for page in pages or ()}, fresh=fresh, jobs=jobs if fresh else 1)
    notebook.write(paths.STATE / STATE, json.dumps(new, indent=1).encode())
    return "built"


def _pages_of(name: str) -> tuple[str, ...] | None:
    """Name the pages that a file makes (or patterns of their names); None if it shapes all of them."""
    if name.startswith("data/") or name in (OMITTED, "book/subjects.yml"):
        return ("data",)  # the catalogue shows every record; a table's own page has a stub that changes with it
    if name.startswith(ROOMS):
        return ABOUT_TABLES
    if not name.startswith("book/") or name.startswith("book/_static/"):  # every page names a style sheet by its hash
        return None
    return (Path(name).relative_to("book").with_suffix("").as_posix(),)


def why() -> str | None:
    """Name what the pages must be made again for; None if nothing."""
    changed = _changed(fingerprint())
    return "never built" if changed is None else f"{changed[0]} changed" if changed else None


def _changed(new: dict[str, str]) -> list[str] | None:
    """List the files that differ from those the pages were made from; None if there are no pages to build on."""
    old, doubted = _load(), doubt.pages()
    if old is None or not (paths.HTML / "index.html").is_file() or doubt.ALL in doubted:
        return None
    return differences(old, new) or [f"book/{page}.md" for page in doubted]


def fingerprint() -> dict[str, str]:
    """Hash every file that the pages are made from, by its path."""
    titles = [[item["name"], item.get("title")] for item in chapters.package().get("resources", [])]
    files = {path.relative_to(paths.ROOT).as_posix(): path for path in _book_files()}
    files |= {name: paths.ROOT / name for name in TOP if (paths.ROOT / name).is_file()}
    files |= {path.relative_to(PACKAGE.parent).as_posix(): path for path in _code_files()}
    return {TITLES: sha(json.dumps(titles).encode())} | {name: file_sha(path) for name, path in sorted(files.items())}


def _code_files() -> Iterator[Path]:
    """Yield the code that makes pages: what lies with it, and the modules that it imports."""
    facts = reach.Facts()
    for folder in (CODE, CODE / "data"):
        yield from reach.behind(folder, facts).modules.values()
        yield from (path for path in folder.iterdir() if path.is_file())
    yield from (path for path in (CODE / "static").iterdir() if path.is_file())
    yield from (Path(__file__), PACKAGE.parent / OMITTED)
    facts.save()


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
    made = [path for path in generated() if path != paths.CHAPTERS]
    for path in paths.BOOK.rglob("*"):
        if path.is_file() and not any(path.is_relative_to(folder) for folder in made):
            yield path


def generated() -> list[Path]:
    """List the folders under book/ that builds write."""
    # What git ignores under book/ is what tools make there: one list for both.
    ignore = paths.ROOT / ".gitignore"
    lines = ignore.read_text(encoding="utf-8").split() if ignore.is_file() else []
    return [paths.ROOT / line.strip("/") for line in lines if line.lstrip("/").startswith("book/")]
