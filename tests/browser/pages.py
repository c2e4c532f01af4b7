"""Which pages of the built book the browser opens: all that are written by hand, and a few of the tables' pages.

Eighty pages from one mould would take eighty times as long and fail together. Those opened are the extremes of the
mould: most strips, none, the longest page, the shortest. What can go wrong on a single one is looked for in its HTML.
"""

from pathlib import Path

NOT_READ = {"index.html", "genindex.html"}  # a redirection, and an index that the book does not use


def every(site: Path) -> list[str]:
    """List all pages that are read."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if "_static" not in path.parts)
    return [name for name in found if name not in NOT_READ]


def opened(site: Path) -> list[str]:
    """List the pages that each browser test opens."""
    pages = every(site)
    tables = {name: (site / name).read_text(encoding="utf-8") for name in pages if name.startswith("data/")}
    if not tables:
        return pages
    by_strips = sorted(tables, key=lambda name: (tables[name].count('class="strip"'), name))
    by_length = sorted(tables, key=lambda name: (len(tables[name]), name))
    extremes = {by_strips[0], by_strips[-1], by_length[0], by_length[-1]}
    return [name for name in pages if name not in tables or name in extremes]
