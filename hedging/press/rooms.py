"""The lower half of the warm parent: it has imported the book's own modules too, and forks kernels."""

import contextlib
import ctypes
import gc
import json
import os
import random
import selectors
import signal
import socket
import sys
from typing import NoReturn

from hedging.press import chapters, kernel, sources, warm

# These read a file that nearly every chapter needs, keep it as long as the file stays the same, and may do so ahead.
AHEAD = {"hedging.tables.load", "hedging.argument.claims"}
DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG


class Rooms:
    """Forks on request, and tells each asker how its kernel ended."""

    def __init__(self, channel: socket.socket) -> None:
        self.channel = channel
        self.kernels: dict[int, socket.socket] = {}
        self.retired = False
        self.events = selectors.DefaultSelector()
        self.alarm = warm.Alarm(self.events, self.reap)
        self.events.register(channel, selectors.EVENT_READ, self.hear)

    def serve(self) -> NoReturn:
        """Serve until replaced (then kernels may end in peace) or until the parent goes away (then they end now)."""
        try:
            while self.kernels or not self.retired:
                for key, _ in self.events.select():
                    key.data()
        finally:
            for pid in self.kernels:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)
            os._exit(0)

    def hear(self) -> None:
        """Take what the parent sends: an asker, or word that newer rooms have taken over."""
        word, fds, _, _ = socket.recv_fds(self.channel, 1, 1)
        if word == warm.RETIRE:
            self.retired = True
        elif fds:
            self.fork(socket.socket(fileno=fds[0]))
        else:
            sys.exit()

    def fork(self, asker: socket.socket) -> None:
        """Fork a kernel for one asker."""
        asker.settimeout(5)
        with contextlib.suppress(OSError, ValueError):
            request = json.loads(asker.makefile("rb").readline())
            pid = os.fork()
            if pid == 0:
                self.become_kernel(request, asker)
            self.kernels[pid] = asker
            tell(asker, pid=pid)

    def reap(self) -> None:
        """Tell of kernels that have ended."""
        for pid, code in self.alarm.ended().items():
            if asker := self.kernels.pop(pid, None):
                tell(asker, exit=code)
                asker.close()

    def become_kernel(self, request: dict, asker: socket.socket) -> NoReturn:
        """In the fork: shed all that was the rooms', take what was asked for, and never return."""
        code = 1
        try:
            os.setsid()
            ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)  # even rooms that are killed leave no kernel
            self.alarm.silence()
            self.events.close()
            for end in (self.channel, asker, *self.kernels.values()):
                end.close()
            dress(request)
            kernel.main(request["argv"])
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(code)


def tell(asker: socket.socket, **news: int) -> None:
    """Send one line; an asker that has gone away does not matter."""
    with contextlib.suppress(OSError):
        asker.sendall(json.dumps(news).encode() + b"\n")


def dress(request: dict) -> None:
    """Give the kernel its own streams, environment, folder, arguments and random numbers."""
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


def main(channel: socket.socket, modules: list[str]) -> NoReturn:
    """Import the book's modules, then serve."""
    sources.drop_stale_bytecode()
    warm.load(["hedging.press.app", *modules])
    for ahead in (chapters.package, *(sys.modules[name].ahead for name in AHEAD & sys.modules.keys())):
        with contextlib.suppress(Exception):  # the chapter that needs a faulty file will say what is wrong with it
            ahead()
    gc.freeze()
    if warm.threaded():
        print(warm.NOTICE, file=sys.stderr, flush=True)
        os._exit(warm.UNFIT)
    Rooms(channel).serve()
