"""Downloads from a real server on this machine, which cuts, lies, tires and dies."""

import contextlib
import os
import pty
import resource
import subprocess
import sys
import termios
import threading

import pytest
from toy import DATA

from hedging.errors import HedgingError
from hedging.ingest import download, sources

CUT = len(DATA) // 2 // 1024 * 1024  # what is on disk when half has been sent: it is written by the kibibyte
NAMES = ("whole", "gone", "other", "cut", "torn", "plain", "swapped", "busy", "broken")


@pytest.fixture
def address(server, registry):
    base = f"http://127.0.0.1:{server.server_port}"
    registry({f"raw/{name}.csv": f"{base}/{name}.csv" for name in NAMES})
    return base


def ranges(server):
    return [asked for _, asked in server.asked]


def test_a_download_is_kept_and_not_asked_for_twice(address, server, cached):
    first = sources.find("raw/whole.csv")
    assert first.read_bytes() == DATA
    assert sources.find("raw/whole.csv") == first
    assert server.asked == [("/whole.csv", "")]
    assert cached() == ["whole.csv"]


@pytest.mark.parametrize("name", ["gone", "other", "torn", "broken"])
def test_a_failed_download_leaves_no_file_that_could_be_taken_for_the_data(address, cached, name):
    with pytest.raises(HedgingError) as caught:
        sources.find(f"raw/{name}.csv")
    assert f"raw/{name}.csv" in caught.value.what
    assert caught.value.where == f"{address}/{name}.csv"
    assert "--mirror" in caught.value.remedy
    assert cached() == []


def test_a_cut_connection_is_taken_up_where_it_ended(address, server, cached, pieces):
    assert sources.find("raw/cut.csv").read_bytes() == DATA
    assert ranges(server) == ["", f"bytes={CUT}-"]
    assert (cached(), pieces()) == (["cut.csv"], [])


def test_the_next_run_goes_on_with_what_the_last_one_got(address, server, pieces):
    with pytest.raises(HedgingError, match="the connection was cut") as caught:
        sources.find("raw/torn.csv")
    [piece] = pieces()
    kept = piece.stat().st_size
    assert f"{kept:,} bytes are kept" in caught.value.remedy
    assert piece.read_bytes() == DATA[:kept]
    with pytest.raises(HedgingError, match="cut"):
        sources.find("raw/torn.csv")
    assert ranges(server)[download.TRIES] == f"bytes={kept}-"
    assert piece.stat().st_size > kept


def test_a_server_without_ranges_is_not_asked_to_join_two_beginnings(address, server):
    assert sources.find("raw/plain.csv").read_bytes() == DATA
    assert ranges(server) == ["", f"bytes={CUT}-"]


def test_a_damaged_piece_is_not_blamed_on_the_address(address, server, pieces):
    with pytest.raises(HedgingError):
        sources.find("raw/torn.csv")
    [piece] = pieces()
    piece.rename(good := piece.with_name(piece.name.replace("torn", "whole")))
    good.write_bytes(b"x" * 100)
    server.asked.clear()
    assert sources.find("raw/whole.csv").read_bytes() == DATA
    assert ranges(server) == ["bytes=100-", ""]


def test_a_piece_longer_than_the_file_is_thrown_away(address, server, tmp_path):
    sources.find("raw/whole.csv").unlink()
    sha = sources.registry()["raw/whole.csv"]["sha256"][:12]
    (tmp_path / f"cache/raw/.whole.csv.{sha}.part").write_bytes(DATA + b"more")
    server.asked.clear()
    assert sources.find("raw/whole.csv").read_bytes() == DATA
    assert ranges(server) == [f"bytes={len(DATA) + 4}-", ""]


@pytest.mark.parametrize("name", ["other", "swapped"])
def test_a_file_that_changed_behind_its_address_is_not_called_a_network_fault(address, name, cached, pieces):
    with pytest.raises(HedgingError, match="has changed") as caught:
        sources.find(f"raw/{name}.csv")
    assert "pin the new file" in caught.value.remedy
    assert (cached(), pieces()) == ([], [])


def test_a_tired_server_is_asked_again_and_a_missing_file_is_not(address, server):
    assert sources.find("raw/busy.csv").read_bytes() == DATA
    with pytest.raises(HedgingError, match="the server answers 503"):
        sources.find("raw/broken.csv")
    with pytest.raises(HedgingError, match="the server answers 404"):
        sources.find("raw/gone.csv")
    asked = [path for path, _ in server.asked]
    assert asked == ["/busy.csv"] * 2 + ["/broken.csv"] * download.TRIES + ["/gone.csv"]


def test_no_network_is_answered_with_what_to_do(registry, cached):
    registry({"raw/whole.csv": "http://127.0.0.1:9/whole.csv"})  # nothing listens there
    with pytest.raises(HedgingError, match="no connection to the server") as caught:
        sources.find("raw/whole.csv")
    assert "check the network" in caught.value.remedy
    assert cached() == []


def test_a_truncated_file_in_the_cache_is_fetched_again(address):
    kept = sources.find("raw/whole.csv")
    kept.write_bytes(DATA[:100])
    assert sources.find("raw/whole.csv").read_bytes() == DATA


def test_a_cache_that_is_no_folder_is_named(address, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("HEDGING_CACHE", str(tmp_path / "file"))
    with pytest.raises(HedgingError, match="cannot keep") as caught:
        sources.find("raw/whole.csv")
    assert "HEDGING_CACHE" in caught.value.remedy
    assert (tmp_path / "file").read_text() == "not a folder"


def test_a_full_disk_is_named_and_not_kept_full(address, cached, pieces):
    """A limit on the size of files stands for the disk: the write fails in the same place."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(DATA) // 3, hard))
    try:
        with pytest.raises(HedgingError, match="cannot keep") as caught:
            sources.find("raw/whole.csv")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "has room" in caught.value.remedy
    assert (cached(), pieces()) == ([], [])


FIND = """
from pathlib import Path
from hedging.ingest import sources
sources.REGISTRY = Path({registry!r})
print(len(sources.find("raw/whole.csv").read_bytes()))
"""


def alone(**options):
    """Start a process that looks for the whole file."""
    command = [sys.executable, "-c", FIND.format(registry=str(sources.REGISTRY))]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options)


def test_two_at_once_ask_once(address, server):
    """The second process comes while the first waits for its bytes."""
    server.hold.clear()
    both = [alone(), alone()]
    threading.Timer(1.5, server.hold.set).start()
    assert [process.communicate(timeout=60)[0] for process in both] == [f"{len(DATA)}\n"] * 2
    assert server.asked == [("/whole.csv", "")]


def test_on_a_terminal_progress_is_shown_and_elsewhere_it_is_not(address):
    terminal, end = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 80))
    with alone(stderr=end):
        os.close(end)
        shown = b""
        with contextlib.suppress(OSError):  # how Linux tells that nobody writes to the terminal any more
            while piece := os.read(terminal, 4096):
                shown += piece
    os.close(terminal)
    assert b"100%" in shown
    sources.find("raw/whole.csv").unlink()
    with alone(stderr=subprocess.PIPE) as process:
        assert "%" not in process.communicate(timeout=60)[1]
