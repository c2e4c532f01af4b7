"""The site on 127.0.0.1, with a script in each page that hears of new pages and of faults.

The script is put in while a page is served: the files of the site stay what a build makes them.
"""

import errno
import functools
import http.server
from http import HTTPStatus
from pathlib import Path

from hedging import paths
from hedging.errors import HedgingError
from hedging.press.watch.board import Board

HOST = "127.0.0.1"
EVENTS, SCRIPT = "/_watch/events", "/_watch/page.js"
TAG = f'<script src="{SCRIPT}" defer></script>'.encode()
SOURCE = Path(__file__).with_name("page.js")
PATIENCE = 10.0  # seconds after which a sign of life is sent, which shows whether somebody still listens
WAITING = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>No page yet</title>"
    "<body style='font-family:sans-serif;margin:3rem'><h1>No page yet</h1>"
    "<p>There is no page at this address. If the book is being built, it will show itself as soon as it is there.</p>"
    "</body></html>"
)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files, the script, and the stream of events."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *request: object, board: Board) -> None:
        self.board = board
        super().__init__(*request, directory=str(paths.HTML))

    def do_GET(self) -> None:
        """Answer: events, script, a page with the script in it, or a file."""
        path = self.path.partition("?")[0]
        if path == EVENTS:
            self._stream()
        elif path == SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript", SOURCE.read_bytes())
        elif path.endswith((".html", "/")):
            self._page()
        else:
            super().do_GET()

    def _page(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        try:
            status, page = HTTPStatus.OK, file.read_bytes()
        except OSError:
            status, page = HTTPStatus.NOT_FOUND, WAITING.encode()
        head, end, rest = page.rpartition(b"</body>")
        self._send(status, "text/html; charset=utf-8", head + TAG + end + rest)

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _stream(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        told, seen = "", -1
        try:
            while not self.board.closed:
                seen, state = self.board.after(seen, PATIENCE)
                news = f"data: {state.dumps()}\n\n"
                self.wfile.write(b": still here\n\n" if news == told else news.encode())
                told = news
        except OSError:  # the page was closed
            pass
        self.close_connection = True

    def end_headers(self) -> None:
        """Let no browser keep a page that the next save makes old."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for what was built."""


class Server(http.server.ThreadingHTTPServer):
    """A server whose threads end with it."""

    daemon_threads = True

    def __init__(self, board: Board, port: int) -> None:
        try:
            super().__init__((HOST, port), functools.partial(Handler, board=board))
        except OSError as fault:
            taken = fault.errno == errno.EADDRINUSE
            raise HedgingError(
                f"port {port} is in use" if taken else f"port {port} cannot be used: {fault.strerror}",
                where=f"{HOST}:{port}",
                remedy="choose another one, or leave out --port for one that is free",
            ) from None

    @property
    def address(self) -> str:
        """Where a browser finds the book."""
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, *_: object) -> None:
        """A browser that hangs up in mid-answer is no fault."""
