"""The papermill engine that runs the book's chapters: one kernel a chapter, one limit, nothing saved between cells."""

import contextlib
import os
import signal
import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionError, DeadKernelError
from traitlets import Type

from hedging.press.mill import Engine, PapermillNotebookClient, papermill_engines
from hedging.press.provisioner import TICK
from hedging.press.session import KERNELS, Session

NAME = "hedging"
KERNEL = "python3"


class KernelEnded(Exception):
    """The kernel is gone. `code` is its exit code (negative: the signal), `expired` that its time was up."""

    def __init__(self, code: int | None, expired: bool, started: bool) -> None:
        super().__init__(code)
        self.code, self.expired, self.started = code, expired, started


class OutputChannel(AsyncZMQSocketChannel):
    """A channel that, where it shall wait as long as it takes, does not ask first whether a message is there."""

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Return the next message; raises Empty if none comes within `timeout` seconds."""
        return await (self._recv() if timeout is None else super().get_msg(timeout))


class BookKernelClient(AsyncKernelClient):
    """A client that is ready as soon as the kernel answers on both channels.

    The usual one then listens for 0.2 s more, to drop messages that nbclient does not mistake for its own anyway.
    """

    iopub_channel_class = Type(OutputChannel)

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        while True:
            self.kernel_info()
            try:
                await self.shell_channel.get_msg(timeout=1)
                await self.iopub_channel.get_msg(timeout=0.2)  # outputs sent before this channel stands would be lost
                return
            except Empty:
                if not await self.is_alive():
                    raise RuntimeError("the kernel died before replying") from None

    wait_for_ready = _async_wait_for_ready


class BookKernelManager(AsyncKernelManager):
    """A manager of this package's kernel, which notices its end sooner than ten times a second."""

    @cached_property
    def kernel_spec(self) -> KernelSpec:
        """Read the one specification there is; to search for it by this name would load ipykernel and all IPython."""
        return KernelSpec.from_resource_dir(str(KERNELS / KERNEL))

    async def _async_wait(self, pollinterval: float = TICK) -> None:
        await super()._async_wait(pollinterval=TICK)


class BookClient(PapermillNotebookClient):
    """nbclient with a kernel of this package, and a wall clock for the whole chapter."""

    def __init__(self, nb_man: Any, session: Session, slug: str, **options: Any) -> None:
        super().__init__(nb_man, coalesce_streams=True, record_timing=False, shutdown_kernel="immediate", **options)
        self.session, self.slug, self.expired = session, slug, False
        self.cells_started, self.peak = 0, 0

    def create_kernel_manager(self) -> BookKernelManager:
        """Make the manager of a kernel of this package."""
        self.km = BookKernelManager(kernel_name=KERNEL)
        self.km.client_factory = BookKernelClient
        return self.km

    def run(self, limit: float, env: dict[str, str], cwd: Path) -> None:
        """Run all cells within `limit` seconds; raises KernelEnded if the kernel does not live to the end."""
        clock = threading.Timer(limit, self.expire)
        clock.daemon = True
        clock.start()
        self.session.clients.add(self)
        try:
            self.execute(env=env, cwd=str(cwd))
        except (DeadKernelError, RuntimeError) as fault:
            raise KernelEnded(getattr(fault, "exit_code", None), self.expired, self.cells_started > 0) from fault
        finally:
            clock.cancel()
            self.session.clients.discard(self)

    def papermill_execute_cells(self) -> None:
        """Run the cells, without papermill's times of each; note how the kernel ended while that can be asked."""
        process = self.km and self.km.provisioner and self.km.provisioner.process
        try:
            with contextlib.suppress(CellExecutionError):  # papermill finds the cell by its output
                for index, cell in enumerate(self.nb.cells):
                    self.execute_cell(cell, index)
        except DeadKernelError as fault:
            fault.exit_code = process.poll() if process else None
            raise
        finally:
            self.peak = peak_memory(process.pid) if process else 0

    def expire(self) -> None:
        """End the chapter because its time is up."""
        self.expired = True
        self.kill_kernel()

    def kill_kernel(self) -> None:
        """Kill the kernel and what it has started, from any thread."""
        process = self.km and self.km.provisioner and self.km.provisioner.process
        if process and process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if hasattr(os, "killpg"):
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()


class BookEngine(Engine):
    """What papermill calls: one client for one notebook."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        session: Session,
        slug: str,
        limit: float,
        env: dict[str, str],
        cwd_of_kernel: Path,
        on_cell: Callable[[int], None],
        on_peak: Callable[[int], None],
        **_: Any,
    ) -> None:
        """Run the notebook. `on_cell` hears the index of each code cell that starts, `on_peak` the kernel's bytes."""

        def started(cell: Any, cell_index: int) -> None:
            client.cells_started += 1
            on_cell(cell_index)

        client = BookClient(nb_man, session, slug, kernel_name=kernel_name, on_cell_execute=started)
        try:
            client.run(limit, env, cwd_of_kernel)
        finally:
            if client.peak:
                on_peak(client.peak)


def peak_memory(process: int) -> int:
    """Return the most that a process has held in memory, in bytes, shared pages included; 0 where it is not told."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


papermill_engines.register(NAME, BookEngine)
