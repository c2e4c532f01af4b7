"""The book as a whole: what is read, what is tracked and what is cited must be one and the same."""

import json
import re
from pathlib import Path

import pytest

from hedging import argument
from hedging.argument import any_state
from hedging.charts.figure import INVENTED
from hedging.press import chapters

ROOT = Path(__file__).parents[1]
CHAPTERS = chapters.read()
CHART = "application/vnd.vegalite.v6+json"
FINDING = "application/vnd.hedging.finding+json"
ROLE = re.compile(r"\{[\w:-]+\}`[^`]*`")
CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")
MEASURED = re.compile(r"\b\d[\d,.]*\s?(?:%|(?:per cent|percent|million|billion|points?|bits|tonnes)\b)")


def cells(path, kind):
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == kind]


def text(cell):
    return "".join(cell["source"])


def outputs(path, kind):
    shown = [output.get("data", {}) for cell in cells(path, "code") for output in cell["outputs"]]
    return [data[kind] for data in shown if kind in data]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
class TestChapter:
    def test_the_book_does_not_say_another_thing_than_the_tracked_notebook(self, chapter):
        assert chapter.parameters == {}, "the book shows the default run, so that nbval's outputs are the book's"
        executed, tracked = cells(chapter.executed, "code"), cells(chapter.notebook, "code")
        assert [text(cell) for cell in executed] == [text(cell) for cell in tracked]
        assert [cell["outputs"] for cell in executed] == [cell["outputs"] for cell in tracked]

    def test_a_chapter_is_not_a_stub(self, chapter):
        words = sum(len(ROLE.sub("x", text(cell)).split()) for cell in cells(chapter.notebook, "markdown"))
        assert words >= 800
        # a chapter that a grid runs once for each state shows what can be drawn of any state, and no more
        assert len(outputs(chapter.notebook, CHART)) >= (2 if chapter.slug == any_state.CHAPTER else 4)

    def test_no_measured_number_is_typed_into_the_prose(self, chapter):
        prose = "\n".join(ROLE.sub("", text(cell)) for cell in cells(chapter.notebook, "markdown"))
        typed = set(MEASURED.findall(prose)) - {"90%"}  # the interval is a rule of the method, not a result
        assert typed == set()

    def test_every_claim_of_a_chapter_is_judged_on_its_page(self, chapter):
        claimed = [claim.id for claim in argument.claims() if claim.chapter == chapter.slug]
        claimed += [claim.id for claim in any_state.rule().claims if chapter.slug == any_state.CHAPTER]
        assert sorted(found["claim"] for found in outputs(chapter.notebook, FINDING)) == sorted(claimed)

    def test_every_table_a_figure_names_is_one_the_chapter_may_read(self, chapter):
        shown = [output for cell in cells(chapter.notebook, "code") for output in cell["outputs"]]
        named = {table for one in shown for table in one.get("metadata", {}).get("hedging", {}).get("source", [])}
        assert named - {INVENTED} <= set(chapter.tables)


def test_no_reference_is_carried_that_nobody_cites_and_none_is_missing():
    sources = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "book").glob("*.md"))]
    sources += [
        text(cell) for chapter in CHAPTERS for kind in ("markdown", "code") for cell in cells(chapter.notebook, kind)
    ]
    cited = {key.strip() for source in sources for group in CITED.findall(source) for key in group.split(",")}
    carried = re.findall(r"(?m)^@\w+\{([^,]+),", (ROOT / "book/references.bib").read_text(encoding="utf-8"))
    assert sorted(carried) == sorted(cited)
