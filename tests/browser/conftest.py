"""The built book in a real browser, over http and from the disk."""

import functools
import http.server
import os
import threading
from pathlib import Path

import pages
import pytest

from hedging import paths

CHROMIUM = os.environ.get("HEDGING_CHROMIUM", "/usr/bin/chromium")
SITE = Path(os.environ.get("HEDGING_SITE") or paths.HTML)


def pytest_generate_tests(metafunc):
    """Run over the pages that are opened; with no book there is one page, which fails with the remedy."""
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", pages.opened(SITE) or ["(no book)"])


@pytest.fixture(scope="session")
def site():
    """The folder of the built book."""
    if not (SITE / "preface.html").is_file():
        pytest.fail(f"no book in {SITE}: build it first (hedging build)")
    return SITE


@pytest.fixture(scope="session")
def chromium(site):
    """One browser for all tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        executable = CHROMIUM if Path(CHROMIUM).is_file() else None  # else the one that playwright installed
        browser = play.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture(scope="session")
def server(site):
    """The address of a server on this machine."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


@pytest.fixture
def open_page(chromium):
    """A function that opens an address; at the end of the test nothing may have gone wrong on any page."""
    contexts, faults = [], []

    def open_(url, width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda said: said.type in {"error", "warning"} and faults.append(f"{said.type}: {said.text}")
        )
        page.on("pageerror", lambda fault: faults.append(f"script: {fault}"))
        if options.get("java_script_enabled", True):  # without scripts the theme's preloading of scripts is cut off
            page.on("requestfailed", lambda asked: faults.append(f"failed: {asked.url}"))
        page.on("response", lambda got: got.status >= 400 and faults.append(f"{got.status}: {got.url}"))
        allowed = ("file:", "data:", "blob:", "http://127.0.0.1:")
        page.on("request", lambda asked: asked.url.startswith(allowed) or faults.append(f"other host: {asked.url}"))
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)
