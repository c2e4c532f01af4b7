"""What a run puts in place is a notebook that any tool can read, and nothing that only looks like one."""

import nbformat
from tiny import prose

SHOWS = "from IPython.display import display; display({'text/plain': %s}, raw=True, metadata={'a': 'b'})"


def test_an_output_that_no_notebook_may_hold_does_not_reach_the_pages(project):
    project.chapter("one", "1", prose("text"), SHOWS % 5)
    project.entries["one"]["parameters"] = {"start": 1970}
    told = project.fails()
    assert "an output that no notebook may hold: 5 is not valid" in told
    assert "chapter one, cell 3" in told
    assert not project.executed("one").exists()


def test_outputs_that_are_not_judged_one_by_one_are_those_of_the_format(project):
    project.chapter("one", SHOWS % "'shown'", "print('said')\nprint('on')", "6 * 7", parameters="start = 1990")
    project.succeeds()
    built = nbformat.read(project.executed("one"), 4)
    nbformat.validate(built)
    assert [[out.output_type for out in cell.get("outputs", [])] for cell in built.cells[1:]] == [
        ["display_data"], ["stream"], ["execute_result"]
    ]  # fmt: skip
    assert built.cells[1].outputs[0] == {
        "output_type": "display_data", "data": {"text/plain": "shown"}, "metadata": {"a": "b"}
    }  # fmt: skip
    assert built.cells[2].outputs[0].text == "said\non\n"
    assert built.cells[3].outputs[0].execution_count == built.cells[3].execution_count == 4


def test_a_built_notebook_reads_in_a_line_a_cell(project):
    project.chapter("one", "1", prose("text"), "2")
    project.succeeds()
    lines = project.executed("one").read_text().splitlines()
    assert [line.startswith('{"') for line in lines[1:5]] == [True] * 4
    assert len(lines) == 1 + 4 + 2
