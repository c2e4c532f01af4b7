"""A page that was not edited is not left as it was, if it shows something of one that was."""

import os
import subprocess
import sys
import textwrap
import time

import mini_book
import pytest
from test_same_bytes import prints

THREE = mini_book.notebook("Three", text="{numref}`fig-two`, [](2-two.ipynb), {cite:t}`someone`. $$a = b$$ (sum)")


@pytest.fixture
def root(tmp_path, chapters):
    """A small book, built, whose third chapter shows something of all others."""
    root = mini_book.book(tmp_path / "edited", {**chapters, "3-three": THREE}, with_tables=False)
    done = mini_book.build(root)
    assert done.returncode == 0, done.stderr
    return root


def anew(root, place, chapters):
    """Build the same sources from nothing, elsewhere."""
    clean = mini_book.book(place, chapters, with_tables=False)
    (clean / "book/references.bib").write_bytes((root / "book/references.bib").read_bytes())
    assert mini_book.build(clean).returncode == 0
    return prints(clean)


def test_a_number_a_title_or_an_author_of_another_page_stays_as_it_was(root, tmp_path, chapters):
    one = mini_book.notebook("Another title", mini_book.chart_output("fig-new"), mini_book.chart_output("fig-one"))
    mini_book.write(root, "1-one", one)
    bib = root / "book/references.bib"
    bib.write_text(bib.read_text().replace("One, Some", "Other, Some"))
    done = mini_book.build(root)
    assert done.returncode == 0, done.stderr
    three = (root / "_build/html/chapters/3-three.html").read_text()
    assert "Figure 3" in three
    assert "Another title" in three
    assert "Other" in three
    assert prints(root) == anew(root, tmp_path / "clean", {**chapters, "1-one": one, "3-three": THREE})


def test_a_goal_that_is_gone_is_not_told_by_the_page_that_links_to_it(root, tmp_path, chapters):
    before, two = prints(root), root / "book/chapters/2-two.ipynb"
    kept, saved = two.read_bytes(), two.stat().st_mtime_ns
    mini_book.write(root, "2-two", mini_book.notebook("A title that goes again"))
    for _ in range(2):  # nor the second time, when nothing has been edited since
        done = mini_book.build(root)
        assert "3-three" in done.stderr
        assert "fig-two" in done.stderr
    two.write_bytes(kept)
    os.utime(two, ns=(saved, saved))  # put back by a tool that keeps times: nothing seems to have been edited
    assert mini_book.build(root).returncode == 0
    assert prints(root) == before


def test_pages_of_a_build_that_was_killed_pass_for_finished_ones(root, tmp_path, chapters):
    before = prints(root)
    code = "from hedging.press.sphinx.site import build_site; build_site(['1-one'])"
    env = os.environ | {"HEDGING_ROOT": str(root)}
    process = subprocess.Popen([sys.executable, "-c", code], env=env)
    mark = root / "_build/state/doubt.json"
    end = time.monotonic() + 60
    while not mark.exists():
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.wait()
    (root / "_build/html/chapters/1-one.html").write_text("half a pa")
    assert mini_book.build(root).returncode == 0
    assert prints(root) == before


def test_numbers_of_figures_differ_from_those_that_sphinx_would_give(tmp_path, chapters):
    root = mini_book.book(tmp_path, {**chapters, "3-three": THREE}, with_tables=False)
    script = """
        from hedging.press.sphinx import numbering, site
        ours = numbering.assign_figure_numbers

        def both(collector, env):
            changed = ours(collector, env)
            mine = env.toc_fignumbers
            numbering.SPHINXS(collector, env)
            print(mine == env.toc_fignumbers, sorted(mine))
            return changed

        numbering.assign_figure_numbers = both
        site.build_site()
    """
    env = os.environ | {"HEDGING_ROOT": str(root)}
    command = [sys.executable, "-c", textwrap.dedent(script)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "True ['chapters/1-one', 'chapters/2-two']", done.stderr
