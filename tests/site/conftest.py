"""One small book, built once; tests that change a book build their own."""

import mini_book
import pytest


@pytest.fixture(scope="session")
def chapters():
    one = mini_book.notebook(
        "One", mini_book.chart_output("fig-one"), mini_book.finding_output(), text="{numref}`fig-two`"
    )
    return {"1-one": one, "2-two": mini_book.notebook("Two", mini_book.chart_output("fig-two"))}


@pytest.fixture(scope="session")
def built(tmp_path_factory, chapters):
    """The folder of a book that was built from nothing."""
    root = mini_book.book(tmp_path_factory.mktemp("book"), chapters)
    done = mini_book.build(root)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def page(built):
    """A function that reads a built page."""
    return lambda name: (built / "_build" / "html" / f"{name}.html").read_text(encoding="utf-8")
