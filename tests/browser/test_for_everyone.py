"""Who would be shut out: by a screen reader, in the dark, on paper."""

import json

import pytest
from alive import enliven

pytestmark = pytest.mark.browser


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
    assert_open_to_all(page)


def assert_open_to_all(page):
    """Let axe look at the page: nothing serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"preload": False}).response["violations"]  # else it asks for style sheets
    grave = {
        fault["id"]: [node["html"][:160] for node in fault["nodes"][:4]]
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    }
    assert not grave, json.dumps(grave, indent=1)
