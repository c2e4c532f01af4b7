"""Frames of words and of other countries' events: nothing filled, nothing mixed, every slip answered."""

import pytest

from hedging.errors import HedgingError
from hedging.tables import load, words
from hedging.tables.world_events import world_events

POWERS = ["RUS", "CHN", "USA", "JPN", "KOR"]
FRAMES = {
    "likeness": lambda: words.speech_likeness("CUB"),
    "headlines": lambda: words.media_monthly("headlines_jp"),
    "stories": lambda: words.media_monthly("stories_kp"),
    "icews": lambda: world_events("VNM", "icews"),
    "gdelt": lambda: world_events("VNM", "gdelt", "conflict"),
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_power_is_not_moved_or_left_out(name):
    frame = FRAMES[name]()
    assert list(frame.columns) == POWERS
    assert frame.index.is_unique
    assert frame.index.is_monotonic_increasing
    assert frame.attrs["unit"]
    assert frame.attrs["source"]
    assert (frame.min(axis=None)) >= 0


def test_a_power_is_not_its_own_partner():
    assert world_events("CHN", "gdelt")["CHN"].isna().all()
    assert world_events("USA", "icews")["USA"].isna().all()
    assert words.speech_likeness("JPN")["JPN"].isna().all()


def test_a_year_without_a_speech_is_not_a_silent_one():
    assert words.speech_terms("CHN").loc[1970].isna().all()
    assert list(words.speech_terms("PRK").index) == list(range(1991, 2025))
    own = load("un_speech_terms").query("iso3 == 'PRK' and term == 'sovereignty'").set_index("year")["per_1000_words"]
    assert (words.speech_terms("PRK")["sovereignty"] - own).abs().max() < 1e-3


def test_a_word_of_north_korea_is_seen_beside_the_world():
    frame = words.speech_term("sovereignty")
    assert list(frame.columns) == ["PRK", *POWERS, "WORLD"]
    assert frame.loc[1980, "PRK"] != frame.loc[1980, "PRK"]
    assert frame["WORLD"].notna().all()


def test_a_month_that_is_not_held_is_not_zero():
    frame = words.media_monthly("headlines_jp")
    assert len(frame) == 213
    assert frame.loc["1997-05"].isna().all()
    with pytest.raises(HedgingError, match="outside the coverage 1997-01 to 2014-09"):
        words.media_monthly("headlines_jp", end="2016-01")


def test_both_koreas_can_be_asked_for():
    frame = words.speech_likeness("CUB", both_koreas=True)
    assert list(frame.columns) == [*POWERS, "PRK"]
    assert frame.loc[:1990, "PRK"].isna().all()


@pytest.mark.parametrize(
    ("call", "nearest"),
    [
        (lambda: words.speech_terms("PRKK"), "PRK"),
        (lambda: words.speech_term("multipolarity"), "multipolar"),
        (lambda: words.speech_likeness("PRK", "percentiles"), "percentile"),
        (lambda: words.media_monthly("headlines"), "headlines_jp"),
        (lambda: world_events("VNN", "gdelt"), "VNM"),
        (lambda: world_events("VNM", "gdlt"), "gdelt"),
        (lambda: world_events("VNM", "gdelt", "conflicts"), "conflict"),
    ],
)
def test_a_slip_in_a_name_is_answered_with_the_nearest(call, nearest):
    with pytest.raises(HedgingError, match=f"did you mean '{nearest}'"):
        call()
