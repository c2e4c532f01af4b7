"""The book's own chapters, run once in new processes: the reference for all that starts warm."""

import json
import os
import subprocess
import sys

import pytest

from hedging import paths
from hedging.press import chapters

APART = {"book", "_build", "hedging"}  # what a build writes, and the code, which is the same


@pytest.fixture(scope="module")
def cold(tmp_path_factory):
    """The chapters as new processes make them, in a project that shares all inputs with this one."""
    root = tmp_path_factory.mktemp("cold")
    for path in paths.ROOT.iterdir():
        if path.name not in APART and not path.name.startswith("."):
            (root / path.name).symlink_to(path)
    (root / "book").mkdir()
    command = [sys.executable, "-m", "hedging", "build", "--chapters-only", "--cold"]
    env = {**os.environ, "HEDGING_ROOT": str(root)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return root


@pytest.mark.parametrize("chapter", chapters.read(), ids=lambda chapter: chapter.slug)
def test_a_warm_kernel_gives_other_bytes_than_a_new_process(cold, chapter):
    built = json.loads(chapter.state.read_bytes())
    assert built["run"]["kernel"] == ("warm" if sys.platform == "linux" else "cold"), "build the book first"
    assert json.loads((cold / f"_build/state/{chapter.slug}.json").read_bytes())["run"]["kernel"] == "cold"
    assert (cold / f"book/chapters/{chapter.slug}.ipynb").read_bytes() == chapter.executed.read_bytes()
