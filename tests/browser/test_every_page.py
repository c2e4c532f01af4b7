"""What would spoil a page for a reader and shows in its HTML, looked for on every page of the built book."""

import hashlib
import json
import re
import urllib.parse
from html.parser import HTMLParser

import pages
import pytest


class _Page(HTMLParser):
    """Headings, ids, links, and what is asked from elsewhere."""

    def __init__(self):
        super().__init__()
        self.ids, self.links, self.asked, self.mute = [], [], [], []
        self.article, self.headings = False, 0

    def handle_starttag(self, tag, attrs):
        """Note what the tests ask for."""
        found = dict(attrs)
        self.article |= tag == "article"  # before it the theme has the title once more, for print alone
        self.headings += self.article and tag == "h1"
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag in {"script", "img", "iframe", "source"} and "src" in found:
            self.asked.append(found["src"])
        if tag == "link" and "href" in found and found.get("rel") != "canonical":
            self.asked.append(found["href"])
        if (tag == "img" and "alt" not in found) or (found.get("role") == "img" and not found.get("aria-label")):
            self.mute.append(found.get("class") or found.get("src") or tag)


@pytest.fixture(scope="session")
def read(site):
    """All pages, parsed once."""
    found = {}
    for name in pages.every(site):
        found[name] = _Page()
        found[name].feed((site / name).read_text(encoding="utf-8"))
    return found


def test_a_page_has_no_title_or_two(read):
    assert {name: page.headings for name, page in read.items() if page.headings != 1 and name != "search.html"} == {}


def test_a_picture_says_nothing_to_someone_who_cannot_see(read):
    assert {name: page.mute for name, page in read.items() if page.mute} == {}


def test_a_page_asks_another_host(read):
    outside = re.compile(r"(?:https?:)?//")
    assert {name: [url for url in page.asked if outside.match(url)] for name, page in read.items()} == {
        name: [] for name in read
    }


def test_two_places_of_a_page_have_one_address(read):
    twice = {name: {one for one in page.ids if page.ids.count(one) > 1} for name, page in read.items()}
    assert {name: ids for name, ids in twice.items() if ids} == {}


def test_a_link_leads_nowhere(read, site):
    broken = []
    for name, page in read.items():
        for link in set(page.links):
            url = urllib.parse.urlsplit(link)
            if url.scheme or link.startswith("//"):
                continue
            target = (site / name).parent / urllib.parse.unquote(url.path) if url.path else site / name
            if not target.resolve().exists():
                broken.append((name, link))
                continue
            where = target.resolve().relative_to(site.resolve()).as_posix()
            if url.fragment and where in read and urllib.parse.unquote(url.fragment) not in read[where].ids:
                broken.append((name, link))
    assert broken == []


def test_a_table_has_no_page_or_a_download_is_another_file(read, site):
    package = json.loads((site / "_static/data/datapackage.json").read_text(encoding="utf-8"))
    for record in package["resources"]:
        assert f"data/{record['name']}.html" in read
        content = (site / "_static/data" / record["path"]).read_bytes()
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" == record["hash"]
        links = read[f"data/{record['name']}.html"].links
        for ending in ("csv", "parquet", "schema.json"):
            assert f"../_static/data/{record['name']}.{ending}" in links


def test_a_figure_names_a_table_without_a_link_to_its_page(read, site):
    for name in read:
        text = (site / name).read_text(encoding="utf-8")
        assert not re.search(
            r'<div class="chart-notes"><p>Source: (?:[^<]|<a [^>]*><code>[^<]*</code></a>)*<code>', text
        ), name
