"""What would spoil the book for a reader, looked for on every page in a real browser."""

import pages
import pytest
from alive import enliven

pytestmark = pytest.mark.browser


def test_a_page_on_disk_breaks_or_asks_another_host(open_page, site, page_name):
    page = open_page(f"{site.as_uri()}/{page_name}")
    charts = enliven(page)
    assert page.locator('.chart[data-state="live"]').count() == charts


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
