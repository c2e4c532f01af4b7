"""A forked kernel behaves as a new process does, for programs that know nothing of forks."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from tiny import alive

from hedging.press import sources
from hedging.press.session import KERNELS, Session

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux forks kernels; others start cold, which test_kernels tests"
)
PARENT_OF_PARENT = "import os; print(open(f'/proc/{os.getppid()}/stat').read().split()[3])"


@contextmanager
def kernel(session):
    """Start a kernel as any Jupyter program would; yields its manager and a way to ask it."""
    manager = KernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(KERNELS)]))
    manager.start_kernel(env=session.surroundings())
    ask = Ask(manager)
    try:
        yield manager, ask
    finally:
        ask.client.stop_channels()
        manager.shutdown_kernel(now=True)


class Ask:
    """Runs code and returns what it prints, shows or raises."""

    def __init__(self, manager):
        self.client = manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def __call__(self, code, timeout=30):
        self.told = []
        self.client.execute_interactive(code, timeout=timeout, output_hook=self.hear)
        return "".join(self.told).strip()

    def hear(self, message):
        content = message["content"]
        self.told.append(content.get("text") or content.get("data", {}).get("text/plain") or content.get("ename") or "")


@pytest.fixture(scope="module")
def session():
    with Session(modules=["pandas", "hedging.measures"]) as session:
        yield session


def is_forked(session, ask):
    return ask(PARENT_OF_PARENT) == str(session._parent.pid)


def until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_what_one_kernel_leaves_behind_is_not_found_by_the_next(session):
    with kernel(session) as (_, ask):
        assert is_forked(session, ask)
        ask("import os, sys, warnings, pandas; left = 1; os.environ['LEFT'] = '1'; os.chdir('/')")
        ask("pandas.set_option('display.precision', 2); sys.path.insert(0, 'left'); warnings.simplefilter('ignore')")
        first = ask("print(os.getpid())")
    with kernel(session) as (_, ask):
        assert ask("print('left' in globals(), 'os' in globals())") == "False False"
        assert ask("import os, sys; print(os.environ.get('LEFT'), os.getcwd() == '/', 'left' in sys.path)") == (
            "None False False"
        )
        assert ask("import pandas; print(pandas.get_option('display.precision'))") == "6"
        assert ask("print(os.getpid())") != first
    assert not alive(int(first))  # and its memory is the system's again


def test_an_interrupt_ends_the_cell_and_not_the_kernel(session):
    with kernel(session) as (manager, ask):
        ask("kept = 7")
        client = ask.client
        client.execute("import time; print('begun', flush=True); time.sleep(60)")
        while True:
            if client.get_iopub_msg(timeout=20)["content"].get("text", "").startswith("begun"):
                break
        manager.interrupt_kernel()
        reply = client.get_shell_msg(timeout=20)
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        until(lambda: ask("print(kept)") == "7")  # what is sent right after a fault is turned away


def test_a_restart_gives_an_empty_kernel_that_answers(session):
    with kernel(session) as (manager, ask):
        ask("kept = 7")
        manager.restart_kernel(now=True)
        ask.client.wait_for_ready(timeout=60)
        assert ask("print('kept' in globals())") == "False"


def test_a_cell_that_starts_threads_and_processes_runs_as_in_a_cold_kernel(session):
    code = """
        import subprocess, sys
        from concurrent.futures import ThreadPoolExecutor
        import pandas as pd
        with ThreadPoolExecutor(4) as pool:
            sums = list(pool.map(lambda n: int(pd.Series(range(n)).sum()), range(4)))
        print(sums, subprocess.run([sys.executable, "-P", "-c", "print(6 * 7)"], capture_output=True, text=True).stdout)
    """
    with kernel(session) as (_, ask):
        assert ask(textwrap.dedent(code)) == "[0, 0, 1, 3] 42"


def test_kernels_do_not_outlive_the_rooms_that_forked_them_and_the_next_one_is_warm_again(session):
    with kernel(session) as (manager, ask):
        rooms, mine = (int(word) for word in ask("import os; print(os.getppid(), os.getpid())").split())
        os.kill(rooms, signal.SIGKILL)
        until(lambda: not alive(mine))
        assert not manager.is_alive()
    with kernel(session) as (_, ask):
        assert is_forked(session, ask)
        assert ask("import os; print(os.getppid())") != str(rooms)


def test_a_dead_parent_costs_speed_and_not_the_chapter():
    with Session(modules=[]) as session:
        with kernel(session) as (_, ask):
            mine = int(ask("import os; print(os.getpid())"))
            os.kill(session._parent.pid, signal.SIGKILL)
            until(lambda: not alive(mine))
        with kernel(session) as (_, ask):
            assert not is_forked(session, ask)
            assert ask("6 * 7") == "42"


def test_no_process_and_no_folder_is_left_when_the_creator_is_killed():
    script = """
        import os, time
        from test_warm import Session, kernel
        session = Session(modules=["pandas"])
        with kernel(session) as (_, ask):
            pids = ask("import os; print(os.getpid(), os.getppid())")
            print(pids, session._parent.pid, flush=True)
            time.sleep(60)
    """
    command = [sys.executable, "-P", "-c", textwrap.dedent(script)]
    beside = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=beside) as creator:
        pids = [int(word) for word in creator.stdout.readline().split()]
        assert len(pids) == 3
        assert all(map(alive, pids))
        creator.kill()
    until(lambda: not any(map(alive, pids)))


@pytest.fixture
def package(tmp_path):
    """A copy of the package that may be edited, with a module whose value tells its age."""
    ignored = shutil.ignore_patterns("__pycache__", "ingest", "static")
    copied = shutil.copytree(sources.PACKAGE, tmp_path / "hedging", ignore=ignored)
    (copied / "age.py").write_text("AGE = 1\n")
    return copied


def test_a_module_saved_under_a_warm_parent_is_never_served_stale(package):
    script = """
        import sys
        from pathlib import Path
        from test_warm import Session, is_forked, kernel
        age = Path(sys.argv[1])
        with Session(modules=["pandas", "hedging.age"]) as session, kernel(session) as (_, old):
            for number in range(1, 5):
                age.write_text(f"AGE = {number}\\n")  # within one second, and as long as before
                with kernel(session) as (_, ask):
                    preloaded = ask("import sys; print('hedging.age' in sys.modules, 'pandas' in sys.modules)")
                    print(is_forked(session, ask), preloaded, ask("from hedging.age import AGE; print(AGE)"))
            print(old("6 * 7"))
    """
    beside = os.pathsep.join([str(package.parent), str(Path(__file__).parent)])
    command = [sys.executable, "-P", "-c", textwrap.dedent(script), str(package / "age.py")]
    env = {**os.environ, "PYTHONPATH": beside, "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)
    wanted = [f"True True True {number}" for number in range(1, 5)]
    assert done.stdout.splitlines() == [*wanted, "42"], done.stderr


def test_bytecode_of_an_older_source_is_not_believed(package):
    age = package / "age.py"
    command = [sys.executable, "-P", "-c", "from hedging.age import AGE; print(AGE)"]
    env = {**os.environ, "PYTHONPATH": str(package.parent), "PYTHONDONTWRITEBYTECODE": ""}
    second = int(time.time()) * 10**9
    for number in (1, 2):
        age.write_text(f"AGE = {number}\n")
        os.utime(age, ns=(second + number, second + number))
        sources.drop_stale_bytecode(package)
        assert subprocess.run(command, env=env, capture_output=True, text=True).stdout == f"{number}\n"
        [cached] = (package / "__pycache__").glob("age.*.pyc")
        os.utime(cached, ns=(second + number, second + number))


def test_a_package_that_starts_a_thread_when_imported_is_not_forked(package):
    (package / "age.py").write_text("import threading, time\nthreading.Thread(target=time.sleep, args=[60]).start()\n")
    script = """
        from test_warm import Session, is_forked, kernel
        with Session(modules=["hedging.age"]) as session, kernel(session) as (_, ask):
            print(is_forked(session, ask), ask("6 * 7"))
    """
    beside = os.pathsep.join([str(package.parent), str(Path(__file__).parent)])
    command = [sys.executable, "-P", "-c", textwrap.dedent(script)]
    env = {**os.environ, "PYTHONPATH": beside}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "False 42", done.stderr
    assert "notice: an import has started threads" in done.stderr


def test_a_system_that_cannot_fork_gets_cold_kernels_and_one_line(monkeypatch, capfd):
    monkeypatch.setattr("hedging.press.session.CAN_FORK", False)
    with Session(modules=["pandas"]) as session, kernel(session) as (_, ask):
        assert session.kind == "cold"
        assert ask("import os; print(os.getppid())") == str(os.getpid())
        told = [line for line in capfd.readouterr().err.splitlines() if "notice" in line]
    assert told == ["notice: kernels start cold, since this system cannot fork them safely"]
