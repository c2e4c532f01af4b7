"""How Jupyter starts a chapter's kernel: as a fork of the warm parent if one is running, else as a new process."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import uuid
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

WARM = "HEDGING_WARM"  # in the kernel's environment: the warm parent's address
SOCKETS = "HEDGING_SOCKETS"  # in the kernel's environment: the folder for its sockets
LOG = "HEDGING_KERNEL_LOG"  # in the kernel's environment: where its standard error goes
TICK = 0.005  # seconds
PATIENCE = 60.0  # seconds; the warm parent answers when it has imported what it preloads


class Fork:
    """A kernel forked elsewhere, with as much of `subprocess.Popen` as a provisioner uses."""

    stdin = stdout = stderr = None

    def __init__(self, address: str, request: dict[str, Any]) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._news = b""
        self.returncode: int | None = None
        try:
            self._socket.settimeout(PATIENCE)
            self._socket.connect(address)
            self._socket.sendall(json.dumps(request).encode() + b"\n")
            self.pid: int = self._hear()["pid"]
            self._socket.setblocking(False)
        except (KeyError, OSError):
            self._socket.close()
            raise ConnectionError("the warm parent does not answer") from None

    def _hear(self) -> dict[str, int]:
        while b"\n" not in self._news:
            piece = self._socket.recv(4096)
            if not piece:
                return {"exit": -int(signal.SIGKILL)}  # the parent is gone, and it takes its kernels along
            self._news += piece
        line, _, self._news = self._news.partition(b"\n")
        return json.loads(line)

    def poll(self) -> int | None:
        """Return the exit code, or None while the kernel lives."""
        if self.returncode is None:
            with contextlib.suppress(BlockingIOError):
                self._end(self._hear())
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the end; returns the exit code."""
        if self.returncode is None:
            self._socket.settimeout(timeout)
            self._end(self._hear())
        return self.returncode

    def _end(self, news: dict[str, int]) -> None:
        self.returncode = news["exit"]
        self._socket.close()

    def send_signal(self, number: int) -> None:
        """Signal the kernel unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End the kernel at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)


class BookProvisioner(LocalProvisioner):
    """Start kernels by fork where a warm parent is named in the environment, and cold everywhere else.

    Whoever starts a kernel (papermill, nbclient, nbval, Jupyter Book) need not know.
    """

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Give the kernel sockets of its own in the session's private folder: no two kernels race for a port."""
        folder = kwargs.get("env", os.environ).get(SOCKETS)
        if folder and self.parent and self.parent.transport != "ipc":  # a restarted kernel keeps its sockets
            name = Path(folder, uuid.uuid4().hex[:12])  # short: a socket's path may have a hundred letters
            self.parent.connection_file = f"{name}.json"
            self.parent.transport, self.parent.ip = "ipc", str(name)
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch the kernel; a warm parent that has died costs speed, not the chapter."""
        env = kwargs.get("env") or dict(os.environ)
        address, log, _ = env.pop(WARM, None), env.pop(LOG, os.devnull), env.pop(SOCKETS, None)
        cwd = os.fspath(kwargs.get("cwd") or Path.cwd())
        if address:
            argv = cmd[cmd.index("hedging.press.kernel") + 1 :]
            with contextlib.suppress(ConnectionError):
                self.process = Fork(address, {"argv": argv, "env": env, "cwd": cwd, "log": log})
                self.pid = self.pgid = self.process.pid
                self.cwd = cwd
                await self._sockets()
                return self.connection_info
        with open(log, "ab") as file:  # noqa: PTH123 - may be the null device
            await super().launch_kernel(cmd, **{**kwargs, "env": env, "stdout": file, "stderr": file})
        await self._sockets()
        return self.connection_info

    async def _sockets(self) -> None:
        """Wait for the kernel's last socket file: a client that connects too early tries again only after 0.1 s."""
        if self.connection_info.get("transport") == "ipc":
            last = Path(f"{self.connection_info['ip']}-{self.connection_info['hb_port']}")
            while not last.exists() and await self.poll() is None:
                await asyncio.sleep(TICK)

    async def wait(self) -> int | None:
        """Wait for the end of the kernel, looking more often than ten times a second."""
        while self.process and await self.poll() is None:
            await asyncio.sleep(TICK)
        return await super().wait()
