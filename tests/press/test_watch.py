"""The watch: what is saved is seen, what is wrong is told until it is mended, and nothing is left when it ends."""

import json
import os
import shutil
import signal
import socket

import pytest
from tiny import alive
from watched import ROOT, Watched, book, replace, until


@pytest.fixture
def small(tmp_path):
    return book(tmp_path)


@pytest.fixture
def watched(small):
    with Watched(small) as watched:
        yield watched


def says(project, slug, words):
    """Write other words into a chapter's prose."""
    return lambda: project.edit(slug, lambda cells: cells[0].update(source=f"# Chapter {slug}\n\n{words}"))


def runs(project, slug, code):
    """Write other code into a chapter's last cell."""
    return lambda: project.edit(slug, lambda cells: cells[2].update(source=code))


def test_a_save_is_not_seen_or_makes_more_than_depends_on_it(small, watched):
    site = small.root / "_build/html"
    assert "/_watch/page.js" in watched.get("chapters/one.html")
    assert "_watch" not in (site / "chapters/one.html").read_text()
    first = watched.states[-1]["edition"]

    state = watched.after(lambda: (small.root / "book/preface.md").write_text("# A small book\n\nNew words.\n"))
    assert state["edition"] != first
    assert "New words." in watched.get("preface.html")

    watched.after(says(small, "one", "New words."))
    assert "New words." in watched.get("chapters/one.html")
    assert (watched.runs("one"), watched.runs("two")) == (1, 1)

    small.write("notebooks/near.py", "VALUE = 'first'\n")
    watched.after(runs(small, "one", "import near; print(near.VALUE)"))
    assert "first" in watched.get("chapters/one.html")
    watched.after(lambda: small.write("notebooks/near.py", "VALUE = 'other'\n"))
    assert "other" in watched.get("chapters/one.html")
    assert watched.runs("two") == 1


def test_a_fault_is_not_told_or_is_told_for_ever(small, watched):
    path = small.root / "notebooks/one.ipynb"
    good = path.read_text()
    for half in ("", good[:200]):
        state = watched.after(lambda half=half: path.write_text(half))
        assert "one.ipynb" in json.dumps(state["faults"])
        assert "one is here" in watched.get("chapters/one.html")  # the old page is still there to be read
    state = watched.after(lambda: replace(path, good))
    assert state["faults"] == []
    assert "mended" in watched.printed[-1]

    state = watched.after(runs(small, "one", "1 / 0"))
    [fault] = state["faults"]
    assert fault["what"] == "ZeroDivisionError: division by zero"
    assert "chapter one, cell 2, line 1: 1 / 0" in fault["where"]
    assert "".join(watched.printed).count("ZeroDivisionError: division by zero") == 1
    assert watched.after(lambda: replace(path, good))["faults"] == []

    page = small.root / "book/preface.md"
    kept = page.read_text()
    state = watched.after(lambda: page.write_text(kept + "\n{numref}`fig-nowhere`\n"))
    assert "fig-nowhere" in state["faults"][0]["what"]
    assert watched.after(lambda: page.write_text(kept))["faults"] == []

    state = watched.after(lambda: small.write("chapters.yml", "- slug: ["))
    assert "chapters.yml is not valid YAML" in state["faults"][0]["what"]


CHART = """
import altair as alt
from hedging import charts
chart = alt.Chart(alt.Data(values=[{"x": 1, "y": 2}])).mark_point().encode(x="x:Q", y="y:Q")
words = "A single point, one to the right and two up."
charts.figure(chart, "fig-small", caption="One point", alt=words, source="invented")
"""


def test_a_page_with_a_chart_cannot_be_made(small, watched):
    small.write("data/datapackage.json", '{"resources": []}')
    assert watched.after(runs(small, "one", CHART))["faults"] == []
    assert 'id="fig-small"' in watched.get("chapters/one.html")
    assert watched.after(says(small, "one", "New words."))["faults"] == []
    assert "New words." in watched.get("chapters/one.html")


def test_a_save_that_comes_while_a_build_runs_is_lost(small, watched):
    before = watched.builds
    runs(small, "one", "import time; time.sleep(2); print('slow')")()
    until(lambda: watched.states[-1]["building"])
    says(small, "two", "Saved meanwhile.")()
    until(lambda: watched.builds >= before + 2)
    assert "slow" in watched.get("chapters/one.html")
    assert "Saved meanwhile." in watched.get("chapters/two.html")


def test_a_build_process_that_dies_ends_the_watch(small, watched):
    bench = watched.family()[0]
    os.kill(bench, signal.SIGKILL)
    until(lambda: not alive(bench))
    assert watched.after(says(small, "one", "After the accident."))["faults"] == []
    assert "After the accident." in watched.get("chapters/one.html")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_an_end_leaves_processes_or_folders_behind(small, watched, ending):
    runs(small, "one", "while True: pass")()
    until(lambda: watched.states[-1]["building"])
    until(lambda: len(watched.family()) >= 4)  # bench, warm parent, rooms, builder
    family = watched.family()
    assert watched.end(ending) == 130
    until(lambda: not any(alive(pid) for pid in family), 10)
    assert list(watched.folder.iterdir()) == []


def test_code_that_was_edited_is_served_as_it_was(small, tmp_path_factory):
    package = tmp_path_factory.mktemp("package")
    shutil.copytree(ROOT / "hedging", package / "hedging", ignore=shutil.ignore_patterns("__pycache__"))
    with Watched(small, package=package) as watched:
        module = package / "hedging/press/sphinx/citing.py"
        wrong = module.read_text().replace("citation_title", "citation_other")
        watched.after(lambda: module.write_text(wrong))
        small.write("CITATION.cff", "title: A book\n")
        watched.after(lambda: small.write("CITATION.cff", "title: A small book\n"))
        assert "citation_other" in watched.get("preface.html")
        [fault] = watched.after(lambda: module.write_text("def ("))["faults"]
        assert "SyntaxError" in fault["what"]
        assert "hedging/press/sphinx/citing.py, line 1" in fault["where"]
        watched.after(lambda: module.write_text(wrong))
        own = package / "hedging/press/watch/board.py"
        state = watched.after(lambda: own.write_text(own.read_text() + "\n"))
        assert "cannot load" in state["notices"][0]


def test_a_port_in_use_is_told_with_a_traceback(small):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = small.hedging("watch", "--port", str(port))
    assert done.returncode == 1
    assert f"port {port} is in use" in done.stderr
    assert "leave out --port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_project_is_watched_in_vain(project):
    done = project.hedging("watch")
    assert done.returncode == 1
    assert "chapters.yml is missing" in done.stderr
