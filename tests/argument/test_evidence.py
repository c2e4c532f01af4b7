"""Real notebooks, run by a real kernel: MyST-NB reads what they report, and what they judge is collected."""

import json
import os
import shutil
import sys
from pathlib import Path

import nbformat
import pytest
from myst_nb.core.variables import format_plain_text
from myst_nb.ext.glue import extract_glue_data
from nbclient import NotebookClient

from hedging.argument import collect
from hedging.argument.prose import literal
from hedging.errors import HedgingError

FIRST, SECOND = "1-between-moscow-and-beijing", "2-after-the-fall"
SETUP = """
import numpy as np, pandas as pd
from hedging.argument import judge, predictions, report
even = pd.Series(np.linspace(.6, .9, 71), range(1950, 2021))
"""
CHAPTERS = {
    FIRST: [
        SETUP,
        f"predictions({FIRST!r})",
        "judge('C1a', arms_q=even)",
        """report(trade=np.float64(1234.5678), share=1/3, n=np.int64(12), year="1990", who="Moscow's \\"friend\\"",
       when=pd.Period("2018-03", "M"), pair="1,000")""",
        "report(twice=1)",
        "report(twice=2)",
        "report(once=1)\nreport(once=1)",
        "report(nothing=float('nan'))",
    ],
    SECOND: [
        SETUP,
        "judge('C2b', trade_b=even.loc[:2012], west_share_of_change=.8)",
        "judge('C4b', meetings=pd.Series({'RUS': 1, 'CHN': 5, 'USA': 3, 'JPN': 0, 'KOR': 3}))",
    ],
}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The two chapters, executed: their folder."""
    root = tmp_path_factory.mktemp("project")
    (root / "notebooks").mkdir()
    shutil.copy(Path(__file__).with_name("claims.yml"), root)
    kept = dict(os.environ)
    os.environ.update(HEDGING_ROOT=str(root), PYTHONPATH=str(Path(__file__).parents[2]))
    try:
        for name, cells in CHAPTERS.items():
            notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
            notebook.metadata["kernelspec"] = {"name": "python3", "display_name": sys.executable}
            NotebookClient(notebook, allow_errors=True, kernel_name="python3").execute()
            nbformat.write(notebook, root / "notebooks" / f"{name}.ipynb")
    finally:
        os.environ.clear()
        os.environ.update(kept)
    return root / "notebooks"


@pytest.fixture
def evidence(run, project, monkeypatch):
    folder = project / "evidence"
    shutil.copytree(run, folder)
    monkeypatch.setenv("HEDGING_EVIDENCE", str(folder))
    return folder


@pytest.fixture
def spoil(evidence):
    """Change an executed chapter: name, function from its cells to its cells."""

    def change(name, cells):
        path = evidence / f"{name}.ipynb"
        notebook = json.loads(path.read_text())
        notebook["cells"] = cells(notebook["cells"])
        path.write_text(json.dumps(notebook))

    return change


def test_numbers_reach_the_prose_through_the_glue_that_the_book_reads(run):
    notebook = nbformat.read(run / f"{FIRST}.ipynb", 4)
    glued = extract_glue_data(notebook, [0] * len(notebook.cells), None)

    def prose(name, spec="s"):
        return format_plain_text(glued[name]["data"]["text/plain"], spec)

    assert prose("trade", ".1f") == "1234.6"
    assert prose("trade", ",.0f") == "1,235"
    assert prose("share", ".0%") == "33%"
    assert prose("n", "d") == prose("n") == "12"
    assert prose("year") == "1990"
    assert prose("who") == 'Moscow\'s "friend"'
    assert prose("when") == "2018-03"
    assert prose("pair") == "1,000"


def test_one_name_for_two_numbers_and_a_number_that_is_none_fail_the_chapter(run):
    cells = nbformat.read(run / f"{FIRST}.ipynb", 4).cells
    faults = [output["evalue"] for cell in cells for output in cell.outputs if output["output_type"] == "error"]
    assert len(faults) == 3
    assert "'twice' was reported before" in faults[0]
    assert "'once' was reported before" in faults[1]
    assert "nothing is nan" in faults[2]


def test_predictions_are_shown_as_markdown(run):
    cells = nbformat.read(run / f"{FIRST}.ipynb", 4).cells
    assert "serial tilting" in cells[1].outputs[0]["data"]["text/markdown"]


def test_findings_are_collected_in_the_order_of_the_claims(evidence):
    found = collect()
    assert [finding.claim for finding in found] == ["C1a", "C2b", "C4b"]
    assert found[0].verdict == "supported"
    assert found[2].tests[0]["kind"] == "posterior"


def test_without_a_build_the_tracked_notebooks_are_read(evidence, project, monkeypatch):
    monkeypatch.delenv("HEDGING_EVIDENCE")
    shutil.copytree(evidence, project / "notebooks")
    assert len(collect()) == 3


def test_findings_shown_again_in_the_verdict_chapter_are_not_counted_twice(evidence):
    shutil.copy(evidence / f"{FIRST}.ipynb", evidence / "6-verdict.ipynb")
    assert len(collect()) == 3


def test_a_claim_left_out_of_its_chapter_is_not_passed_over(spoil):
    spoil(FIRST, lambda cells: cells[:2])
    with pytest.raises(HedgingError, match="claim C1a has no finding"):
        collect()


def test_a_claim_judged_twice_does_not_keep_the_better_verdict(spoil):
    spoil(SECOND, lambda cells: [*cells, cells[1]])
    with pytest.raises(HedgingError, match="claim C2b has 2 findings"):
        collect()


def test_a_verdict_under_older_words_is_not_taken_for_the_new_claim(evidence, rewrite):
    rewrite("says: Pyongyang kept", "says: Pyongyang always kept")
    with pytest.raises(HedgingError, match="judged under another 'says'"):
        collect()


def test_a_chapter_that_was_not_run_or_is_damaged_is_named(evidence):
    (evidence / f"{SECOND}.ipynb").write_text("{")
    with pytest.raises(HedgingError, match="not a notebook"):
        collect()
    (evidence / f"{SECOND}.ipynb").unlink()
    with pytest.raises(HedgingError, match=f"has not been run[\\s\\S]*{SECOND}"):
        collect()


@pytest.mark.parametrize("value", [None, True, [1], {"a": 1}, float("inf")])
def test_only_what_a_sentence_can_hold_is_reported(value):
    with pytest.raises(HedgingError):
        literal("x", value)
