"""Accidents that must turn the build red, each in a small book of its own."""

import mini_book
import pytest


def fault_of(root):
    done = mini_book.build(root)
    assert done.returncode != 0, "the build was green"
    assert done.stderr.lstrip().startswith("FAULT"), done.stderr
    return done.stderr


@pytest.fixture
def chapters():
    return {"1-one": mini_book.notebook("One", mini_book.chart_output("fig-one"))}


@pytest.fixture
def root(tmp_path, chapters):
    return mini_book.book(tmp_path, chapters, with_tables=False)


@pytest.fixture
def with_tables(tmp_path, chapters):
    return mini_book.book(tmp_path, chapters)


def test_two_figures_with_one_name_are_red(root):
    again = mini_book.chart_output("fig-one", caption="Another")
    mini_book.write(root, "1-one", mini_book.notebook("One", mini_book.chart_output("fig-one")))
    (root / "_toc.yml").write_text(
        "root: preface\nformat: jb-book\nchapters:\n  - file: chapters/1-one\n  - file: chapters/2-two\n"
    )
    mini_book.write(root, "2-two", mini_book.notebook("Two", again))
    assert "two figures are named fig-one" in fault_of(root)


def test_a_chart_that_bypasses_figure_is_red(root):
    mini_book.write(root, "1-one", mini_book.notebook("One", mini_book.chart_output("fig-one", alt="")))
    assert "a chart without alt" in fault_of(root)


def test_a_figure_that_names_a_table_its_chapter_may_not_read_is_red(with_tables):
    mini_book.write(
        with_tables, "1-one", mini_book.notebook("One", mini_book.chart_output("fig-one", source=["other"]))
    )
    assert "fig-one names other as a source, which its chapter did not declare" in fault_of(with_tables)


def test_a_table_whose_bytes_are_not_those_of_its_record_is_red(with_tables):
    (with_tables / "data" / "other.csv").write_text(mini_book.CSV.replace("1.5", "1.6"))
    assert "not those that were built" in fault_of(with_tables)


def test_a_table_without_a_place_in_the_catalogue_is_red(with_tables):
    (with_tables / "book" / "subjects.yml").write_text('- subject: Trade\n  tables: ["trade*"]\n')
    assert "table other has no subject" in fault_of(with_tables)


def test_a_figure_that_is_hidden_by_a_tag_is_red(root):
    hidden = mini_book.notebook("One", mini_book.chart_output("fig-one"))
    hidden.cells[1].metadata["tags"] = ["remove-output"]
    mini_book.write(root, "1-one", hidden)
    assert "figure fig-one of 1-one.ipynb is not on its page" in fault_of(root)


def test_a_page_of_the_contents_without_a_source_is_red(root):
    (root / "book" / "chapters" / "1-one.ipynb").unlink()
    assert "page chapters/1-one has no source" in fault_of(root)


def test_an_unknown_reference_is_red_and_stays_red(root):
    preface = root / "book" / "preface.md"
    preface.write_text(preface.read_text() + "\n{cite:p}`nobody1999`\n")
    assert "nobody1999" in fault_of(root)
    assert "nobody1999" in fault_of(root), "the second build forgot the warning"


def test_a_formula_that_cannot_be_drawn_is_red(root):
    preface = root / "book" / "preface.md"
    preface.write_text(preface.read_text() + "\n$\\nosuchcommand{x}$\n")
    assert "nosuchcommand" in fault_of(root)


def test_a_chapter_that_raised_is_red(root):
    import nbformat

    error = nbformat.v4.new_output("error", ename="KeyError", evalue="'x'", traceback=["KeyError: 'x'"])
    mini_book.write(root, "1-one", mini_book.notebook("One", error))
    assert "KeyError" in fault_of(root)


def test_a_notebook_that_was_never_run_is_red(root):
    unrun = mini_book.notebook("One", mini_book.chart_output("fig-one"))
    unrun.cells[1].update(execution_count=None, outputs=[])
    mini_book.write(root, "1-one", unrun)
    assert "cell 1 was never run" in fault_of(root)
