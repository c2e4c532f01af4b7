"""The warm parent: a process that has imported what chapters import, and forks a kernel in a blink.

It lives for one build only, so it can never serve a module as it was before an edit. It is single-threaded and
holds neither event loop nor ZeroMQ context, so that its forks are sound. It ends, with all its kernels, when its
creator goes away.

The talk on its socket: one line of JSON in, {"argv", "env", "cwd", "log"}; out, {"pid": n} and,
when the kernel has ended, {"exit": code}.
"""

import contextlib
import gc
import importlib
import json
import os
import random
import selectors
import signal
import socket
import sys
from pathlib import Path

from hedging.press import kernel

# What ipykernel imports while it starts: half a second that each kernel would spend again.
KERNEL = (
    "ipykernel.kernelapp", "ipykernel.zmqshell", "ipykernel.debugger", "IPython.core.completer", "zmq",
    "IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect", "IPython.extensions.storemagic",
    "IPython.utils.wildcard", "faulthandler", "pdb", "psutil", "resource", "tornado.platform.asyncio",
)  # fmt: skip
THREADS = Path("/proc/self/task")


def preload(names: list[str]) -> None:
    """Import what can be imported; a module that cannot is left to the chapter, which will say why."""
    kernel.shed_tools()
    gc.disable()  # imports make much and drop little: looking through it again and again takes a tenth of the time
    for name in (*KERNEL, *names):
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    gc.enable()
    gc.collect()
    gc.freeze()  # forks share these objects; the collector shall not touch (and so copy) them


class Parent:
    """Forks on request, and tells each asker how its kernel ended."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.kernels: dict[int, socket.socket] = {}
        self.events = selectors.DefaultSelector()
        self.wake, signalled = socket.socketpair()
        self.ends = [self.wake, signalled]
        for end in self.ends:
            end.setblocking(False)
        signal.set_wakeup_fd(signalled.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
        self.events.register(listener, selectors.EVENT_READ, self.accept)
        self.events.register(self.wake, selectors.EVENT_READ, self.reap)
        self.events.register(sys.stdin.fileno(), selectors.EVENT_READ, sys.exit)  # the creator's pipe has closed

    def serve(self) -> None:
        """Serve until the creator goes away; then end every kernel."""
        try:
            while True:
                for key, _ in self.events.select():
                    key.data()
        finally:
            for pid in self.kernels:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)
            sys.stderr.flush()
            os._exit(0)  # taking pandas down in order would cost a fifth of a second and serve nobody

    def accept(self) -> None:
        """Take one request and fork."""
        asker, _ = self.listener.accept()
        asker.settimeout(5)
        with contextlib.suppress(OSError, ValueError):
            request = json.loads(asker.makefile("rb").readline())
            pid = os.fork()
            if pid == 0:
                self.become_kernel(request, asker)
            self.kernels[pid] = asker
            self.tell(asker, pid=pid)

    def reap(self) -> None:
        """Collect kernels that have ended."""
        with contextlib.suppress(BlockingIOError):
            self.wake.recv(4096)
        with contextlib.suppress(ChildProcessError):
            while pid_status := os.waitpid(-1, os.WNOHANG):
                pid, status = pid_status
                if pid == 0:
                    return
                asker = self.kernels.pop(pid)
                self.tell(asker, exit=os.waitstatus_to_exitcode(status))
                asker.close()

    @staticmethod
    def tell(asker: socket.socket, **news: int) -> None:
        """Send one line; an asker that has gone away does not matter."""
        with contextlib.suppress(OSError):
            asker.sendall(json.dumps(news).encode() + b"\n")

    def become_kernel(self, request: dict, asker: socket.socket) -> None:
        """In the fork: shed all that was the parent's, take what was asked for, and never return."""
        code = 1
        try:
            os.setsid()
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGCHLD, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)
            self.events.close()
            for end in (*self.ends, self.listener, asker, *self.kernels.values()):
                end.close()
            _dress(request)
            kernel.main(request["argv"])
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(code)


def _dress(request: dict) -> None:
    null, log = os.open(os.devnull, os.O_RDWR), os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for target, origin in ((0, null), (1, log), (2, log)):
        os.dup2(origin, target)
    os.environ.clear()
    os.environ.update(request["env"], JPY_PARENT_PID=str(os.getppid()))
    os.chdir(request["cwd"])
    sys.argv = ["hedging-kernel", *request["argv"]]
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()  # else all forks would draw the same numbers
    gc.unfreeze()


def main() -> None:
    """Preload, then serve on the listening socket that was handed over: `warm FD MODULE...`."""
    listener = socket.socket(fileno=int(sys.argv[1]))
    preload(sys.argv[2:])
    if len(list(THREADS.iterdir())) > 1:
        sys.exit("notice: an import has started threads, so kernels are not forked but started cold")
    Parent(listener).serve()


if __name__ == "__main__":
    main()
