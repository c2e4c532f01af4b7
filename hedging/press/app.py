"""ipykernel's application, less two habits that cost a run more than they give it."""

import re

from ipykernel.iostream import OutStream
from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

# A run leaves no history, and takes nothing from the person's own IPython profile.
OPTIONS = {"HistoryManager": {"enabled": False}, "InteractiveShellApp": {"exec_PYTHONSTARTUP": False}}
USUAL = re.compile(r"-f (\S+)(?: --HistoryManager\.hist_file=\S+)?")  # the second by nbclient; a run has no history


class Stream(OutStream):
    """Standard output or error of a kernel, which is flushed before each display: twice a wait for another thread."""

    def flush(self) -> None:
        """Wait for what was written, if anything was: what the other thread has taken by now, it sends first."""
        with self._buffer_lock:
            written = bool(self._buffers)
        if written:
            super().flush()


class KernelApp(IPKernelApp):
    """The application that a chapter's kernel is."""

    outstream_class = f"{__name__}.{Stream.__name__}"

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        """Take the usual options as they are: a parser of all there are would be a fifth of a kernel's start."""
        if usual := USUAL.fullmatch(" ".join(argv or ())):
            self.cli_config = Config(IPKernelApp={"connection_file": usual[1]})
        else:
            super().parse_command_line(argv)
        self.cli_config.merge(Config(OPTIONS))
        self.update_config(self.cli_config)
