"""Charts as a reader meets them."""


def enliven(page):
    """Scroll to each chart of a page and wait until it is live; returns how many there are."""
    charts = page.locator(".chart[data-chart]")
    for i in range(charts.count()):
        charts.nth(i).scroll_into_view_if_needed()
        page.wait_for_function(
            "i => ['live', 'static'].includes(document.querySelectorAll('.chart[data-chart]')[i].dataset.state)", arg=i
        )
    return charts.count()
