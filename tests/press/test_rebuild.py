"""Exactly what changed runs again, and the reason is said; prose never runs anything."""

import json
import subprocess
import sys

from tiny import code, finding, prose


def test_an_unchanged_book_runs_nothing(project):
    project.chapter("one", "1")
    assert "1 run" in project.succeeds()
    assert "1 unchanged" in project.succeeds()
    assert project.why() == {"one": "unchanged"}
    assert "1 run" in project.succeeds("--force")


def test_checking_an_unchanged_book_loads_nothing_heavy(project):
    project.table("trade", "a\n1\n")
    project.chapter("one", "import pandas, hedging.errors", tables=["trade"])
    project.succeeds()
    script = (
        "import sys; from hedging.press.build import Options, build; "
        "outcome = build(Options(chapters_only=True)); assert outcome.fresh == ['one'], outcome; "
        "print(sorted({'pandas', 'numpy', 'nbformat', 'papermill', 'zmq', 'altair', 'sphinx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], env=project.env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_changed_table_is_not_printed_with_its_old_number(project):
    project.table("trade", "value\n1\n")
    project.table("arms", "value\n1\n")
    project.chapter("one", "print(open('../data/trade.csv').read())", tables=["trade"])
    project.chapter("two", "1", tables=["arms"])
    project.succeeds()
    project.write("data/trade.csv", "value\n2\n")
    assert project.why() == {"one": "table trade changed", "two": "unchanged"}
    assert "1 run, 1 unchanged" in project.succeeds()
    assert project.printed("one") == "value\n2\n\n"


def test_a_changed_record_of_a_table_runs_its_readers(project):
    project.table("trade", "value\n1\n")
    project.chapter("one", "1", tables=["trade"])
    project.succeeds()
    index = project.root / "data/datapackage.json"
    index.write_text(index.read_text().replace('"name"', '"unit": "USD", "name"'))
    assert project.why() == {"one": "record of table trade changed"}


def test_a_module_behind_a_module_is_not_forgotten(project):
    project.write("notebooks/near.py", "def value():\n    from far import VALUE\n    return VALUE\n")
    project.write("notebooks/far.py", "VALUE = 1\n")
    project.chapter("one", "import near\nprint(near.value())")
    project.chapter("two", "1")
    project.succeeds()
    project.write("notebooks/far.py", "VALUE = 2\n")
    assert project.why() == {"one": "module far changed", "two": "unchanged"}
    project.succeeds()
    assert project.printed("one") == "2\n"


def test_the_argument_file_counts_where_a_module_reads_it(project):
    project.write("claims.yml", "a: 1\n")
    project.write("notebooks/near.py", "NAME = 'claims.yml'\n")
    project.chapter("one", "import near")
    project.chapter("two", "1")
    project.succeeds()
    project.write("claims.yml", "a: 2\n")
    assert project.why() == {"one": "file claims.yml changed", "two": "unchanged"}


def test_an_import_of_the_package_reaches_its_inside(project):
    project.chapter("one", "from hedging.press import chapters")
    project.succeeds()
    parts = json.loads((project.root / "_build/state/one.json").read_text())["parts"]
    names = ("hedging", "hedging.press", "hedging.press.chapters", "hedging.errors", "hedging.paths")
    assert {f"module {name}" for name in names} <= parts.keys()


def test_each_other_input_is_named_when_it_changes(project):
    project.write("requirements.lock", "pandas==3.0\n")
    project.chapter("one", "1", parameters="start = 1990")
    project.chapter("two", "1")
    project.succeeds()
    project.write("requirements.lock", "pandas==3.1\n")
    assert project.why() == {"one": "requirements.lock changed", "two": "requirements.lock changed"}
    project.entries["one"]["parameters"] = {"start": 1970}
    project.chapter("two", "1")
    assert project.why()["one"] == "parameter start is new"
    project.succeeds()
    project.entries["one"]["parameters"] = {"start": 1961}
    project.chapter("two", "1")
    assert project.why() == {"one": "parameter start changed from 1970 to 1961", "two": "unchanged"}
    project.edit("two", lambda cells: cells[1]["metadata"].update(tags=["hide-input"]))
    assert project.why()["two"] == "cell 2 changed"
    project.edit("one", lambda cells: cells.append(code("2") | {"id": "new"}))
    assert project.why("--only", "one") == {"one": "parameter start changed from 1970 to 1961"}


def test_a_chapter_edited_by_hand_or_lost_is_made_again(project):
    project.chapter("one", "print('true')")
    project.succeeds()
    good = project.executed("one").read_bytes()
    project.executed("one").write_bytes(good.replace(b"true", b"fake"))
    assert project.why() == {"one": "its executed notebook was altered"}
    project.succeeds()
    assert project.executed("one").read_bytes() == good
    project.executed("one").unlink()
    assert project.why() == {"one": "its executed notebook is gone"}


def test_new_prose_reaches_the_page_without_a_run(project):
    project.write("counter", "")
    count = f"with open({str(project.root / 'counter')!r}, 'a') as f: f.write('x')"
    project.chapter("one", prose("old words"), count, "print(start)", parameters="start = 1")
    project.entries["one"]["parameters"] = {"start": 2}
    project.chapter("two", "1")
    project.succeeds()

    def edit(cells):
        cells[1]["source"] = "new words"
        cells.insert(2, prose("more words") | {"id": "more"})
        cells[-1]["metadata"]["mystnb"] = {"figure": {"name": "fig-one"}}

    project.edit("one", edit)
    assert "1 with new prose, 1 unchanged" in project.succeeds()
    assert (project.root / "counter").read_text() == "x"
    grafted = project.executed("one").read_bytes()
    assert b"new words" in grafted
    assert b"old words" not in grafted
    assert project.printed("one") == "2\n"
    assert "2 unchanged" in project.succeeds()
    project.succeeds("--force", "--only", "one")
    assert project.executed("one").read_bytes() == grafted


def test_the_verdict_runs_again_for_new_findings_and_not_for_new_charts(project):
    project.chapter("one", "print('chart')", finding("supported"))
    project.chapter("verdict", "import os; print(os.listdir(os.environ['HEDGING_EVIDENCE']))", after=["one"])
    assert "2 run" in project.succeeds()
    assert project.printed("verdict") == "['one.ipynb']\n"
    project.edit("one", lambda cells: cells[1].update(source="print('another chart')"))
    assert project.why()["verdict"] == "waits for the findings of one"
    assert "1 run, 1 unchanged" in project.succeeds()
    project.edit("one", lambda cells: cells[2].update(source=finding("contradicted")))
    assert "2 run" in project.succeeds()


def test_a_broken_state_file_costs_a_run_and_nothing_else(project):
    project.chapter("one", "1")
    project.succeeds()
    project.write("_build/state/one.json", "{")
    project.write("_build/state/facts.json", "[]")
    assert "1 run" in project.succeeds()


def test_each_chosen_chapter_runs_and_no_other(project):
    for slug in ("one", "two", "three"):
        project.chapter(slug, "1")
    assert "2 run" in project.succeeds("--only", "one", "--only", "three")
    assert project.why()["two"] == "never built"
