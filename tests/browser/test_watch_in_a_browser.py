"""The watch as an author sees it: in a browser that is left alone while files are saved."""

import json

import pytest
from watched import Watched, book, replace

PANEL = "#hedging-watch section"


@pytest.fixture
def watched(tmp_path):
    with Watched(book(tmp_path)) as watched:
        yield watched


@pytest.fixture
def page(chromium):
    """A page that no script may fail on; that a reload cuts the stream of events is no fault."""
    context, faults = chromium.new_context(viewport={"width": 1280, "height": 900}), []
    page = context.new_page()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    yield page
    context.close()
    assert not faults


def test_an_author_has_to_reload_or_to_guess_what_is_wrong(watched, page):
    root = watched.project.root
    page.goto(f"{watched.address}chapters/one.html")
    watched.project.edit("one", lambda cells: cells[0].update(source="# Chapter one\n\nWords that were just saved."))
    page.get_by_text("Words that were just saved.").wait_for()

    path = root / "notebooks/one.ipynb"
    good = path.read_text()
    path.write_text(good[:100])
    panel = page.locator(PANEL)
    panel.wait_for()
    assert "one.ipynb is not a notebook" in panel.inner_text()
    assert panel.get_attribute("role") == "alert"
    assert page.get_by_text("Words that were just saved.").is_visible()
    assert panel.bounding_box()["height"] < 450  # what is told does not hide the page

    replace(path, good)
    panel.wait_for(state="detached")

    cells = json.loads(good)
    cells["cells"][2]["source"] = "1 / 0"
    path.write_text(json.dumps(cells))
    panel.wait_for()
    assert "ZeroDivisionError" in panel.inner_text()
    assert "chapter one, cell 2, line 1" in panel.inner_text()
