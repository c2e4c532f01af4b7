"""A small book of its own in a folder: real figures, a finding, formulas, a table and its record."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

HERE = Path(__file__).resolve().parents[2]
ORIGIN = {"repo": "someone/trade", "commit": "0123456789abcdef0123456789abcdef01234567", "path": "raw/trade file.csv"}
SOURCE = {
    "title": "A source",
    "path": "https://example.org/",
    "citation": "Someone (2026), see https://example.org/paper",
    "licence": "MIT",
    "publisher": "A publisher",
    "accessed": "2026-01-02",
    "origin": ORIGIN,
    "sha256": "ab" * 32,
}
FIELDS = [
    {
        "name": "series",
        "type": "string",
        "description": "Who counts",
        "constraints": {"required": True, "enum": ["x", "y"]},
    },
    {"name": "year", "type": "integer", "description": "Year", "constraints": {"required": True, "minimum": 1900}},
    {"name": "value", "type": "number", "unit": "US$ million", "description": "Trade"},
    {"name": "sure", "type": "boolean", "description": "Is it?", "constraints": {"required": True}},
    {"name": "day", "type": "date", "description": "When it was printed"},
]
CSV = "series,year,value,sure,day\nx,2000,1.5,true,2001-02-03\nx,2001,,false,\ny,2003,2.0,true,\n"


def record(name: str = "trade_mini", text: str = CSV, **words: Any) -> dict[str, Any]:
    """Return the record of a table with invented trade."""
    return {
        "name": name,
        "path": f"{name}.csv",
        "title": f"Trade in a small book, {name}",
        "description": "Invented trade.",
        "mediatype": "text/csv",
        "measures": "millions of invented dollars",
        "hash": f"sha256:{hashlib.sha256(text.encode()).hexdigest()}",
        "rows": text.count("\n") - 1,
        "coverage": {"column": "year", "first": 2000, "last": 2003},
        "variant": "series",
        "variants": ["x", "y"],
        "schema": {"fields": FIELDS, "primaryKey": ["series", "year"], "missingValues": [""]},
        "missing": "not reported",
        "may_publish": "yes",
        "sources": [SOURCE],
        "defects": ["Three rows only."],
        "corrections": [{"what": "A comma became a point", "why": "It was a decimal comma", "rows": 1}],
    } | words


METADATA = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python", "pygments_lexer": "ipython3", "file_extension": ".py"},
}
FINDING = {
    "claim": "C1a",
    "chapter": "1-one",
    "sense": "a",
    "says": "Pyongyang kept its balance.",
    "expects": "Q is high.",
    "fails_if": "Q is low.",
    "verdict": "contested",
    "reason": "One test held and one did not.",
    "tests": [
        {
            "series": "q",
            "kind": "level",
            "statement": "median Q in 1961-79 is above one half",
            "statistic": 0.4321,
            "threshold": 0.5,
            "interval": [0.3, 0.6],
            "p": None,
            "n": 19,
            "outcome": "against",
        }
    ],
}


def frame_chart() -> Any:
    """Return a chart over years with a gap, made by the book's own functions."""
    import pandas as pd

    from hedging import charts

    years = pd.Index(range(1990, 2025), name="year")
    frame = pd.DataFrame({"RUS": 1.0 + (years % 5), "CHN": 3.0 + (years % 7)}, index=years)
    frame.loc[2000:2003, "RUS"] = float("nan")
    return charts.lines(frame, "US$ million")


def chart_output(name: str, chart: Any = None, **words: Any) -> Any:
    """Return the output that `figure()` leaves in a notebook."""
    from hedging.charts import specification

    spec = specification(chart or frame_chart(), name=name, description="x" * 40)
    meta = {
        "name": name,
        "caption": f"Trade with two powers, *{name}*",
        "alt": "Two lines that rise and fall in steps; the line for Moscow is broken from 2000 to 2003.",
        "source": ["trade_mini"],
    }
    data = {"application/vnd.vegalite.v6+json": spec, "text/plain": "[figure]"}
    return new_output("display_data", data, metadata={"hedging": meta | words})


def finding_output() -> Any:
    """Return the output that a finding leaves in a notebook."""
    return new_output("display_data", {"application/vnd.hedging.finding+json": FINDING, "text/plain": "C1a: contested"})


def notebook(title: str, *outputs: Any, text: str = "") -> Any:
    """Return an executed notebook with one code cell for each output."""
    cells = [new_markdown_cell(f"# {title}\n\n{text}")]
    cells += [new_code_cell("figure(...)", outputs=[one], execution_count=i) for i, one in enumerate(outputs, 1)]
    for i, cell in enumerate(cells):
        cell["id"] = f"cell-{i}"
    return new_notebook(cells=cells, metadata=METADATA)


def book(root: Path, chapters: dict[str, Any], *, with_tables: bool = True) -> Path:
    """Write a project with a preface, the given executed chapters and pages of data, and return its folder.

    Without tables a build is quicker by a third, since nothing imports pandas.
    """
    (root / "book" / "chapters").mkdir(parents=True)
    (root / "data").mkdir()
    config = (HERE / "_config.yml").read_text(encoding="utf-8")
    (root / "_config.yml").write_text(config, encoding="utf-8")
    (root / "CITATION.cff").write_text((HERE / "CITATION.cff").read_text(encoding="utf-8"), encoding="utf-8")
    files = "".join(f"  - file: chapters/{slug}\n" for slug in chapters)
    data = "  - file: data\n" + "    sections:\n      - glob: data/*\n" * with_tables
    toc = f"format: jb-book\nroot: preface\nchapters:\n{files}{data}  - file: cite\n"
    (root / "_toc.yml").write_text(toc, encoding="utf-8")
    preface = "# A small book\n\nIt holds $H_3 = H_B + w_E H_E$ and {cite:p}`someone`.\n\n$$Q = 1 - |T|$$\n\n"
    (root / "book" / "preface.md").write_text(preface + "```{bibliography}\n```\n", encoding="utf-8")
    (root / "book" / "data.md").write_text("# Data\n\n```{catalogue}\n```\n", encoding="utf-8")
    (root / "book" / "cite.md").write_text("# How to cite\n\n```{citation}\n```\n", encoding="utf-8")
    bib = "@book{someone,\n author = {One, Some},\n title = {A Title},\n publisher = {A House},\n year = {2020},\n}\n"
    (root / "book" / "references.bib").write_text(bib, encoding="utf-8")
    tables(root, {"trade_mini": record(), "other": record("other")} if with_tables else {})
    listed = [{"slug": slug, "title": slug, "notebook": f"{slug}.ipynb", "tables": ["trade_mini"]} for slug in chapters]
    if with_tables:
        (root / "chapters.yml").write_text(json.dumps(listed), encoding="utf-8")
    for slug, content in chapters.items():
        write(root, slug, content)
    return root


def tables(root: Path, found: dict[str, Any], text: str = CSV) -> None:
    """Put tables in their place, all with the same rows, and their records."""
    package = {"name": "mini", "resources": list(found.values())}
    (root / "data" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for name in found:
        (root / "data" / f"{name}.csv").write_text(text, encoding="utf-8")


def write(root: Path, slug: str, content: Any) -> None:
    """Put an executed chapter in its place."""
    nbformat.write(content, root / "book" / "chapters" / f"{slug}.ipynb")


def build(root: Path, *, fresh: bool = False, jobs: int = 1) -> subprocess.CompletedProcess[str]:
    """Build the book in a process of its own, as the command line does."""
    code = (
        "from hedging.errors import HedgingError\n"
        "from hedging.press.sphinx.site import build_site\n"
        "import sys\n"
        f"try: build_site(fresh={fresh}, jobs={jobs})\n"
        "except HedgingError as fault: sys.exit(f'FAULT {fault}')\n"
    )
    env = os.environ | {"HEDGING_ROOT": str(root), "PYTHONPATH": str(HERE), "PYTHONHASHSEED": "random"}
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
