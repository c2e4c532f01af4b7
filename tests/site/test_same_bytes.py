"""Two builds of one book are equal byte for byte, and a built site holds nothing of yesterday."""

import hashlib

import mini_book


def prints(root):
    site = root / "_build" / "html"
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_a_second_build_elsewhere_has_other_bytes(built, tmp_path, chapters):
    again = mini_book.book(tmp_path / "another-place", chapters)
    assert mini_book.build(again, jobs=2).returncode == 0  # and by two processes instead of one
    assert prints(again) == prints(built)
    assert ".buildinfo" not in prints(built)  # it hashes the folders of one machine


def test_what_left_the_book_stays_in_the_site(tmp_path, chapters):
    root = mini_book.book(tmp_path, chapters, with_tables=False)
    other = mini_book.notebook("One", mini_book.chart_output("fig-first"), text="{numref}`fig-two`")
    mini_book.write(root, "1-one", other)
    assert mini_book.build(root).returncode == 0
    mini_book.write(root, "1-one", chapters["1-one"])
    done = mini_book.build(root)
    assert done.returncode == 0, done.stderr
    clean = mini_book.book(tmp_path / "clean", chapters, with_tables=False)
    assert mini_book.build(clean).returncode == 0
    assert prints(root) == prints(clean)


def test_a_changed_record_leaves_its_page_as_it_was_or_remakes_all_pages(tmp_path, chapters):
    root = mini_book.book(tmp_path / "changed", chapters)
    assert mini_book.build(root).returncode == 0
    before = {path.name: path.stat().st_mtime_ns for path in (root / "_build/html/data").glob("*.html")}
    now = {"trade_mini": mini_book.record(defects=["Another one."]), "other": mini_book.record("other")}
    mini_book.tables(root, now)
    done = mini_book.build(root)
    assert done.returncode == 0, done.stderr
    after = {path.name: path.stat().st_mtime_ns for path in (root / "_build/html/data").glob("*.html")}
    assert [name for name in before if before[name] != after[name]] == ["trade_mini.html"]
    clean = mini_book.book(tmp_path / "clean", chapters)
    mini_book.tables(clean, now)
    assert mini_book.build(clean).returncode == 0
    assert prints(root) == prints(clean)
