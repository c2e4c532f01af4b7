"""What a reader finds on a page of a small book."""

import re


def test_a_figure_without_a_number_or_an_address_cannot_be_cited(page):
    one, two = page("chapters/1-one"), page("chapters/2-two")
    assert re.search(r'<figure[^>]* id="fig-two"', two)
    assert "Figure 2" in two
    assert re.search(r'href="2-two.html#fig-two"[^>]*><span class="std std-numref">Figure 2', one)


def test_a_chart_is_not_lost_where_no_script_runs(page):
    assert re.search(
        r'<div class="chart"[^>]* role="img" aria-label="Two lines[^"]+"[^>]*><svg', page("chapters/1-one")
    )


def test_a_chart_can_be_read_as_numbers_and_traced_to_its_table(page):
    one = page("chapters/1-one")
    assert '<th scope="col">Moscow</th>' in one
    assert "<td>missing</td>" in one
    assert 'href="../data/trade_mini.html"' in one


def test_equal_data_are_stored_once_for_the_whole_site(built, page):
    shown = [
        re.findall(r'class="chart" data-chart="(\w+)"', page(name)) for name in ("chapters/1-one", "chapters/2-two")
    ]
    assert shown[0] == shown[1] != []
    stored = {path.stem for path in (built / "_build" / "html" / "_static" / "charts").glob("*.js")}
    assert stored == {shown[0][0], re.search(r'class="chart" data-chart="(\w+)"', page("data"))[1]}


def test_two_pictures_on_a_page_do_not_share_an_id(page):
    ids = re.findall(r'\bid="([^"]+)"', page("chapters/1-one"))
    assert len(ids) == len(set(ids))


def test_a_verdict_is_not_told_by_colour_alone(page):
    card = page("chapters/1-one").split('id="finding-c1a"')[1].split("</div>\n")[0]
    for word in ("contested", "Fails if", "Q is low.", "against", "≈", "✗"):
        assert word in card


def test_formulas_need_no_network(page):
    preface = page("preface")
    assert preface.count("<math") == 2
    assert "mathjax" not in preface.lower()


def test_no_page_asks_another_host(built):
    asking = re.compile(r"""<(?:script|img|iframe)[^>]+src=["'](?:https?:)?//|<link[^>]+href=["'](?:https?:)?//""")
    for path in (built / "_build" / "html").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not asking.search(text), path.name
        assert not re.search("unpkg|jsdelivr|cdnjs|googleapis", text), path.name


def test_all_forms_of_citing_agree(page):
    cite, one = page("cite"), page("chapters/1-one")
    assert "@misc{donehedging" in re.sub(r"<[^>]+>", "", cite)
    assert '<meta name="citation_title" content="One"/>' in one
    assert "citation_author" in one
    assert '"@type": "Chapter"' in one
    assert 'content=""' not in re.findall(r'<meta name="citation_[^>]+>', one)


def test_a_page_without_charts_does_not_load_the_loader(page):
    assert "charts.js" in page("chapters/1-one")
    assert "charts.js" not in page("preface")
