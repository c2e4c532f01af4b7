"""Who would be shut out: by a screen reader, in the dark, on paper."""

import json

import pytest
from alive import enliven

pytestmark = pytest.mark.browser

# In the dark all pages have one style sheet: axe, three seconds a page, looks at one page of each kind there.
KINDS = ("preface.html", "chapters/5-done-hedging.html", "chapters/robustness.html", "chapters/scorecard.html",
         "methods.html", "data.html", "data/disagreements.html", "references.html")  # fmt: skip


def test_a_page_shuts_someone_out_or_prints_its_menus(open_page, server, page_name):
    page = open_page(f"{server}/{page_name}", color_scheme="light", reduced_motion="reduce")
    enliven(page)
    assert_open_to_all(page)
    page.emulate_media(media="print")
    for selector in (".chart-csv", ".bd-sidebar-primary", ".bd-header-article"):
        for i in range(page.locator(selector).count()):
            assert not page.locator(selector).nth(i).is_visible(), selector
    pictures = page.locator(".chart svg")
    assert all(pictures.nth(i).is_visible() for i in range(pictures.count()))


def test_a_page_shuts_someone_out_or_loses_its_words_in_the_dark(open_page, server, page_name):
    page = open_page(f"{server}/{page_name}", color_scheme="dark", reduced_motion="reduce")
    if enliven(page):
        colours = page.evaluate(
            "[...document.querySelectorAll('.chart svg text')].map(t => getComputedStyle(t).fill)"
            ".concat(getComputedStyle(document.body).color)"
        )
        assert len(set(colours)) == 1, set(colours)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    if page_name in KINDS:
        assert_open_to_all(page, runOnly=["color-contrast"])  # all else is the same as in the light


def test_a_kind_of_page_that_axe_looks_at_in_the_dark_has_left_the_book(site):
    assert [name for name in KINDS if not (site / name).is_file()] == []


def test_what_shuts_someone_out_is_not_noticed(open_page, tmp_path):
    (tmp_path / "page.html").write_text(
        "<html lang=en><title>x</title><p style='color:#bbb'>pale</p><img src='data:,'>"
    )
    page = open_page((tmp_path / "page.html").as_uri())
    for options in ({}, {"runOnly": ["color-contrast"]}):
        with pytest.raises(AssertionError, match="color-contrast"):
            assert_open_to_all(page, **options)
    with pytest.raises(AssertionError, match="image-alt"):
        assert_open_to_all(page)


def assert_open_to_all(page, **options):
    """Let axe look at the page: nothing serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    options |= {"preload": False}  # else it asks for style sheets
    options |= {"resultTypes": ["violations"]}  # else it tells at length of what is right, ten times as long
    found = Axe().run(page, options=options).response["violations"]
    grave = {
        fault["id"]: [node["html"][:160] for node in fault["nodes"][:4]]
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    }
    assert not grave, json.dumps(grave, indent=1)
