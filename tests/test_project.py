"""The project as a whole: what must agree agrees, what must not be there is not."""

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

import hedging
from hedging import paths

ROOT = Path(hedging.__file__).resolve().parents[1]
ROOMS = ("tables", "measures", "inference", "argument", "charts", "press")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MODULES = sorted((ROOT / "hedging").rglob("*.py"))

LOCKED = re.compile(r"^([\w.-]+)==([^\s;\\]+)(?: ; ([^\\]*))? \\$", re.MULTILINE)
# Written apart, so that this file does not hold what it forbids.
HOSTS = [".".join(parts) for parts in (
    ("pypi", "org"), ("pythonhosted", "org"), ("jsdelivr", "net"), ("unpkg", "com"), ("cdnjs", "cloudflare", "com"),
    ("conda", "anaconda", "org"), ("registry", "npmjs", "org"), ("skypack", "dev"), ("esm", "sh"),
)]  # fmt: skip


def _lock():
    text = (ROOT / "requirements.lock").read_text()
    # The environment file is for Python 3.11: where the lock forks by version, its first line is that for 3.11.
    pins = {}
    for name, version, _ in LOCKED.findall(text):
        pins.setdefault(name, version)
    return text, pins


def _wanted():
    lines = (line.split("#")[0].strip() for line in (ROOT / "requirements.in").read_text().splitlines())
    return [re.match(r"[\w.-]+", line)[0] for line in lines if line]


def test_binder_does_not_get_other_versions_than_the_book():
    _, pins = _lock()
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    pip = next(item["pip"] for item in environment["dependencies"] if isinstance(item, dict))
    assert pip == [*(f"{name}=={pins[name]}" for name in _wanted()), "-e ."]
    assert "python=3.11" in environment["dependencies"]


def test_an_unpinned_or_unhashed_package_cannot_slip_in():
    text, pins = _lock()
    assert set(_wanted()) <= pins.keys()
    assert "setuptools" in pins  # the project is installed without build isolation
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert LOCKED.match(entry), entry[:80]
        assert entry.count("--hash=sha256:") >= 1, entry[:80]


def test_version_two_of_jupyter_book_is_not_installed_over_a_book_of_version_one():
    assert re.search(r"^jupyter-book>=1[^,]*,<2$", (ROOT / "requirements.in").read_text(), re.MULTILINE)
    assert _lock()[1]["jupyter-book"].startswith("1.")


def test_the_version_is_one():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert hedging.__version__ == project["version"]
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"] == project["version"]


def _tracked():
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_depends_on_a_host_that_serves_packages_or_scripts():
    found = []
    for path in _tracked():
        raw = path.read_bytes().lower()
        found += [(path.name, host) for host in HOSTS if path.suffix != ".md" and host.encode() in raw]
    assert found == []


def test_no_file_names_a_folder_of_one_persons_machine():
    homes = [b"/" + name for name in (b"root/", b"home/", b"Users/")]
    text = (".py", ".yml", ".toml", ".md", ".ipynb", ".json", ".lock", ".in", "")
    found = [
        path.name for path in _tracked() if path.suffix in text and any(home in path.read_bytes() for home in homes)
    ]
    assert found == []


def test_no_file_grows_beyond_what_is_read_in_one_go():
    code = [*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    assert {path.name: lines for path in code if (lines := len(path.read_text().splitlines())) > 250} == {}


def test_no_function_grows_beyond_one_step():
    long = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= 45:
                long[f"{path.name}:{node.name}"] = node.end_lineno - node.lineno + 1
    assert long == {}


def _imports(path):
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def _rooms(path):
    return {name.split(".")[1] for name in _imports(path) if name.startswith("hedging.")}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_the_rooms_before_it(room):
    later = {*ROOMS[ROOMS.index(room) + 1 :], "ingest", "cli"}
    wrong = {path.name: _rooms(path) & later for path in (ROOT / "hedging" / room).rglob("*.py")}
    assert {name: rooms for name, rooms in wrong.items() if rooms} == {}


def test_ingest_knows_the_tables_and_no_other_room():
    for path in (ROOT / "hedging/ingest").rglob("*.py"):
        assert not _rooms(path) & (set(ROOMS) - {"tables"}), path.name


def _chapters():
    return yaml.safe_load((ROOT / "chapters.yml").read_text())


def test_every_notebook_is_a_chapter_and_every_chapter_a_page():
    chapters = _chapters()
    assert sorted(chapter["notebook"] for chapter in chapters) == [path.name for path in NOTEBOOKS]
    assert all(chapter["notebook"] == f"{chapter['slug']}.ipynb" for chapter in chapters)
    toc = (ROOT / "_toc.yml").read_text()
    assert re.findall(r"chapters/([\w-]+)", toc) == [chapter["slug"] for chapter in chapters]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestNotebook:
    """nbval compares nothing in a cell that was not run, so that each was run is asserted here."""

    def test_no_cell_is_skipped_run_twice_or_failed(self, path):
        cells = _code(path)
        assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
        kinds = [output["output_type"] for cell in cells for output in cell["outputs"]]
        assert "error" not in kinds
        assert not [o for cell in cells for o in cell["outputs"] if o.get("name") == "stderr"]

    def test_no_cell_that_shows_something_is_empty(self, path):
        silent = [cell["execution_count"] for cell in _code(path) if _shows(cell) and not cell["outputs"]]
        assert silent == []

    def test_it_runs_with_the_kernel_that_everybody_has(self, path):
        assert json.loads(path.read_text())["metadata"]["kernelspec"]["name"] == "python3"

    def test_its_cells_stay_short(self, path):
        # statements, not lines: captions and alternative texts are prose and may be long
        steps = {c["execution_count"]: [n for n in ast.walk(_tree(c)) if isinstance(n, ast.stmt)] for c in _code(path)}
        long = [count for count, found in steps.items() if len(found) > 10]
        assert long == [], "more than ten steps: a function is missing in hedging/"
        logic = (ast.FunctionDef, ast.ClassDef, ast.While, ast.Try)
        assert [count for count, found in steps.items() if any(isinstance(node, logic) for node in found)] == []

    def test_nothing_of_a_run_is_tracked_with_it(self, path):
        notebook = json.loads(path.read_text())
        assert "papermill" not in notebook["metadata"]
        assert not [cell for cell in notebook["cells"] if {"papermill", "execution"} & cell["metadata"].keys()]


def _code(path):
    return [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]


def _tree(cell):
    return ast.parse("".join("" if line.startswith(("%", "!")) else line for line in cell["source"]))


def _shows(cell):
    """A last line that is an expression shows itself, unless it ends in a semicolon."""
    source, body = "".join(cell["source"]), _tree(cell).body
    return bool(body) and isinstance(body[-1], ast.Expr) and not source.rstrip().endswith(";")


def test_make_test_is_what_ci_runs():
    script = (ROOT / ".ci/run").read_text()
    assert script.splitlines()[-1] == "make test"
    assert "set -eo pipefail" in script
    assert paths.ROOT == ROOT
