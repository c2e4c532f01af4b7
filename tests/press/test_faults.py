"""Whatever papermill lets pass or leaves half-done: each accident goes red, with its place and its remedy."""

import json
import os
import signal
import subprocess
import time

import pytest
from tiny import alive, code, prose


def test_a_misspelt_parameter_does_not_run_the_default_era(project):
    project.chapter("one", "start", parameters="start = 1990")
    project.entries["one"]["parameters"] = {"strat": 1970}
    project.chapter("two", "start")
    told = project.fails()
    assert "unknown parameter: 'strat'" in told
    assert "did you mean 'start'?" in told
    assert "chapter one" in told
    assert not project.executed("one").exists()
    assert project.executed("two").exists()


def test_a_parameter_of_another_kind_is_refused(project):
    project.chapter("one", parameters="start = 1990")
    project.entries["one"]["parameters"] = {"start": "1990s"}
    project.chapter("two", "1")
    told = project.fails()
    assert "parameter start is int, not str" in told
    assert "start = 1990" in told


def test_a_lost_parameters_tag_does_not_inject_at_the_top(project):
    project.chapter("one", "start = 1990", parameters=None)
    told = project.fails()
    assert "no cell is tagged `parameters`" in told
    assert "chapter one" in told
    assert "remedy: tag exactly one code cell" in told


def test_a_second_parameters_cell_is_not_silently_ignored(project):
    project.chapter("one", "1", code("end = 2024", "parameters"))
    assert "cells 1, 3 are tagged `parameters`" in project.fails()


@pytest.mark.parametrize("line", ["end = start + 10", "print(start)", "end = len('ab')", "end ="])
def test_a_value_derived_in_the_parameters_cell_cannot_keep_the_default(project, line):
    project.chapter("one", parameters=f"start = 1990\n{line}")
    told = project.fails()
    assert f"chapter one, cell 1, line 2: {line}" in told
    assert "may hold only `name = literal`" in told


def test_a_failing_cell_leaves_the_old_chapter_in_place(project):
    project.chapter("one", "1 + 1")
    project.succeeds()
    good = project.executed("one").read_bytes()
    project.edit("one", lambda cells: cells[1].update(source="a = 1\n\nb = a / 0"))
    told = project.fails()
    assert "ZeroDivisionError: division by zero" in told
    assert "chapter one, cell 2, line 3: b = a / 0" in told
    assert "hedging build --only one" in told
    assert project.executed("one").read_bytes() == good
    assert [path.name for path in project.executed("one").parent.iterdir()] == ["one.ipynb"]
    assert "failed" not in project.why()["one"]
    assert project.why()["one"] == "cell 2 changed"


def test_the_place_is_right_after_an_injected_cell(project):
    project.chapter("one", "1", prose("text"), "int('x')")
    project.entries["one"]["parameters"] = {"start": 1970}
    project.chapter("two")
    assert "chapter one, cell 3, line 1: int('x')" in project.fails()


def test_an_exit_with_code_zero_is_not_a_finished_chapter(project):
    project.chapter("one", "import sys; sys.exit(0)", "print('never')")
    told = project.fails()
    assert "SystemExit" in told
    assert "chapter one, cell 2" in told
    assert not project.executed("one").exists()


def test_an_exit_in_the_last_cell_is_refused_too(project):
    project.chapter("one", "raise SystemExit")
    assert "stopped here with SystemExit" in project.fails()


def test_an_empty_cell_is_not_taken_for_one_that_ran(project):
    project.chapter("one", "", "1")
    assert "a code cell is empty" in project.fails()


def test_a_warning_does_not_reach_the_readers(project):
    project.chapter("one", "import warnings; warnings.warn('old habit')")
    told = project.fails()
    assert "writes to standard error" in told
    assert "old habit" in told


@pytest.mark.parametrize("how", [[], ["--cold"]])
def test_a_killed_kernel_is_reported_with_its_signal(project, how):
    project.chapter("one", "1", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "2")
    told = project.fails(*how)
    assert "the kernel died (signal SIGKILL)" in told
    assert "chapter one, cell 3" in told
    assert not project.executed("one").exists()


def test_a_kernel_that_never_starts_is_tried_twice_and_told_once(project):
    project.chapter("one", "1")
    project.write("notebooks/comm.py", "raise SystemExit('a module of this name breaks ipykernel')")
    done = subprocess.run(
        project.command("build", "--chapters-only", "--cold"), capture_output=True, text=True, timeout=120,
        env={**project.env, "PYTHONPATH": str(project.root / "notebooks")},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("the kernel did not start, twice") == 1
    assert "its last words: a module of this name breaks ipykernel" in done.stderr


@pytest.mark.parametrize("how", [[], ["--cold"]])
def test_an_endless_cell_ends_at_the_limit_and_its_kernel_is_gone(project, how):
    note = project.root / "pid"
    project.chapter("one", f"import os; open({str(note)!r}, 'w').write(str(os.getpid()))", "while True: pass")
    told = project.fails("--limit", "15", *how)
    assert "passed its limit of 15 s" in told
    assert "chapter one, cell 3" in told
    assert "--limit SECONDS" in told
    assert not alive(int(note.read_text()))


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("how", [[], ["--cold"]])
def test_an_interrupt_leaves_no_kernel_behind(project, ending, how):
    note = project.root / "pid"
    project.chapter("one", f"import os; open({str(note)!r}, 'w').write(str(os.getpid()) + ' ')", "while True: pass")
    command = project.command("build", "--chapters-only", *how)
    build = subprocess.Popen(command, env=project.env, stderr=subprocess.PIPE, text=True)
    _until(lambda: note.exists() and note.read_text().endswith(" "))
    build.send_signal(ending)
    _, told = build.communicate(timeout=30)
    _until(lambda: not alive(int(note.read_text())))
    if ending != signal.SIGKILL:
        assert build.returncode == 130
        assert "every kernel has been ended" in told
    assert not project.executed("one").exists()


def _until(done, patience=60):
    end = time.monotonic() + patience
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("how", [[], ["--cold"]])
def test_a_file_under_data_that_was_not_declared_cannot_be_read(project, how):
    project.table("trade", "a\n1\n")
    project.table("arms", "a\n2\n")
    project.write("data/notes.txt", "by hand")
    project.chapter("one", "print(open('../data/trade.csv').read())", tables=["trade"])
    project.chapter("two", "import os", "f = open('../data/arms.csv')", tables=["trade"])
    project.chapter("three", "import pandas as pd", "pd.read_csv('../data/../data/notes.txt')")
    told = project.fails(*how)
    assert project.printed("one") == "a\n1\n\n"
    assert "the chapter did not declare data/arms.csv" in told
    assert "chapter two, cell 3" in told
    assert "add arms to the chapter's tables in chapters.yml" in told
    assert "the chapter did not declare data/notes.txt" in told
    assert not project.executed("two").exists()


def test_a_chapter_that_reads_a_failed_one_waits(project):
    project.chapter("one", "1 / 0")
    project.chapter("verdict", "1", after=["one"])
    done = project.build()
    assert done.returncode == 1
    assert "1 failed, 1 waiting for a failed one" in done.stdout
    assert not project.executed("verdict").exists()


def test_a_verdict_is_not_given_on_chapters_that_were_never_built(project):
    project.chapter("one", "1")
    project.chapter("verdict", "1", after=["one"])
    assert "the findings that chapter verdict reads are not there: one" in project.fails("--only", "verdict")


def test_an_unknown_chapter_gets_the_nearest_name(project):
    project.chapter("after-the-fall", "1")
    told = project.fails("--only", "after-fall")
    assert "unknown chapter: 'after-fall'" in told
    assert "did you mean 'after-the-fall'?" in told


def test_a_missing_notebook_names_its_chapter(project):
    project.chapter("one", "1")
    (project.root / "notebooks/one.ipynb").unlink()
    told = project.fails()
    assert "the notebook of chapter one is missing" in told
    assert "notebooks/one.ipynb" in told


def test_half_a_notebook_is_told_as_such(project):
    project.chapter("one", "1")
    project.write("notebooks/one.ipynb", json.dumps({"cells": []})[:-3])
    assert "one.ipynb is not a notebook of format 4" in project.fails()


ENTRY = {"slug": "one", "title": "One", "notebook": "one.ipynb"}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("- slug: [", "chapters.yml is not valid YAML"),
        ("one: two", "must be a list"),
        (json.dumps([{"slug": "one"}]), "an entry needs slug, title and notebook"),
        (json.dumps([{**ENTRY, "tabels": []}]), "did you mean 'tables'?"),
        (json.dumps([{**ENTRY, "tables": ["trad"]}]), "did you mean 'trade'?"),
        (json.dumps([{**ENTRY, "tables": "trade"}]), "tables must be a list"),
        (json.dumps([{**ENTRY, "after": ["two"]}]), "unknown chapter in `after`"),
        (json.dumps([ENTRY, ENTRY]), "the slug 'one' is used twice"),
    ],
)
def test_a_slip_in_the_list_of_chapters_is_named_with_its_place(project, written, told):
    project.table("trade", "a\n1\n")
    project.chapter("one", "1")
    project.write("chapters.yml", written)
    error = project.fails()
    assert told in error
    assert "chapters.yml" in error


def test_a_folder_that_is_no_project_is_told_as_such(project):
    told = project.fails()
    assert "chapters.yml is missing" in told
    assert "HEDGING_ROOT" in told


def test_a_usage_fault_is_told_apart_from_a_failed_book(project):
    project.chapter("one", "1")
    assert project.hedging("build", "--onyl", "one").returncode == 2
    assert project.hedging("build", "--limit", "0").returncode == 2
    assert os.listdir(project.root / "notebooks") == ["one.ipynb"]  # noqa: PTH208
