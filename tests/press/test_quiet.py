"""nbval is made faster by not spelling out what nobody reads: what it finds, and what it logs when asked, stays."""

import json
import subprocess
import sys

from tiny import code

PYTEST = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "hedging.press.quiet", "--nbval")


def shown(text):
    cell = code(f"print({text!r})")
    told = {"output_type": "stream", "name": "stdout", "text": ["as it was\n"]}
    return {**cell, "execution_count": 1, "outputs": [told]}


def checked(folder, text, *options):
    cells = {"cells": [shown(text)], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "one.ipynb").write_text(json.dumps(cells))
    return subprocess.run([*PYTEST, *options, "one.ipynb"], cwd=folder, capture_output=True, text=True, check=False)


def test_an_output_that_differs_still_fails(tmp_path):
    assert checked(tmp_path, "as it was").returncode == 0
    done = checked(tmp_path, "as it is")
    assert done.returncode == 1
    assert "as it was" in done.stdout
    assert "as it is" in done.stdout


def test_a_log_that_somebody_asks_for_is_not_empty(tmp_path):
    done = checked(tmp_path, "as it was", "-o", "log_cli=true", "--log-cli-level=DEBUG")
    assert "'name': 'stdout'" in done.stdout
    assert "'text': 'as it was\\n'" in done.stdout
