"""What would spoil the book for a reader, looked for on every page in a real browser."""

import json

import pages
import pytest
from alive import enliven

pytestmark = pytest.mark.browser

GRAPHICS = "svg .role-mark path, svg .role-mark line, svg .role-mark text, svg .role-mark rect"


def test_a_page_on_disk_breaks_or_asks_another_host(open_page, site, page_name):
    page = open_page(f"{site.as_uri()}/{page_name}")
    charts = enliven(page)
    assert page.locator('.chart[data-state="live"]').count() == charts


def test_a_page_breaks_or_jumps_or_has_a_chart_that_is_empty_or_mute(open_page, server, page_name):
    page = open_page(f"{server}/{page_name}")
    before = page.evaluate("document.documentElement.scrollHeight")
    charts = enliven(page)
    assert page.locator('.chart[data-state="live"]').count() == charts
    assert abs(page.evaluate("document.documentElement.scrollHeight") - before) <= 4
    for i in range(charts):
        chart = page.locator(".chart[data-chart]").nth(i)
        chart.scroll_into_view_if_needed()
        assert chart.locator(GRAPHICS).count() >= 3
        assert answers(page, chart), f"chart {i} of {page_name} answers no hover"


def answers(page, chart):
    """Hover over marks of the data, last ones first, until one tells its value."""
    marks = chart.locator(".role-mark path[d], .role-mark rect")
    total = marks.count()
    for k in range(total - 1, -1, -max(1, total // 40)):
        box = marks.nth(k).bounding_box()
        if not box or not box["width"] * box["height"]:
            continue
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        if page.locator("#vg-tooltip-element.visible").count():
            return True
    return False


def test_a_page_is_wider_than_a_phone(open_page, server, page_name):
    page = open_page(f"{server}/{page_name}", width=390)
    enliven(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    # words of a chart that run off the screen do not widen the page: they are cut
    cut = page.evaluate(
        "[...document.querySelectorAll('.chart svg text')].filter(t => t.getBoundingClientRect().width > 0"
        " && t.getBoundingClientRect().right > 391).map(t => t.textContent)"
    )
    assert cut == []


def test_the_book_needs_scripts_to_show_its_charts(open_page, site, page_name):
    page = open_page(f"{site.as_uri()}/{page_name}", java_script_enabled=False)
    charts = page.locator(".chart")
    assert page.locator(".chart > svg").count() == charts.count()


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


def test_a_page_of_a_table_is_wider_than_a_phone(open_page, site, server):
    names = [name for name in pages.every(site) if name.startswith("data/")]
    page = open_page(f"{server}/{names[0]}", width=390)
    wide = []
    for name in names:
        page.goto(f"{server}/{name}", wait_until="domcontentloaded")
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            wide.append(name)
    assert wide == []


def test_the_catalogue_cannot_be_sorted_or_narrowed(open_page, server):
    page = open_page(f"{server}/data.html")
    rows = page.locator("table.catalogue tbody tr:not(.subject):visible")
    names = rows.evaluate_all("rows => rows.map(row => row.id)")
    page.get_by_role("button", name="Rows").first.click()
    counts = rows.evaluate_all("rows => rows.map(row => Number(row.cells[2].textContent.replaceAll(',', '')))")
    assert counts == sorted(counts)
    assert len(counts) == len(names)
    for _ in range(2):
        page.get_by_role("button", name="Rows").first.click()
    assert rows.evaluate_all("rows => rows.map(row => row.id)") == names
    page.get_by_label("Narrow the list").fill("ideal points")
    assert 0 < rows.count() < len(names)
