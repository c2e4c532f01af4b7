"""What builds do not load is missing to nobody: what stands in its place gives the same, and is gone afterwards."""

import subprocess
import sys
import textwrap

import nbformat
import pytest
import soupsieve
from bs4 import BeautifulSoup

from hedging.press import mill
from hedging.press.sphinx import selectors

HTML = """
<ul class="toc-h1 visible"><li class="toctree-l0 has"><details><a>1</a></details><p><details><a>2</a></details></p></li>
<li><a class="toc-h1">3</a></li><li class="toctree-l1"><details>4</details></li></ul><h1 class="toc-h10">5</h1>
"""
PLAIN = ("li", "h1", ".toc-h1", "li.toctree-l0 > details", "ul > li", "details > .toc-h1", ".none", "li.toctree-l1")


@pytest.mark.parametrize("selector", [*PLAIN, "li, h1", "ul details", "li:first-child", "ul > li > details"])
def test_a_selector_finds_other_tags_than_soupsieve_does(selector):
    soup = BeautifulSoup(HTML, "html.parser")
    assert selectors.select(selector, soup) == soupsieve.select(selector, soup)
    assert selectors.select(selector, soup.ul) == soupsieve.select(selector, soup.ul)


def said_by(script):
    """Run a script in a new process and return what it prints."""
    command = [sys.executable, "-c", textwrap.dedent(script)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_nbformat_is_left_without_its_validator():
    script = """
        import sys
        from hedging.press.sphinx import lean
        lean.prepare()
        print(any(name in sys.modules for name in ("jsonschema", "soupsieve", "IPython", "nbformat")))
        import pickle
        from myst_nb.core import read
        node = read.standard_nb_read('{"cells": [], "metadata": {"a": {"b": 1}}, "nbformat": 4, "nbformat_minor": 5}')
        print(type(pickle.loads(pickle.dumps(node.metadata.a))).__name__)
        import nbformat
        try:
            nbformat.validate({"cells": [], "metadata": 1, "nbformat": 4, "nbformat_minor": 5})
        except nbformat.ValidationError:
            print("refused")
    """
    assert said_by(script) == ["False", "dict", "refused"]


def test_arrow_is_loaded_by_a_run_or_lost_to_it():
    script = """
        import sys
        import hedging.press.execute
        print("pyarrow" in sys.modules)
        from pyarrow.fs import FileSelector
        print(FileSelector.__name__)
    """
    assert said_by(script) == ["False", "FileSelector"]


def test_papermill_does_not_save_where_it_was_told_to(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    mill.save(notebook, str(tmp_path / "saved.ipynb"))
    assert (tmp_path / "saved.ipynb").read_text() == nbformat.writes(notebook)
    mill.save(notebook, None)
    assert [path.name for path in tmp_path.iterdir()] == ["saved.ipynb"]
