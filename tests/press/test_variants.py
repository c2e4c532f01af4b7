"""Runs beside the book: other parameters, refreshed outputs, and the list of tables."""

import json

from tiny import finding, prose


def test_a_variant_does_not_touch_the_book(project):
    project.chapter("one", "print(start, patrons)")
    output = project.root / "variant.ipynb"
    done = project.hedging("run", "one", "-p", "start=1970", "-p", "patrons=[RUS]", "-o", str(output))
    assert done.returncode == 0, done.stderr
    assert "1970 ['RUS']" in output.read_text()
    assert not project.executed("one").exists()
    into_book = project.hedging("run", "one", "-o", str(project.executed("one")))
    assert into_book.returncode == 1
    assert "belongs to the book" in into_book.stderr


def test_a_variant_with_a_misspelt_parameter_writes_nothing(project):
    project.chapter("one", "start")
    for given, told in (("strat=1", "did you mean 'start'?"), ("start=many", "is int, not str"), ("start", "-p name=")):
        done = project.hedging("run", "one", "-p", given, "-o", str(project.root / "variant.ipynb"))
        assert done.returncode == 1
        assert told in done.stderr
    assert not (project.root / "variant.ipynb").exists()


def test_refreshed_outputs_come_from_the_default_parameters(project):
    project.chapter("one", prose("words"), "print(start)", parameters="start = 1990")
    project.entries["one"]["parameters"] = {"start": 1970}
    project.chapter("verdict", "import os; print(os.environ.get('HEDGING_EVIDENCE'))", after=["one"])
    done = project.hedging("refresh")
    assert done.stdout == "outputs that moved: one, verdict\n", done.stderr
    notebook = json.loads((project.root / "notebooks/one.ipynb").read_text())
    assert notebook["cells"][2]["outputs"][0]["text"] == ["1990\n"]
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert "None" in (project.root / "notebooks/verdict.ipynb").read_text()
    assert project.hedging("refresh", "one").stdout == "outputs that moved: none\n"


def test_refreshed_outputs_alone_do_not_run_the_book_again(project):
    project.chapter("one", "print(start)", finding("supported"))
    project.succeeds()
    project.hedging("refresh")
    assert project.why() == {"one": "unchanged"}
    assert "1 unchanged" in project.succeeds()


def test_a_failed_refresh_leaves_the_tracked_notebook_alone(project):
    project.chapter("one", "1 / 0")
    before = (project.root / "notebooks/one.ipynb").read_bytes()
    assert project.hedging("refresh").returncode == 1
    assert (project.root / "notebooks/one.ipynb").read_bytes() == before


def test_a_table_that_no_chapter_reads_is_shown_as_such(project):
    project.table("trade", "a\n1\n")
    project.table("arms", "a\n1\n")
    project.chapter("one", "1", tables=["trade"])
    assert project.hedging("tables").stdout.splitlines() == ["trade:  [one]", "arms:  [no chapter]"]
