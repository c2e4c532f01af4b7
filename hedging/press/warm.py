"""The warm parent: a process that has imported what chapters import, and forks a kernel in a blink.

It is two processes, one below the other. This one, the parent, has imported libraries; a fork of it, the rooms
(`hedging.press.rooms`), has imported the book's own modules, and forks kernels. When one of those modules is saved,
the rooms are forked anew: no kernel is ever served a module as it was before an edit, and the libraries stay warm.

Both are single-threaded and hold neither event loop nor ZeroMQ context, so that their forks are sound. They end, with
all their kernels, when their creator goes away.

The talk on the parent's socket: one line of JSON in, {"argv", "env", "cwd", "log"}; out, {"pid": n} and, when the
kernel has ended, {"exit": code}.
"""

import contextlib
import gc
import importlib
import os
import selectors
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from hedging.press import kernel, sources

# What ipykernel imports while it starts: half a second that each kernel would spend again.
KERNEL = (
    "ipykernel.kernelapp", "ipykernel.zmqshell", "ipykernel.debugger", "IPython.core.completer", "zmq",
    "IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect", "IPython.extensions.storemagic",
    "IPython.core.logger", "IPython.utils.wildcard", "faulthandler", "pdb", "psutil", "resource",
    "tornado.platform.asyncio",
)  # fmt: skip
# What libraries import only when they are first used: each kernel with a chart would spend a twelfth of a second on it.
LATE = {
    "altair": ("narwhals._duration", "narwhals._interchange.dataframe", "narwhals._pandas_like.dataframe",
               "narwhals._pandas_like.namespace", "narwhals._pandas_like.series", "narwhals.stable.v1._namespace"),
    "pandas": ("pandas.core.methods.to_dict", "pandas.core.reshape.reshape", "pandas.io.formats.string",
               "pyarrow.pandas_compat", "pyarrow.vendored.version"),
}  # fmt: skip
# What so few chapters use that all would wait longer for it than they gain.
RARE = {"scipy"}
THREADS = Path("/proc/self/task")
UNFIT = 3  # exit code of rooms that must not be forked
ASKER = b"a"  # to rooms, with the socket of someone who asks for a kernel
RETIRE = b"r"  # to rooms that have been replaced: end when your last kernel has
NOTICE = "notice: an import has started threads, so kernels are not forked but started cold"


def load(names: list[str]) -> None:
    """Import what can be imported; a module that cannot is left to the chapter, which will say why."""
    gc.disable()  # imports make much and drop little: looking through it again and again takes a tenth of the time
    for name in names:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    gc.freeze()  # forks share these objects; the collector shall not touch (and so copy) them, here or there
    gc.enable()


def threaded() -> bool:
    """Say whether this process has a thread that a fork would lose."""
    return len(list(THREADS.iterdir())) > 1


class Alarm:
    """A pair of sockets through which a child's end wakes a selector; SIGTERM becomes an end in order."""

    def __init__(self, events: selectors.BaseSelector, answer: Callable[[], None]) -> None:
        self.ends = socket.socketpair()
        for end in self.ends:
            end.setblocking(False)
        signal.set_wakeup_fd(self.ends[1].fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
        events.register(self.ends[0], selectors.EVENT_READ, answer)

    def ended(self) -> dict[int, int]:
        """Collect children that have ended; returns their exit codes by process number."""
        with contextlib.suppress(BlockingIOError):
            self.ends[0].recv(4096)
        codes: dict[int, int] = {}
        with contextlib.suppress(ChildProcessError):
            while (found := os.waitpid(-1, os.WNOHANG))[0]:
                codes[found[0]] = os.waitstatus_to_exitcode(found[1])
        return codes

    def silence(self) -> None:
        """In a fork: give signals back their usual meaning."""
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        for end in self.ends:
            end.close()


class Parent:
    """Hands each request to rooms whose modules are those on disk."""

    def __init__(self, listener: socket.socket, modules: list[str]) -> None:
        self.listener, self.modules = listener, modules
        self.rooms: dict[int, socket.socket] = {}  # by process number; those that have been replaced live on a while
        self.current = 0
        self.known: sources.Signature = frozenset()
        self.events = selectors.DefaultSelector()
        self.alarm = Alarm(self.events, self.reap)
        self.events.register(listener, selectors.EVENT_READ, self.accept)
        self.events.register(sys.stdin.fileno(), selectors.EVENT_READ, sys.exit)  # the creator's pipe has closed

    def serve(self) -> NoReturn:
        """Serve until the creator goes away; the rooms hear of it by the end of their channels."""
        try:
            self.furnish()
            while True:
                for key, _ in self.events.select():
                    key.data()
        finally:
            for channel in self.rooms.values():
                channel.close()
            with contextlib.suppress(ChildProcessError):
                while True:
                    os.wait()
            os._exit(0)  # taking pandas down in order would cost a fifth of a second and serve nobody

    def furnish(self) -> None:
        """Fork rooms, unless those at hand hold the modules as they are on disk now."""
        now = sources.signature()
        if self.current in self.rooms:
            if now == self.known:
                return
            self.rooms[self.current].sendall(RETIRE)
        self.known = now
        ours, theirs = socket.socketpair()
        self.current = os.fork()
        if self.current == 0:
            ours.close()
            self.become_rooms(theirs)
        theirs.close()
        self.rooms[self.current] = ours

    def become_rooms(self, channel: socket.socket) -> NoReturn:
        """In the fork: shed all that was the parent's, forget the book's modules, and import them anew."""
        try:
            self.alarm.silence()
            self.events.close()
            for end in (*self.rooms.values(), self.listener):
                end.close()
            sources.forget_modules()
            importlib.import_module("hedging.press.rooms").main(channel, self.modules)
        except Exception:
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(1)

    def accept(self) -> None:
        """Hand one asker over to the rooms; if they die of it, the asker hears the line end and starts cold."""
        asker, _ = self.listener.accept()
        with asker, contextlib.suppress(OSError):
            self.furnish()
            socket.send_fds(self.rooms[self.current], [ASKER], [asker.fileno()])

    def reap(self) -> None:
        """Notice the end of rooms: those that died are forked again for the next asker, unfit ones are not."""
        for pid, code in self.alarm.ended().items():
            if code == UNFIT:
                sys.exit()
            if channel := self.rooms.pop(pid, None):
                channel.close()


def main() -> None:
    """Import, then serve on the listening socket that was handed over: `warm FD MODULE...`."""
    listener = socket.socket(fileno=int(sys.argv[1]))
    kernel.shed_tools()
    own = [name for name in sys.argv[2:] if name.partition(".")[0] == sources.PACKAGE.name]
    others = [name for name in sys.argv[2:] if name not in own and name.partition(".")[0] not in RARE]
    load([*KERNEL, *(late for name in others for late in (name, *LATE.get(name, ())))])
    if threaded():
        sys.exit(NOTICE)
    Parent(listener, own).serve()


if __name__ == "__main__":
    main()
