"""The grid and the table of a sweep: every slip of the one is told, and no fault leaves the other halved or doubled."""

import json
import os
import resource
import signal
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from hedging.errors import HedgingError
from hedging.press.parameters import Parameter, Parameters
from hedging.press.sweep import grid, parts, runs, store
from hedging.press.sweep.grid import Point

KNOWN = Parameters(
    "one",
    {
        "start": Parameter("start", 1990),
        "end": Parameter("end", 2000),
        "share": Parameter("share", 0.5),
        "country": Parameter("country", "PRK"),
        "patrons": Parameter("patrons", ["RUS", "CHN"]),
        "arms_variant": Parameter("arms_variant", "2022-07", ("2022-07", "2026-02")),
    },
)


def place(tmp_path, fingerprint="fa"):
    return store.Store(str(tmp_path / "out"), "one", fingerprint)


def plan(tmp_path):
    return runs.Plan("one", "fa", str(tmp_path / "out"), 1.0)


def ended(tmp_path, *starts, status="done"):
    for start in starts:
        runs.record(plan(tmp_path), Point(f"{start:016x}", (("start", start),)), {"status": status})


def table(tmp_path):
    return pd.read_parquet(tmp_path / "out").set_index("start")["status"].sort_index().to_dict()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("parameters: {}", "has no parameters"),
        ("parameters: {start: []}", "the grid is empty"),
        ("parameters: {strat: [1990]}", "did you mean 'start'?"),
        ("parameters: {start: [many]}", "start is int, not str"),
        ("parameters: {country: [PRK, NO]}", "country is str, not bool: False"),
        ("parameters: {country: [NO]}", "a word is quoted in YAML"),
        ("parameters: {country: [2019-02-28]}", "country is str, not date"),
        ("parameters: {patrons: [[RUS, 7]]}", "patrons is list of str, not list: ['RUS', 7]"),
        ("parameters: {share: [.nan]}", "nan is no value of share"),
        ("parameters: {start: [99999999999999999999]}", "is no value of start"),
        ("parameters: {arms_variant: ['2026-20']}", "did you mean '2026-02'?"),
        ("parameters: {start: [null]}", "None is no value of a parameter"),
        ("parameters: {start: 1990}", "no list"),
        ("parameters: {start: {from: 1990}}", "unbounded"),
        ("parameters: {start: {from: 1990, to: 1980}}", "runs upward"),
        ("parameters: {country: {from: 1990, to: 1991}}", "country is str, not int"),
        ("parameters: {start: {from: 1, to: 20000000}}", "more than 10,000,000"),
        ("parameters: {start: {from: 1, to: 6000}, end: {from: 1, to: 6000}}", "36,000,000 points"),
        ("parameters: {start: [1990, 1990]}", "twice"),
        ("parameters: {start: [1990]}\nexclude: [{start: 1990}]", "leave nothing to run"),
        ("parameters: {start: [1990]}\nexclude: [{start: 1991}]", "did you mean '1990'?"),
        ("parameters: {start: [1990]}\nskip: []", "unknown key"),
        ("parameters: [", "not valid YAML"),
    ],
)
def test_a_slip_in_the_grid_is_told_before_anything_runs(tmp_path, text, told):
    path = tmp_path / "grid.yml"
    path.write_text(text)
    with pytest.raises(HedgingError) as caught:
        grid.read(path, KNOWN)
    assert told in str(caught.value)


def test_a_point_has_the_same_name_whatever_the_order_and_the_company(tmp_path):
    def points(text):
        path = tmp_path / "grid.yml"
        path.write_text(text)
        made = grid.read(path, KNOWN)
        pairs = [pair for numbers, names in made.points("fa") for pair in zip(numbers, names, strict=True)]
        return {made.point(int(number), int(name)) for number, name in pairs}

    one = points("parameters: {start: [1, 2], patrons: [[RUS], [CHN]]}\nexclude: [{start: 2, patrons: [CHN]}]")
    other = points("parameters: {patrons: [[CHN], [USA]], start: [1]}")
    assert [dict(point.parameters) for point in sorted(one, key=lambda point: point.parameters)] == [
        {"start": 1, "patrons": ("CHN",)},
        {"start": 1, "patrons": ("RUS",)},
        {"start": 2, "patrons": ("RUS",)},
    ]
    assert len({point.id for point in one} & {point.id for point in other}) == 1


def test_points_that_wait_are_two_numbers_each_and_not_spelled_out(tmp_path):
    path = tmp_path / "grid.yml"
    path.write_text("parameters: {start: {from: 1, to: 1000}, end: {from: 1, to: 120}}")
    chunks = list(grid.read(path, KNOWN).points("fa"))
    assert sum(numbers.nbytes + names.nbytes for numbers, names in chunks) == 16 * 120_000
    assert len(np.unique(np.concatenate([names for _, names in chunks]))) == 120_000
    assert sorted(np.concatenate([numbers for numbers, _ in chunks]).tolist()) == list(range(120_000))


def test_a_crash_while_filing_leaves_no_run_twice_and_none_out(tmp_path, monkeypatch):
    held = place(tmp_path).open()
    ended(tmp_path, 1, 2, 3)

    def crash(*_):
        raise InterruptedError

    with monkeypatch.context() as patched:  # the Parquet file is there, and so are the small ones
        patched.setattr(store.Store, "forget", crash)
        with pytest.raises(InterruptedError):
            parts.Parts(held, KNOWN).compact()
    ended(tmp_path, 4)
    made = parts.Parts(held, KNOWN)
    assert [len(names) for names in made.ended()] == [4, 0]
    made.compact()
    assert table(tmp_path) == dict.fromkeys((1, 2, 3, 4), "done")
    assert len(list(Path(held.parts).iterdir())) == 1


def test_a_run_done_again_takes_the_place_of_the_failed_one(tmp_path):
    held = place(tmp_path).open()
    ended(tmp_path, 1, 2)
    ended(tmp_path, 3, status="failed")
    parts.Parts(held, KNOWN).compact()
    ended(tmp_path, 3)
    made = parts.Parts(held, KNOWN)
    assert [names.tolist() for names in made.ended()] == [[1, 2, 3], []]
    made.compact()
    assert table(tmp_path) == dict.fromkeys((1, 2, 3), "done")


def test_columns_of_two_chapters_or_of_changed_parameters_do_not_mix(tmp_path):
    held = place(tmp_path).open()
    ended(tmp_path, 1)
    parts.Parts(held, KNOWN).compact()
    held.close()
    with pytest.raises(HedgingError, match="results of another chapter: one"):
        store.Store(held.url, "two", "fa").open()
    fewer = Parameters("one", {"start": KNOWN.known["start"]})
    with pytest.raises(HedgingError, match="results with other parameters: arms_variant, country"):
        parts.Parts(place(tmp_path, "fb").open(), fewer)
    with pytest.raises(HedgingError, match="a parameter called 'status'"):
        parts.schema(Parameters("one", {"status": Parameter("status", 1)}))


def test_two_sweeps_do_not_write_into_one_place(tmp_path):
    first = place(tmp_path).open()
    with pytest.raises(HedgingError, match=f"another sweep writes there: process {os.getpid()}"):
        place(tmp_path).open()
    ended(tmp_path, 1)
    made = parts.Parts(first, KNOWN)
    Path(first.lock).unlink()  # by hand, though its process lives
    second = place(tmp_path).open()
    with pytest.raises(HedgingError, match="another sweep writes there"):
        made.compact()
    first.close()  # it is not the first one's any more
    assert Path(second.lock).exists()
    second.close()
    assert not Path(second.lock).exists()


def test_the_lock_of_a_sweep_that_was_killed_is_void(tmp_path):
    gone = subprocess.Popen(["true"])
    gone.wait()
    held = place(tmp_path).open()
    lock = Path(held.lock)
    known = json.loads(lock.read_text())
    lock.write_text(json.dumps(known | {"process": gone.pid}))
    held.open()
    lock.write_text(json.dumps(known | {"born": "1"}))  # its number has been given to this process since
    held.open()
    lock.write_text(json.dumps(known | {"host": "elsewhere"}))
    with pytest.raises(HedgingError, match="on elsewhere"):
        held.open()


def test_a_full_disk_leaves_no_half_record(tmp_path):
    held = place(tmp_path).open()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))  # the system itself refuses to write more
    try:
        with pytest.raises(HedgingError, match="cannot write there: File too large"):
            ended(tmp_path, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert list(Path(held.ended).iterdir()) == []
