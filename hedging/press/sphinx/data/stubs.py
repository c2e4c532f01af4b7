"""The sources of the tables' pages: a title and a directive each, written before Sphinx looks, never tracked.

A stub carries a hash of its table's record. It is rewritten only when that changes, so that Sphinx, which goes by the
files, makes anew just the pages whose record, data or readers have changed.
"""

from hedging import paths
from hedging.press import notebook
from hedging.press.reach import sha
from hedging.press.sphinx.data import records


def write() -> list[str]:
    """Bring `book/data/` up to date; returns the pages that were written."""
    folder = paths.BOOK / records.FOLDER
    wanted = {folder / f"{record['name']}.md": _text(record) for record in records.resources()}
    for path in set(folder.glob("*.md")) - wanted.keys():
        path.unlink()
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        notebook.write(path, wanted[path].encode())
    return [records.page_of(path.stem) for path in stale]


def _text(record: records.Record) -> str:
    title = " ".join(record["title"].split())
    return (
        f"---\nrecord: {sha(records.mark(record).encode())}\n---\n\n# {title}\n\n```{{dataset}} {record['name']}\n```\n"
    )
