"""A program that knows nothing of forks gets kernels that are forked, and its own result."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "source": "import os\n6 * 7",
            "outputs": [{"output_type": "execute_result", "execution_count": 1, "metadata": {},
                         "data": {"text/plain": "42"}}],
        },
        {
            "cell_type": "code", "id": "b", "metadata": {}, "execution_count": 2, "outputs": [],
            "source": "who = open(f'/proc/{os.getppid()}/cmdline').read().split('\\0')\n"
                      "_ = open('who', 'a').write(f'{\"hedging.press.warm\" in who}\\n')",
        },
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    "nbformat": 4, "nbformat_minor": 5,
}  # fmt: skip


@pytest.mark.parametrize(
    "program",
    [
        ["papermill", "one.ipynb", "out.ipynb"],
        ["jupyter-execute", "one.ipynb"],
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--nbval", "one.ipynb"],
    ],
    ids=lambda program: Path(program[0]).name,
)
def test_a_program_that_knows_nothing_of_forks_gets_one(project, program):
    project.chapter("one", "1")  # a book must have a chapter
    path = project.write("one.ipynb", json.dumps(NOTEBOOK))
    program = [shutil.which(program[0], path=f"{Path(sys.executable).parent}:{os.environ['PATH']}"), *program[1:]]
    command = project.command("warm", *program)
    done = subprocess.run(command, env=project.env, cwd=path.parent, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (project.root / "who").read_text() == "True\n"


def test_a_program_that_fails_is_not_taken_for_one_that_passed(project):
    project.chapter("one", "1")
    wrong = json.dumps(NOTEBOOK).replace('"42"', '"43"')
    path = project.write("one.ipynb", wrong)
    command = project.command("warm", sys.executable, "-m", "pytest", "--nbval", "one.ipynb")
    done = subprocess.run(command, env=project.env, cwd=path.parent, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout
    missing = project.hedging("warm", "no-such-program")
    assert missing.returncode == 1
    assert "cannot start no-such-program" in missing.stderr
