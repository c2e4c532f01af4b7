"""What newer releases of the sources would change, from the raw file to the verdict: here ingest and press meet."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from hedging import ingest
from hedging.errors import HedgingError
from hedging.ingest import vintages
from hedging.press import chapters, variants
from hedging.tables.record import Table

Echo = Callable[[str], Any]


def tell(names: Iterable[str] | None, second: Path | str | None, echo: Echo) -> None:
    """Tell the age of each table (of `names`, or all) and what newer releases at hand change; nothing is written.

    Newer are the releases that a table holds side by side, and files of mirror `second` with other bytes than those
    pinned. The claims concerned are judged again by running their chapters beside the book.
    """
    names = list(names or ()) or None
    if second is not None:
        _tell_mirror(names, second, echo)
        return
    records, later = ingest.present(), []
    for name, module in ingest.modules(names).items():
        table = module.TABLE
        echo(f"{name}: {vintages.age(table, records.get(name, {}).get('coverage'))}")
        if table.vintages:
            later.append(name)
            _tell_releases(table, echo)
    echo(f"tables with a newer release at hand: {', '.join(later) or 'none'}")


def _tell_releases(table: Table, echo: Echo) -> None:
    """Compare the release that the claims use with each one after it."""
    order, parameter = table.vintages.order, f"{table.name}_variant"
    used = {slug: value for slug, value in variants.chosen(parameter).items() if value in order}
    base = min(used.values(), key=order.index, default=order[-2])
    users = ", ".join(slug for slug, value in used.items() if value == base) or "no chapter"
    echo(f"  releases at hand: {', '.join(order)}; {base} is read by {users} ({parameter})")
    for newer in order[order.index(base) + 1 :]:
        echo(f"  {base} → {newer}")
        _say(vintages.compare(table, base, newer), echo)
        for slug, value in used.items():
            if value == base:
                _judge(slug, {parameter: newer}, None, echo)


def _tell_mirror(names: list[str] | None, second: Path | str, echo: Echo) -> None:
    found = vintages.newer(names, second)
    for name, lines in found.told.items():
        echo(f"{name}: as pinned → {second}")
        _say(lines, echo)
    if found.made:
        with tempfile.TemporaryDirectory(prefix="hedging-") as folder:
            found.stage(Path(folder))
            for chapter in chapters.read():
                if not found.made.keys().isdisjoint(chapter.tables):
                    _judge(chapter.slug, {}, Path(folder), echo)
    echo(f"raw files with other bytes than those pinned: {', '.join(found.files) or 'none'}")


def _judge(slug: str, given: dict[str, Any], data: Path | None, echo: Echo) -> None:
    try:
        found = variants.verdicts(slug, given, data)
    except HedgingError as fault:
        _say([f"verdicts of {slug}: cannot be judged with it: {fault.what}"], echo)
        return
    if found:
        _say([f"verdicts of {slug}:"], echo)
    for claim, (now, then) in found.items():
        echo(f"      {claim} {now} → {then} ({'unchanged' if now == then else 'CHANGED'})")


def _say(lines: Iterable[str], echo: Echo) -> None:
    for line in lines:
        echo(f"    {line}")
