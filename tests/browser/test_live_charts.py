"""What would spoil a chart for a reader: a page that breaks or jumps, a drawing that is empty or answers nobody.

Files of this folder run side by side, so the slow looks are dealt to several.
"""

import pytest
from alive import enliven

pytestmark = pytest.mark.browser

GRAPHICS = "svg .role-mark path, svg .role-mark line, svg .role-mark text, svg .role-mark rect"


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
