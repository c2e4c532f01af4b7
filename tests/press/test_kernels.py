"""Warm or cold, today or tomorrow: the same bytes."""

import json
import os
import socket
import subprocess
import sys
import textwrap

import pytest
from tiny import code, finding, prose

from hedging.press.app import KernelApp
from hedging.press.session import CAN_FORK, Session

CHART = textwrap.dedent("""
    import altair as alt
    import pandas as pd
    frame = pd.DataFrame({"year": range(start, start + 5), "share": [0.1, 0.4, None, 0.3, 0.2]})
    chart = alt.Chart(frame).mark_line().encode(x="year:Q", y="share:Q")
    display({"application/vnd.vegalite.v6+json": chart.to_dict(), "text/plain": "chart"}, raw=True)
""")


def _chapters(project):
    project.chapter(
        "one", prose("# One"), CHART, "import numpy as np\nnp.linspace(0, 1, 7) ** 0.5", finding("supported")
    )
    project.entries["one"]["parameters"] = {"start": 1970}
    project.chapter(
        "two", "for i in range(200): print(i)", code("{'RUS', 'CHN', 'USA'}", "hide-input"), "frozenset('abc')"
    )
    return ("one", "two")


def _bytes(project):
    return {slug: project.executed(slug).read_bytes() for slug in ("one", "two")}


def test_warm_and_cold_kernels_and_any_two_runs_give_the_same_bytes(project):
    _chapters(project)
    project.succeeds("--cold", "--jobs", "1")
    cold = _bytes(project)
    project.succeeds("--force")
    assert _bytes(project) == cold
    project.succeeds("--force")
    assert _bytes(project) == cold
    kinds = {json.loads((project.root / f"_build/state/{slug}.json").read_text())["run"]["kernel"] for slug in cold}
    assert kinds == {"warm" if CAN_FORK else "cold"}


def test_nothing_of_the_run_itself_is_in_an_executed_chapter(project):
    _chapters(project)
    project.succeeds()
    for raw in _bytes(project).values():
        for word in (b"papermill", b"duration", b"start_time", b"iopub", str(project.root).encode()):
            assert word not in raw
    cells = json.loads(_bytes(project)["one"])["cells"]
    assert [cell["id"] for cell in cells] == ["c0", "injected-parameters", "c1", "c2", "c3", "c4"]
    assert [cell["execution_count"] for cell in cells if cell["cell_type"] == "code"] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("how", [[], ["--cold"]])
def test_a_chapter_takes_nothing_from_the_person_who_builds(project, how):
    startup = project.write("home/.ipython/profile_default/startup/mine.py", "secret = 1\n")
    project.write("home/.pythonrc", "secret = 2\n")
    project.chapter("one", "import os; print('secret' in globals(), os.getcwd())", "print(len(In))")
    env = project.env | {
        "HOME": str(project.root / "home"),
        "IPYTHONDIR": str(startup.parents[2]),
        "PYTHONSTARTUP": str(project.root / "home/.pythonrc"),
    }
    subprocess.run(project.command("build", "--chapters-only", *how), env=env, check=True, capture_output=True)
    assert project.printed("one") == f"False {project.root / 'notebooks'}\n4\n"


def test_two_forks_do_not_draw_the_same_random_numbers(project):
    draw = "import random, numpy; print(random.random(), numpy.random.random())"
    project.chapter("one", draw)
    project.chapter("two", draw)
    project.succeeds()
    (mine, my_numpy), (other, other_numpy) = (project.printed(slug).split() for slug in ("one", "two"))
    assert mine != other
    assert my_numpy != other_numpy


def test_the_warm_parent_has_no_thread_that_a_fork_would_lose():
    names = ["pandas", "pyarrow", "numpy", "altair", "hedging.tables.contract", "hedging.charts", "hedging.measures"]
    with Session(modules=names) as session, socket.socket(socket.AF_UNIX) as asker:
        asker.settimeout(60)
        asker.connect(str(session.address))
        request = {"argv": ["--help"], "env": dict(os.environ), "cwd": ".", "log": os.devnull}
        asker.sendall(json.dumps(request).encode() + b"\n")
        answer = asker.makefile("rb")
        assert json.loads(answer.readline())["pid"] > 0
        assert json.loads(answer.readline()) == {"exit": 0}
        assert len(os.listdir(f"/proc/{session._parent.pid}/task")) == 1  # noqa: PTH208
    assert session._parent.returncode is not None
    assert not session.dir.exists()


def test_a_module_that_cannot_be_imported_is_the_chapters_fault_not_the_parents(project):
    project.write("notebooks/broken.py", "raise OSError('no such thing')\n")
    project.chapter("one", "import broken")
    project.chapter("two", "import json")
    told = project.fails()
    assert "OSError: no such thing" in told
    assert "chapter one, cell 2, line 1: import broken" in told
    assert project.executed("two").exists()


def test_a_module_edited_between_two_builds_is_never_served_stale(project):
    project.write("notebooks/near.py", "VALUE = 1\n")
    project.chapter("one", "import near; print(near.VALUE)")
    for value in (1, 2):
        project.write("notebooks/near.py", f"VALUE = {value}\n")
        project.succeeds()
        assert project.printed("one") == f"{value}\n"


def test_the_kernel_is_one_that_jupyter_can_start(project):
    """The kernelspec and its provisioner are standard parts: jupyter_client alone runs a cell with them."""
    script = """
        from jupyter_client.kernelspec import KernelSpecManager
        from jupyter_client.manager import KernelManager
        from hedging.press.session import KERNELS
        specs = KernelSpecManager(kernel_dirs=[str(KERNELS)])
        manager = KernelManager(kernel_name="python3", kernel_spec_manager=specs)
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        reply = client.execute_interactive("6 * 7", timeout=60, output_hook=lambda message: None)
        print(reply["content"]["status"], type(manager.provisioner).__name__)
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    done = subprocess.run(command, env=project.env, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "ok BookProvisioner", done.stderr


def test_an_option_beyond_the_usual_is_not_lost_on_a_kernel():
    app = KernelApp()
    app.parse_command_line(["-f", "kernel.json", "--IPKernelApp.log_level=10"])
    assert app.log_level == 10
    assert app.connection_file == "kernel.json"
    assert app.config.HistoryManager.enabled is False
